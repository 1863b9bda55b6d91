"""Undo, redo and remove by set: each row is restored exactly, and nothing is half done."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import DOCUMENT, EVIDENCE, SOURCE, Content, Desk
from support.examples import FEW
from support.oracles.databases import rows
from support.strategies.records import TEXTS, WORDS, record_files

import store
from argmap.errors import ConflictError
from argmap.model.map import Change, Operation
from store.database.progress import Watch
from store.log import image_replay, reversal
from store.log.documents import delete_document
from store.log.operations import image_from_entity, make_image
from store.rows import full_text
from store.rows.reading import stored_rows
from store.rows.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

CHILDREN = sorted(child.table for table in TABLES.values() for child in table.children)


@pytest.fixture(autouse=True)
def _in_short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the limits, so that a few rows are enough to work by set."""
    for module in (full_text, reversal, image_replay):
        monkeypatch.setattr(module, "STEP", 3)
    monkeypatch.setattr(full_text, "MANY", 2)


def content(opened: store.Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables, except for `pk`, which is internal to the file."""
    found = {}
    for name in [*TABLES, *CHILDREN, "rubric"]:
        cursor = opened.db.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in cursor.description]
        first = 1 if columns[0] == "pk" else 0
        found[name] = sorted((row[first:] for row in cursor), key=repr)
    return found


def schema(path: Path) -> list[tuple[object, ...]]:
    return rows(path, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def logged(opened: store.Store, seq: int) -> set[tuple[str, str, str | None, str | None]]:
    query = "SELECT type, id, before, after FROM change WHERE operation = ? AND type <> 'rubric'"
    return set(opened.db.execute(query, (seq,)))


def images_of_all(opened: store.Store) -> set[tuple[str, str, str | None, str | None]]:
    """Return the images of all rows, made from entities."""
    found = (make_image(0, None, each) for type_ in TABLES for each in stored_rows(opened, type_))
    return {(i.type, i.id, image_from_entity(i.before), image_from_entity(i.after)) for i in found}


def fresh(factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with a separate file, for one of many examples."""
    return Desk(factory.mktemp("example") / "argmap.db")


@given(records=record_files())
@FEW
def test_an_import_that_is_undone_leaves_nothing_and_redone_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: list[Content]
) -> None:
    desk = fresh(tmp_path_factory)
    desk.landed(*records)
    exported, master = desk.export(), schema(desk.path)
    with store.open_store(desk.path) as opened:
        before, expected = content(opened), images_of_all(opened)
        for _ in range(2):
            store.undo(opened)
            assert not any(found for name, found in content(opened).items() if name != "rubric")
            assert logged(opened, 1) == expected, "byte for byte as entities give it"
            store.redo(opened)
            assert content(opened) == before
            assert logged(opened, 1) == set()
    assert (desk.export(), desk.complaints(), schema(desk.path)) == (exported, [], master)


@st.composite
def changed_files(draw: st.DrawFn) -> tuple[list[Content], list[Content]]:
    """Return a sound file, and a second one with changes and additions."""
    records = draw(record_files())
    changed: list[Content] = []
    for record in records:
        if record["type"] == "statement" and draw(st.booleans()):
            changed.append(
                record | {"note": draw(WORDS), "tags": draw(st.lists(TEXTS, max_size=2))}
            )
        elif record["type"] == "document" and draw(st.booleans()):
            changed.append(record | {"title": draw(WORDS) + "y"})
        elif record["type"] == "inference" and draw(st.booleans()):
            changed.append(record | {"scheme": "sign", "note": draw(WORDS)})
    documents = [record["id"] for record in records if record["type"] == "document"]
    new = [
        {"type": "statement", "id": f"new{n}", "document": draw(st.sampled_from(documents)),
         "kind": "evidence", "text": "New.", "attribution": {"class": "author_assertion"}}
        for n in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    return records, changed + new


@given(files=changed_files())
@FEW
def test_an_import_that_adds_and_updates_gives_back_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, files: tuple[list[Content], list[Content]]
) -> None:
    desk = fresh(tmp_path_factory)
    desk.landed(*files[0])
    states = [desk.export()]
    desk.landed(*files[1])
    states.append(desk.export())
    desk.turn_through(states)
    desk.turn_through([*states[:1], states[1]])
    assert desk.complaints() == []


@given(records=record_files())
@FEW
def test_a_document_that_is_removed_goes_whole_and_comes_back_whole(
    tmp_path_factory: pytest.TempPathFactory, records: list[Content]
) -> None:
    desk = fresh(tmp_path_factory)
    desk.landed(*records)
    with store.open_store(desk.path) as opened:
        before = content(opened)
        gone = store.document_ids(opened)[0]
        delete_document(opened, gone)
        assert gone not in store.document_ids(opened)
        after = content(opened)
        assert after["source"] == before["source"]
        assert not [row for row in after["statement"] if row[1] == gone]
        for _ in range(2):
            store.undo(opened)
            assert content(opened) == before
            store.redo(opened)
            assert content(opened) == after
    assert desk.complaints() == []


def test_an_import_that_removes_rows_gives_them_back_with_what_was_on_them(desk: Desk) -> None:
    second = [{"type": "inference", "id": "under", "document": "toll", "premises": ["b"],
               "conclusion": inference_of(desk, "a"), "stance": "opposes"}]  # fmt: skip
    desk.landed(*second)
    states = [desk.export()]
    desk.landed(*(statement("a", supports=None, attribution=None), statement("c")))
    states.append(desk.export())
    assert b'"under"' not in states[1]
    desk.turn_through(states)
    assert desk.complaints() == []


def test_what_a_shorthand_made_comes_back_as_such(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        before, expected = content(opened), images_of_all(opened)
        store.undo(opened)
        assert logged(opened, 1) == expected
        store.redo(opened)
        assert content(opened) == before
        delete_document(opened, "toll")
        store.undo(opened)
        assert content(opened) == before


def test_redo_reads_images_that_are_spelt_otherwise(desk: Desk) -> None:
    states = [b"", desk.export()]
    desk.undo()
    with store.open_store(desk.path) as opened, opened.writing():
        images = opened.db.execute("SELECT position, after FROM change").fetchall()
        for position, after in images:
            spelt = json.dumps(dict(reversed(json.loads(after).items())), indent=1)
            sql = "UPDATE change SET after = ? WHERE position = ?"
            opened.db.execute(sql, (spelt, position))
    desk.redo()
    assert (desk.export(), desk.complaints()) == (states[1], [])
    desk.turn_through(states)


def test_tags_come_back_spelt_as_an_import_compares_them(desk: Desk) -> None:
    tagged = statement("t", tags=["a\u202eb", 'say "x", y', "\u00e9"])
    desk.landed(tagged)
    desk.undo()
    desk.redo()
    assert desk.landed(tagged).unchanged == 1


@pytest.mark.parametrize("others", [0, 40], ids=["all of it", "the lesser part of it"])
def test_the_full_text_has_what_is_there_and_nothing_else(tmp_path: Path, others: int) -> None:
    desk = Desk(tmp_path / "argmap.db")
    desk.landed(DOCUMENT, *(statement(f"o{n}", text="Okapis graze.") for n in range(others)))
    desk.landed(*(statement(f"z{n}", text="Zebras graze.") for n in range(10)))
    master = schema(desk.path)
    with store.open_store(desk.path) as opened:
        for turn, zebras in ((store.undo, 0), (store.redo, 10), (store.undo, 0)):
            turn(opened)
            assert len(store.search(opened, "zebras")) == zebras
            assert len(store.search(opened, "graze", most=100)) == others + zebras
            assert [c for c in store.examine(opened) if not c.is_warning] == []
    assert schema(desk.path) == master, "the triggers are there again"


def test_an_import_stays_while_another_document_cites_a_source_of_it(desk: Desk) -> None:
    other = [{**DOCUMENT, "id": "other", "text": "Another text."},
             {**statement("x"), "document": "other"}]  # fmt: skip
    with store.open_store(desk.path) as opened:
        desk.landed(*other)
        desk.landed({"type": "attribution", "id": "says", "statement": "x",
                     "class": "vague_report", "chain": [SOURCE["id"]]})  # fmt: skip
        before, master = content(opened), schema(desk.path)
        with pytest.raises(ConflictError, match="other rows still refer to a row to be removed"):
            store.undo(opened, "toll")
        assert (content(opened), schema(desk.path)) == (before, master)
        assert [each.state for each in store.history(opened)] == ["done"] * 3


@pytest.mark.parametrize("change", ["text = 'Other.'", "label = 'E77'", "batch = NULL"])
def test_what_was_changed_behind_the_log_is_not_removed(desk: Desk, change: str) -> None:
    with store.open_store(desk.path) as opened:
        delete_document(opened, "toll")
        store.undo(opened)
        opened.db.execute(f"UPDATE statement SET {change} WHERE id = 'a'")
        before = content(opened)
        if change == "batch = NULL":  # which is not what the operation is about
            store.redo(opened)
            return
        with pytest.raises(ConflictError, match="statement a was changed later; undo that"):
            store.redo(opened)
        assert content(opened) == before


def test_what_is_there_again_is_not_added_twice(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        delete_document(opened, "toll")
        opened.db.execute(
            "INSERT INTO document (id, title, text, sha256)"
            " VALUES ('toll', 'Again', 'Again.', printf('%064d', 0))"
        )
        with pytest.raises(ConflictError, match="document toll was changed later"):
            store.undo(opened)


def test_an_operation_that_changes_a_row_twice_is_undone_from_its_last_change(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        first = store.load_map(opened, "toll").statements["a"]
        second, third = evolve(first, text="Second."), evolve(first, text="Third.")
        changes = (Change(first, second), Change(second, third))
        states = [content(opened)]
        store.apply(opened, Operation("changed a twice", changes))
        states.append(content(opened))
        store.undo(opened)
        assert content(opened) == states[0]
        store.redo(opened)
        assert content(opened) == states[1]
    assert desk.complaints() == []


def test_another_connection_reads_on_while_many_rows_go(desk: Desk) -> None:
    exported = desk.export()
    with store.open_store(desk.path) as opened, store.open_to_read(desk.path) as other:  # type: ignore[union-attr]  # it is there
        with other.reading():
            found = stored_rows(other, "statement")
            before = [next(found)]
            store.undo(opened)
            before += found
            assert len(before) == 4
        assert list(stored_rows(other, "statement")) == []
        store.redo(opened)
        assert [each.entity.id for each in stored_rows(other, "statement")] == [
            each.entity.id for each in before
        ]
    assert desk.export() == exported


@frozen
class Nervous:
    """A progress bar that presses ctrl+c after so many rows."""

    after: int

    def watch(self) -> Watch:
        seen = 0

        def advance(count: int) -> None:
            nonlocal seen
            seen += count
            if seen > self.after:
                raise KeyboardInterrupt

        return Watch(advance=advance)


@pytest.mark.parametrize("after", [0, 8, 14, 17])
def test_ctrl_c_leaves_everything_as_it_was(desk: Desk, after: int) -> None:
    exported, master = desk.export(), schema(desk.path)
    with store.open_store(desk.path) as opened:
        with pytest.raises(KeyboardInterrupt):
            store.undo(opened, watch=Nervous(after).watch())
        assert [each.state for each in store.history(opened)] == ["done"]
        with pytest.raises(KeyboardInterrupt):
            delete_document(opened, "toll", Nervous(after).watch())
        assert [each.state for each in store.history(opened)] == ["done"]
        store.undo(opened)
        with pytest.raises(KeyboardInterrupt):
            store.redo(opened, watch=Nervous(min(after, 9)).watch())
        assert [each.state for each in store.history(opened)] == ["undone"]
        store.redo(opened)
    assert (desk.export(), desk.complaints(), schema(desk.path)) == (exported, [], master)


@pytest.mark.parametrize("what", ["undo", "redo", "remove"])
def test_all_rows_that_were_announced_are_written(desk: Desk, what: str) -> None:
    announced, written = list[int](), list[int]()
    watch = Watch(announced.append, written.append)
    with store.open_store(desk.path) as opened:
        if what == "remove":
            delete_document(opened, "toll", watch)
        elif what == "undo":
            store.undo(opened, watch=watch)
        else:
            store.undo(opened)
            store.redo(opened, watch=watch)
    assert [sum(written)] == announced
    assert sum(written) >= 10


def statement(id_: str, **more: object) -> Content:
    return {"type": "statement", "id": id_, "document": "toll", "kind": "claim",
            "text": f"Words of {id_}."} | more  # fmt: skip


def inference_of(desk: Desk, premise: str) -> str:
    return str(next(x["id"] for x in desk.exported("inference") if x["premises"] == [premise]))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A database in which one import made rows of most kinds."""
    desk = Desk(tmp_path / "argmap.db")
    said = {"class": "vague_report", "source": SOURCE["id"]}
    desk.landed(
        DOCUMENT, SOURCE, EVIDENCE, statement("main", main=True),
        statement("a", supports="main", attribution=said, quote="The toll pays"),
        statement("b", opposes="main", ratings={"directness": 1}),
    )  # fmt: skip
    return desk


KILLED = """
import os, sys
from pathlib import Path
import store
from store.rows import full_text; from store.log import reversal as reversing, image_replay as turning
from store.database.progress import Watch

full_text.MANY, seen = 2, 0
full_text.STEP = reversing.STEP = turning.STEP = 3

def advance(count):
    global seen
    seen += count
    if seen > int(sys.argv[2]):
        os.kill(os.getpid(), 9)

with store.open_store(Path(sys.argv[1])) as opened:
    opened.db.execute("PRAGMA cache_size = 1")  # so that pages go to disk before the end
    store.undo(opened, watch=Watch(advance=advance))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("after", [0, 12, 19])
def test_kill_9_leaves_everything_as_it_was(desk: Desk, after: int) -> None:
    exported, master = desk.export(), schema(desk.path)
    words = [sys.executable, "-c", KILLED, str(desk.path), str(after)]
    assert subprocess.run(words, check=False).returncode == -9
    assert (desk.export(), desk.complaints(), schema(desk.path)) == (exported, [], master)
    assert [each.state for each in desk.history()] == ["done"]
    desk.turn_through([b"", exported])

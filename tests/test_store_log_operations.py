"""Operations: each in one transaction, logged, undone and redone."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from support.strategies.maps import AT, everything_of, small_map, statement, with_cited_sources

import store
from argmap import edit
from argmap.errors import ConflictError, MissingError, StoreError
from argmap.imports.jsonl import FORMAT
from argmap.model.document import passage_at
from argmap.model.map import ArgumentMap, Change, Operation
from argmap.model.source import Attribution, Source
from store.log import LoggedOperation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORDS: list[dict[str, Any]] = [
    {"type": "document", "id": "toll", "title": "The toll", "text": "The toll pays."},
    {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."},
    {"type": "statement", "id": "t1", "document": "toll", "kind": "claim", "text": "It pays.",
     "main": True},
    {"type": "statement", "id": "t2", "document": "toll", "kind": "evidence", "text": "Fees rose.",
     "supports": "t1", "attribution": {"class": "vague_report", "source": "reports"}},
    {"type": "statement", "id": "b1", "document": "bus", "kind": "claim", "text": "It is late.",
     "ratings": {"directness": 1}},
    {"type": "source", "id": "reports", "name": "Reports", "kind": "vague"},
]  # fmt: skip


@pytest.fixture
def opened(path: Path) -> Iterator[store.Store]:
    """An open database with the small map, in one operation."""
    with store.open_store(path) as found:
        store.apply(found, everything_of(small_map()), AT)
        yield found
        assert [c for c in store.examine(found) if not c.is_warning] == []


@pytest.fixture
def imported(path: Path) -> Iterator[store.Store]:
    """An open database with two imported documents."""
    land(path, *RECORDS)
    with store.open_store(path) as found:
        yield found
        assert [c for c in store.examine(found) if not c.is_warning] == []


def land(path: Path, *records: dict[str, Any]) -> store.ImportReport:
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    file = store.ImportFile("some.jsonl", FORMAT, io.BytesIO(lines))
    account = store.import_records(path, [file], store.ImportOptions("tess", AT))
    assert account.rejected == []
    return account


def everything(opened: store.Store) -> list[ArgumentMap]:
    return [store.load_map(opened, id_) for id_ in store.document_ids(opened)]


def states(opened: store.Store, document: str | None = None) -> list[tuple[str, str]]:
    return [(o.label, o.state) for o in store.history(opened, document)]


def changed(opened: store.Store, id_: str, document: str = "toll", **values: object) -> Operation:
    """Change a statement on disk, and return the operation."""
    operation = edit.change_statement(store.load_map(opened, document), id_, **values)
    store.apply(opened, operation, AT)
    return operation


def test_an_edit_is_saved_and_is_in_the_history(opened: store.Store) -> None:
    seq = store.apply(opened, edit.add_statement(small_map(), "x", "claim", "It is fair."), AT)
    assert store.load_map(opened, "toll").statements["x"].text == "It is fair."
    newest = store.history(opened)[0]
    assert newest == LoggedOperation(seq, AT, "marked claim C3", "edit", "done", "toll")


def test_an_operation_of_which_one_change_fails_leaves_nothing(opened: store.Store) -> None:
    before = (everything(opened), states(opened))
    changes = (
        Change(None, statement("x", "C7")),
        Change(None, statement("y", "C8", main=True)),
    )
    with pytest.raises(ConflictError):
        store.apply(opened, Operation("marked two", changes), AT)
    assert (everything(opened), states(opened)) == before


@pytest.mark.parametrize(
    "change",
    [
        Change(None, statement("x", "C1")),
        Change(None, statement("s-toll", "C9")),
        Change(None, statement("reports", "C9")),
        Change(None, Source("s-toll", "Its id is a claim's", "person")),
        Change(None, evolve(statement("x", "C9"), document="none")),
        Change(None, Attribution("x", "s-toll", "named_person", ("nobody",))),
        Change(small_map().sources["reports"], None),
        Change(small_map().statements["s-fell"], None),
        Change(small_map().inferences["i-fell"], None),
    ],
    ids=[
        "taken label", "taken id", "id of a source", "id of a claim", "no document", "no source",
        "cited source", "premise", "undercut inference",
    ],
)  # fmt: skip
def test_a_change_that_breaks_a_rule_of_the_file_is_refused(
    opened: store.Store, change: Change
) -> None:
    before = (everything(opened), states(opened))
    with pytest.raises(StoreError) as caught:
        store.apply(opened, Operation("broke a rule", (change,)), AT)
    assert "\n" not in str(caught.value)
    assert (everything(opened), states(opened)) == before


def test_an_edit_of_what_another_process_changed_is_refused(
    opened: store.Store, path: Path
) -> None:
    mine = edit.change_statement(small_map(), "s-toll", text="Mine.")
    with store.open_store(path) as other:
        changed(other, "s-toll", text="Theirs.")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        store.apply(opened, mine, AT)
    assert store.load_map(opened, "toll").statements["s-toll"].text == "Theirs."


def test_edits_are_undone_from_the_newest_and_redone_from_the_oldest(
    opened: store.Store,
) -> None:
    for words in ("One.", "Two.", "Three."):
        changed(opened, "s-stay", text=words)
    found = [everything(opened)[0].statements["s-stay"].text]
    for turn in (store.undo, store.undo, store.redo, store.undo, store.redo, store.redo):
        turn(opened)
        found.append(everything(opened)[0].statements["s-stay"].text)
    assert found == ["Three.", "Two.", "One.", "Two.", "One.", "Two.", "Three."]


def test_undo_and_redo_outlive_the_process(opened: store.Store, path: Path) -> None:
    changed(opened, "s-stay", text="One.")
    with store.open_store(path) as again:
        store.undo(again)
    assert store.load_map(opened, "toll") == small_map()
    with store.open_store(path) as again:
        store.redo(again)
    assert store.load_map(opened, "toll").statements["s-stay"].text == "One."


def test_where_there_is_nothing_to_undo_or_redo_it_is_said(path: Path) -> None:
    with store.open_store(path) as empty:
        with pytest.raises(MissingError, match="nothing to undo"):
            store.undo(empty)
        with pytest.raises(MissingError, match="nothing to redo"):
            store.redo(empty)


def test_a_new_edit_after_undo_ends_redo(opened: store.Store) -> None:
    changed(opened, "s-stay", text="One.")
    store.undo(opened)
    changed(opened, "s-toll", text="Two.")
    with pytest.raises(MissingError, match="nothing to redo"):
        store.redo(opened)


def test_redo_never_brings_back_what_a_new_edit_ended(opened: store.Store) -> None:
    changed(opened, "s-stay", text="Ended.")
    store.undo(opened)
    changed(opened, "s-toll", text="Kept.")
    store.undo(opened)
    store.redo(opened)
    found = store.load_map(opened, "toll").statements
    assert (found["s-toll"].text, found["s-stay"].text) == ("Kept.", "Words of C2.")
    with pytest.raises(MissingError, match="nothing to redo"):
        store.redo(opened)


def test_undo_of_everything_leaves_an_empty_database(opened: store.Store) -> None:
    store.undo(opened)
    assert everything(opened) == []
    assert [len(list(table.rows)) for table in opened.db.tables if table.name in ROWS] == [0] * 12
    store.redo(opened)
    assert everything(opened) == [small_map()]


ROWS = {
    "document", "source", "source_link", "statement", "passage", "inference", "premise",
    "attribution", "attribution_source", "rating", "reliability", "credibility",
}  # fmt: skip


def test_undo_for_a_document_takes_the_newest_that_touches_it(imported: store.Store) -> None:
    changed(imported, "t1", text="It pays well.")
    changed(imported, "b1", "bus", text="It is early.")
    assert store.undo(imported, "toll").label == "changed C1: text “It pays.” → “It pays well.”"
    texts = [m.statements[k].text for m, k in zip(everything(imported), ("b1", "t1"), strict=True)]
    assert texts == ["It is early.", "It pays."]
    assert states(imported, "toll")[0] == (
        "changed C1: text “It pays.” → “It pays well.”",
        "undone",
    )
    assert store.redo(imported, "toll").label == "changed C1: text “It pays.” → “It pays well.”"
    assert store.load_map(imported, "toll").statements["t1"].text == "It pays well."


def test_history_names_the_one_document_that_is_touched(imported: store.Store) -> None:
    changed(imported, "b1", "bus", text="It is early.")
    found = [(o.document, o.state) for o in store.history(imported)]
    assert found == [("bus", "done"), (None, "done")]
    assert [o.document for o in store.history(imported, "toll")] == [None]
    assert store.history(imported, "none") == []


def test_an_import_is_not_undone_while_a_later_edit_of_its_rows_stands(
    imported: store.Store,
) -> None:
    changed(imported, "b1", "bus", text="It is early.")
    before = everything(imported)
    with pytest.raises(ConflictError, match="depends on it"):
        store.undo(imported, "toll")
    assert everything(imported) == before
    store.undo(imported)
    store.undo(imported, "toll")
    assert everything(imported) == []


def test_an_import_is_not_undone_while_a_later_removal_of_its_rows_stands(
    imported: store.Store,
) -> None:
    store.apply(imported, edit.remove_document(store.load_map(imported, "bus")), AT)
    with pytest.raises(ConflictError, match="depends on it"):
        store.undo(imported, "toll")
    assert store.document_ids(imported) == ["toll"]


def test_an_edit_is_not_undone_while_another_document_refers_to_what_it_made(
    imported: store.Store,
) -> None:
    argmap, new = store.load_map(imported, "toll"), Source("amy", "Amy", "person")
    said = Attribution("x", "t1", "named_person", ("amy",))
    store.apply(imported, edit.attribute(argmap, said, [new]), AT)
    there = evolve(store.load_map(imported, "bus"), sources={"amy": new})
    store.apply(imported, edit.attribute(there, evolve(said, id="y", statement="b1")), AT)
    before = everything(imported)
    with pytest.raises(ConflictError):
        store.undo(imported, "toll")
    assert everything(imported) == before


def test_an_import_is_undone_and_redone_as_one_with_its_ids_and_labels(
    imported: store.Store,
) -> None:
    before = everything(imported)
    for _ in range(3):
        assert store.undo(imported).state in ("done", "undone")
        assert everything(imported) == []
        store.redo(imported)
        assert everything(imported) == before


def test_an_import_that_changed_rows_gives_them_back(imported: store.Store, path: Path) -> None:
    before = everything(imported)
    land(path, RECORDS[3] | {"text": "Fees fell.", "supports": None}, RECORDS[2] | {"id": "t9",
         "main": False})  # fmt: skip
    after = everything(imported)
    assert after != before
    store.undo(imported)
    assert everything(imported) == before
    store.redo(imported)
    assert everything(imported) == after


def test_rows_that_were_removed_and_came_back_still_belong_to_their_import(
    imported: store.Store,
) -> None:
    store.apply(imported, edit.remove_document(store.load_map(imported, "toll")), AT)
    assert store.document_ids(imported) == ["bus"]
    store.undo(imported)
    store.undo(imported)
    assert everything(imported) == []
    assert list(imported.db.query("SELECT id FROM source")) == []


def test_removing_a_document_takes_all_of_it_and_leaves_its_sources(opened: store.Store) -> None:
    store.apply(opened, edit.remove_document(small_map()), AT)
    left = [t.name for t in opened.db.tables if t.name in ROWS and t.count]
    assert left == ["source"]
    store.undo(opened)
    assert everything(opened) == [small_map()]


def test_full_text_is_right_after_each_step(opened: store.Store) -> None:
    def found(words: str) -> list[str | None]:
        assert [c for c in store.examine(opened) if not c.is_warning] == []
        return [hit.statement for hit in store.search(opened, words)]

    changed(opened, "s-stay", text="Zebras graze.")
    assert found("zebras") == ["s-stay"]
    changed(opened, "s-stay", text="Nothing grazes.", note="Not even okapis.")
    assert (found("zebras"), found("okapis")) == ([], ["s-stay"])
    store.undo(opened)
    assert (found("zebras"), found("okapis")) == (["s-stay"], [])
    store.apply(opened, edit.remove_statement(store.load_map(opened, "toll"), "s-stay"), AT)
    assert found("zebras") == []
    store.undo(opened)
    assert found("zebras") == ["s-stay"]


def test_passages_keep_their_order_whatever_their_places(opened: store.Store) -> None:
    places = [passage_at(small_map().document.text, start, start + 3) for start in (26, 4, 0)]
    changed(opened, "s-stay", passages=tuple(places))
    assert list(store.load_map(opened, "toll").statements["s-stay"].passages) == places


def test_the_same_changes_give_the_same_map_in_memory_and_on_disk(opened: store.Store) -> None:
    here = small_map()
    for operation in (edit.set_main_claim(here, "s-stay"), edit.remove_statement(here, "s-adapt")):
        store.apply(opened, operation, AT)
        here = here.apply(operation)
    assert everything(opened) == [with_cited_sources(here)]


def test_undo_while_another_process_writes_changes_nothing(path: Path) -> None:
    land(path, *RECORDS)
    with store.open_store(path) as one, store.open_store(path, wait=0.1) as other:
        with one.writing(), pytest.raises(StoreError, match="another process"):
            store.undo(other)
        assert states(other) == [("imported some.jsonl", "done")]

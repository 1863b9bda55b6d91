"""The doctor reports no problem in a sound file, and every planted one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap import edit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.doctor import Problem


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[store.Store]:
    """An open database with the small map and one edit, with foreign keys unchecked."""
    with store.open_store(tmp_path / "argmap.db") as found:
        store.apply(found, everything_of(small_map()), AT)
        store.apply(found, edit.change_statement(small_map(), "s-stay", text="It stays."), AT)
        found.db.execute("PRAGMA foreign_keys = 0")
        yield found


def complaints(opened: store.Store) -> list[Problem]:
    return [c for c in store.examine(opened) if c.check != "sqlite"]


def test_a_sound_file_has_no_complaints(opened: store.Store) -> None:
    assert complaints(opened) == []
    store.undo(opened)
    assert complaints(opened) == []
    store.redo(opened)
    store.apply(opened, edit.remove_document(store.load_map(opened, "toll")), AT)
    assert complaints(opened) == []


def test_a_new_file_has_no_complaints(tmp_path: Path) -> None:
    with store.open_store(tmp_path / "new.db") as new:
        assert complaints(new) == []


@pytest.mark.parametrize(
    ("damage", "check", "words"),
    [
        (["PRAGMA ignore_check_constraints = 1", "UPDATE statement SET kind = 'rumour'",
          "PRAGMA ignore_check_constraints = 0"],
         "integrity", "CHECK constraint failed in statement"),
        (["DELETE FROM source"], "references", "attribution_source"),
        (["DELETE FROM document"], "references", "statement"),
        (["DELETE FROM rubric"], "references", "rating"),
        (["INSERT INTO statement_fts (rowid, text) VALUES (99, 'ghost')"],
         "full text", "statement_fts"),
        (["INSERT INTO document_fts (document_fts) VALUES ('delete-all')"],
         "full text", "document_fts"),
        (["INSERT INTO source (id, name, kind) VALUES ('s-toll', 'Amy', 'person')"],
         "ids", "s-toll"),
        (["UPDATE passage SET words = upper(words)"], "map", "its quote is not in the text"),
        (["UPDATE document SET sha256 = substr(sha256, 2) || 'x'"], "map", "SHA-256"),
        (["DELETE FROM premise WHERE inference = 'i-toll'"], "map", "premises"),
        (["DROP INDEX statement_main", "UPDATE statement SET main = 1 WHERE kind = 'claim'"],
         "map", "main claim"),
        (["UPDATE rating SET criterion = 'beauty'"], "map", "beauty"),
        (["UPDATE rating SET level = 6"], "map", "is not a level"),
        (["UPDATE attribution SET cue_start = 3"], "map", "cue"),
        (["UPDATE attribution SET class = 'named_person'", "DELETE FROM attribution_source"],
         "map", "chain"),
        (["UPDATE statement SET main_item = 's-stay' WHERE id = 's-toll'"], "map", "main item"),
        ([("INSERT INTO inference (id, document, label, stance, conclusion_statement)"
          " VALUES ('x', 'toll', 'I9', 'opposes', 's-stay')"),
          "INSERT INTO premise VALUES ('x', 's-toll')"], "map", "the opposite stance"),
        (["UPDATE inference SET label = 'C1' WHERE id = 'i-toll'"], "map", "label C1"),
        (["INSERT INTO source (id, name, kind) VALUES ('x', 'Amy', 'person')",
          ("INSERT INTO reliability (id, source, assessor, checked, valid)"
           " VALUES ('l', 'x', 'amy', 1, 9)")], "sources", "valid"),
        (["UPDATE rubric SET content = json_set(content, '$.title', 'Other')"],
         "rubrics", "SHA-256"),
        (["UPDATE rubric SET id = 'other'"], "rubrics", "contains"),
        (["DROP VIEW claims"], "schema", "claims"),
        (["UPDATE statement SET text = 'Other.' WHERE id = 's-stay'"], "log", "s-stay"),
        (["DELETE FROM rating"], "log", "r-1"),
        (["DELETE FROM change WHERE operation = 2"], "log", "s-stay"),
    ],
)  # fmt: skip
def test_damage_is_reported(opened: store.Store, damage: list[str], check: str, words: str) -> None:
    for sql in damage:
        opened.db.execute(sql)
    found = [c for c in complaints(opened) if not c.is_warning]
    assert [c for c in found if c.check == check and words in c.message]
    assert [c for c in found if "\n" in c.message] == []


@pytest.mark.parametrize("table", ["document", "premise", "change", "statement_fts_data"])
def test_a_lost_page_is_reported_without_an_error(opened: store.Store, table: str) -> None:
    path, query = opened.path, "SELECT rootpage FROM sqlite_master WHERE name = ?"
    page = opened.db.execute(query, (table,)).fetchone()[0]
    size = opened.db.execute("PRAGMA page_size").fetchone()[0]
    opened.close()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(whole)
    with store.open_store(path) as damaged:
        assert {c.check for c in complaints(damaged)} & {"integrity", "full text"}


def test_an_unfinished_import_is_a_warning(opened: store.Store) -> None:
    opened.db.execute("UPDATE operation SET state = 'unfinished' WHERE seq = 1")
    assert [(c.check, c.is_warning) for c in complaints(opened)] == [("log", True)]


@pytest.mark.parametrize(("version", "count"), [((3, 51, 2), 1), ((3, 51, 3), 0), ((4, 0, 0), 0)])
def test_a_sqlite_that_can_damage_files_is_a_warning(
    opened: store.Store, version: tuple[int, ...], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.doctor.examination.sqlite3.sqlite_version_info", version)
    found = [c for c in store.examine(opened) if c.check == "sqlite"]
    assert [c.is_warning for c in found] == [True] * count


def test_a_file_that_is_only_read_is_examined_without_its_full_text(
    opened: store.Store,
) -> None:
    reading = store.open_to_read(opened.path)
    assert reading is not None
    with reading:
        assert [c for c in complaints(reading) if not c.is_warning] == []


def test_examining_changes_nothing(opened: store.Store) -> None:
    opened.db.execute("DELETE FROM source")
    opened.db.execute("PRAGMA wal_checkpoint")
    before = opened.path.read_bytes()
    assert complaints(opened)
    opened.db.execute("PRAGMA wal_checkpoint")
    assert opened.path.read_bytes() == before

"""A repair copies the file, rebuilds derived data, and changes no row made by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.drivers.command_line import Terminal
from support.drivers.desk import Desk
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap import edit
from store import doctor
from store.database import open_to_examine, opening, schema_versions

if TYPE_CHECKING:
    from pathlib import Path

    from store.doctor import Problem

CAN_BE_REPAIRED = [
    (["INSERT INTO statement_fts (rowid, text) VALUES (99, 'ghost')"], "full text", "statement_fts"),
    (["INSERT INTO document_fts (document_fts) VALUES ('delete-all')"], "full text", "document_fts"),
    (["DROP TABLE document_fts"], "schema", "document_fts"),
    (["DROP TABLE document_fts",
      "CREATE VIRTUAL TABLE document_fts USING fts5 (title, text, content='document')"],
     "schema", "document_fts differs"),
    (["DROP INDEX change_id"], "schema", "change_id"),
    (["DROP TRIGGER statement_fts_delete"], "schema", "statement_fts_delete"),
    (["DROP VIEW claims", "DROP VIEW entity"], "schema", "claims"),
    (["DROP VIEW claims", "CREATE VIEW claims AS SELECT 1 AS one"], "schema", "view claims"),
    (["DROP INDEX statement_main", "CREATE INDEX statement_main ON statement (document)"],
     "schema", "statement_main"),
    (["DELETE FROM rubric"], "references", "rubric"),
    (["UPDATE document SET sha256 = substr(sha256, 2) || 'x'"], "map", "SHA-256"),
    (["UPDATE rubric SET sha256 = substr(sha256, 2) || 'x'"], "rubrics", "SHA-256"),
    (["ANALYZE", "UPDATE sqlite_stat1 SET stat = '70000 1'"], "statistics", "statistics"),
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with the small map and one edit."""
    found = tmp_path / "argmap.db"
    with store.open_store(found) as opened:
        store.apply(opened, everything_of(small_map()), AT)
        store.apply(opened, edit.change_statement(small_map(), "s-stay", text="It stays."), AT)
    return found


def hurt(path: Path, *statements: str) -> None:
    with store.open_store(path) as opened:
        opened.db.execute("PRAGMA foreign_keys = 0")
        for sql in statements:
            opened.db.execute(sql)


def complaints(path: Path) -> list[Problem]:
    with open_to_examine(path) as opened:
        return [c for c in store.examine(opened) if c.check != "sqlite"]


def repair(path: Path) -> list[str]:
    with open_to_examine(path) as opened:
        return list(doctor.repair(opened))


def rows(path: Path) -> dict[str, list[object]]:
    with open_to_examine(path) as opened:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in opened.db.execute(query)]
        return {name: opened.db.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def bend_index(path: Path) -> None:
    """Make an index lack the rows of its table."""
    rule = "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = 'change_id'"
    there, gone = "(id)", "(id) WHERE id IS NULL"
    write = "PRAGMA writable_schema = 1"
    for some in ([write, rule.format(there, gone)], ["REINDEX"], [write, rule.format(gone, there)]):
        connection = sqlite3.connect(path, isolation_level=None)
        for sql in some:
            connection.execute(sql)
        connection.close()


@pytest.mark.parametrize(("damage", "check", "words"), CAN_BE_REPAIRED)
def test_what_is_derived_is_told_and_rebuilt_and_all_records_stay(
    path: Path, damage: list[str], check: str, words: str
) -> None:
    before = Desk(path).export()
    hurt(path, *damage)
    assert [c for c in complaints(path) if c.check == check and words in c.message]
    done = repair(path)
    assert [line for line in done if line.startswith("not ")] == []
    assert len(done) > 1
    assert complaints(path) == []
    assert Desk(path).export() == before
    with store.open_store(path) as opened:
        assert [hit.label for hit in store.search(opened, "stays")] == ["C2"]


def test_an_index_that_lacks_rows_is_rebuilt(path: Path) -> None:
    bend_index(path)
    assert {c.check for c in complaints(path)} == {"integrity"}
    assert "rebuilt the index change_id" in repair(path)
    assert complaints(path) == []


def test_the_file_is_copied_first_as_it_was_and_no_copy_is_written_over(path: Path) -> None:
    hurt(path, "DROP VIEW claims")
    repair(path)
    first = path.with_name("argmap.db.before-repair.bak")
    kept = first.read_bytes()
    with open_to_examine(first) as copy:
        assert [c.message for c in store.examine(copy) if c.check == "schema"] == [
            "the view claims is missing"
        ]
    hurt(path, "DROP VIEW evidence")
    repair(path)
    assert first.read_bytes() == kept
    assert path.with_name("argmap.db.before-repair-2.bak").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM source",
        "UPDATE passage SET words = upper(words)",
        "UPDATE document SET text = replace(text, 'Drivers', 'Walkers')",
        "UPDATE statement SET text = 'Other.' WHERE id = 's-stay'",
        "UPDATE rating SET level = 6",
    ],
)
def test_what_a_person_wrote_is_not_touched(path: Path, damage: str) -> None:
    hurt(path, damage)
    before = rows(path)
    told = complaints(path)
    assert len(repair(path)) == 1
    assert complaints(path) == told
    assert rows(path) == before


def test_a_lost_page_is_copied_as_it_is_and_the_repair_says_what_it_could_not_do(
    path: Path,
) -> None:
    with store.open_store(path) as opened:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'statement_fts_data'"
        page = opened.db.execute(query).fetchone()[0]
        size = opening.pragma(opened, "page_size")
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(whole)
    done = repair(path)
    assert done[0].startswith("copied")
    assert [line for line in done if line.startswith("could not rebuild the full-text index")]
    assert "integrity" in {c.check for c in complaints(path)}


def test_a_copy_with_another_journal_gets_a_log(path: Path) -> None:
    hurt(path, "DROP VIEW claims", "PRAGMA journal_mode = delete")
    assert "enabled the write-ahead log" in repair(path)


def test_an_index_that_stops_every_command_does_not_stop_the_doctor(path: Path) -> None:
    hurt(path, "DROP INDEX statement_main", "UPDATE statement SET main = 1 WHERE kind = 'claim'")
    assert {c.check for c in complaints(path)} >= {"schema", "map"}
    assert [
        line
        for line in repair(path)
        if line.startswith("could not create the index statement_main")
    ]


def test_a_file_without_its_tables_is_completed(path: Path) -> None:
    hurt(path, "DROP TABLE credibility")
    assert complaints(path) == []


def test_the_command_repairs_says_so_and_leaves_with_0(path: Path) -> None:
    terminal = Terminal(path.parent)
    assert "nothing to repair" in terminal.run("doctor", "--repair").err
    assert not path.with_name("argmap.db.before-repair.bak").exists()
    hurt(path, "DROP VIEW claims")
    ran = terminal.run("doctor")
    found = [line for line in ran.out.splitlines() if not line.startswith("warning: sqlite: ")]
    assert (ran.code, found) == (1, ["schema: the view claims is missing"])
    assert "--repair" in ran.line
    ran = terminal.run("doctor", "--repair")
    assert (ran.code, "schema" in ran.out) == (0, False)
    assert "created the view claims" in ran.err.splitlines()
    assert terminal.run("doctor").code == 0


def test_the_command_leaves_with_1_where_damage_remains_and_2_where_it_cannot_open(
    path: Path,
) -> None:
    terminal = Terminal(path.parent)
    hurt(path, "DELETE FROM source", "DROP VIEW claims")
    ran = terminal.run("doctor", "--repair")
    assert ran.code == 1
    assert "created the view claims" in ran.err
    assert "restore a backup" in ran.err
    hurt(path, f"PRAGMA user_version = {schema_versions.VERSION + 1}")
    assert terminal.run("doctor", "--repair").code == 2

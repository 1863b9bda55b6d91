"""Opening accepts argmap's databases and new files, and refuses all others."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.oracles.databases import refusal, rows
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap.errors import StoreError
from store.database import connect, copy_to, opening, schema_migrations, schema_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


@pytest.fixture
def filled(path: Path) -> Path:
    """A database with one small map."""
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(small_map()), AT)
    return path


def schema(path: Path) -> set[tuple[object, ...]]:
    return set(rows(path, "SELECT type, name, tbl_name, sql FROM sqlite_master"))


def content(path: Path) -> list[str]:
    """Return the content of a file, as SQL and with its pragmas."""
    connection = sqlite3.connect(path)
    try:
        marks = [
            f"{name} {connection.execute(f'PRAGMA {name}').fetchone()[0]}"
            for name in ("user_version", "application_id")
        ]
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        tables = [name for (name,) in connection.execute(query)]
        rows = [
            f"{t} {row}"
            for t in sorted(tables)
            for row in connection.execute(f'SELECT * FROM "{t}"')
        ]
    finally:
        connection.close()
    return [*marks, *sorted(map(str, schema(path))), *rows]


def test_a_new_file_is_made_whole_and_ours(path: Path) -> None:
    store.open_store(path).close()
    assert rows(path, "PRAGMA application_id") == [(opening.APPLICATION_ID,)]
    assert rows(path, "PRAGMA user_version") == [(schema_versions.VERSION,)]
    with store.open_store(path) as opened:
        assert store.document_ids(opened) == []
        assert [c for c in store.examine(opened) if not c.is_warning] == []


def test_opening_again_changes_nothing(filled: Path) -> None:
    before = content(filled)
    store.open_store(filled).close()
    assert content(filled) == before


def test_an_open_file_uses_a_log_and_checks_references(filled: Path) -> None:
    with store.open_store(filled) as opened:
        asked = [
            opened.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "trusted_schema", "mmap_size")
        ]
    # Before 3.42 SQLite would refuse our own CHECK constraints in a schema it does not trust.
    is_trusted = sqlite3.sqlite_version_info < (3, 42)
    assert asked == ["wal", 1, is_trusted, 0]


def test_a_file_with_another_journal_gets_a_log(filled: Path) -> None:
    rows(filled, "PRAGMA journal_mode = delete")
    with store.open_store(filled) as opened:
        assert opened.db.journal_mode == "wal"


def test_every_table_of_ours_is_strict(filled: Path) -> None:
    query = (
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts'"
    )
    # The library's own note of the steps taken is made by the library.
    assert [row for row in rows(filled, query) if row != ("_sqlite_migrations",)] == []


def test_the_views_for_people_who_come_with_sql_are_there(filled: Path) -> None:
    assert rows(filled, "SELECT label, supported_by, opposed_by FROM claims ORDER BY label") == [
        ("C1", 1, 0), ("C2", 1, 0),
    ]  # fmt: skip
    query = "SELECT label, stance, conclusion_label, classes, sources FROM evidence"
    assert rows(filled, query) == [("E1", "supports", "C1", "vague_report", "Reports")]
    query = "SELECT label, assessor, criterion, level, state FROM grades_input"
    assert rows(filled, query) == [("C1", "amy", "directness", 1, None)]


def test_a_file_of_no_bytes_is_a_new_database(path: Path) -> None:
    path.touch()
    assert store.open_to_read(path) is None
    assert path.stat().st_size == 0
    store.open_store(path).close()
    assert rows(path, "PRAGMA application_id") == [(opening.APPLICATION_ID,)]


@pytest.mark.parametrize("mark", [0, opening.APPLICATION_ID])
def test_a_file_without_tables_is_a_new_database(path: Path, mark: int) -> None:
    rows(path, "CREATE TABLE t (x)", "DROP TABLE t", f"PRAGMA application_id = {mark}")
    before = path.read_bytes()
    assert store.open_to_read(path) is None
    assert path.read_bytes() == before
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(small_map()), AT)
        assert store.load_map(opened, "toll") == small_map()


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    rows(path, "CREATE TABLE notes (x)")
    assert "another program" in refusal(path)


def test_a_new_file_that_another_process_makes_meanwhile_is_no_other_programs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_empty(looked_at: store.Store) -> bool:
        another = sqlite3.connect(path, timeout=0, isolation_level=None)
        with closing(another), suppress(sqlite3.OperationalError):  # locked: it has to wait
            another.execute("CREATE TABLE document (id)")
        return usual(looked_at)

    usual = opening.is_empty
    monkeypatch.setattr(opening, "is_empty", is_empty)
    store.open_store(path).close()


def test_an_empty_database_with_another_mark_is_refused(path: Path) -> None:
    rows(path, "PRAGMA application_id = 252006673")
    assert "another program" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        store.open_store(tmp_path / "none" / "argmap.db")
    assert store.open_to_read(tmp_path / "none" / "argmap.db") is None


def test_a_newer_file_is_refused_with_both_versions(filled: Path) -> None:
    rows(filled, f"PRAGMA user_version = {schema_versions.VERSION + 41}")
    said = refusal(filled)
    assert f"version {schema_versions.VERSION + 41}," in said
    assert f"up to {schema_versions.VERSION};" in said


def test_reading_makes_no_file(path: Path) -> None:
    assert store.open_to_read(path) is None
    assert list(path.parent.iterdir()) == []


def parts() -> list[tuple[str, str]]:
    """Return the type and name of everything that the schema makes."""
    with store.open_memory() as memory:
        query = (
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' OR type = 'trigger' ORDER BY name"
        )
        return [(type_, name) for type_, name in memory.db.execute(query)]


@pytest.mark.parametrize(("type_", "name"), parts(), ids=[name for _, name in parts()])
@pytest.mark.parametrize("attempt", [store.open_store, store.open_to_read])
def test_a_file_without_a_part_of_its_schema_is_completed(
    path: Path, type_: str, name: str, attempt: object
) -> None:
    store.open_store(path).close()
    whole = schema(path)
    rows(path, "PRAGMA foreign_keys = 0", f"DROP {type_} {name}")
    assert schema(path) != whole
    opened = attempt(path)  # type: ignore[operator]  # one of the two ways to open
    opened.close()
    assert schema(path) == whole


@pytest.mark.parametrize("name", ["statement_fts", "document_fts"])
def test_full_text_that_was_lost_is_made_again_from_the_rows(filled: Path, name: str) -> None:
    rows(filled, f"DROP TABLE {name}")
    with store.open_store(filled) as opened:
        assert [c for c in store.examine(opened) if not c.is_warning] == []
        assert {h.document for h in store.search(opened, "toll")} == {"toll"}


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """A program of the next version, with one more migration step."""
    steps = Migrations("argmap")
    for migration in schema_migrations.MIGRATIONS._migrations:  # noqa: SLF001  (there is no public list)
        steps(name=migration.name)(migration.fn)

    @steps(name="9999_mood")
    def _mood(db: Database) -> None:
        db.execute("ALTER TABLE document ADD COLUMN mood TEXT DEFAULT 'calm'")

    monkeypatch.setattr(schema_migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(schema_versions, "VERSION", schema_versions.VERSION + 1)
    return steps


def backup_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.v{schema_versions.VERSION - 1}.bak")


@pytest.mark.parametrize("attempt", [store.open_store, store.open_to_read])
def test_an_older_file_is_copied_beside_itself_and_migrated(
    filled: Path, attempt: object, request: pytest.FixtureRequest
) -> None:
    before = content(filled)
    request.getfixturevalue("newer")
    with attempt(filled) as opened:  # type: ignore[operator]  # one of the two ways to open
        assert store.load_map(opened, "toll") == small_map()
    assert rows(filled, "SELECT mood FROM document") == [("calm",)]
    assert rows(filled, "PRAGMA user_version") == [(schema_versions.VERSION,)]
    assert content(backup_of(filled)) == before


def test_a_step_that_fails_leaves_the_file_as_it_was(filled: Path, newer: Migrations) -> None:
    @newer(name="9999_wrong")
    def _wrong(db: Database) -> None:
        db.execute("DELETE FROM rating")
        db.execute("ALTER TABLE nowhere ADD COLUMN x TEXT")

    before = content(filled)
    with pytest.raises(StoreError) as caught:
        store.open_store(filled)
    assert "\n" not in str(caught.value)
    assert content(filled) == before
    assert content(backup_of(filled)) == before


def test_the_first_copy_is_not_written_over(filled: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("newer")
    backup_of(filled).write_bytes(b"the good copy")
    store.open_store(filled).close()
    assert rows(filled, "SELECT mood FROM document") == [("calm",)]
    assert backup_of(filled).read_bytes() == b"the good copy"


@pytest.mark.usefixtures("newer")
def test_a_new_file_is_not_copied(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema_migrations, "MIGRATIONS", Migrations("argmap"))
        store.open_store(path).close()
    assert not backup_of(path).exists()


@pytest.fixture
def readonly() -> Iterator[Path]:
    """A database in a folder, both of them read-only."""
    folder = Path(tempfile.mkdtemp(prefix="argmap-readonly-"))
    path = folder / "argmap.db"
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(small_map()), AT)
    path.chmod(0o444)
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:  # root may write everywhere, so the test is somebody else for a while
        os.seteuid(NOBODY)
    try:
        yield path
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_a_file_that_cannot_be_written_can_be_read(readonly: Path) -> None:
    opened = store.open_to_read(readonly)
    assert opened is not None
    with opened:
        assert store.load_map(opened, "toll") == small_map()
        assert [c.message for c in store.examine(opened) if not c.is_warning] == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_writing_to_a_file_that_cannot_be_written_is_refused(readonly: Path) -> None:
    with pytest.raises(StoreError, match="cannot be"), store.open_store(readonly) as opened:
        store.apply(opened, everything_of(small_map()), AT)


def test_a_file_that_another_process_writes_to_is_refused_in_one_line(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with store.open_store(filled, wait=0.1) as opened:
            with pytest.raises(StoreError) as caught:
                store.undo(opened)
            assert "another process" in str(caught.value)
            assert "\n" not in str(caught.value)
            assert store.load_map(opened, "toll") == small_map()
    finally:
        other.close()


def test_a_new_file_that_another_process_holds_is_refused_in_one_line(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "WAIT", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="another process"):
            store.open_store(path)
    finally:
        other.close()


def test_a_copy_holds_all_that_the_file_holds(filled: Path) -> None:
    target = filled.with_name("copy.db")
    with store.open_store(filled) as opened:
        copy_to(opened, target)
    assert content(target) == content(filled)
    assert {p.name for p in filled.parent.iterdir()} == {"argmap.db", "copy.db"}
    with store.open_store(target) as opened:
        assert [c for c in store.examine(opened) if not c.is_warning] == []


def test_a_copy_never_writes_over_a_file(filled: Path) -> None:
    target = filled.with_name("copy.db")
    target.write_bytes(b"mine")
    with store.open_store(filled) as opened, pytest.raises(StoreError, match="already"):
        copy_to(opened, target)
    assert target.read_bytes() == b"mine"


def test_a_copy_to_nowhere_is_refused(filled: Path) -> None:
    target = filled.parent / "none" / "copy.db"
    with store.open_store(filled) as opened, pytest.raises(StoreError, match="folder"):
        copy_to(opened, target)


def test_a_path_with_every_odd_character_is_that_path(tmp_path: Path) -> None:
    odd = tmp_path / "a?b#c%20d &é.db"
    store.open_store(odd).close()
    assert [p.name for p in tmp_path.iterdir()] == [odd.name]

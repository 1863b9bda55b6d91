"""Files of version 1 that are not migrated: read-only, owned by another user, damaged."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.drivers.workbench import Driver
from support.oracles.databases import rows
from support.strategies.version_1 import (
    as_markdown,
    exported,
    folder_of,
    golden,
    is_sound,
    schema,
    write_version_1,
)

import store
from argmap.errors import StoreError
from store.database import migration, opening, schema_versions
from store.merge import MergeOptions, merge_database
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AT = "2024-06-01T09:00:00Z"


@pytest.fixture
def old(path: Path) -> Path:
    """A file of version 1 with an entity of every type."""
    return write_version_1(path)


# Files that may not be written


@pytest.fixture(params=["file", "folder", "both"])
def read_only(old: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A file of version 1 that is read-only, or is in a read-only folder."""
    if request.param != "folder":
        old.chmod(0o444)
    if request.param != "file":
        old.parent.chmod(0o555)
    yield old
    old.parent.chmod(0o755)
    old.chmod(0o644)


def argmap(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "argmap", "-d", str(path), *words],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_a_read_only_file_is_read_and_not_touched(read_only: Path) -> None:
    before = folder_of(read_only), stat.S_IMODE(read_only.stat().st_mode)
    opened = store.open_to_read(read_only)
    assert opened is not None
    with opened:
        assert exported(opened) == golden("version-1.jsonl")
        assert as_markdown(opened) == golden("version-1.md")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            opened.db.execute("DELETE FROM statement")
    assert (folder_of(read_only), stat.S_IMODE(read_only.stat().st_mode)) == before


def test_reading_commands_read_a_read_only_file(old: Path) -> None:
    old.chmod(0o444)
    old.parent.chmod(0o555)
    try:
        before = folder_of(old)
        listed = argmap(old, "list", "--json")
        shown = argmap(old, "show", "ferry", "--json")
        done = argmap(old, "export", "--all", "--to", "jsonl")
        checked = argmap(old, "check", "ferry", "--json")
        examined = argmap(old, "doctor")
        copied = argmap(old, "backup", str(old.parent.parent / "copy.db"))
        assert folder_of(old) == before
    finally:
        old.parent.chmod(0o755)
    assert [each["id"] for each in json.loads(listed.stdout)] == ["bare", "ferry", "half", "lamps"]
    assert json.loads(shown.stdout)["document"]["id"] == "ferry"
    assert done.stdout == golden("version-1.jsonl")
    assert json.loads(checked.stdout)
    assert [r.returncode for r in (listed, shown, done, checked, copied, examined)] == [0] * 6
    with store.open_store(old.parent.parent / "copy.db") as copy:
        assert exported(copy) == golden("version-1.jsonl")


# Merging, copying, examining


def test_a_file_of_version_1_is_merged_and_not_touched(old: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "argmap.db"
    mine.parent.mkdir()
    before = folder_of(old)
    merged = merge_database(mine, old, MergeOptions(AT))
    assert (merged.conflicts.total, merged.kept_out.total) == (0, 0)
    assert folder_of(old) == before
    with store.open_store(mine) as opened:
        assert exported(opened) == golden("version-1.jsonl")


def test_a_damaged_file_of_version_1_is_not_merged(old: Path, tmp_path: Path) -> None:
    damage(old)
    before = folder_of(old)
    with pytest.raises(StoreError, match="is damaged"):
        merge_database(tmp_path / "mine.db", old, MergeOptions(AT))
    assert folder_of(old) == before


def damage(path: Path) -> None:
    """Write garbage over the first page of an index."""
    [(page,)] = rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'premise_statement'")
    [(size,)] = rows(path, "PRAGMA page_size")
    assert isinstance(page, int)
    assert isinstance(size, int)
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def test_a_backup_of_a_file_of_version_1_is_sound(old: Path) -> None:
    target = old.with_name("copy.db")
    done = argmap(old, "backup", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    with store.open_store(target) as copy:
        assert exported(copy) == golden("version-1.jsonl")
        assert is_sound(copy)


def test_the_doctor_examines_a_sound_file_of_version_1_and_leaves_it(old: Path) -> None:
    before = folder_of(old)
    done = argmap(old, "doctor")
    assert done.returncode == 0
    assert "warning: version: has version 1; the next command migrates it to version 2" in (
        done.stdout
    )
    assert "argmap.db.v1.bak" in done.stdout
    assert "is sound" in done.stderr
    assert folder_of(old) == before


DAMAGE: dict[str, Callable[[Path], object]] = {
    "an index": damage,
    "a check": lambda path: rows(
        path, "PRAGMA ignore_check_constraints = 1", "UPDATE statement SET kind = 'hunch'"
    ),
    "a reference": lambda path: rows(
        path, "PRAGMA foreign_keys = 0", "DELETE FROM source WHERE id = 'src-vague'"
    ),
    "full text": lambda path: rows(path, "DELETE FROM statement_fts_data WHERE id > 10"),
    "a passage": lambda path: rows(
        path, 'UPDATE passage SET start = start + 1, "end" = "end" + 1'
    ),
    "the log": lambda path: rows(path, "UPDATE inference SET note = 'Not so.' WHERE id = 'f-i3'"),
    "the schema": lambda path: rows(path, "DROP TRIGGER statement_fts_delete"),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_the_doctor_reports_a_damaged_file_of_version_1_and_does_not_migrate_it(
    old: Path, what: str
) -> None:
    DAMAGE[what](old)
    before = rows(old, "PRAGMA user_version"), schema(old)
    done = argmap(old, "doctor")
    assert (done.returncode, "is damaged" in done.stderr) == (1, True)
    assert (rows(old, "PRAGMA user_version"), schema(old)) == before
    assert {found.name for found in old.parent.iterdir()} == {old.name}


def test_a_repair_of_a_file_of_version_1_leaves_it_one(old: Path) -> None:
    whole = schema(old)
    rows(old, "DROP TRIGGER statement_fts_delete", "DELETE FROM statement_fts_data WHERE id > 10")
    done = argmap(old, "doctor", "--repair")
    assert (done.returncode, "is sound" in done.stderr) == (0, True)
    assert schema(old) == whole
    store.open_store(old).close()
    assert rows(old, "PRAGMA user_version") == [(schema_versions.VERSION,)]


def test_a_file_whose_copy_cannot_be_made_is_left_alone(old: Path) -> None:
    damage(old)
    before = Path(shutil.copy(old, old.with_name("before")))
    with pytest.raises(StoreError, match="damaged"):
        store.open_store(old)
    assert rows(old, "PRAGMA user_version") == [(1,)]
    assert schema(old) == schema(before)
    assert not migration.backup_name(old, 1).exists()


def test_a_file_that_cannot_be_migrated_is_refused_in_one_line(old: Path) -> None:
    DAMAGE["a check"](old)
    with pytest.raises(StoreError) as caught:
        store.open_store(old)
    assert "\n" not in str(caught.value)
    assert rows(old, "PRAGMA user_version") == [(1,)]


def test_a_read_only_file_is_not_migrated_even_by_root(read_only: Path) -> None:
    before = folder_of(read_only)
    with pytest.raises(StoreError) as caught:
        store.open_store(read_only)
    assert "\n" not in str(caught.value)
    assert folder_of(read_only) == before


def test_the_doctor_reports_what_keeps_a_file_from_being_migrated(old: Path) -> None:
    """A connection that only reads does not check the rows as it checks the file."""
    DAMAGE["a check"](old)
    with opening.connect_store(old, "ro") as opened:
        found = {each.check for each in store.examine(opened) if not each.is_warning}
    assert found & {"version", "integrity"}


async def test_the_workbench_shows_a_read_only_file(read_only: Path) -> None:
    before = folder_of(read_only)
    app = ArgmapApp(read_only, document="ferry")
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        assert "Bring back the night ferry" in driver.lines[0]
        assert len(driver.map.statements) == 14
    app.database.close()
    assert app.failures == []
    assert folder_of(read_only) == before

"""Another database is only read: refused in one line if unreadable, and never changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.drivers.desk import AT, BASICS, CLAIM, EVERYTHING, Desk

import store
from argmap.errors import StoreError
from store.database import connect

if TYPE_CHECKING:
    from pathlib import Path

HOLDER: Final = """
import sqlite3, sys
holder = sqlite3.connect(sys.argv[1], isolation_level=None)
holder.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Desk:
    """A database in another folder."""
    (tmp_path / "theirs").mkdir()
    desk = Desk(tmp_path / "theirs" / "their.db")
    desk.landed(*EVERYTHING)
    for beside in desk.path.parent.glob("their.db-*"):  # what reading with a log leaves
        beside.unlink()
    return desk


@pytest.fixture
def mine(desk: Desk) -> Desk:
    desk.landed(*BASICS)
    return desk


def run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for sql in statements:
        connection.execute(sql)
    connection.close()


def folder(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}


def refusal(mine: Desk, other: Path) -> str:
    """Return the one line with which a merge is refused; nothing may change."""
    before, there = mine.export(), folder(other)
    with pytest.raises(StoreError) as caught:
        mine.merge(Desk(other))
    assert (mine.export(), folder(other)) == (before, there)
    said = str(caught.value)
    assert said.startswith(f"{other}: ")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_database_is_read_without_a_trace_in_it_or_beside_it(
    mine: Desk, theirs: Desk, journal: str
) -> None:
    run(theirs.path, f"PRAGMA journal_mode = {journal}")
    before = folder(theirs.path)
    mine.merge(theirs)
    assert folder(theirs.path) == before
    assert mine.export() == theirs.export()


def test_what_another_process_has_just_written_to_its_log_comes_too(
    mine: Desk, theirs: Desk
) -> None:
    with store.open_store(theirs.path):
        theirs.landed(CLAIM | {"id": "c9", "text": "New."})
        log = theirs.path.with_name("their.db-wal").read_bytes()
        assert log
        mine.merge(theirs)
        assert theirs.path.with_name("their.db-wal").read_bytes() == log
    assert "c9" in mine.ids()


def test_a_file_of_no_bytes_is_an_empty_database(mine: Desk, tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    merged = mine.merge(Desk(tmp_path / "new.db"))
    assert (merged.read, merged.operation) == (0, None)
    assert (tmp_path / "new.db").stat().st_size == 0


def test_a_file_that_is_not_there_is_refused(mine: Desk, tmp_path: Path) -> None:
    assert "does not exist" in refusal(mine, tmp_path / "none.db")


def test_the_same_file_by_another_name_is_refused(mine: Desk, tmp_path: Path) -> None:
    (tmp_path / "soft.db").symlink_to(mine.path)
    (tmp_path / "hard.db").hardlink_to(mine.path)
    for name in ("argmap.db", "soft.db", "hard.db"):
        assert "merge into" in refusal(mine, tmp_path / name)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (["PRAGMA application_id = 7"], "another program"),
        (["PRAGMA user_version = 99"], "newer argmap"),
        (["PRAGMA user_version = 0"], "incomplete"),
        (["DROP INDEX change_id"], "incomplete"),
        (["PRAGMA ignore_check_constraints = 1", "UPDATE statement SET kind = 'rumour'"],
         "damaged"),
        (["UPDATE attribution SET class = 'named_person'", "DELETE FROM attribution_source"],
         "damaged"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_or_version_or_with_damage_is_refused(
    mine: Desk, theirs: Desk, damage: list[str], words: str
) -> None:
    run(theirs.path, *damage)
    assert words in refusal(mine, theirs.path)


def test_other_kinds_of_files_are_refused(mine: Desk, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Dear editor")
    assert "not a database" in refusal(mine, notes)
    folder_ = tmp_path / "folder"
    folder_.mkdir()
    assert "is a folder" in refusal(mine, folder_)


def test_a_lost_page_is_refused(mine: Desk, theirs: Desk) -> None:
    whole = bytearray(theirs.path.read_bytes())
    for page in range(4096, len(whole), 8192):
        whole[page : page + 4096] = b"\xa5" * 4096
    theirs.path.write_bytes(whole)
    assert "damaged" in refusal(mine, theirs.path)


def test_a_locked_database_is_refused(
    mine: Desk, theirs: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(theirs.path, "PRAGMA journal_mode = delete")
    monkeypatch.setattr(connect, "WAIT", 0.1)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, theirs.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert "another process" in refusal(mine, theirs.path)
        holder.communicate()


def test_a_database_that_was_changed_while_it_was_read_is_refused(
    mine: Desk, theirs: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = theirs.path.with_name("copy.db")
    shutil.copy(theirs.path, copy)
    run(copy, "UPDATE source SET name = 'Other'")

    def swapped(*_: object) -> dict[object, object]:
        shutil.copy(copy, theirs.path)
        return {}

    monkeypatch.setattr("store.merge.plan.rubrics", swapped)
    with pytest.raises(StoreError, match="while it was read"):
        mine.merge(theirs)
    assert len(mine.history()) == 1


def test_a_merge_names_the_database_that_is_at_fault(mine: Desk, theirs: Desk) -> None:
    run(mine.path, "PRAGMA ignore_check_constraints = 1", "DROP TABLE passage",
        "CREATE TABLE passage (statement, position, start, [end])")  # fmt: skip
    with pytest.raises(StoreError, match=str(mine.path)):
        mine.merge(theirs)


def test_a_merge_is_dated_as_it_is_told(mine: Desk, theirs: Desk) -> None:
    mine.merge(theirs)
    assert mine.history()[0].at == AT

"""Copies: made while others write, checked, and either complete or absent."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from support.drivers.desk import CLAIM, DOCUMENT, Desk
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap import edit
from argmap.errors import ArgmapError, StoreError
from store.database import copy_to

if TYPE_CHECKING:
    from pathlib import Path

LIMITED = """
import resource, sys
from argmap.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
sys.argv = ["argmap", "-d", sys.argv[1], "backup", sys.argv[2]]
main()
"""


@pytest.fixture
def filled(path: Path) -> Path:
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(small_map()), AT)
    return path


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir() if "-" not in each.name}


def test_a_copy_is_of_one_moment_while_another_connection_writes(filled: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with store.open_store(filled) as other:
            argument_map = small_map()
            for number in range(1000):
                if stop.is_set():
                    return
                change = edit.change_statement(argument_map, "s-stay", text=f"It stays {number}.")
                store.apply(other, change, AT)
                argument_map = argument_map.apply(change)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with store.open_store(filled) as opened:
            for number in range(5):
                target = filled.with_name(f"copy{number}.db")
                copy_to(opened, target)
                with store.open_store(target) as copy:
                    assert [c for c in store.examine(copy) if not c.is_warning] == []
    finally:
        stop.set()
        writer.join()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of another kind")
def test_a_disk_that_is_full_leaves_no_half_copy(filled: Path) -> None:
    before = names(filled)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(filled), str(filled.with_name("copy.db"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "copy.db: " in done.stderr
    assert names(filled) == before


def test_a_damaged_database_has_no_sound_copy_and_none_is_kept(filled: Path) -> None:
    with store.open_store(filled) as opened:
        opened.db.execute("PRAGMA ignore_check_constraints = 1")
        opened.db.execute("UPDATE statement SET kind = 'rumour'")
        before = names(filled)
        with pytest.raises(StoreError, match="damaged"):
            copy_to(opened, filled.with_name("copy.db"))
    assert names(filled) == before


def test_a_copy_that_lacks_rows_is_not_kept(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = iter([["whole"], ["short"]])
    monkeypatch.setattr("store.database.backup._facts", lambda _: next(facts))
    with store.open_store(filled) as opened, pytest.raises(StoreError, match="rows are missing"):
        copy_to(opened, filled.with_name("copy.db"))
    assert not filled.with_name("copy.db").exists()


@pytest.mark.parametrize("kind", ["itself", "folder", "dangling"])
def test_an_existing_file_is_never_overwritten(filled: Path, kind: str) -> None:
    target = filled if kind == "itself" else filled.with_name("target")
    if kind == "folder":
        target.mkdir()
    if kind == "dangling":
        target.symlink_to(filled.with_name("nowhere"))
    before = filled.read_bytes()
    with store.open_store(filled) as opened, pytest.raises(ArgmapError) as caught:
        copy_to(opened, target)
    assert str(caught.value).startswith((f"{target}: is ", f"{target}: already exists"))
    assert filled.read_bytes() == before
    assert not filled.with_name("nowhere").exists()


def test_a_copy_made_during_an_import_holds_what_was_committed(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    with store.open_store(desk.path) as writing, store.open_store(desk.path) as opened:
        with writing.writing():
            writing.db.execute("UPDATE document SET title = 'Half'")
            copy_to(opened, desk.path.with_name("copy.db"))
        assert Desk(desk.path.with_name("copy.db")).record("toll")["title"] == DOCUMENT["title"]
    desk.landed(CLAIM)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_copy_does_not_take_the_name_of_a_file_beside_a_database(
    filled: Path, suffix: str
) -> None:
    with store.open_store(filled) as opened:
        copy_to(opened, filled.with_name("first.db"))
        for name in (filled.name, "first.db"):
            target = filled.with_name(f"{name}{suffix}")
            with pytest.raises(ArgmapError, match=re.escape(f"{target}: belongs to ")):
                copy_to(opened, target)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_copy_does_not_come_to_lie_beside_an_old_log(filled: Path, suffix: str) -> None:
    old = filled.with_name(f"copy.db{suffix}")
    old.write_bytes(b"of a database that was removed")
    with (
        store.open_store(filled) as opened,
        pytest.raises(StoreError, match=re.escape(f"{old}: already exists; give a new name")),
    ):
        copy_to(opened, filled.with_name("copy.db"))


def test_a_name_that_has_no_room_for_a_log_is_refused(filled: Path) -> None:
    target = filled.with_name("c" * 244 + ".db")
    with store.open_store(filled) as opened:
        copy_to(opened, target)
        with pytest.raises(ArgmapError, match=r"cannot be used: file name too long$"):
            copy_to(opened, filled.with_name("c" * 245 + ".db"))
    with store.open_store(target) as copied:
        assert store.document_ids(copied) == ["toll"]

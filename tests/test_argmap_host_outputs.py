"""Outputs are written whole or not at all, and never over a database or an input."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap.errors import InputError
from argmap.formats.registry import Extract
from argmap.host.open_databases import parts_of
from argmap.host.outputs import check_output, check_writable, write_file
from argmap.text.decoding import normal_lines
from store.database import copy_to
from store.log.documents import read_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"))

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs prctl, or F_GETLK as it is")

SLOWLY = """
import sys, time
from pathlib import Path
from argmap.host.outputs import write_file

def pieces():
    yield "the first half"
    print("begun", flush=True)
    time.sleep(60)

write_file(Path(sys.argv[1]), pieces())
"""

LIMITED = """
import resource, sys
from pathlib import Path
from argmap.host.outputs import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
write_file(Path(sys.argv[1]), ["words " * 1000])
"""

MORTAL = """
import ctypes, os, sys
if len(sys.argv) == 2:  # permissions hold for root too, in a process without CAP_DAC_OVERRIDE
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
    os.execv(sys.executable, [*sys.orig_argv, "again"])
from pathlib import Path
from argmap.errors import InputError
from argmap.formats import Extract
from argmap.host.outputs import check_writable, write_file
path = Path(sys.argv[1])
for attempt in (check_writable, lambda path: write_file(path, ["new"])):
    try:
        attempt(path)
    except InputError as error:
        print(error)
"""

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from store.database.other_processes import is_open_elsewhere
print(is_open_elsewhere(Path(sys.argv[1])))
"""


def run(script: str, *words: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


# Writing


@given(st.lists(texts | st.binary(), max_size=5))
def test_what_is_written_is_there_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str | bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "a.md"
    write_file(path, iter(pieces))
    whole = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    assert path.read_bytes() == whole


@given(texts.filter(str.strip))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "b.txt"
    write_file(path, [text])
    assert read_extract(str(path)) == (Extract(normal_lines(text)), "b")


def test_a_file_that_is_there_is_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_file(path, ["old, and longer"])
    write_file(path, ["new"])
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_who_reads_the_old_file_meanwhile_reads_it_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old, and longer")
    with path.open() as reading:
        write_file(path, ["new"])
        assert reading.read() == "old, and longer"


def stops(error: BaseException) -> Iterator[str]:
    yield "the first half"
    raise error


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left"), ValueError("a bug"), InputError("a fault"),
              KeyboardInterrupt()],
)  # fmt: skip
def test_a_write_that_stops_leaves_the_file_as_it_was(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises((InputError, ValueError, KeyboardInterrupt)):
        write_file(path, stops(error))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_line_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    said = run(LIMITED, path).splitlines()[-1]
    assert said == f"argmap.errors.InputError: {path}: cannot be written: file too large"
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_ctrl_c_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    command = [sys.executable, "-c", SLOWLY, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == b"begun\n"
        assert len(list(tmp_path.iterdir())) == 2
        writing.send_signal(signal.SIGINT)
        writing.communicate()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(mode)
    write_file(path, ["new"])
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text() == "new"


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_the_user_wants(
    tmp_path: Path, umask: int, mode: int
) -> None:
    path = tmp_path / "a.md"
    before = os.umask(umask)
    try:
        write_file(path, ["new"])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_part_is_never_open_to_more_people_than_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o600)

    def pieces() -> Iterator[str]:
        yield "new"
        assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}

    write_file(path, pieces())


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path, *, is_there: bool) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "a.md", tmp_path / "link.md"
    link.symlink_to("folder/a.md")
    if is_there:
        target.write_text("old")
    write_file(link, ["new"])
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert not target.is_symlink()


def test_a_pipe_gets_what_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    contents: list[bytes] = []
    reader = threading.Thread(target=lambda: contents.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, ["some ", b"words"])
    reader.join()
    assert contents == [b"some words"]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_device_gets_what_is_written_and_stays_a_device() -> None:
    screen, terminal = pty.openpty()
    try:
        path = Path(os.ttyname(terminal))
        check_writable(path)
        write_file(path, ["words"])
        assert os.read(screen, 100) == b"words"
        assert path.is_char_device()
    finally:
        os.close(screen)
        os.close(terminal)


def test_a_descriptor_goes_on_from_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with path.open("wb", buffering=0) as out:
        out.write(b"before, ")
        write_file(Path(f"/dev/fd/{out.fileno()}"), ["then "])
        out.write(b"after")
    assert path.read_bytes() == b"before, then after"


@pytest.mark.parametrize("name", ["/", ".", "folder"])
def test_a_folder_is_no_file_to_write_to(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    for refuse in (check_writable, lambda path: write_file(path, ["words"])):
        with pytest.raises(InputError, match="is a folder; give the name of a file"):
            refuse(tmp_path / name)


@pytest.mark.parametrize("name", ["folder/none/a.md", "file/a.md"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("words")
    path = tmp_path / name
    for refuse in (check_writable, lambda path: write_file(path, ["words"])):
        with pytest.raises(InputError) as caught:
            refuse(path)
        assert str(caught.value).startswith(f"{path}: cannot be written: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


@linux_only
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o444)
    said = run(MORTAL, path).splitlines()
    assert said == [f"{path}: cannot be written: permission denied"] * 2
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_looking_whether_a_file_can_be_written_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    check_writable(path)
    assert list(tmp_path.iterdir()) == []
    path.write_text("old")
    before = path.stat()
    check_writable(path)
    assert path.stat() == before
    assert list(tmp_path.iterdir()) == [path]


# Refusing


@pytest.fixture
def opened(path: Path) -> Iterator[store.Store]:
    with store.open_store(path) as found:
        store.apply(found, everything_of(small_map()), AT)
        yield found


def names_of(path: Path) -> list[Path]:
    """Return every kind of name that a file of the database at *path* has."""
    hard, soft = path.with_name("hard"), path.with_name("soft")
    os.link(path, hard)
    soft.symlink_to(path)
    log = path.with_name("log")
    log.symlink_to(f"{path.name}-wal")
    round_about = path.parent / ".." / path.parent.name / path.name
    return [path, hard, soft, log, round_about, *parts_of(path)]


def test_a_database_in_use_is_refused_by_every_name(opened: store.Store) -> None:
    for name in names_of(opened.path):
        with pytest.raises(InputError, match=r"the database in use.*; give another file$"):
            check_output(name, opened.path)


def test_the_names_of_a_database_to_come_are_refused(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    for name in ("new.db", "new.db-wal", "new.db-shm", "new.db-journal", "NEW.DB-WAL"):
        with pytest.raises(InputError, match="the database in use"):
            check_output(tmp_path / name, database)
    for name in ("new.db-wal.md", "new-wal", "new.md", "other/new.db"):
        check_output(tmp_path / name, database)


def test_a_database_that_is_a_link_has_its_log_beside_its_file(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    store.open_store(tmp_path / "home" / "real.db").close()
    link = tmp_path / "link.db"
    link.symlink_to("home/real.db")
    for name in ("home/real.db", "home/real.db-wal", "link.db", "link.db-wal"):
        with pytest.raises(InputError, match="the database in use"):
            check_output(tmp_path / name, link)


def test_another_database_is_refused_by_every_name(opened: store.Store, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "other.db"
    other.parent.mkdir()
    copy_to(opened, other)
    for name in names_of(other):
        with pytest.raises(InputError, match=r"(is a|the) SQLite database.*; give another file$"):
            check_output(name, opened.path)


@linux_only
def test_a_refusal_keeps_the_locks_of_open_databases(opened: store.Store, tmp_path: Path) -> None:
    not_in_use = tmp_path / "none.db"
    for database in (opened.path, not_in_use):
        for name in (opened.path, opened.path.with_name(f"{opened.path.name}-wal")):
            with pytest.raises(InputError):
                check_output(name, database)
    assert run(OPEN_ELSEWHERE, opened.path) == "True\n"


def test_a_file_that_is_open_here_is_no_database_for_that(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("words")
    with path.open(), path.open("a"):
        check_output(path, tmp_path / "a.db")


def test_an_input_is_refused_by_every_name(tmp_path: Path) -> None:
    given_ = tmp_path / "in.jsonl"
    given_.write_text("{}")
    os.link(given_, tmp_path / "hard")
    (tmp_path / "soft").symlink_to(given_)
    with given_.open() as stream:
        for name in ("in.jsonl", "hard", "soft"):
            for each in (given_, stream.fileno()):
                with pytest.raises(InputError, match="is an input of this command; give another"):
                    check_output(tmp_path / name, tmp_path / "a.db", [tmp_path / "none", each])
    check_output(tmp_path / "out", tmp_path / "a.db", [given_])


def test_a_device_is_no_input_that_could_be_lost(tmp_path: Path) -> None:
    check_output(Path(os.devnull), tmp_path / "a.db", [Path(os.devnull)])


@pytest.mark.parametrize("name", ["folder", "none/a.md", "a.md", "old.md"])
def test_what_is_no_database_and_no_input_is_not_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "old.md").write_text("words")
    check_output(tmp_path / name, tmp_path / "a.db", [tmp_path / "in.jsonl"])

"""No saved edit is lost when another program opens and closes the file."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

import store
from argmap.errors import InputError
from argmap.formats.registry import format_named, import_formats
from argmap.host.open_databases import is_open_here, parts_of
from store.database import connect, copy_to, open_to_examine
from store.database.other_processes import is_open_elsewhere
from store.ingest.inputs import ImportFile, ImportOptions
from store.ingest.run import import_records
from store.log.documents import read_extract
from store.merge import MergeOptions, merge_database
from store.queries import list_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POSIX: Final = pytest.mark.skipif(sys.platform == "win32", reason="locks of another kind")
LINUX: Final = pytest.mark.skipif(sys.platform != "linux", reason="unknown on other systems")

STDLIB: Final = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
    " c.execute('SELECT count(*) FROM document').fetchall(); c.close()"
)

VISITORS: Final[dict[str, Callable[[Path], list[str]]]] = {
    "the sqlite3 shell": lambda path: ["sqlite3", str(path), "SELECT count(*) FROM document"],
    "Python's sqlite3": lambda path: [sys.executable, "-c", STDLIB, str(path)],
    "sqlite-utils": lambda path: [sys.executable, "-m", "sqlite_utils", "tables", str(path)],
    "argmap list": lambda path: argmap(path, "list"),
    "argmap backup": lambda path: argmap(path, "backup", f"{path}.copy"),
    "argmap doctor": lambda path: argmap(path, "doctor"),
    "argmap merge": lambda path: argmap(path.with_name("mine.db"), "merge", str(path)),
}

WORKBENCH: Final = """
import asyncio, sys
from pathlib import Path
import store; from store.queries import list_documents
from tui.document.database_threads import DatabaseThreads

async def main():
    database = DatabaseThreads(Path(sys.argv[1]))
    for line in sys.stdin:
        title = line.strip()
        await database.save(lambda opened: store.add_text(opened, f"Text of {title}.", title=title))
        await database.read(list_documents)
        print("saved", title, flush=True)

asyncio.run(main())
"""
"""A workbench's two connections: it saves one document for each input line."""


ASK: Final = """
import fcntl, sys
from pathlib import Path

for name, first, count in zip(*[iter(sys.argv[1:])] * 3):
    with open(name, "r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, int(count), int(first))
        except OSError:
            print(Path(name).name)
"""

BOTH: Final = ["argmap.db", "argmap.db-shm"]


def argmap(path: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "argmap", "-d", str(path), *words]


def titles(path: Path) -> list[str]:
    opened = store.open_to_read(path)
    assert opened is not None
    with opened:
        return sorted(d.title for d in list_documents(opened))


def complaints(path: Path) -> list[str]:
    with store.open_store(path) as opened:
        return [c.message for c in store.examine(opened) if not c.is_warning]


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKBENCH, str(tmp_path / "argmap.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    given, said = process.stdin, process.stdout

    def save(title: str) -> None:
        if title == "kill -9":
            process.send_signal(signal.SIGKILL)
            process.wait()
            return
        given.write(f"{title}\n")
        given.flush()
        assert said.readline() == f"saved {title}\n"

    yield save
    process.kill()
    process.wait()
    given.close()
    said.close()


@pytest.mark.parametrize("name", VISITORS)
def test_edits_that_were_reported_saved_outlive_visitors_and_a_kill(
    name: str, tmp_path: Path, workbench: Callable[[str], None]
) -> None:
    path = tmp_path / "argmap.db"
    visitor = VISITORS[name](path)
    if shutil.which(visitor[0]) is None:
        pytest.skip(f"{visitor[0]} is not installed")
    saved = []
    for number in range(3):
        saved.append(f"Edit {number}")
        workbench(saved[-1])
        subprocess.run(visitor, check=True, capture_output=True)
        for copy in tmp_path.glob("*.copy"):
            copy.unlink()
        assert titles(path) == saved
    workbench("kill -9")
    assert titles(path) == saved
    assert complaints(path) == []


def locked(path: Path) -> list[str]:
    """Return which files of the database another process cannot lock, because this one does.

    Asked of another process: the system's list of locks is read in pieces, and a lock that comes or
    goes in between shifts the others, so that one is missing or there twice.
    """
    log = parts_of(path)[1]
    places = (path, 0x4000_0002, 510, log, 128, 1)  # by which SQLite marks a file as in use
    command = [sys.executable, "-c", ASK, *map(str, places)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1]


def opens(path: Path) -> None:
    with store.open_store(path):
        pass


def reads(path: Path) -> None:
    opened = store.open_to_read(path)
    assert opened is not None
    opened.close()


def examines(path: Path) -> None:
    with open_to_examine(path) as opened:
        list(store.examine(opened))


def copies(path: Path) -> None:
    with store.open_store(path) as opened:
        copy_to(opened, path.with_name("copy.db"))


def merges(path: Path) -> None:
    options = MergeOptions("2024-01-01T00:00:00Z")
    merge_database(path.with_name("mine.db"), path, options)


def imports(path: Path) -> None:
    record = {"type": "source", "id": "un", "name": "UN", "kind": "organisation"}
    with store.open_store(path) as opened:
        store.import_from(opened, [record], assessor="amy")


def imports_much(path: Path) -> None:
    source = path.with_name("much.jsonl")
    line = '{{"type": "source", "id": "s{0}", "name": "S{0}", "kind": "person"}}\n'
    source.write_text("".join(line.format(n) for n in range(6000)), "utf-8")
    with source.open("rb") as stream:
        file = ImportFile("much", format_named("jsonl", import_formats()), stream)
        import_records(path, [file], ImportOptions("amy", "2024-01-01T00:00:00Z"))


def looks_for_others(path: Path) -> None:
    is_open_elsewhere(path)


def reads_it_as_a_text(path: Path) -> None:
    for name in (path, *parts_of(path)[:2]):
        with pytest.raises(InputError):
            read_extract(str(name))


@POSIX
@pytest.mark.parametrize(
    "visit",
    [opens, reads, examines, copies, merges, imports, imports_much, looks_for_others, reads_it_as_a_text],
    ids=lambda visit: visit.__name__,
)  # fmt: skip
def test_nothing_that_this_process_does_drops_its_locks(
    visit: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "argmap.db"
    with store.open_store(path) as opened:
        store.add_text(opened, "One text.", "one")
        assert locked(path) == BOTH
        visit(path)
        assert locked(path) == BOTH


@POSIX
def test_no_file_of_a_database_that_was_opened_by_a_link_is_read_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    path, link = tmp_path / "home" / "argmap.db", tmp_path / "link.db"
    link.symlink_to(path)
    with store.open_store(link) as opened:
        store.add_text(opened, "One text.", "one")
        reads_it_as_a_text(path)
        assert locked(path) == BOTH


@POSIX
def test_the_locks_are_looked_for_where_a_visit_would_drop_them(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    with store.open_store(path) as opened:
        store.add_text(opened, "One text.", "one")
        for name in (path, parts_of(path)[1]):
            name.open("rb").close()
        assert locked(path) == []


def test_an_edit_in_this_process_outlives_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    with store.open_store(path) as opened:
        for number, visit in enumerate((reads, merges, imports, imports_much)):
            store.add_text(opened, f"Text {number}.", f"title {number}")
            visit(path)
            subprocess.run([sys.executable, "-c", STDLIB, str(path)], check=True)
        store.add_text(opened, "The last text.", "last")
    assert len(titles(path)) == 5


@POSIX
def test_closing_a_connection_that_asks_for_no_locks_drops_none(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    opens(path)
    unlocked = connect.connect(path, "ro&immutable=1")
    with store.open_store(path) as opened:
        store.add_text(opened, "One text.", "one")
        unlocked.close()
        assert locked(path) == BOTH


def test_closing_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    with store.open_store(path) as opened, store.open_store(path) as other:
        other.close()
        assert is_open_here(path)
        assert opened.connection is not other.connection
    assert not is_open_here(path)


@LINUX
def test_an_import_sees_a_workbench_that_strangers_have_visited(
    tmp_path: Path, workbench: Callable[[str], None]
) -> None:
    path = tmp_path / "argmap.db"
    workbench("first")
    assert is_open_elsewhere(path)
    subprocess.run([sys.executable, "-c", STDLIB, str(path)], check=True)
    workbench("second")
    opens(path)
    assert is_open_elsewhere(path)
    workbench("kill -9")
    assert not is_open_elsewhere(path)

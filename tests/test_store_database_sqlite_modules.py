"""The store works with pysqlite3 and with Python's own, older SQLite, and tells errors by code."""

from __future__ import annotations

import sqlite3 as standard_sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

import store
from argmap.errors import BusyError, DamagedError, StoreError
from store.database import as_store_error
from store.database.driver import sqlite3
from store.database.sqlite_errors import result_code

if TYPE_CHECKING:
    from pathlib import Path

STANDARD: Final = """
import sys
from pathlib import Path

sys.modules["pysqlite3"] = None     # as where there is no wheel of it
from store.database.driver import sqlite3
import store
from store.database import copy_to
from store.merge import MergeOptions, merge_database

assert sqlite3.__name__ == "sqlite3"
with store.open_store(Path(sys.argv[1])) as opened:
    added = store.add_text(opened, "Fares rose. Riders left.", title="Fares")
    print(store.load_map(opened, added).document.title)
    print([problem for problem in store.examine(opened) if not problem.is_warning])
    copy_to(opened, Path(sys.argv[2]))
merge_options = MergeOptions("2024-01-01T00:00:00Z")
print(merge_database(Path(sys.argv[3]), Path(sys.argv[2]), merge_options).added)
with store.open_memory() as memory:
    print(store.load_map(memory, store.add_text(memory, "Fares.", title="In memory")).document.title)
"""


def test_a_map_is_written_read_copied_and_merged_with_the_sqlite_of_python_alone(
    path: Path,
) -> None:
    files = [path, path.with_name("copy.db"), path.with_name("mine.db")]
    command = [sys.executable, "-c", STANDARD, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Fares\n[]\n1\nIn memory\n", "")


@pytest.mark.parametrize("function", ["load_extension('x')", "fts3_tokenizer('x')"])
def test_a_schema_that_would_load_code_is_refused(path: Path, function: str) -> None:
    with store.open_store(path) as opened:
        opened.db.execute(f"CREATE VIEW trap AS SELECT {function}")
        with pytest.raises(sqlite3.OperationalError, match=r"unsafe use of|no such function"):
            opened.db.execute("SELECT * FROM trap")


@pytest.mark.parametrize("module", [sqlite3, standard_sqlite3], ids=["in use", "Python's"])
def test_a_code_is_the_same_from_both_modules(module: object) -> None:
    assert isinstance(module, type(sys))
    connection = module.connect(":memory:")
    connection.execute("CREATE TABLE t (a UNIQUE)")
    connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(module.IntegrityError) as caught:
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()
    assert result_code(caught.value) == sqlite3.SQLITE_CONSTRAINT


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, BusyError),
        (sqlite3.SQLITE_BUSY | 2 << 8, BusyError),  # the log is older than the snapshot
        (sqlite3.SQLITE_LOCKED, BusyError),
        (sqlite3.SQLITE_CORRUPT, DamagedError),
        (sqlite3.SQLITE_FULL, StoreError),
    ],
)
def test_an_error_is_told_by_its_code_and_not_by_its_words(
    path: Path, code: int, kind: type[StoreError]
) -> None:
    error = sqlite3.OperationalError("in words of another version")
    error.sqlite_errorcode = code
    with pytest.raises(StoreError) as caught, as_store_error(path):
        raise error
    assert type(caught.value) is kind
    assert "another version" not in str(caught.value)


def test_a_table_called_locked_is_not_a_locked_file(path: Path) -> None:
    with (
        store.open_store(path) as opened,
        pytest.raises(StoreError) as caught,
        as_store_error(path),
    ):
        opened.db.execute("SELECT * FROM locked")
    assert type(caught.value) is StoreError

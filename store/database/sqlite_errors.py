"""Turn SQLite's errors into messages for people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from argmap.errors import BusyError, ConflictError, DamagedError, StoreError

from .connection import misuse_in
from .driver import sqlite3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCKED: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_DAMAGED: Final = "is damaged; run argmap doctor, or restore a backup"

_WORDS: Final[dict[int, str]] = {
    **dict.fromkeys(
        _LOCKED, "is locked, because another process is writing to it; try again later"
    ),
    sqlite3.SQLITE_READONLY: (
        "cannot be written; check the permissions of the file and its folder"
    ),
    sqlite3.SQLITE_NOTADB: "is not a database; give another file",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and its permissions",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and try again",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_IOERR: "the disk failed to read or write; check its free space and its health",
}
"""The message for each result code that people meet."""

_DAMAGED_MESSAGES: Final = ("Could not decode to UTF-8", "malformed JSON")
"""Parts of messages about damaged content that no result code distinguishes.

The first is raised by Python without a code, the second is a mere SQLITE_ERROR.
"""


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Re-raise SQLite's errors as a StoreError that names the file *path*.

    Raises:
        ConflictError: a row would refer to a missing one, or break another constraint.
        BusyError: another process has locked the file.
        DamagedError: SQLite cannot read the content of the file.
        StoreError: SQLite refuses for any other reason.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        # The extended code would say which constraint, but pysqlite3 gives the primary one alone.
        if "FOREIGN KEY" in str(error):
            message = f"{path}: other rows still refer to a row to be removed; nothing was changed"
            raise ConflictError(message) from error
        message = f"{path}: {error}; nothing was changed"
        raise ConflictError(message) from error
    except UnicodeDecodeError as error:  # for example in a name of the schema
        message = f"{path}: {_DAMAGED}"
        raise DamagedError(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{path}: {misuse_in(str(error)) or _words_for(error)}"
        raise _kind(error)(message) from error


def result_code(error: BaseException) -> int:
    """Return the primary result code of SQLite's *error*; 0 if Python raised it without one."""
    # Python's own module gives extended codes, pysqlite3 primary ones; the last byte is the same.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_locked(error: BaseException) -> bool:
    """Return whether SQLite's *error* says that another connection has locked the file."""
    return result_code(error) in _LOCKED


def _kind(error: sqlite3.DatabaseError) -> type[StoreError]:
    if is_locked(error):
        return BusyError
    return DamagedError if _words_for(error) == _DAMAGED else StoreError


def _words_for(error: sqlite3.DatabaseError) -> str:
    """Return SQLite's *error* in argmap's words, with the next step."""
    message = str(error)
    if any(mark in message for mark in _DAMAGED_MESSAGES):
        return _DAMAGED
    return _WORDS.get(result_code(error), message)

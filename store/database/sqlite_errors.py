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

_DAMAGED: Final = ("malformed", "Could not decode to UTF-8")
"""Parts of the messages of SQLite and Python about a file with damaged content."""


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
        if "FOREIGN KEY" in str(error):
            message = f"{path}: other rows still refer to a row to be removed; nothing was changed"
            raise ConflictError(message) from error
        message = f"{path}: {error}; nothing was changed"
        raise ConflictError(message) from error
    except UnicodeDecodeError as error:  # for example in a name of the schema
        message = f"{path}: {_sentence(_DAMAGED[0])}"
        raise DamagedError(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{path}: {misuse_in(str(error)) or _sentence(str(error))}"
        raise _kind(str(error))(message) from error


def _kind(error: str) -> type[StoreError]:
    if "locked" in error:
        return BusyError
    return DamagedError if any(mark in error for mark in _DAMAGED) else StoreError


def _sentence(error: str) -> str:
    """Return SQLite's *error* in argmap's words, with the next step."""
    known = {
        "locked": "is locked, because another process is writing to it; try again later",
        "readonly": "cannot be written; check the permissions of the file and its folder",
        "not a database": "is not a database; give another file",
        "unable to open": "cannot be opened; check that its folder exists and its permissions",
        "full": "the disk is full; free some space and try again",
        **dict.fromkeys(_DAMAGED, "is damaged; run argmap doctor, or restore a backup"),
        "disk I/O": "the disk failed to read or write; check its free space and its health",
    }
    return next((words for mark, words in known.items() if mark in error), error)

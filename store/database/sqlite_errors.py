"""Turn SQLite's errors into sentences for people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import BusyError, ConflictError, DamagedError, StoreError

from .connection import misuse_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DAMAGED: Final = ("malformed", "Could not decode to UTF-8")
"""What SQLite and its module say, in part, of a file that holds what nobody wrote there."""


@contextmanager
def as_store_error(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about *path* into sentences.

    Raises:
        ConflictError: a reference would lead nowhere.
        BusyError: another process holds the file.
        DamagedError: SQLite cannot read it.
        StoreError: anything else that SQLite refuses.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "FOREIGN KEY" in str(error):
            message = f"{path}: something that stays still refers to what would go; nothing changed"
            raise ConflictError(message) from error
        message = f"{path}: {error}; nothing changed"
        raise ConflictError(message) from error
    except UnicodeDecodeError as error:  # a name in the schema, say
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
    """Return SQLite's *error* in argmap's words, with what to do."""
    known = {
        "locked": "another process is writing to it; try again when that is done",
        "readonly": "cannot be written; see its permissions and those of its folder",
        "not a database": "is not a database; give another file",
        "unable to open": "cannot be opened; see that its folder is there and may be used",
        "full": "the disk is full; make room and do it again",
        **dict.fromkeys(_DAMAGED, "is damaged; see argmap doctor, and restore a backup"),
        "disk I/O": "the disk failed to read or write; see that it has room and is sound",
    }
    return next((words for mark, words in known.items() if mark in error), error)

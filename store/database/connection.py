"""A connection that reports misuse in argmap's words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from argmap.errors import StoreError

from .driver import sqlite3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HAS_HARMLESS_JSON: Final = sqlite3.sqlite_version_info >= (3, 42)

_HAS_SOUND_QUICK_CHECK: Final = not (3, 40) <= sqlite3.sqlite_version_info < (3, 42)

FILE_CHECK: Final = "quick_check" if _HAS_SOUND_QUICK_CHECK else "integrity_check"
"""The pragma that checks a whole file.

The quick one of SQLite 3.40.0 to 3.41.0 reports NULL in `operation_document`, where there is none:
it looks for the columns in their order in the table, and finds them in that of the primary key.

Source: https://sqlite.work/?p=5029.
"""

_MISUSES: Final = {
    "closed database": "the database is closed; open it again with store.open_store",
    "same thread": (
        "the database was opened in another thread; open it in each thread that uses it"
    ),
    "binding parameter": "a value has a type that SQLite cannot store; give strings and numbers",
}
"""The message for a script, by a part of the message of Python's SQLite module.

The module raises these itself, and gives no code or class that would tell them apart.
"""


@contextmanager
def explain_misuse() -> Iterator[None]:
    """Turn complaints of Python's SQLite module about misuse into a StoreError.

    Raises:
        StoreError: the store is closed, belongs to another thread, or a value cannot be stored.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise StoreError(_half_character(error)) from error
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError) as error:
        if (message := misuse_in(str(error))) is None:
            raise
        raise StoreError(message) from error


def misuse_in(complaint: str) -> str | None:
    """Return the message for the misuse in SQLite's *complaint*, if it is one."""
    return next((words for mark, words in _MISUSES.items() if mark in complaint), None)


def guard_schema(connection: sqlite3.Connection) -> None:
    """Refuse functions with side effects in the schema of a file that may come from anyone.

    SQLite before 3.42 cannot do it for our own schema: it refuses `json_valid` in CHECK constraints
    (before 3.41), and answers 0 and not NULL for NULL. There the schema stays trusted and Python
    answers. Such a schema still cannot load code, because SQLite never lets a schema call
    `load_extension` or `fts3_tokenizer`.
    """
    if _HAS_HARMLESS_JSON:
        connection.execute("PRAGMA trusted_schema = 0")
    else:
        connection.create_function("json_valid", 1, _json_valid, deterministic=True)


def _json_valid(text: str | None) -> bool | None:
    """Return whether *text* is JSON; None, as newer versions of SQLite, if it is None."""
    import json  # only an older SQLite needs it

    if text is None:
        return None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


_EXECUTE: Final = sqlite3.Connection.execute
"""Looked up once, because bulk imports execute millions of statements."""


class Connection(sqlite3.Connection):
    """A connection that explains every misuse, however the statement is executed."""

    def execute(self, sql: str, values: Any = (), /) -> Any:  # noqa: ANN401  (as in `sqlite3.Connection`)
        """Execute one statement."""
        try:
            return _EXECUTE(self, sql, values)
        except (UnicodeEncodeError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            with explain_misuse():
                raise

    def executemany(self, sql: str, rows: Iterable[Any]) -> Any:  # noqa: ANN401  (as above)
        """Execute one statement for each of *rows*."""
        with explain_misuse():
            return super().executemany(sql, rows)

    def close(self) -> None:
        """Close the connection; only the thread that opened it may do so."""
        with explain_misuse():
            super().close()


def _half_character(error: UnicodeEncodeError) -> str:
    text = error.object
    near = text[max(0, error.start - 20) : error.end + 20]
    return f"the text {near!r} has a lone surrogate (half a character); remove it"

"""Read another person's database and leave no trace in it, or beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from argmap.errors import BusyError, MissingError, StoreError

from .explaining import explained
from .opening import (
    VERSION,
    Store,
    connected,
    is_current,
    is_empty,
    is_ours,
    kept_if_sound,
    log_of,
    open_memory,
    pragma,
    refuse_other_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAL_FORMAT: Final = 2
"""What byte 18 of a SQLite file is where it keeps a write-ahead log."""


@contextmanager
def other_database(path: Path, own: Path) -> Iterator[Store]:
    """Open the database at *path* to read, as it is at one moment; a file of no bytes is empty.

    It is never written to and never brought up to date. Without a log beside it, it is
    read as a file that nobody changes, since SQLite would make a log even to read; that
    nobody did is checked at the end.

    Args:
        path: The other database.
        own: The database it must not be, by whatever name.

    Raises:
        MissingError: it is not there.
        BusyError: somebody changed it meanwhile.
        StoreError: it is *own*, not argmap's, of another version, locked or damaged.
    """
    _refuse(path, own)
    before = _stamp(path)
    with explained(path):
        other = _opened(path)
    with other:
        with other.reading():
            _refuse_damage(other)
            yield other
        if before is not None and _stamp(path) != before:
            message = f"{path}: was changed while it was read; nothing was merged, try again"
            raise BusyError(message)


def _refuse(path: Path, own: Path) -> None:
    refuse_other_files(path)
    if not path.exists():
        message = f"{path}: there is no such file; give the database to merge"
        raise MissingError(message)
    if own.exists() and path.samefile(own):
        message = f"{path}: is this database itself; give another one"
        raise StoreError(message)


def _opened(path: Path) -> Store:
    has_log = log_of(path).exists()
    mode = "ro" if has_log or not _keeps_log(path) else "ro&immutable=1"
    other = Store(path, connected(path, mode))
    with kept_if_sound(other):
        is_ours(other)
        if is_empty(other):
            other.close()
            return open_memory()
        _refuse_version(other)
    return other


def _keeps_log(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(19)[18:] == bytes([_WAL_FORMAT])


def _refuse_version(other: Store) -> None:
    if is_current(other):
        return
    version = pragma(other, "user_version")
    what = f"is of version {version}, older than {VERSION}" if version < VERSION else "is not whole"
    message = f"{other.path}: {what}; argmap -d FILE list brings it up to date, then merge it"
    raise StoreError(message)


def _refuse_damage(other: Store) -> None:
    verdict = other.db.conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        message = f"{other.path}: is damaged: {verdict}; nothing was merged, see argmap doctor"
        raise StoreError(message)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes where the file is written to; None where a log beside it does."""
    if log_of(path).exists():
        return None
    there = path.stat()
    return there.st_mtime_ns, there.st_size

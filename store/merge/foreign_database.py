"""Read another person's database without changing it or leaving files next to it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from argmap.errors import BusyError, MissingError, StoreError
from argmap.host.open_databases import is_open_here, parts_of
from store.database.connect import check_path
from store.database.connection import FILE_CHECK
from store.database.migration import is_current, is_older
from store.database.opening import (
    close_on_error,
    connect_store,
    copy_up_to_date,
    is_empty,
    is_ours,
    open_memory,
)
from store.database.other_processes import is_open_elsewhere
from store.database.sqlite_errors import as_store_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.database.store import Store

_Stamp = tuple[int, int, bool]


@contextmanager
def open_other_database(path: Path, own: Path) -> Iterator[Store]:
    """Open the database at *path* to read, in one snapshot.

    The file is never written to. An older one is read through a migrated copy in memory. If no
    process has it open it is opened as immutable, because SQLite would otherwise create a log next
    to it even to read. At the end the file is checked for changes that were made meanwhile.

    Args:
        path: The other database.
        own: The database that *path* must not be, under any name.

    Raises:
        MissingError: the file does not exist.
        BusyError: another process changed it meanwhile.
        StoreError: it is *own*, not argmap's, newer than this program, locked or damaged.
    """
    _refuse(path, own)
    before = None if _is_in_use(path) else _stamp(path)
    with as_store_error(path):
        other = _opened(path, "ro" if before is None else "ro&immutable=1")
    with other:
        try:
            with other.reading():
                _refuse_damage(other)
                if is_older(other):
                    with copy_up_to_date(other) as copy:
                        yield copy
                else:
                    yield other
        except StoreError:  # apparent damage may be a half-written change
            _refuse_changed(path, before)
            raise
        _refuse_changed(path, before)


def _refuse(path: Path, own: Path) -> None:
    if check_path(path) is None:
        message = f"{path}: does not exist; give the database to merge"
        raise MissingError(message)
    if own.exists() and path.samefile(own):
        message = f"{path}: is the database to merge into; give another one"
        raise StoreError(message)


def _opened(path: Path, mode: str) -> Store:
    other = connect_store(path, mode)
    with close_on_error(other):
        is_ours(other)
        if is_empty(other):
            other.close()
            return open_memory()
        _refuse_partial(other)
    return other


def _is_in_use(path: Path) -> bool:
    """Return whether the file is open anywhere, or has a log or a journal."""
    has_parts = any(part.exists() for part in parts_of(path))
    return has_parts or is_open_here(path) or bool(is_open_elsewhere(path))


def _refuse_partial(other: Store) -> None:
    if not is_older(other) and not is_current(other):
        message = (
            f"{other.path}: is incomplete; open it once with argmap -d FILE list, then merge it"
        )
        raise StoreError(message)


def _refuse_damage(other: Store) -> None:
    verdict = other.connection.execute(f"PRAGMA {FILE_CHECK}(1)").fetchone()[0]
    if verdict != "ok":
        reason = " ".join(verdict.split())
        message = f"{other.path}: is damaged: {reason}; nothing was merged; run argmap doctor on it"
        raise StoreError(message)


def _refuse_changed(path: Path, before: _Stamp | None) -> None:
    if before is not None and _stamp(path) != before:
        message = f"{path}: was changed while it was read; nothing was merged; try again"
        raise BusyError(message)


def _stamp(path: Path) -> _Stamp:
    """Return the time, the size and the companion files, which a write would change."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, any(part.exists() for part in parts_of(path))

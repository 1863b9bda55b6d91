"""Open a database file: recognise it, refuse foreign ones, and migrate old ones."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from argmap.errors import StoreError
from argmap.host.open_databases import parts_of

from . import connect, schema_versions
from .connect import Handle, check_path
from .connection import Connection, guard_schema
from .driver import sqlite3
from .migration import (
    backup_name,
    is_current,
    is_older,
    is_read_only,
    migrate,
    refuse_read_only,
    sync,
    version_of,
)
from .sqlite_errors import as_store_error, result_code
from .store import Store, retry_while_locked

if TYPE_CHECKING:
    from collections.abc import Iterator


APPLICATION_ID: Final = int.from_bytes(b"ArgM")
"""The application id that marks a SQLite file as argmap's."""

MIGRATION_WAIT: Final = 300.0
"""Seconds to wait for another process's migration; a big file takes minutes."""


def open_store(path: Path | str, wait: float | None = None) -> Store:
    """Open the database at *path* to read and write; create it if it is missing.

    An older file is copied and then migrated.

    Args:
        path: The file; its folder must exist.
        wait: Seconds that each write waits for another process; `connect.WAIT` by default.

    Raises:
        StoreError: the file is not argmap's, newer than this program, locked, read-only or damaged.
    """
    path = Path(path)
    if not check_path(path):
        _refuse_log_alone(path)
    with as_store_error(path):
        store = connect_store(path, "rwc")
        if wait is not None:
            store.connection.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")
        with close_on_error(store):
            if is_ours(store) and not is_current(store):
                _bring_up_to_date(store)
            elif store.connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                _use_wal(store)
    return store


def _refuse_log_alone(path: Path) -> None:
    """Refuse to create a database where a lost database has left its log.

    SQLite would empty the log, and the edits in it would be lost.
    """
    log = parts_of(path)[0]
    if log.is_file() and log.stat().st_size:
        message = (
            f"{path}: is missing or empty, but {log.name} next to it has edits; restore the"
            " database, or move that file elsewhere"
        )
        raise StoreError(message)


@contextmanager
def close_on_error(store: Store) -> Iterator[None]:
    """Close *store* if the block raises an exception."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def open_to_read(path: Path | str) -> Store | None:
    """Open the database at *path* to read; return None where it is missing or empty.

    An older file is migrated first. If it is read-only it stays as it is, and the store is a
    migrated copy in memory.

    Raises:
        StoreError: the file is not argmap's, newer than this program, or damaged.
    """
    path = Path(path)
    if not check_path(path):
        return None
    with as_store_error(path):
        store = _current_copy(path) if is_read_only(path) else None
        store = store or _readable(path)
        with close_on_error(store):
            if not is_ours(store) or is_empty(store):
                store.close()
                return None
            current = is_current(store)
    if current:
        return store
    store.close()
    return open_store(path)


def open_to_examine(path: Path) -> Store:
    """Open the database at *path* to write, without migrating it.

    An older file stays as it is, so that it is examined before anything changes it; only missing
    tables of a current file are created. A read-only file is opened to read.

    Raises:
        StoreError: as `open_store`.
    """
    check_path(path)
    with as_store_error(path):
        store = _readable(path) if is_read_only(path) else connect_store(path, "rw")
        with close_on_error(store):
            as_it_is = is_ours(store) and (
                is_older(store)
                or (
                    version_of(store) == schema_versions.VERSION
                    and schema_versions.has_tables(store.connection)
                )
            )
    if as_it_is:
        return store
    store.close()
    return open_store(path)


def open_memory() -> Store:
    """Open a new database in memory."""
    store = _in_memory(Path(":memory:"))
    schema_versions.complete(store.db)
    return store


def copy_up_to_date(store: Store) -> Store:
    """Return a migrated copy of *store* in memory; the file stays as it is."""
    copy = _in_memory(store.path)
    with close_on_error(copy):
        store.connection.backup(copy.connection)
        copy.db.execute("BEGIN")
        migrate(copy)
        copy.db.execute("COMMIT")
    return copy


def connect_store(path: Path, mode: str) -> Store:
    """Return a store of *path*, opened in a *mode* of SQLite's URIs, such as `ro`."""
    return Store(path, connect.connect(path, mode))


def _readable(path: Path) -> Store:
    """Open *path* without writing; as immutable where SQLite cannot create a log.

    Raises:
        StoreError: it has a log that cannot be read there, so that edits would be missed.
    """
    if is_read_only(path) and not any(part.exists() for part in parts_of(path)):
        # SQLite would leave a read-only log next to the file, and nobody could write to the
        # database when it is made writable again.
        return connect_store(path, "ro&immutable=1")
    try:
        store = connect_store(path, "ro")
        with close_on_error(store):
            store.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if result_code(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
            raise
        log = parts_of(path)[0]
        if log.exists() and log.stat().st_size:
            message = (
                f"{path}: has edits in {log.name} that cannot be read in a read-only folder; copy"
                " both files to a folder that you can write to"
            )
            raise StoreError(message) from error
        return connect_store(path, "ro&immutable=1")
    return store


def pragma(store: Store, name: str) -> int:
    """Return the integer value of the pragma *name*."""
    return int(store.connection.execute(f"PRAGMA {name}").fetchone()[0])


def is_empty(store: Store) -> bool:
    """Return whether the file has no tables or other schema objects."""
    return not store.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def is_ours(store: Store) -> bool:
    """Return True if the file is new or argmap's; otherwise raise StoreError.

    Raises:
        StoreError: it belongs to another program, or is newer than this one.
    """
    with store.reading():  # another process may be creating the file: see all of it, or nothing
        mark, version = pragma(store, "application_id"), pragma(store, "user_version")
        is_new = mark == 0 and is_empty(store)
    if mark != APPLICATION_ID and not is_new:
        message = f"{store.path}: belongs to another program; give an argmap database"
        raise StoreError(message)
    if version > schema_versions.VERSION:
        message = (
            f"{store.path}: has version {version}, and this argmap supports versions up to"
            f" {schema_versions.VERSION}; install a newer argmap"
        )
        raise StoreError(message)
    return True


def _bring_up_to_date(store: Store) -> None:
    """Complete the file, or back it up and migrate it."""
    if is_older(store):
        refuse_read_only(store)
    _use_wal(store)  # now, because the mode cannot change within a transaction
    wait = MIGRATION_WAIT if is_older(store) else connect.WAIT
    # Another process may be migrating the file: wait for as long as that can take.
    with store.busy_timeout(wait), store.writing():
        if is_current(store):  # another process did it while this one waited for the lock
            return
        if is_older(store):
            _back_up(store, version_of(store))
        store.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(store)


def _use_wal(store: Store) -> None:
    """Turn the write-ahead log on, for which SQLite does not use its timeout."""
    retry_while_locked(store, "PRAGMA journal_mode = wal", connect.WAIT)


def _back_up(store: Store, version: int) -> None:
    """Copy the file before a migration; keep an earlier copy.

    The caller holds the write lock, so that no edit comes between the copy and the migration. An
    existing copy is from a migration that failed, and is therefore the older state.
    """
    target = backup_name(store.path, version)
    part = target.with_suffix(".part")
    for leftover in (part, *parts_of(part)):
        with suppress(OSError):  # from a process that was killed; this one has the write lock
            leftover.unlink()
    if target.is_file():
        return
    if target.exists() or target.is_symlink():
        message = f"{target}: has the name of the backup before the migration; move it elsewhere"
        raise StoreError(message)
    from .backup import copy_to

    with connect_store(store.path, "ro") as unchanged:
        copy_to(unchanged, target, part)
    # The backup must survive a power failure before the migration begins.
    for written in (target, target.parent):
        sync(written)


def _current_copy(path: Path) -> Store | None:
    """Return a migrated copy in memory of an older file; None if the file is current.

    Without companion files the file is opened as immutable, because SQLite would otherwise leave
    files in the folder.
    """
    has_parts = any(part.exists() for part in parts_of(path))
    with _readable(path) if has_parts else connect_store(path, "ro&immutable=1") as store:
        if not is_ours(store) or is_empty(store) or is_current(store):
            return None
        copy = copy_up_to_date(store)
    copy.db.execute("PRAGMA query_only = 1")  # writes to the copy would be lost
    return copy


def _in_memory(path: Path) -> Store:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    guard_schema(connection)  # it may be a copy of a file from anyone
    return Store(path, Handle(connection))

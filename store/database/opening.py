"""Open a database file: recognise it, refuse what is not ours, bring it up to date."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import StoreError
from argmap.host.open_databases import parts_of

from . import schema_versions
from .backup import copy_to
from .connect import WAIT, Handle, check_path, connect
from .connection import Connection
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
from .sqlite_errors import as_store_error
from .store import Store, retry_while_locked

if TYPE_CHECKING:
    from collections.abc import Iterator


APPLICATION_ID: Final = int.from_bytes(b"ArgM")
"""What marks a SQLite file as argmap's."""

MIGRATION_WAIT: Final = 300.0
"""Seconds that a process waits for another one to migrate the file; a big one takes a while."""


def open_store(path: Path | str, wait: float = WAIT) -> Store:
    """Open the database at *path* to read and write; make it if it is not there.

    Args:
        path: The file; its folder must be there.
        wait: Seconds that each write waits for another process.

    Raises:
        StoreError: it is not argmap's, newer than this program, locked or read-only.
    """
    path = Path(path)
    if not check_path(path):
        _refuse_log_alone(path)
    with as_store_error(path):
        store = connect_store(path, "rwc")
        store.db.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")
        with close_on_error(store):
            if is_ours(store) and not is_current(store):
                _bring_up_to_date(store)
            elif store.db.journal_mode != "wal":
                _use_wal(store)
    return store


def _refuse_log_alone(path: Path) -> None:
    """Refuse to make a database beside the log of one that is gone: SQLite would empty the log."""
    log = parts_of(path)[0]
    if log.is_file() and log.stat().st_size:
        message = (
            f"{path}: is missing or empty, and {log.name} beside it has edits in it; put the"
            " database back, or move that file elsewhere"
        )
        raise StoreError(message)


@contextmanager
def close_on_error(store: Store) -> Iterator[None]:
    """Close *store* where what looks at it inside ends with an exception."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def open_to_read(path: Path | str) -> Store | None:
    """Open the database at *path* to read; None where there is nothing to read yet.

    A file of an older version is brought up to date first; one that may not be written is
    left alone, and what is read is a copy in memory that is up to date.

    Raises:
        StoreError: it is not argmap's, newer than this program, or damaged.
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
    """Open the database at *path* to write, as it is: only missing tables are made.

    A file of an older version stays one: it is examined before anything changes it. One that
    may not be written is opened to read.

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
                    and schema_versions.has_tables(store.db)
                )
            )
    if as_it_is:
        return store
    store.close()
    return open_store(path)


def open_memory() -> Store:
    """Open a new database that lives in memory alone."""
    store = _in_memory(Path(":memory:"))
    schema_versions.complete(store.db)
    return store


def copy_up_to_date(store: Store) -> Store:
    """Return a copy of *store* in memory, brought up to date; the file stays as it is."""
    copy = _in_memory(store.path)
    with close_on_error(copy):
        store.db.conn.backup(copy.db.conn)
        copy.db.execute("BEGIN")
        migrate(copy)
        copy.db.execute("COMMIT")
    return copy


def connect_store(path: Path, mode: str) -> Store:
    """Return the file at *path*, opened in a *mode* of SQLite's addresses, such as `ro`."""
    handle = connect(path, mode)
    return Store(path, handle, Database(handle.connection, execute_plugins=False))


def _readable(path: Path) -> Store:
    """Open *path* without writing; as an unchanging file where no log may be made beside it.

    Raises:
        StoreError: it has a log that cannot be read there: what is in it would be missed.
    """
    if is_read_only(path) and not any(part.exists() for part in parts_of(path)):
        # SQLite would leave a log with the file's permissions, which nobody could write to
        # once the file itself is made writable again.
        return connect_store(path, "ro&immutable=1")
    try:
        store = connect_store(path, "ro")
        with close_on_error(store):
            store.db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        log = parts_of(path)[0]
        if log.exists() and log.stat().st_size:
            message = (
                f"{path}: has edits in {log.name} that cannot be read in this folder; copy both"
                " files to a folder that you may write to"
            )
            raise StoreError(message) from error
        return connect_store(path, "ro&immutable=1")
    return store


def pragma(store: Store, name: str) -> int:
    """Return the number that the pragma called *name* gives."""
    return int(store.db.execute(f"PRAGMA {name}").fetchone()[0])


def is_empty(store: Store) -> bool:
    """Tell whether nothing was ever made in the file."""
    return not store.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def is_ours(store: Store) -> bool:
    """Tell that the file is new or argmap's, and not from the future.

    Raises:
        StoreError: it is another program's, or newer than this one.
    """
    with store.reading():  # another process may be making it
        mark, version = pragma(store, "application_id"), pragma(store, "user_version")
        is_new = mark == 0 and is_empty(store)
    if mark != APPLICATION_ID and not is_new:
        message = f"{store.path}: is a database of another program; give another file"
        raise StoreError(message)
    if version > schema_versions.VERSION:
        message = (
            f"{store.path}: is of version {version}, and this argmap knows up to"
            f" {schema_versions.VERSION}; install a newer argmap"
        )
        raise StoreError(message)
    return True


def _bring_up_to_date(store: Store) -> None:
    """Complete the file, or migrate it after a backup; another process that does so comes first."""
    if is_older(store):
        refuse_read_only(store)
    _use_wal(store)
    wait = MIGRATION_WAIT if is_older(store) else WAIT
    with store.busy_timeout(wait), store.writing():
        if is_current(store):  # another process was quicker
            return
        if is_older(store):
            _back_up(store, version_of(store))
        store.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(store)


def _use_wal(store: Store) -> None:
    """Turn the write-ahead log on; for this, SQLite itself does not wait for another process."""
    retry_while_locked(store, "PRAGMA journal_mode = wal", WAIT)


def _back_up(store: Store, version: int) -> None:
    """Copy the file beside itself before a migration; an earlier copy is kept.

    Called with the right to write, so that no edit comes between the copy and the migration.
    A copy that is there already was made by a migration that failed: it is the older one.
    """
    target = backup_name(store.path, version)
    part = target.with_suffix(".part")
    for left in (part, *parts_of(part)):
        with suppress(OSError):  # of a process that was killed; nobody else is here now
            left.unlink()
    if target.is_file():
        return
    if target.exists() or target.is_symlink():
        message = f"{target}: is in the way of the copy before the migration; move it elsewhere"
        raise StoreError(message)
    with connect_store(store.path, "ro") as unchanged:
        copy_to(unchanged, target, part)
    for written in (target, target.parent):
        sync(written)


def _current_copy(path: Path) -> Store | None:
    """Return a copy in memory of a file that is not up to date; None where it is.

    With nothing beside it the file is read as one that nobody changes, since SQLite would else
    leave files in the folder.
    """
    has_parts = any(part.exists() for part in parts_of(path))
    with _readable(path) if has_parts else connect_store(path, "ro&immutable=1") as store:
        if not is_ours(store) or is_empty(store) or is_current(store):
            return None
        copy = copy_up_to_date(store)
    copy.db.execute("PRAGMA query_only = 1")  # what is written to a copy would be lost
    return copy


def _in_memory(path: Path) -> Store:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    connection.execute("PRAGMA trusted_schema = 0")  # it may be a copy of anybody's file
    return Store(path, Handle(connection), Database(connection, execute_plugins=False))

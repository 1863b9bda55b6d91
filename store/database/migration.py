"""Read the schema version of a file, and migrate it to the current one."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from argmap.errors import StoreError

from . import schema_versions

if TYPE_CHECKING:
    from pathlib import Path

    from .store import Store

_ANYBODY_WRITES: Final = 0o222
"""The write bits of a file's mode; a file without any of them is marked read-only."""


def version_of(store: Store) -> int:
    """Return the version of the file's schema; 0 for a file that is not complete yet."""
    return int(store.connection.execute("PRAGMA user_version").fetchone()[0])


def is_older(store: Store) -> bool:
    """Return whether the file has the schema of an older version."""
    return 0 < version_of(store) < schema_versions.VERSION


def is_current(store: Store) -> bool:
    """Return whether the file has the complete schema of this program's version."""
    version = version_of(store)
    return version == schema_versions.VERSION and schema_versions.is_complete(store.connection)


def backup_name(path: Path, version: int) -> Path:
    """Return the path of the backup of *path*, of *version*, before a migration."""
    return path.with_name(f"{path.name}.v{version}.bak")


def migrate(store: Store) -> None:
    """Apply the migrations that the file lacks, within the open transaction."""
    from . import schema_migrations

    version = version_of(store) or schema_versions.VERSION
    was_whole = schema_versions.is_complete(store.connection, version)
    schema_migrations.MIGRATIONS.apply(store.db)
    schema_versions.complete(store.db)
    # A full-text table that was missing is new, and so still empty.
    for table in () if was_whole else ("statement_fts", "document_fts"):
        store.db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    store.db.execute(f"PRAGMA user_version = {schema_versions.VERSION}")


def is_read_only(path: Path) -> bool:
    """Return whether the file or its folder is read-only, even if root may write."""
    return not all(map(is_writable, {path, path.parent, path.resolve().parent}))


def is_writable(place: Path) -> bool:
    """Return whether a file or folder may be written and is not marked read-only."""
    may = os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    return may and bool(place.stat().st_mode & _ANYBODY_WRITES)


def refuse_read_only(store: Store) -> None:
    """Raise a StoreError if the file is read-only: even root must not migrate it."""
    if is_read_only(store.path):
        message = (
            f"{store.path}: has version {version_of(store)} and is read-only, so it cannot"
            " be migrated; make the file and its folder writable to edit it"
        )
        raise StoreError(message)


def sync(path: Path) -> None:
    """Flush the file or folder *path* to the disk, where the system supports it."""
    with suppress(OSError):  # Windows cannot open a folder
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""Read the version of a file, and migrate it to the version of this program."""

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
"""The bits of a file's mode of which one is set where anybody but root may write."""


def version_of(store: Store) -> int:
    """Return the version of the file's schema; 0 for a file that is not whole yet."""
    return int(store.db.execute("PRAGMA user_version").fetchone()[0])


def is_older(store: Store) -> bool:
    """Tell whether the file was made by an older program."""
    return 0 < version_of(store) < schema_versions.VERSION


def is_current(store: Store) -> bool:
    """Tell whether the file has this program's version of the schema, and all of it."""
    return version_of(store) == schema_versions.VERSION and schema_versions.is_complete(store.db)


def backup_name(path: Path, version: int) -> Path:
    """Return where the file at *path*, of an older *version*, is copied before a migration."""
    return path.with_name(f"{path.name}.v{version}.bak")


def migrate(store: Store) -> None:
    """Take the steps that the file lacks, in the transaction that is open."""
    was_whole = schema_versions.is_complete(store.db, version_of(store) or schema_versions.VERSION)
    schema_versions.MIGRATIONS.apply(store.db)
    schema_versions.complete(store.db)
    for table in () if was_whole else ("statement_fts", "document_fts"):  # one may be new, so empty
        store.db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    store.db.execute(f"PRAGMA user_version = {schema_versions.VERSION}")


def is_read_only(path: Path) -> bool:
    """Tell whether the file or its folder is meant to be read only, even for root."""
    return not all(map(is_writable, {path, path.parent, path.resolve().parent}))


def is_writable(place: Path) -> bool:
    """Tell whether a file or folder may be written, and is not marked as one that may not."""
    may = os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    return may and bool(place.stat().st_mode & _ANYBODY_WRITES)


def refuse_read_only(store: Store) -> None:
    """Refuse to migrate what is marked read only, which would not keep root from it."""
    if is_read_only(store.path):
        message = (
            f"{store.path}: is of version {version_of(store)} and read only, so it can be read"
            " and not changed; make the file and its folder writable"
        )
        raise StoreError(message)


def sync(path: Path) -> None:
    """Wait until the file or folder *path* is on the disk, where the system can say so."""
    with suppress(OSError):  # Windows opens no folder
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

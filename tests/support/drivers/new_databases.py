"""New databases as copies of one made before, which takes a tenth of the time."""

from __future__ import annotations

import atexit
import os
import shutil
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from store.database import opening, schema_versions
from store.database.driver import sqlite3
from store.ingest import add_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from store import Store

_KEPT = TemporaryDirectory(prefix="argmap-tests-")
atexit.register(_KEPT.cleanup)
_NUMBERS = count()
_connect_store = opening.connect_store
_complete = schema_versions.complete


@cache
def _template() -> Path:
    """Return an empty database, made as the program makes one."""
    path = Path(_KEPT.name) / "empty.db"
    with patch.object(opening, "connect_store", _connect_store):
        opening.open_store(path).close()
    return path


@cache
def _example(at: str) -> tuple[Path, str]:
    """Return a database with the example, added at *at*, and the id of its document."""
    path = Path(_KEPT.name) / "example.db"
    return path, add_example(path, at)


def with_example(path: Path, at: str) -> str:
    """Make a database with the example at *path*, and return the id of its document.

    An existing database gets it by an import.
    """
    if path.exists():
        return add_example(path, at)
    kept, document = _example(at)
    shutil.copyfile(kept, path)
    return document


def _copy_or_connect(path: Path, mode: str) -> Store:
    if mode == "rwc" and not path.exists() and path.parent.is_dir():
        # Linked, as a file that another thread is making at the same moment must not be replaced.
        own = path.with_name(f".{os.getpid()}-{next(_NUMBERS)}")
        shutil.copyfile(_template(), own)
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return _connect_store(path, mode)


@cache
def _memory_template() -> sqlite3.Connection:
    """Return an empty database in memory that every thread may copy."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with patch.object(schema_versions, "complete", _complete), opening.open_memory() as made:
        made.connection.backup(kept)
    return kept


def _copy_or_complete(db: Database, version: int = schema_versions.VERSION) -> None:
    [(_, _, file)] = db.conn.execute("PRAGMA database_list")
    is_new = not db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if is_new and not file and version == schema_versions.VERSION:
        _memory_template().backup(db.conn)
    else:
        _complete(db, version)


@contextmanager
def copied() -> Iterator[None]:
    """Within this block, a new database, in a file or in memory, is a copy of an empty one."""
    with (
        patch.object(opening, "connect_store", _copy_or_connect),
        patch.object(schema_versions, "complete", _copy_or_complete),
    ):
        yield

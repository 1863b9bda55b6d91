"""Copy a database to a temporary file, for a dry run."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from argmap.host.files import as_input_error

from .driver import sqlite3
from .opening import open_to_read
from .sqlite_errors import as_store_error

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def temporary_copy(path: Path) -> Iterator[Path]:
    """Yield the path of a temporary copy of the database at *path*.

    If there is no database at *path*, the yielded path has no file either.

    Raises:
        StoreError: the database cannot be read, or the copy cannot be written.
    """
    with TemporaryDirectory(prefix="argmap-") as folder, as_input_error(folder):
        copy = Path(folder) / "copy.db"
        known = open_to_read(path)
        if known is not None:
            with known, as_store_error(copy), closing(sqlite3.connect(copy)) as target:
                known.connection.backup(target)
        yield copy

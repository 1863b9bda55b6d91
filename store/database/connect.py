"""Connect to a database file without dropping the locks this process holds on it.

Closing any descriptor of a file drops all POSIX locks that the process has on it. So only
SQLite opens a database and its companion files (see `open_databases`). The one exception,
`lasting_descriptor`, is never closed.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from attrs import define, field

from argmap.errors import StoreError, os_error_reason
from argmap.host.file_names import LONGEST
from argmap.host.open_databases import inode_of, note_open

from .connection import Connection, guard_schema
from .driver import sqlite3

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.host.open_databases import Inode

WAIT: Final = 10.0
"""Seconds that a write waits for another process."""

_PRAGMAS: Final = (
    "foreign_keys = 1",
    "synchronous = full",  # with `normal` a power failure loses the last commits in WAL mode
    "page_size = 8192",  # for new files; a million records take 10 % less space than with 4096
)

_LONGEST_ADDRESS: Final = 512
"""Maximum length of a path that SQLite accepts, in bytes, with its longest suffix."""

_LONGEST_ENDING: Final = len("-journal")

_LASTING: Final[dict[Inode, int]] = {}


@define(eq=False)
class Handle:
    """A connection and the file that it has open."""

    connection: sqlite3.Connection
    path: Path | None = None
    """None for a database in memory."""
    inode: Inode | None = None
    is_closed: bool = field(default=False, init=False)

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        if not self.is_closed:
            self.connection.close()
            note_open(self.inode, self.path, -1)
            self.is_closed = True


def connect(path: Path, mode: str) -> Handle:
    """Connect to *path* in a *mode* of SQLite's URIs, such as `ro`."""
    absolute = path.absolute()
    address = f"file:{quote(os.fsencode(absolute))}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, timeout=WAIT, isolation_level=None, factory=Connection
    )
    handle = Handle(connection, absolute, inode_of(path))
    note_open(handle.inode, handle.path, 1)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        guard_schema(connection)
    except BaseException:
        handle.close()
        raise
    return handle


def lasting_descriptor(path: Path) -> int:
    """Return a descriptor of *path* for lock queries, open until the process ends."""
    inode = inode_of(path)
    if inode not in _LASTING:
        descriptor = os.open(path, os.O_RDONLY)
        status = os.fstat(descriptor)
        inode = (status.st_dev, status.st_ino)
        # Two threads may both open one. A second one does no harm; closing it would drop all
        # locks of this process.
        _LASTING.setdefault(inode, descriptor)
    return _LASTING[inode]


def check_path(path: Path) -> int | None:
    """Return the size of the file at *path* in bytes; None where there is no file.

    Only the kind of file is checked. SQLite decides whether its content is a database.

    Raises:
        StoreError: *path* is `:memory:`, a folder, a device, a pipe or a file of one byte, cannot
            be read, or has a name that is too long.
    """
    if path.name == ":memory:":
        message = f"{path}: a database in memory would be lost at the end; give a file"
        raise StoreError(message)
    try:
        status = path.stat()
        _refuse_long(path)
    except FileNotFoundError:
        _refuse_long(path)
        return None
    except OSError as error:
        message = f"{path}: cannot be used: {os_error_reason(error)}"
        raise StoreError(message) from error
    except ValueError as error:  # a null character, for example
        message = f"{path}: cannot be used: {error}"
        raise StoreError(message) from error
    if stat.S_ISDIR(status.st_mode):
        message = f"{path}: is a folder; give a database file"
        raise StoreError(message)
    if not os.access(path, os.R_OK):
        message = f"{path}: cannot be read: permission denied; check its permissions"
        raise StoreError(message)
    # SQLite treats a file of one byte as empty, and would overwrite it.
    if not stat.S_ISREG(status.st_mode) or status.st_size == 1:
        message = f"{path}: is not a database; give another file"
        raise StoreError(message)
    return status.st_size


def _refuse_long(path: Path) -> None:
    """Raise a StoreError if the names of SQLite's companion files would be too long."""
    name = os.fsencode(path.name)
    address = os.fsencode(os.path.realpath(path))
    too_long = len(name) > LONGEST - _LONGEST_ENDING
    if too_long or len(address) > _LONGEST_ADDRESS - _LONGEST_ENDING:
        message = (
            f"{path}: cannot be used: file name too long for SQLite's companion files;"
            f" give {'a shorter name' if too_long else 'a folder with a shorter path'}"
        )
        raise StoreError(message)

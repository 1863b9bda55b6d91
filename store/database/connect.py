"""Connect to a database file without dropping the locks this process holds on it.

SQLite alone opens a database and the files that it keeps with it (see `open_databases`). The
one exception, `lasting_descriptor`, is never closed.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from attrs import define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import StoreError, os_error_reason
from argmap.host.file_names import LONGEST
from argmap.host.open_databases import inode_of, note_open

from .connection import Connection

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.host.open_databases import Inode

WAIT: Final = 10.0
"""Seconds that a write waits for another process."""

_PRAGMAS: Final = (
    "foreign_keys = 1",
    "trusted_schema = 0",
    "synchronous = full",
    "page_size = 8192",  # of a new file: a million records take a tenth less than with half of it
)

_LONGEST_ADDRESS: Final = 512
"""Bytes that SQLite takes as the path of a database, with its longest ending."""

_LONGEST_ENDING: Final = len("-journal")

_LASTING: Final[dict[Inode, int]] = {}


@define(eq=False)
class Handle:
    """A connection, and the file it has open."""

    connection: sqlite3.Connection
    path: Path | None = None
    """None for a database in memory."""
    inode: Inode | None = None
    is_closed: bool = field(default=False, init=False)

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        if not self.is_closed:
            self.connection.close()
            note_open(self.inode, self.path, -1)
            self.is_closed = True


def connect(path: Path, mode: str) -> Handle:
    """Return a connection to *path* in a *mode* of SQLite's addresses, such as `ro`."""
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
    except BaseException:
        handle.close()
        raise
    return handle


def lasting_descriptor(path: Path) -> int:
    """Return a descriptor of *path* to ask for locks by; it is open until the process ends."""
    inode = inode_of(path)
    if inode not in _LASTING:
        descriptor = os.open(path, os.O_RDONLY)
        found = os.fstat(descriptor)
        inode = (found.st_dev, found.st_ino)
        _LASTING.setdefault(inode, descriptor)  # two of one file do no harm; to close one would
    return _LASTING[inode]


def check_path(path: Path) -> int | None:
    """Return the size of the file at *path*, None without one; refuse what is no database.

    Only the kind of file is looked at. Whether its content is a database, SQLite says.

    Raises:
        StoreError: it is a folder, a device, a pipe, one byte long, or no name for a file.
    """
    if path.name == ":memory:":
        message = f"{path}: a database in memory would be gone at the end; give a file"
        raise StoreError(message)
    try:
        found = path.stat()
        _refuse_long(path)
    except FileNotFoundError:
        _refuse_long(path)
        return None
    except OSError as error:
        message = f"{path}: cannot be used: {os_error_reason(error)}"
        raise StoreError(message) from error
    except ValueError as error:  # a character that no name has
        message = f"{path}: cannot be used: {error}"
        raise StoreError(message) from error
    if stat.S_ISDIR(found.st_mode):
        message = f"{path}: is a folder; give a database file"
        raise StoreError(message)
    if not os.access(path, os.R_OK):
        message = f"{path}: cannot be used: permission denied; see its permissions"
        raise StoreError(message)
    # SQLite takes a file of one byte for an empty one, and would write over it.
    if not stat.S_ISREG(found.st_mode) or found.st_size == 1:
        message = f"{path}: is not a database; give another file"
        raise StoreError(message)
    return found.st_size


def _refuse_long(path: Path) -> None:
    """Refuse a name that leaves no room for those of the files which SQLite keeps beside it.

    Raises:
        StoreError: it does not.
    """
    name = os.fsencode(path.name)
    address = os.fsencode(os.path.realpath(path))
    too_long = len(name) > LONGEST - _LONGEST_ENDING
    if too_long or len(address) > _LONGEST_ADDRESS - _LONGEST_ENDING:
        message = (
            f"{path}: cannot be used: file name too long for the files that SQLite keeps beside it;"
            f" give {'a shorter one' if too_long else 'a folder with a shorter path'}"
        )
        raise StoreError(message)

"""Track the databases that this process has open, to protect their locks.

POSIX locks belong to a process and a file, not to a descriptor: closing any descriptor of a
database drops all locks that SQLite holds on it, and other programs then assume that it is not
in use. So only SQLite may open a database and the files next to it: it knows about the problem
and delays closing.

Source: https://www.sqlite.org/howtocorrupt.html, section 2.2.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path
from typing import Final

Inode = tuple[int, int]
"""Device and inode number of a file: the same under all its names."""

_LOCK: Final = threading.Lock()
_OPEN: Final[Counter[tuple[Inode, Path]]] = Counter()
"""Number of open connections in this process, by inode and path."""


def note_open(inode: Inode | None, path: Path | None, change: int) -> None:
    """Count an opened (1) or closed (-1) connection; databases in memory have no inode."""
    if inode is not None and path is not None:
        with _LOCK:
            _OPEN[inode, path] += change


def inode_of(path: Path) -> Inode | None:
    """Return the inode of the file at *path*; None if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  (what Path.stat does, without its cost)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def is_open_here(path: Path) -> bool:
    """Return whether *path* is, under any name, a database that this process has open.

    Its write-ahead log, shared memory and journal count as the database itself.
    """
    inode = inode_of(path)
    if inode is None:
        return False
    with _LOCK:
        open_files = [key for key, count in _OPEN.items() if count > 0]
    return any(
        inode in (known, *map(inode_of, parts_of(database))) for known, database in open_files
    )


def parts_of(database: Path) -> list[Path]:
    """Return the paths of SQLite's files next to *database*, whether they exist or not.

    If *database* is a symbolic link, they are next to the file that it names.
    """
    return parts_named_after(Path(os.path.realpath(database)))


def parts_named_after(name: Path) -> list[Path]:
    """Return the paths of SQLite's files next to a database called *name*, as it is spelled."""
    return [Path(f"{name}-{part}") for part in ("wal", "shm", "journal")]

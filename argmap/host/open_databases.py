"""Know which databases this process has open, so that nothing else opens and closes their files.

POSIX locks belong to a process and a file, not to a descriptor: closing any descriptor of
a database drops every lock that SQLite holds on it, and other programs then believe that
nobody has it open. So SQLite alone opens a database and the files beside it: it knows this
and defers its closing.

Source: https://www.sqlite.org/howtocorrupt.html, section 2.2.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path
from typing import Final

Inode = tuple[int, int]
"""The device and the number of a file: the same for every name it has."""

_LOCK: Final = threading.Lock()
_OPEN: Final[Counter[tuple[Inode, Path]]] = Counter()
"""The connections of this process, by file and path."""


def note_open(inode: Inode | None, path: Path | None, change: int) -> None:
    """Count a connection to a file that was opened, 1, or closed, -1; one in memory has none."""
    if inode is not None and path is not None:
        with _LOCK:
            _OPEN[inode, path] += change


def inode_of(path: Path) -> Inode | None:
    """Return which file is at *path*; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  (what Path.stat does, without its cost)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def is_open_here(path: Path) -> bool:
    """Tell whether *path* is, by any name, a database that this process has open.

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
    """Return the files that SQLite keeps beside *database*, whether or not they are there."""
    return [Path(f"{database}-{part}") for part in ("wal", "shm", "journal")]

"""Whether another process has a database open."""

from __future__ import annotations

import os
import struct
import sys
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from pathlib import Path

_SHARED: Final = (0x4000_0002, 510)
"""The bytes that everyone who reads a SQLite file holds a shared lock on, as first and count.

Source: "SHARED lock" in os.h of SQLite, and https://sqlite.org/lockingv3.html.
"""

_LINUX: Final = "hhxxxxqqixxxx"
"""`struct flock` of 64-bit Linux: type, whence, start, length, process."""


@define
class Neighbours:
    """Looks for other processes that have the file open.

    Close it after the database: to close any descriptor of a file gives up the locks that
    the process has on it.
    """

    path: Path
    _file: int | None = field(default=None, init=False)

    def are_there(self) -> bool:
        """Tell whether another process has the file open; True where that cannot be known."""
        if sys.platform != "linux" or sys.maxsize <= 2**32:
            return True
        import fcntl  # noqa: PLC0415  (Windows has none)

        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR)
        wanted = struct.pack(_LINUX, fcntl.F_WRLCK, os.SEEK_SET, *_SHARED, 0)
        found = struct.unpack(_LINUX, fcntl.fcntl(self._file, fcntl.F_GETLK, wanted))
        return bool(found[0] != fcntl.F_UNLCK)

    def close(self) -> None:
        """Look no more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

"""Find out whether another process has a database open."""

from __future__ import annotations

import os
import struct
import sys
from typing import TYPE_CHECKING, Final

from .connect import lasting_descriptor

if TYPE_CHECKING:
    from pathlib import Path

_SHARED: Final = (0x4000_0002, 510)
"""The bytes that every reader of a SQLite file locks, as first and count.

Source: "SHARED lock" in os.h of SQLite, and https://sqlite.org/lockingv3.html.
"""

_LINUX: Final = "hhxxxxqqixxxx"
"""`struct flock` of 64-bit Linux: type, whence, start, length, process."""


def is_open_elsewhere(path: Path) -> bool | None:
    """Return whether another process has the database open; None where it is unknown."""
    if sys.platform != "linux" or sys.maxsize <= 2**32:
        return None
    import fcntl

    # F_GETLK only asks. It reports locks of other processes, never those of this one.
    wanted = struct.pack(_LINUX, fcntl.F_WRLCK, os.SEEK_SET, *_SHARED, 0)
    answer = fcntl.fcntl(lasting_descriptor(path), fcntl.F_GETLK, wanted)
    return bool(struct.unpack(_LINUX, answer)[0] != fcntl.F_UNLCK)

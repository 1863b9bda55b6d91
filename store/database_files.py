"""Recognise the files of a database, without opening one that is in use.

Closing any descriptor of an open SQLite file drops the locks that this process has on it
(https://www.sqlite.org/howtocorrupt.html, section 2.2). Files are therefore compared by
inode and by name, and a file that this process has open is read through that descriptor.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from argmap.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SIDE_FILES: Final = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite keeps beside a database."""

_MAGIC: Final = b"SQLite format 3\0"


def refuse_database(path: Path, database: Path) -> None:
    """Refuse *path* as a file of a person's where it belongs to *database*.

    Raises:
        InputError: it is *database*, or a file that SQLite keeps beside it.
    """
    role = role_in(path, database)
    if role:
        message = f"{path}: {role}; give another file"
        raise InputError(message)


def role_in(path: Path, database: Path) -> str:
    """Return what *path* is to *database*, such as `is the database in use`; else nothing.

    Neither file needs to exist: an output may not take the name of a log to come either.
    """
    homes = {os.path.realpath(database), os.path.abspath(database)}
    if any(_is_same(path, home) for home in homes):
        return "is the database in use"
    if any(_is_same(path, home + suffix) for home in homes for suffix in SIDE_FILES):
        return f"belongs to the database in use, {database}"
    return ""


def role_of(path: Path) -> str:
    """Return what *path* is to any database that is there, as `role_in`; else nothing."""
    real = os.path.realpath(path)
    if is_database(real):
        return "is a SQLite database"
    for suffix in SIDE_FILES:
        base = real.removesuffix(suffix)
        if base != real and is_database(base):
            return f"belongs to the SQLite database {base}"
    return ""


def is_database(path: str) -> bool:
    """Tell whether the file at *path* is a SQLite database.

    The mark of argmap is not looked for: until a new database is checkpointed, it is in the
    log alone.
    """
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return False
        head = _head_here(about)
        if head is None:
            with open(path, "rb") as file:
                head = file.read(len(_MAGIC))
    except OSError:
        return False
    return head == _MAGIC


def _head_here(about: os.stat_result) -> bytes | None:
    """Read the first bytes of a file through a descriptor of it that this process has open.

    Returns:
        None where there is none, so that the file may be opened and closed; nothing where it
        cannot be read, as SQLite can always read its own.
    """
    numbers: list[str] = []
    with suppress(OSError):  # Windows has no such folder, and its locks go with their handle
        numbers = os.listdir("/dev/fd")
    head = None
    for number in filter(str.isdigit, numbers):
        with suppress(OSError):  # the listing's own descriptor is closed by now
            if os.path.samestat(os.fstat(int(number)), about):
                head = head or b""
                head = os.pread(int(number), len(_MAGIC), 0)
    return head


def _is_same(path: Path, other: str) -> bool:
    """Tell whether both are one file, or would be if they were there."""
    with suppress(OSError, ValueError):
        if os.path.samefile(path, other):
            return True
    folder, name = os.path.split(os.path.realpath(path))
    other_folder, other_name = os.path.split(other)
    if not _is_same_folder(folder, other_folder):
        return False
    if os.path.lexists(path) or os.path.lexists(other):
        return name == other_name
    return _folded(name) == _folded(other_name)  # where case is folded, they would be one


def _is_same_folder(folder: str, other: str) -> bool:
    if folder == other:
        return True
    with suppress(OSError, ValueError):
        return os.path.samefile(folder, other)
    return False


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

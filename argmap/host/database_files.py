"""Recognise database files by inode and name, without opening one that is in use."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from argmap.errors import InputError

from .file_names import folded
from .open_databases import is_open_here, parts_named_after

_MAGIC: Final = b"SQLite format 3\0"


def refuse_database(path: Path, database: Path) -> None:
    """Refuse to read *path* if it belongs to *database*.

    Raises:
        InputError: it is *database* or one of SQLite's files next to it.
    """
    role = database_role_in(path, database)
    if role:
        message = f"{path}: {role}; give another file"
        raise InputError(message)


def database_role_in(path: Path, database: Path) -> str:
    """Return the role of *path* in *database*, such as `is the database in use`; else "".

    Neither file needs to exist: an output must not take the name of a future log either.
    """
    homes = {Path(os.path.realpath(database)), database.absolute()}
    if any(_would_be_same_file(path, home) for home in homes):
        return "is the database in use"
    if any(_would_be_same_file(path, part) for home in homes for part in parts_named_after(home)):
        return f"belongs to the database in use, {database}"
    return ""


def database_role(path: Path) -> str:
    """Return the role of *path* in any existing database, as `database_role_in` does; else ""."""
    real = Path(os.path.realpath(path))
    if is_database(real):
        return "is a SQLite database"
    base = real.with_name(real.name.rpartition("-")[0] or real.name)
    if real in parts_named_after(base) and is_database(base):
        return f"belongs to the SQLite database {base}"
    return ""


def is_database(path: Path) -> bool:
    """Return whether the file at *path* is a SQLite database.

    The application id of argmap is not checked: until a new database is checkpointed, it is only
    in the write-ahead log.
    """
    if is_open_here(path):  # opening and closing it would drop its locks
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def is_same_file(path: Path | str, other: Path | str | int) -> bool:
    """Return whether both are the same file; *other* may be a file descriptor."""
    with suppress(OSError, ValueError):
        return os.path.samefile(path, other)
    return False


def _would_be_same_file(path: Path, other: Path) -> bool:
    """Return whether both are the same file, or would be if they existed."""
    if is_same_file(path, other):
        return True
    folder, name = os.path.split(os.path.realpath(path))
    other_folder, other_name = os.path.split(other)
    if folder != other_folder and not is_same_file(folder, other_folder):
        return False
    if os.path.lexists(path) or os.path.lexists(other):
        return name == other_name
    return folded(name) == folded(other_name)  # the same file on systems that ignore case

"""Recognise the files of a database by inode and by name, without opening one that is in use."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from argmap.errors import InputError

from .file_names import folded
from .open_databases import is_open_here, parts_of

_MAGIC: Final = b"SQLite format 3\0"


def refuse_database(path: Path, database: Path) -> None:
    """Refuse to read *path* if it is a part of *database*.

    Raises:
        InputError: it is *database*, or a file that SQLite keeps beside it.
    """
    role = role_in(path, database)
    if role:
        message = f"{path}: {role}; give another file"
        raise InputError(message)


def role_in(path: Path, database: Path) -> str:
    """Describe *path* as a part of *database*, such as `is the database in use`; else "".

    Neither file needs to exist: an output may not take the name of a log to come either.
    """
    homes = {Path(os.path.realpath(database)), database.absolute()}
    if any(_would_be_one(path, home) for home in homes):
        return "is the database in use"
    if any(_would_be_one(path, part) for home in homes for part in parts_of(home)):
        return f"belongs to the database in use, {database}"
    return ""


def role_of(path: Path) -> str:
    """Describe *path* as a part of any existing database, as `role_in` does; else ""."""
    real = Path(os.path.realpath(path))
    if is_database(real):
        return "is a SQLite database"
    base = real.with_name(real.name.rpartition("-")[0] or real.name)
    if real in parts_of(base) and is_database(base):
        return f"belongs to the SQLite database {base}"
    return ""


def is_database(path: Path) -> bool:
    """Tell whether the file at *path* is a SQLite database.

    The mark of argmap is not looked for: until a new database is checkpointed, it is in the
    log alone.
    """
    if is_open_here(path):  # to open it and close it again would drop its locks
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def is_same_file(path: Path | str, other: Path | str | int) -> bool:
    """Tell whether both are one file; *other* may be a descriptor."""
    with suppress(OSError, ValueError):
        return os.path.samefile(path, other)
    return False


def _would_be_one(path: Path, other: Path) -> bool:
    """Tell whether both are one file, or would be if they existed."""
    if is_same_file(path, other):
        return True
    folder, name = os.path.split(os.path.realpath(path))
    other_folder, other_name = os.path.split(other)
    if folder != other_folder and not is_same_file(folder, other_folder):
        return False
    if os.path.lexists(path) or os.path.lexists(other):
        return name == other_name
    return folded(name) == folded(other_name)  # where case is folded, they would be one

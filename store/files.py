"""Files of a person: read whole, and written whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.errors import InputError
from argmap.text import text_from_bytes

from .connect import is_open_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn the system's complaint about the file called *name* into a sentence.

    Raises:
        InputError: it cannot be used.
    """
    try:
        yield
    except IsADirectoryError as error:
        message = f"{name}: is a folder; give the files in it"
        raise InputError(message) from error
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{name}: cannot be used: {reason[:1].lower()}{reason[1:]}"
        raise InputError(message) from error


def path_from(given: str) -> Path:
    """Return the path that a person wrote as *given*; `~` is a home folder.

    Raises:
        InputError: it is empty, has a character that no path has, or names somebody's home who
            is not there.
    """
    words = given.strip()
    if not words or "\0" in words:
        message = f"{words!r} is no path; give one such as ~/op-ed.txt"
        raise InputError(message)
    try:
        return Path(words).expanduser()
    except RuntimeError as error:
        message = f"{words}: there is nobody of that name"
        raise InputError(message) from error


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write *pieces* to *path*, which is there whole afterwards or as it was.

    Raises:
        InputError: it cannot be written.
    """
    if not path.name or path.is_dir():
        message = f"{path}: is a folder; give the name of a file"
        raise InputError(message)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces)
        part.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise InputError(message) from error
    finally:
        with suppress(OSError):
            part.unlink()


def read_bytes(path: Path) -> bytes:
    """Return what is in the file at *path*.

    Raises:
        InputError: it cannot be read, or is a database that is open just now.
    """
    refuse_open_database(path)
    with told(str(path)):
        return path.read_bytes()


def refuse_open_database(path: Path) -> None:
    """Refuse to open *path* where it is a database, or a part of one, that is open here.

    To close it again would drop the locks of the connection, and with them its edits.

    Raises:
        InputError: it is one.
    """
    if is_open_here(path):
        message = f"{path}: is the database that is open; give another file"
        raise InputError(message)


def read_text(given: str) -> tuple[str, str]:
    """Return the text of the file *given*, a path of a person's, and its name without the suffix.

    Raises:
        InputError: it cannot be read, or is no text.
    """
    path = path_from(given)
    content = read_bytes(path)
    return text_from_bytes(content, str(path)), path.stem

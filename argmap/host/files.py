"""Read the user's files: resolve typed paths, limit sizes, refuse endless devices."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from argmap.errors import InputError, os_error_reason
from argmap.text.toml import toml_from_bytes

from .open_databases import is_open_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LARGEST_TEXT: Final = 64 * 2**20
"""The most bytes that a text file may have, before and after it is unpacked."""

LARGEST_SETTING: Final = 4 * 2**20
"""The most bytes that a rubric, a theme or the settings may have."""

_MOST_LINKS: Final = 40
"""The most links to follow before they count as a circle, as in the system itself."""


@contextmanager
def as_input_error(name: str) -> Iterator[None]:
    """Re-raise OSError as an InputError that names the file.

    Raises:
        InputError: the file called *name* cannot be used.
    """
    try:
        yield
    except IsADirectoryError as error:
        message = f"{name}: is a folder; name the files in it"
        raise InputError(message) from error
    except OSError as error:
        message = f"{name}: cannot be used: {os_error_reason(error)}"
        raise InputError(message) from error


def path_from_text(given: str) -> Path:
    """Return the path that a user typed as *given*; `~` is expanded to a home folder.

    Raises:
        InputError: it is empty, has a character that no path has, or names an unknown user's home.
    """
    words = given.strip()
    if not words or "\0" in words:
        message = f"{words!r} is not a path; give one such as ~/op-ed.txt"
        raise InputError(message)
    try:
        return Path(words).expanduser()
    except RuntimeError as error:
        message = f"{words}: there is no user of that name; give another path"
        raise InputError(message) from error


def own_descriptor(path: Path) -> int | None:
    """Return the number of the file descriptor that *path* names, such as 1 for `/dev/stdout`.

    Opening such a path may fail, or start the file from the beginning, where the descriptor itself
    works. The shell passes `>(command)` and `<(command)` in this way. None for any other path.
    """
    folders = {os.path.realpath("/dev/fd")}  # /proc/PID/fd on Linux, itself elsewhere
    place = os.path.abspath(path)  # noqa: PTH100  (as text)
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(place)
        if name.isascii() and name.isdigit() and os.path.realpath(folder) in folders:
            return int(name)
        try:
            place = os.path.join(folder, os.readlink(place))  # noqa: PTH115, PTH118  (as text)
        except (OSError, ValueError):
            return None
    return None


def refuse_device(path: Path) -> None:
    """Refuse sockets and devices, which may never end; allow a terminal and the null device.

    Raises:
        InputError: *path* is a socket or another device.
        OSError: *path* cannot be examined.
    """
    about = path.stat()
    if stat.S_ISSOCK(about.st_mode):
        message = f"{path}: is a socket; give a file"
        raise InputError(message)
    is_known = stat.S_ISCHR(about.st_mode) and (_is_null(about) or _is_terminal(path))
    if not is_known and (stat.S_ISCHR(about.st_mode) or stat.S_ISBLK(about.st_mode)):
        message = f"{path}: is a device; give a file"
        raise InputError(message)


@contextmanager
def open_for_reading(path: Path) -> Iterator[BinaryIO]:
    """Open *path* for reading; it may name a file descriptor of this process.

    Raises:
        InputError: it is a device, or a database that this process has open.
        OSError: it cannot be opened.
    """
    refuse_open_database(path)
    refuse_device(path)
    number = own_descriptor(path)
    with path.open("rb") if number is None else os.fdopen(os.dup(number), "rb") as stream:
        yield stream


def read_bytes(path: Path, most: int) -> bytes:
    """Return the content of the file at *path*, or of a file descriptor of this process.

    A named pipe is refused, because reading blocks as long as no process writes to it.

    Args:
        path: The file.
        most: Bytes that it may have.

    Raises:
        InputError: it is a device, a pipe, a database that this process has open, or larger than
            *most* bytes.
        OSError: it cannot be read.
    """
    if stat.S_ISFIFO(path.stat().st_mode) and own_descriptor(path) is None:
        message = f"{path}: is a pipe; give a file"
        raise InputError(message)
    with open_for_reading(path) as stream:
        content = stream.read(most + 1)  # one byte more shows that it is too large
    if len(content) > most:
        message = f"{path}: is larger than {most // 2**20} MiB; give a smaller file"
        raise InputError(message)
    return content


def read_toml(path: Path) -> dict[str, Any]:
    """Return the values in the TOML file at *path*: the settings or a theme.

    Raises:
        InputError: it is a folder, cannot be read, or is not TOML.
        FileNotFoundError: it does not exist.
    """
    try:
        content = read_bytes(path, LARGEST_SETTING)
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        message = f"{path}: is a folder, not a file; rename it or move it away"
        raise InputError(message) from error
    except OSError as error:
        message = f"{path}: cannot be read: {os_error_reason(error)}"
        raise InputError(message) from error
    return toml_from_bytes(content, str(path))


def refuse_open_database(path: Path) -> None:
    """Refuse to open *path* if it belongs to a database that this process has open.

    Closing it again would drop the locks of the database connection, and risk its edits.

    Raises:
        InputError: it is part of an open database.
    """
    if is_open_here(path):
        message = f"{path}: is the open database; give another file"
        raise InputError(message)


def _is_null(about: os.stat_result) -> bool:
    return about.st_rdev == Path(os.devnull).stat().st_rdev


def _is_terminal(path: Path) -> bool:
    number = own_descriptor(path)
    if number is not None:
        return os.isatty(number)
    # Do not wait for a modem line, and do not make it this process's controlling terminal.
    terminal = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        return os.isatty(terminal)
    finally:
        os.close(terminal)

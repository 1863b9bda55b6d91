"""Write files for the user: whole or not at all, and never over a database or an input.

Every file is written in the same way: check it with `check_output` before anything is read or
changed, then write it with `write_file`.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.errors import InputError, os_error_reason

from .database_files import database_role, database_role_in, is_same_file
from .files import as_input_error, own_descriptor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO


def check_output(path: Path, database: Path, inputs: Iterable[Path | int] = ()) -> None:
    """Check that writing to *path* would not destroy a database or an input.

    Args:
        path: The output file, which need not exist.
        database: The database in use, which need not exist.
        inputs: Inputs of the same command: files, and descriptors such as 0.

    Raises:
        InputError: *path* is *database*, another database, one of SQLite's files next to a
            database, or an input, under any name.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    if about is not None and not stat.S_ISREG(about.st_mode):
        return
    role = database_role_in(path, database)
    if not role and any(is_same_file(path, each) for each in inputs):
        role = "is an input of this command"
    role = role or database_role(path)
    if role:
        message = f"{path}: {role}; give another file"
        raise InputError(message)


def is_regular(path: Path) -> bool:
    """Return whether *path* is a file, a folder or unused: not a device, pipe or descriptor.

    Raises:
        InputError: *path* cannot be examined.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    return about is None or not _is_direct(path, about)


def check_writable(path: Path) -> None:
    """Check that *path* can be written, without changing an existing file.

    Raises:
        InputError: it is a folder, its folder does not exist, or permission is denied.
    """
    if is_regular(path):
        with _as_write_error(path), _temporary_file(path, _stat_of(path)):
            pass


def write_file(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write *pieces* to *path* atomically: an interrupted write leaves the old file.

    A symbolic link stays, and its target is written. Devices, pipes and descriptors such as
    `/dev/stdout` are written directly.

    Args:
        path: The file.
        pieces: Bytes, or text to be encoded as UTF-8. If they raise, nothing is written.

    Raises:
        InputError: it cannot be written.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    if about is not None and _is_direct(path, about):
        with _as_write_error(path), _open_directly(path) as out:
            out.writelines(map(_encode, pieces))
        return
    with _as_write_error(path), _temporary_file(path, about) as part:
        with part.open("wb") as out:
            out.writelines(map(_encode, pieces))
            out.flush()
            os.fsync(out.fileno())  # or a crash may leave an empty file under the new name
        if about is not None:
            _copy_owner_and_mode(part, about)
        part.replace(os.path.realpath(path))


@contextmanager
def _temporary_file(path: Path, about: os.stat_result | None) -> Iterator[Path]:
    """Create an empty temporary file next to *path*; remove it unless it has been renamed."""
    target = Path(os.path.realpath(path))
    if not target.name or (about is not None and stat.S_ISDIR(about.st_mode)):
        message = f"{path}: is a folder; give the name of a file"
        raise InputError(message)
    if about is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    part = target.with_name(
        f".argmap-{secrets.token_hex(8)}.part"
    )  # short even if the name of *path* is at the limit
    try:
        # Never readable by more users than the file that it replaces.
        mode = 0o666 if about is None else stat.S_IMODE(about.st_mode) | stat.S_IWUSR
        part.touch(mode, exist_ok=False)
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _copy_owner_and_mode(part: Path, about: os.stat_result) -> None:
    """Give *part* the owner and permissions of the file that it replaces."""
    own = part.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (about.st_uid, about.st_gid):
        with suppress(OSError):  # allowed to root, and within one's own groups
            os.chown(part, about.st_uid, about.st_gid)
    part.chmod(stat.S_IMODE(about.st_mode))


def _is_direct(path: Path, about: os.stat_result) -> bool:
    """Return whether *path* must be written directly because it cannot be replaced."""
    if own_descriptor(path) is not None:
        return True
    return not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode))


@contextmanager
def _open_directly(path: Path) -> Iterator[BinaryIO]:
    """Open *path* directly; a descriptor of this process continues at its position."""
    number = own_descriptor(path)
    if number is None:
        with path.open("wb") as out:
            yield out
        return
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()  # earlier output comes first
    with os.fdopen(os.dup(number), "wb") as out:
        yield out


def _stat_of(path: Path) -> os.stat_result | None:
    """Return the status of *path*; None if it or its folder does not exist."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _encode(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


@contextmanager
def _as_write_error(path: Path) -> Iterator[None]:
    """Re-raise OSError as an InputError that *path* cannot be written."""
    try:
        yield
    except OSError as error:
        message = f"{path}: cannot be written: {os_error_reason(error)}"
        raise InputError(message) from error

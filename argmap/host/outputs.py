"""Files that argmap writes for a person: refused where they would destroy something, written whole.

There is one way to write a file. Check it with `check_output` before anything is read or
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

from .database_files import is_same_file, role_in, role_of
from .files import as_input_error, own_descriptor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO


def check_output(path: Path, database: Path, inputs: Iterable[Path | int] = ()) -> None:
    """Refuse to write to *path* where that would destroy a database or an input.

    Args:
        path: The file to be written, which need not be there.
        database: The database in use, which need not be there either.
        inputs: What the same command reads: files, and descriptors such as 0.

    Raises:
        InputError: *path* is *database*, another database, a file that SQLite keeps beside
            one, or an input; by whatever name.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    if about is not None and not stat.S_ISREG(about.st_mode):
        return
    role = role_in(path, database)
    if not role and any(is_same_file(path, each) for each in inputs):
        role = "is an input of this command"
    role = role or role_of(path)
    if role:
        message = f"{path}: {role}; give another file"
        raise InputError(message)


def is_regular(path: Path) -> bool:
    """Tell whether *path* is a file, a folder or nothing yet: no device, pipe or descriptor.

    Raises:
        InputError: it cannot be looked at.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    return about is None or not _is_direct(path, about)


def check_writable(path: Path) -> None:
    """Refuse a *path* that cannot be written; a file that is there is left alone.

    Raises:
        InputError: it is a folder, or its folder or its permissions forbid it.
    """
    if is_regular(path):
        with _explained(path), _part_of(path, _stat_of(path)):
            pass


def write_file(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write *pieces* to *path*: a plain file is whole afterwards, or as it was.

    A link stays a link, and the file that it leads to is written. Devices, pipes and
    descriptors such as `/dev/stdout` are written to directly.

    Args:
        path: The file.
        pieces: Text is written as UTF-8. Nothing is kept of it if they raise.

    Raises:
        InputError: it cannot be written.
    """
    with as_input_error(str(path)):
        about = _stat_of(path)
    if about is not None and _is_direct(path, about):
        with _explained(path), _direct(path) as out:
            out.writelines(map(_encoded, pieces))
        return
    with _explained(path), _part_of(path, about) as part:
        with part.open("wb") as out:
            out.writelines(map(_encoded, pieces))
            out.flush()
            os.fsync(out.fileno())  # else a crash may leave the new name with no content
        if about is not None:
            _give_away(part, about)
        part.replace(os.path.realpath(path))


@contextmanager
def _part_of(path: Path, about: os.stat_result | None) -> Iterator[Path]:
    """Make an empty file beside *path*, to take its place; remove it at the end if it did not."""
    target = Path(os.path.realpath(path))
    if not target.name or (about is not None and stat.S_ISDIR(about.st_mode)):
        message = f"{path}: is a folder; give the name of a file"
        raise InputError(message)
    if about is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    part = target.with_name(f".argmap-{secrets.token_hex(8)}.part")  # short, whatever *path* is
    try:
        # Never readable by more people than the file that it is to replace.
        mode = 0o666 if about is None else stat.S_IMODE(about.st_mode) | stat.S_IWUSR
        part.touch(mode, exist_ok=False)
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _give_away(part: Path, about: os.stat_result) -> None:
    """Give *part* the owner and the permissions of the file that it replaces."""
    own = part.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (about.st_uid, about.st_gid):
        with suppress(OSError):  # only root may, and in a group of one's own
            os.chown(part, about.st_uid, about.st_gid)
    part.chmod(stat.S_IMODE(about.st_mode))


def _is_direct(path: Path, about: os.stat_result) -> bool:
    """Tell whether *path* is to be written to where it is, because nothing can take its place."""
    if own_descriptor(path) is not None:
        return True
    return not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode))


@contextmanager
def _direct(path: Path) -> Iterator[BinaryIO]:
    """Open *path* as it is. A descriptor of this process goes on from where it stands."""
    number = own_descriptor(path)
    if number is None:
        with path.open("wb") as out:
            yield out
        return
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()  # what was printed before comes first
    with os.fdopen(os.dup(number), "wb") as out:
        yield out


def _stat_of(path: Path) -> os.stat_result | None:
    """Return what is at *path*; None for nothing, and where its folder is not there."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Raise what the system says about writing *path* as an InputError."""
    try:
        yield
    except OSError as error:
        message = f"{path}: cannot be written: {os_error_reason(error)}"
        raise InputError(message) from error

"""Find the files that FILE… names: files, folders, globs, and `-` for standard input."""

from __future__ import annotations

import glob
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

STANDARD_INPUT: Final = Path("-")


@define
class SelectedFiles:
    """The files to read, in the order given; those of a folder by name."""

    files: list[Path] = field(factory=list)
    skipped: int = 0
    """Number of files in folders that have no readable format."""
    complaints: list[str] = field(factory=list)
    """Messages about arguments that match no file."""
    passed_over: list[str] = field(factory=list)
    """A message for each pipe or socket among several files: reading one might never end."""


def display_name(file: Path) -> str:
    """Return the name of *file* for messages and the history, as valid UTF-8."""
    if file == STANDARD_INPUT:
        return "standard input"
    return os.fsencode(file).decode(errors="backslashreplace")


def standard_input() -> BinaryIO:
    """Return standard input as a binary stream.

    Raises:
        InputError: it is closed, or a device that never ends.
    """
    from argmap.host.files import refuse_device

    if sys.stdin is None:
        message = "standard input is closed; give a file"
        raise InputError(message)
    with suppress(OSError):  # Windows has no such name
        refuse_device(Path("/dev/stdin"))
    return sys.stdin.buffer


def select_files(
    given: Iterable[Path], is_wanted: Callable[[Path], bool], what: str
) -> SelectedFiles:
    """Return the files that the *given* paths, folders and globs match.

    Args:
        given: Paths as typed. An existing file is never treated as a glob.
        is_wanted: Returns whether a file found in a folder is to be read.
        what: The kind of file sought in folders, such as `a file that can be added`.
    """
    paths = list(given)
    chosen = SelectedFiles()
    for path in paths:
        if path == STANDARD_INPUT or path_exists(path) or not glob.has_magic(str(path)):
            _select(chosen, path, is_wanted, what, is_alone=len(paths) == 1)
            continue
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207  (it takes absolute ones too)
        if not found:
            complaint = f"{display_name(path)}: there is no such file; check the name"
            chosen.complaints.append(complaint)
        for each in found:
            _select(chosen, _as_file(Path(each)), is_wanted, what, is_alone=False)
    if chosen.passed_over and not (chosen.files or chosen.complaints or chosen.skipped):
        chosen.complaints.append("there is nothing else to read; to read a pipe, name it alone")
    return chosen


def _select(
    chosen: SelectedFiles,
    path: Path,
    is_wanted: Callable[[Path], bool],
    what: str,
    *,
    is_alone: bool,
) -> None:
    if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112  (as `path_exists`)
        kind = "" if is_alone or path == STANDARD_INPUT else _endless_kind(path)
        if kind:
            chosen.passed_over.append(f"{display_name(path)}: skipped, because it is a {kind}")
        else:
            chosen.files.append(path)
        return
    before = len(chosen.files) + len(chosen.complaints)
    for file in _files_in(path, chosen.complaints):
        if file.is_file() and is_wanted(file):  # a pipe or a device would never end
            chosen.files.append(_as_file(file))
        else:
            chosen.skipped += 1
    if len(chosen.files) + len(chosen.complaints) == before:
        chosen.complaints.append(f"{display_name(path)}: the folder has no {what}; give another")


def _endless_kind(path: Path) -> str:
    """Return `pipe` or `socket` if no process may ever write to *path*; else "".

    Pipes of this process, such as `<(command)`, do not count: the shell's command writes to them.
    """
    from argmap.host.files import own_descriptor

    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    kind = "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else ""
    return "" if kind and own_descriptor(path) is not None else kind


def _as_file(path: Path) -> Path:
    """Return *path*, found on disk, in a form that is never read as standard input."""
    return path.absolute() if path == STANDARD_INPUT else path


def _files_in(folder: Path, complaints: list[str]) -> Iterator[Path]:
    """Yield all files in *folder* and its subfolders, by name, except hidden ones.

    Links are followed; each folder is visited once.
    """
    from argmap.host.files import as_input_error

    def note(error: OSError) -> None:
        """Record why a folder cannot be read."""
        try:
            with as_input_error(str(error.filename)):
                raise error
        except InputError as complaint:
            complaints.append(str(complaint))

    seen: set[tuple[int, int]] = set()
    for name, folders, files in os.walk(folder, onerror=note, followlinks=True):
        about = os.stat(name)  # noqa: PTH116  (its numbers)
        if (about.st_dev, about.st_ino) in seen:  # a link to a parent would never end
            folders.clear()
            continue
        seen.add((about.st_dev, about.st_ino))
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(name, each) for each in sorted(files) if not each.startswith("."))


def path_exists(path: Path) -> bool:
    """Return whether there is anything at *path*; False for a name that no file can have."""
    return os.path.exists(path)  # noqa: PTH110  (False for invalid names)

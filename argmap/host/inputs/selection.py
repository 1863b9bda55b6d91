"""Find the files that a person means by FILE…: files, folders, globs, `-` for standard input."""

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
    """Files to be read, in the order in which they were given; those of a folder by name."""

    files: list[Path] = field(factory=list)
    skipped: int = 0
    """Files in folders that are of no kind that is read."""
    complaints: list[str] = field(factory=list)
    """What was given and leads to no file."""
    passed_over: list[str] = field(factory=list)
    """A line for each pipe and socket among several files: to read one might never end."""


def display_name(file: Path) -> str:
    """Return what *file* is called in messages and in the history, which take UTF-8 alone."""
    if file == STANDARD_INPUT:
        return "standard input"
    return os.fsencode(file).decode(errors="backslashreplace")


def standard_input() -> BinaryIO:
    """Return standard input.

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
    """Return the files that *given* paths, folders and globs mean.

    Args:
        given: As typed. What is there under its own name is no glob.
        is_wanted: Tells of a file in a folder whether it is to be read.
        what: What folders are searched for, such as `a file that can be added`.
    """
    paths = list(given)
    chosen = SelectedFiles()
    for path in paths:
        if path == STANDARD_INPUT or path_exists(path) or not glob.has_magic(str(path)):
            _choose_one(chosen, path, is_wanted, what, is_alone=len(paths) == 1)
            continue
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207  (it takes absolute ones too)
        if not found:
            complaint = f"{display_name(path)}: there is no such file; give the name of one"
            chosen.complaints.append(complaint)
        for each in found:
            _choose_one(chosen, _as_file(Path(each)), is_wanted, what, is_alone=False)
    if chosen.passed_over and not (chosen.files or chosen.complaints or chosen.skipped):
        chosen.complaints.append("there is nothing else to read; name a pipe alone to read it")
    return chosen


def _choose_one(
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
        chosen.complaints.append(f"{display_name(path)}: is a folder without {what}; give another")


def _endless_kind(path: Path) -> str:
    """Name the kind of *path* where it is a pipe or a socket that others may never write to.

    Pipes of this process, such as `<(command)`, are none: whoever gave them writes to them.
    """
    from argmap.host.files import own_descriptor

    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    kind = "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else ""
    return "" if kind and own_descriptor(path) is not None else kind


def _as_file(path: Path) -> Path:
    """Return *path*, which was found, in a form that is never taken for standard input."""
    return path.absolute() if path == STANDARD_INPUT else path


def _files_in(folder: Path, complaints: list[str]) -> Iterator[Path]:
    """Yield all files in *folder* and below, by name, but for hidden ones.

    Links are followed, to each folder once.
    """
    from argmap.host.files import as_input_error

    def note(error: OSError) -> None:
        """Keep what the system says of a folder that cannot be read."""
        try:
            with as_input_error(str(error.filename)):
                raise error
        except InputError as complaint:
            complaints.append(str(complaint))

    seen: set[tuple[int, int]] = set()
    for name, folders, files in os.walk(folder, onerror=note, followlinks=True):
        about = os.stat(name)  # noqa: PTH116  (its numbers)
        if (about.st_dev, about.st_ino) in seen:
            folders.clear()
            continue
        seen.add((about.st_dev, about.st_ino))
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(name, each) for each in sorted(files) if not each.startswith("."))


def path_exists(path: Path) -> bool:
    """Tell whether anything is at *path*, whatever its name."""
    return os.path.exists(path)  # noqa: PTH110  (a name that no file can have is not there)

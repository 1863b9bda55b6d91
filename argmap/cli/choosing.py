"""Which files a person means by FILE…: files, folders, globs, and `-` for standard input."""

from __future__ import annotations

import glob
import os
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
class Chosen:
    """Files to be read, in the order in which they were given; those of a folder by name."""

    files: list[Path] = field(factory=list)
    skipped: int = 0
    """Files in folders that are of no kind that is read."""
    complaints: list[str] = field(factory=list)
    """What was given and leads to no file."""


def name_of(file: Path) -> str:
    """Return what *file* is called in messages and in the history, which take UTF-8 alone."""
    if file == STANDARD_INPUT:
        return "standard input"
    return str(file).encode(errors="backslashreplace").decode()


def standard_input() -> BinaryIO:
    """Return standard input.

    Raises:
        InputError: it is closed, or a device that never ends.
    """
    from store.files import refuse_device

    if sys.stdin is None:
        message = "standard input is closed; give a file"
        raise InputError(message)
    with suppress(OSError):  # Windows has no such name
        refuse_device(Path("/dev/stdin"))
    return sys.stdin.buffer


def choose(given: Iterable[Path], is_wanted: Callable[[Path], bool], what: str) -> Chosen:
    """Return the files that *given* paths, folders and globs mean.

    Args:
        given: As typed. What is there under its own name is no glob.
        is_wanted: Tells of a file in a folder whether it is to be read.
        what: What folders are searched for, such as `a file that can be added`.
    """
    chosen = Chosen()
    for path in given:
        if path == STANDARD_INPUT or is_there(path) or not glob.has_magic(str(path)):
            _choose_one(chosen, path, is_wanted, what)
            continue
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207  (it takes absolute ones too)
        if not found:
            chosen.complaints.append(f"{path}: there is no such file; give the name of one")
        for each in found:
            _choose_one(chosen, Path(each), is_wanted, what)
    return chosen


def _choose_one(chosen: Chosen, path: Path, is_wanted: Callable[[Path], bool], what: str) -> None:
    if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112  (as `is_there`)
        chosen.files.append(path)
        return
    before = len(chosen.files) + len(chosen.complaints)
    for file in _files_in(path, chosen.complaints):
        if file.is_file() and is_wanted(file):  # a pipe or a device would never end
            chosen.files.append(file)
        else:
            chosen.skipped += 1
    if len(chosen.files) + len(chosen.complaints) == before:
        chosen.complaints.append(f"{path}: is a folder without {what}; give another")


def _files_in(folder: Path, complaints: list[str]) -> Iterator[Path]:
    """Yield all files in *folder* and below, by name, but for hidden ones.

    Links are followed, to each folder once.
    """
    from store.files import told

    def note(error: OSError) -> None:
        """Keep what the system says of a folder that cannot be read."""
        try:
            with told(str(error.filename)):
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


def is_there(path: Path) -> bool:
    """Tell whether anything is at *path*, whatever its name."""
    return os.path.exists(path)  # noqa: PTH110  (a name that no file can have is not there)

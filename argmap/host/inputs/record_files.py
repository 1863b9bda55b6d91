"""Files of records for an import: unpacked, recognised, and read as often as need be."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from attrs import define, evolve, frozen

from argmap.errors import InputError
from argmap.formats.compression import is_compressed, refuse_packed, unpacking
from argmap.formats.registry import ImportFile, format_named, recognised_format
from argmap.host.files import as_input_error, open_for_reading, own_descriptor, refuse_open_database
from argmap.host.progress import no_bar

from .decoded_records import decode_files
from .selection import STANDARD_INPUT, display_name, select_files, standard_input
from .unreadable_files import ReadFailure, failure_from_error, unless_unreadable, unreadable_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager, ExitStack

    from _typeshed import WriteableBuffer

    from argmap.formats.registry import ImportFormat, Located
    from argmap.host.progress import ProgressBar

    from .selection import SelectedFiles

_HEAD: Final = 4096
_PIECE: Final = 2**18


@frozen
class ImportInputs:
    """The files of an import."""

    files: list[ImportFile]
    """Each with its lines as they stand."""
    decoded: list[ImportFile]
    """The same, in the way in which their records are read again soonest."""
    failures: dict[int, ReadFailure]
    """Those of several that cannot be read, by their number from 0; complete once all are read."""


@define
class Meter:
    """Moves a bar as records are read; each pass over all of them moves it anew."""

    bar: ProgressBar
    _is_reading: bool = False

    def note(self, count: int) -> None:
        """Move the bar on by *count* bytes, if records are read from them."""
        if self._is_reading:
            self.bar.advance(count)

    def measured(self, file: ImportFile, *, is_first: bool) -> ImportFile:
        """Return *file* as one that moves the bar, to its beginning too where it is the first."""

        def read(stream: BinaryIO) -> Iterator[Located]:
            """Read as the format does."""
            if is_first:
                self.bar.restart()
            self._is_reading = True
            try:
                yield from file.format.read(stream)
            finally:
                self._is_reading = False

        return evolve(file, format=evolve(file.format, read=read))


class ReopeningFile(io.RawIOBase):
    """A file that is open only while it is read, so that there may be any number of them.

    It reads from its beginning again after `seek(0)`.
    """

    def __init__(self, path: Path, name: str, note: Callable[[int], None]) -> None:
        """Read the file at *path*, called *name* in messages; *note* gets the bytes read."""
        self._path, self._name, self._note = path, name, note
        self._file: io.FileIO | None = None
        self._place = 0
        self._was: tuple[int, ...] | None = None

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read again."""
        return True

    def tell(self) -> int:
        """Return how many bytes lie before what is read next."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the file and return it."""
        self._place = self._opened().seek(offset, whence)
        if self._place == 0:
            self._let_go()
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into *buffer* and return how many bytes; 0 at the end.

        Raises:
            InputError: the file cannot be read, or has changed since it was read first.
        """
        with as_input_error(self._name):
            count = self._opened().readinto(buffer)
        self._place += count
        self._note(count)
        if not count:
            self._let_go()
        return count

    def close(self) -> None:
        """Read no more."""
        self._let_go()
        super().close()

    def _opened(self) -> io.FileIO:
        if self._file is None:
            refuse_open_database(self._path)
            with as_input_error(self._name):
                self._file = io.FileIO(self._path)
                about = os.fstat(self._file.fileno())
            now = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
            if self._was not in (None, now):
                message = f"{self._name}: was changed while it was read; import it again"
                raise InputError(message)
            self._was = now
            self._file.seek(self._place)
        return self._file

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def select_record_files(
    given: Iterable[Path], format_name: str | None, formats: Mapping[str, ImportFormat]
) -> SelectedFiles:
    """Return the files of records that the *given* files, folders and globs mean.

    Args:
        given: As typed; `-` is standard input.
        format_name: The format they have; detected from their content if None.
        formats: Those to choose from.

    Raises:
        InputError: there is none, or one of those given is not there.
    """
    possible = formats.values() if format_name is None else [format_named(format_name, formats)]
    chosen = select_files(
        given, lambda file: _is_known(file, possible), "a file that can be imported"
    )
    if chosen.complaints:
        raise InputError(chosen.complaints[0])
    return chosen


def open_inputs(
    stack: ExitStack,
    files: Sequence[Path],
    format_name: str | None,
    formats: Mapping[str, ImportFormat],
    jobs: int = 1,
    bar_of: Callable[[int], AbstractContextManager[ProgressBar]] = no_bar,
) -> ImportInputs:
    """Return *files* as they are read.

    Args:
        stack: Lets go of the files at its end, and of the bar that shows how far they are read.
        files: Those that `select_record_files` found.
        format_name: The format they have; detected from their content if None.
        formats: Those to choose from.
        jobs: How many files are decoded side by side.
        bar_of: Gives a bar for so many bytes.

    Raises:
        InputError: the only file cannot be read, is a device or of no known format.
    """
    named = None if format_name is None else format_named(format_name, formats)
    opened = _opened(stack, files, named, formats)
    places = [None if isinstance(each, ReadFailure) else each[0] for each in opened]
    meter = Meter(stack.enter_context(bar_of(sum(p.stat().st_size for p in places if p))))
    failures = {n: each for n, each in enumerate(opened) if isinstance(each, ReadFailure)}
    inputs = [_input(stack, *each, meter) for each in zip(files, opened, strict=True)]
    several = failures if len(inputs) > 1 else None
    decoded = decode_files(stack, inputs, places, jobs, meter.note, several)
    measured = [meter.measured(each, is_first=n == 0) for n, each in enumerate(decoded)]
    readable = [unless_unreadable(each, n, failures) for n, each in enumerate(inputs)]
    return ImportInputs(readable, measured, failures)


def _input(
    stack: ExitStack, file: Path, opened: tuple[Path, ImportFormat] | ReadFailure, meter: Meter
) -> ImportFile:
    if isinstance(opened, ReadFailure):
        return unreadable_file(opened)
    name, (place, form) = display_name(file), opened
    raw = stack.enter_context(ReopeningFile(place, name, meter.note))
    return ImportFile(name, form, cast("BinaryIO", io.BufferedReader(raw, _PIECE)))


def tables_in(inputs: Iterable[ImportFile]) -> list[dict[str, str]]:
    """Return of each table among *inputs* its name, format, encoding and delimiter.

    One that cannot be read is left out: reading its records says why.
    """
    found = []
    for each in inputs:
        if each.format.describe is not None:
            with suppress(InputError):
                about = each.format.describe(each.stream, each.name)
                found.append({"file": each.name, "format": each.format.name, **about})
    return found


def _opened(
    stack: ExitStack,
    files: Sequence[Path],
    named: ImportFormat | None,
    formats: Mapping[str, ImportFormat],
) -> list[tuple[Path, ImportFormat] | ReadFailure]:
    """Return of each of *files* where its content is and its format, or why it is refused.

    Raises:
        InputError: the only one is refused.
    """
    opened: list[tuple[Path, ImportFormat] | ReadFailure] = []
    for file in files:
        name = display_name(file)
        try:
            place = _place_of(stack, file)
            head = _head_of(place)
            refuse_packed(head, name)
            form = named or recognised_format(head, name, formats)
        except InputError as error:
            if len(files) == 1:
                raise
            opened.append(failure_from_error(name, error))
        else:
            opened.append((place, form))
    return opened


def _is_known(file: Path, formats: Iterable[ImportFormat]) -> bool:
    """Tell whether *file*, found in a folder, is of one of *formats*."""
    try:
        with file.open("rb") as stream, unpacking(stream, str(file)) as unpacked:
            head = unpacked.read(_HEAD)
    except (OSError, InputError):  # named as ours, it is reported rather than passed over
        return any(each.is_name_of(file.name) for each in formats)
    if not head.strip():
        return False
    return any(each.recognises(head) or _is_spoilt(each, file) for each in formats)


def _is_spoilt(form: ImportFormat, file: Path) -> bool:
    """Tell whether *file* is called as records are; another table may be anything."""
    return form.mapped is None and form.is_name_of(file.name)


def _place_of(stack: ExitStack, file: Path) -> Path:
    """Return where the content of *file* can be read, again and again.

    What is compressed, standard input, and what is no file of the disk is laid down first.
    """
    name = display_name(file)
    with as_input_error(name):
        if file == STANDARD_INPUT:
            return _laid_down(stack, standard_input(), name)
        is_own = own_descriptor(file) is not None  # another process has another one of this name
        if not is_own and file.is_file() and not is_compressed(_head_of(file)):
            return file
        with open_for_reading(file) as stream:
            return _laid_down(stack, stream, name)


def _laid_down(stack: ExitStack, stream: BinaryIO, name: str) -> Path:
    """Return a file of our own with what *stream* holds, unpacked; *stack* removes it."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="argmap-")))
    as_it_came, unpacked = folder / "came", folder / "unpacked"
    with as_it_came.open("w+b") as kept:
        shutil.copyfileobj(stream, kept, _PIECE)
        kept.seek(0)
        if not is_compressed(kept.read(_HEAD)):
            return as_it_came
        kept.seek(0)
        with unpacking(kept, name) as content, unpacked.open("wb") as out:
            shutil.copyfileobj(content, out, _PIECE)
    as_it_came.unlink()
    return unpacked


def _head_of(place: Path) -> bytes:
    with place.open("rb") as stream:
        return stream.read(_HEAD)

"""Files of records for an import: unpacked, recognised, and read several times."""

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
    """Files that yield each record with its original line."""
    decoded: list[ImportFile]
    """The same files in the form that is fastest to read again."""
    failures: dict[int, ReadFailure]
    """Failures by file number, from 0, where there are several files; complete after one pass."""


@define
class ReadingMeter:
    """Advances a progress bar as records are read, starting again on each pass."""

    bar: ProgressBar
    _is_reading: bool = False

    def note(self, count: int) -> None:
        """Advance the bar by *count* bytes, if they were read for records."""
        if self._is_reading:
            self.bar.advance(count)

    def measured(self, file: ImportFile, *, is_first: bool) -> ImportFile:
        """Return *file* with a reader that advances the bar; the first file restarts it."""

        def read(stream: BinaryIO) -> Iterator[Located]:
            """Read records as the format does."""
            if is_first:
                self.bar.restart()
            self._is_reading = True
            try:
                yield from file.format.read(stream)
            finally:
                self._is_reading = False

        return evolve(file, format=evolve(file.format, read=read))


class ReopeningFile(io.RawIOBase):
    """A file that is open only while it is read, so that an import can have any number.

    `seek(0)` closes it, and it is opened again for the next pass.
    """

    def __init__(self, path: Path, name: str, note: Callable[[int], None]) -> None:
        """Set the path, the name used in messages, and a callback that gets the bytes read."""
        self._path, self._name, self._note = path, name, note
        self._file: io.FileIO | None = None
        self._place = 0
        self._was: tuple[int, ...] | None = None

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def seekable(self) -> bool:
        """Return True: it can be read again."""
        return True

    def tell(self) -> int:
        """Return the position in the file, in bytes."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Change the position in the file and return it."""
        self._place = self._reopen().seek(offset, whence)
        if self._place == 0:
            self._let_go()
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into *buffer* and return the number of bytes; 0 at the end.

        Raises:
            InputError: the file cannot be read, or has changed since the first pass.
        """
        with as_input_error(self._name):
            count = self._reopen().readinto(buffer)
        self._place += count
        self._note(count)
        if not count:
            self._let_go()
        return count

    def close(self) -> None:
        """Close the file."""
        self._let_go()
        super().close()

    def _reopen(self) -> io.FileIO:
        if self._file is None:
            refuse_open_database(self._path)
            with as_input_error(self._name):
                self._file = io.FileIO(self._path)
                about = os.fstat(self._file.fileno())
            now = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
            if self._was not in (None, now):
                message = f"{self._name}: changed while it was being read; import it again"
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
    """Return the record files that the *given* files, folders and globs match.

    Args:
        given: Paths as typed; `-` is standard input.
        format_name: Their format; detected from the content if None.
        formats: The available formats, by name.

    Raises:
        InputError: nothing matches, or a given file does not exist.
    """
    possible = formats.values() if format_name is None else [format_named(format_name, formats)]
    chosen = select_files(
        given, lambda file: _is_known(file, possible), "file that can be imported"
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
    """Return *files* with their formats, ready to be read.

    Args:
        stack: Closes the files and the progress bar when it closes.
        files: Files found by `select_record_files`.
        format_name: Their format; detected from the content if None.
        formats: The available formats, by name.
        jobs: Number of files to decode in parallel.
        bar_of: Returns a progress bar for a number of bytes.

    Raises:
        InputError: the only file cannot be read, is a device, or has no known format.
    """
    named = None if format_name is None else format_named(format_name, formats)
    opened = _open_all(stack, files, named, formats)
    places = [None if isinstance(each, ReadFailure) else each[0] for each in opened]
    meter = ReadingMeter(stack.enter_context(bar_of(sum(p.stat().st_size for p in places if p))))
    failures = {n: each for n, each in enumerate(opened) if isinstance(each, ReadFailure)}
    inputs = [_input(stack, *each, meter) for each in zip(files, opened, strict=True)]
    several = failures if len(inputs) > 1 else None
    decoded = decode_files(stack, inputs, places, jobs, meter.note, several)
    measured = [meter.measured(each, is_first=n == 0) for n, each in enumerate(decoded)]
    readable = [unless_unreadable(each, n, failures) for n, each in enumerate(inputs)]
    return ImportInputs(readable, measured, failures)


def _input(
    stack: ExitStack,
    file: Path,
    opened: tuple[Path, ImportFormat] | ReadFailure,
    meter: ReadingMeter,
) -> ImportFile:
    if isinstance(opened, ReadFailure):
        return unreadable_file(opened)
    name, (place, form) = display_name(file), opened
    raw = stack.enter_context(ReopeningFile(place, name, meter.note))
    return ImportFile(name, form, cast("BinaryIO", io.BufferedReader(raw, _PIECE)))


def tables_in(inputs: Iterable[ImportFile]) -> list[dict[str, str]]:
    """Return the name, format, encoding and delimiter of each table among *inputs*.

    Tables that cannot be read are left out: reading their records reports the reason.
    """
    found = []
    for each in inputs:
        if each.format.describe is not None:
            with suppress(InputError):
                about = each.format.describe(each.stream, each.name)
                found.append({"file": each.name, "format": each.format.name, **about})
    return found


def _open_all(
    stack: ExitStack,
    files: Sequence[Path],
    named: ImportFormat | None,
    formats: Mapping[str, ImportFormat],
) -> list[tuple[Path, ImportFormat] | ReadFailure]:
    """Return the path of the content and the format of each file, or its failure.

    Raises:
        InputError: there is only one file, and it cannot be read.
    """
    opened: list[tuple[Path, ImportFormat] | ReadFailure] = []
    for file in files:
        name = display_name(file)
        try:
            place = _content_path(stack, file)
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
    """Return whether *file*, found in a folder, has one of *formats*."""
    try:
        with file.open("rb") as stream, unpacking(stream, str(file)) as unpacked:
            head = unpacked.read(_HEAD)
    except (OSError, InputError):  # with the name of a record file it is reported, not skipped
        return any(each.is_name_of(file.name) for each in formats)
    if not head.strip():
        return False
    return any(each.recognises(head) or _is_spoilt(each, file) for each in formats)


def _is_spoilt(form: ImportFormat, file: Path) -> bool:
    """Return whether *file* has the name of a record file, although its content is not one.

    A table's name proves nothing, because other tables have such names too.
    """
    return form.mapped is None and form.is_name_of(file.name)


def _content_path(stack: ExitStack, file: Path) -> Path:
    """Return a path from which the content of *file* can be read several times.

    Compressed files, standard input and anything that is not a file on disk are copied first.
    """
    name = display_name(file)
    with as_input_error(name):
        if file == STANDARD_INPUT:
            return _copy_to_disk(stack, standard_input(), name)
        is_own = own_descriptor(file) is not None  # means something else in another process
        if not is_own and file.is_file() and not is_compressed(_head_of(file)):
            return file
        with open_for_reading(file) as stream:
            return _copy_to_disk(stack, stream, name)


def _copy_to_disk(stack: ExitStack, stream: BinaryIO, name: str) -> Path:
    """Copy the content of *stream*, unpacked, to a temporary file, which *stack* removes."""
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

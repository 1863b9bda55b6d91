"""Decode records once, perhaps in parallel, and cache them for later passes.

An import reads its records two or three times. Decoding a row of a table takes twenty times as
long as reading its record again from a cache file, and other processes can decode further
files meanwhile.
"""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, evolve, field, frozen

from argmap.errors import Fault, InputError
from argmap.formats.registry import Located, format_named, import_formats, mapped_formats
from argmap.host.files import as_input_error
from argmap.host.processes import open_executor, results_in_order, unexpected_error_message
from argmap.records.schema import Record

from .unreadable_files import ReadFailure, failure_from_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import ExitStack
    from typing import BinaryIO

    from argmap.formats.registry import ImportFile

_TOGETHER: Final = 500
"""Records that are written and read again as one batch."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(
    tuple[
        list[dict[str, str]], list[tuple[int, Record | None, list[tuple[str, str, str]], bool, int]]
    ]
)
"""Decodes a batch: the distinct spellings of keys, and each record with its spelling."""


@frozen
class DecodingTask:
    """A file to decode, described only by text and numbers, so that a process can receive it."""

    place: str
    """The path of its content."""
    name: str
    """The name used in messages."""
    form: str
    """The name of its format."""
    columns: Mapping[str, str]
    """The file's names of columns, each with argmap's name."""
    into: str
    """The path of the cache file to write."""


@define
class DecodedFiles:
    """The cache files of an import, each available once its file is decoded."""

    _results: Iterator[tuple[DecodingTask, ReadFailure | None]]
    """Each task with its failure, or None."""
    _done: list[tuple[DecodingTask, ReadFailure | None]] = field(factory=list)

    def place(self, number: int) -> Path | ReadFailure:
        """Wait for the file *number*, counted from 0, and return the path of its cache file.

        Returns:
            A failure if the file cannot be read in its format.
        """
        while len(self._done) <= number:
            self._done.append(next(self._results))
        task, failure = self._done[number]
        return failure or Path(task.into)


def decode_files(
    stack: ExitStack,
    inputs: Sequence[ImportFile],
    places: Sequence[Path | None],
    jobs: int,
    note: Callable[[int], None],
    failures: dict[int, ReadFailure] | None = None,
) -> list[ImportFile]:
    """Return *inputs* with cached records wherever decoding once saves time.

    The cached records lack their original lines, which only *inputs* yield.

    Args:
        stack: Removes the cache files and ends the processes when it closes.
        inputs: All files of an import.
        places: The path of each file's content; None for a file that cannot be read.
        jobs: Number of files to decode in parallel.
        note: Called with the number of bytes read, as the records are read.
        failures: Collects failures by the number of their file. If it is None, a failure ends
            the import.
    """
    jobs = min(jobs, len(inputs))
    wanted = [
        (n, place)
        for n, (each, place) in enumerate(zip(inputs, places, strict=True))
        if place is not None and (jobs > 1 or not each.format.spells_keys)
    ]
    if not wanted:
        return list(inputs)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="argmap-")))
    tasks = [_task(inputs[n], place, folder / str(n)) for n, place in wanted]
    executor = stack.enter_context(open_executor(jobs))
    decoded = DecodedFiles(results_in_order(executor, decode_one, tasks, 2 * (jobs - 1)))
    found = list(inputs)
    for number, (n, place) in enumerate(wanted):
        take = partial(_record_failure, n, failures)
        read = _cached_reader(decoded, number, place.stat().st_size, note, take)
        found[n] = evolve(inputs[n], format=evolve(inputs[n].format, read=read))
    return found


def _record_failure(
    number: int, failures: dict[int, ReadFailure] | None, failure: ReadFailure
) -> Located:
    """Record the *failure* of the file *number* and return it as a rejected record.

    Raises:
        InputError: the failure ends the import.
    """
    if failures is None or failure.ends_import:
        raise failure.error()
    failures[number] = failure
    return failure.located()


def decode_one(task: DecodingTask) -> ReadFailure | None:
    """Decode the file of *task* into its cache file; return the failure, or None.

    Other processes run this function. Errors are returned, not raised.
    """
    try:
        formats = mapped_formats(task.columns) if task.columns else import_formats()
        form = format_named(task.form, formats)
        into = Path(task.into)
        with as_input_error(task.name), Path(task.place).open("rb") as content:
            records = form.read(content)
            into.touch()
            while some := list(islice(records, _TOGETHER)):
                try:
                    _append(into, _ENCODER.encode(_pack(some)))
                except InputError as error:
                    return evolve(failure_from_error(str(into.parent), error), ends_import=True)
    except InputError as error:
        return failure_from_error(task.name, error)
    except Exception as error:  # noqa: BLE001  (a fault in one reader must not stop the other files)
        return failure_from_error(task.name, InputError(unexpected_error_message(task.name, error)))
    return None


def _append(into: Path, packed: bytes) -> None:
    with as_input_error(str(into.parent)), into.open("ab") as out:
        out.write(len(packed).to_bytes(8) + packed)  # the length lets one batch be read alone


def _task(file: ImportFile, place: Path, into: Path) -> DecodingTask:
    columns = dict(file.format.columns)
    return DecodingTask(str(place), file.name, file.format.name, columns, str(into))


def _pack(some: Sequence[Located]) -> tuple[Any, ...]:
    ways = {id(each.key_names): each.key_names for each in some}
    numbers = {id_: number for number, id_ in enumerate(ways)}
    rows = [
        (
            each.line,
            each.record,
            [(f.path, f.reason, f.kind) for f in each.faults],
            each.by_label,
            numbers[id(each.key_names)],
        )
        for each in some
    ]
    return list(ways.values()), rows


def _cached_reader(
    decoded: DecodedFiles,
    number: int,
    size: int,
    note: Callable[[int], None],
    take: Callable[[ReadFailure], Located],
) -> Callable[[BinaryIO], Iterator[Located]]:
    """Return a function that reads the cached records of the file *number* again.

    A file that cannot be read yields one record only, made by *take* from its failure.
    """

    def read(_: BinaryIO) -> Iterator[Located]:
        """Read the cache file."""
        place = decoded.place(number)
        if isinstance(place, ReadFailure):
            yield take(place)
            return
        scale = size / (place.stat().st_size or 1)
        with as_input_error(str(place)), place.open("rb") as packed:
            while length := packed.read(8):
                content = packed.read(int.from_bytes(length))
                ways, rows = _DECODER.decode(content)
                for line, record, faults, by_label, way in rows:
                    found = tuple(Fault(*fault) for fault in faults)
                    yield Located(line, b"", record, found, by_label, key_names=ways[way])
                note(round(scale * (8 + len(content))))

    return read

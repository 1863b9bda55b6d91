"""Records decoded file by file, side by side perhaps, and kept to be read again and again.

An import reads its records twice or three times. To decode a row of a table takes
twenty times as long as to read its record again from a file of our own, and other
processes can do it meanwhile, each a file.
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
"""Records that are written and read again together."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(
    tuple[
        list[dict[str, str]], list[tuple[int, Record | None, list[tuple[str, str, str]], bool, int]]
    ]
)
"""Of some records: how their file writes keys, in a few ways, and each record with its way."""


@frozen
class Task:
    """A file to decode, described in words and numbers, so that any process can be sent it."""

    place: str
    """Where its content is."""
    name: str
    """What it is called in messages."""
    form: str
    """The name of its format."""
    columns: Mapping[str, str]
    """Columns of other names: theirs, and ours."""
    into: str
    """Where its records are to be written."""


@define
class DecodedFiles:
    """Where the records of several files are, once somebody asks for them in their order."""

    _results: Iterator[tuple[Task, ReadFailure | None]]
    """Each task with what stopped it, or nothing."""
    _done: list[tuple[Task, ReadFailure | None]] = field(factory=list)

    def place(self, number: int) -> Path | ReadFailure:
        """Return where the records of the file *number* are, from 0; wait until they are there.

        Returns:
            The reason where it cannot be read as its format.
        """
        while len(self._done) <= number:
            self._done.append(next(self._results))
        task, refusal = self._done[number]
        return refusal or Path(task.into)


def decode_files(
    stack: ExitStack,
    inputs: Sequence[ImportFile],
    places: Sequence[Path | None],
    jobs: int,
    note: Callable[[int], None],
    failures: dict[int, ReadFailure] | None = None,
) -> list[ImportFile]:
    """Return *inputs* that give records which were decoded before, where that takes less time.

    What they give lacks the lines as they stood; *inputs* themselves give those.

    Args:
        stack: Lets go of the records at its end, and of the processes.
        inputs: All files of an import.
        places: Where their content is, for each; None for one that cannot be read.
        jobs: How many are decoded side by side.
        note: Gets the bytes of their content that were read, as records are.
        failures: Gets the number of a file that cannot be read as its format, and why. Where it
            is None, this ends the import.
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
        take = partial(_take, n, failures)
        read = _reading(decoded, number, place.stat().st_size, note, take)
        found[n] = evolve(inputs[n], format=evolve(inputs[n].format, read=read))
    return found


def _take(number: int, failures: dict[int, ReadFailure] | None, refusal: ReadFailure) -> Located:
    """Return the *refusal* of the file *number* as a rejected record.

    Raises:
        InputError: it ends the import.
    """
    if failures is None or refusal.ends_import:
        raise refusal.error()
    failures[number] = refusal
    return refusal.located()


def decode_one(task: Task) -> ReadFailure | None:
    """Write the records of a file to where *task* says; return what stopped it, or nothing.

    This is what other processes do; what goes wrong is returned and not raised.
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
                    _append(into, _ENCODER.encode(_packed(some)))
                except InputError as error:
                    return evolve(failure_from_error(str(into.parent), error), ends_import=True)
    except InputError as error:
        return failure_from_error(task.name, error)
    except Exception as error:  # noqa: BLE001  (any reader's, and the other files go on)
        return failure_from_error(task.name, InputError(unexpected_error_message(task.name, error)))
    return None


def _append(into: Path, packed: bytes) -> None:
    with as_input_error(str(into.parent)), into.open("ab") as out:
        out.write(len(packed).to_bytes(8) + packed)


def _task(file: ImportFile, place: Path, into: Path) -> Task:
    columns = dict(file.format.columns)
    return Task(str(place), file.name, file.format.name, columns, str(into))


def _packed(some: Sequence[Located]) -> tuple[Any, ...]:
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


def _reading(
    decoded: DecodedFiles,
    number: int,
    size: int,
    note: Callable[[int], None],
    take: Callable[[ReadFailure], Located],
) -> Callable[[BinaryIO], Iterator[Located]]:
    """Return what reads the records of the file *number*, of *size* bytes, again.

    What *take* makes of a refusal is the only record of a file that cannot be read.
    """

    def read(_: BinaryIO) -> Iterator[Located]:
        """Read what was decoded."""
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

"""Records decoded file by file, side by side perhaps, and kept to be read again and again.

An import reads its records twice or three times. To decode a row of a table takes
twenty times as long as to read its record again from a file of our own, and other
processes can do it meanwhile, each a file.
"""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, evolve, field, frozen

from argmap.cli.side_by_side import complaint_of, executor_of, results_of
from argmap.errors import Fault, InputError
from argmap.formats import Located, format_named, import_formats, mapped_formats
from argmap.records.wire import Record
from store.files import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import ExitStack
    from typing import BinaryIO

    from store import ImportFile

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
    """A file to decode, told in words and numbers, so that any process can be sent it."""

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
class Decoded:
    """Where the records of several files are, once somebody asks for them in their order."""

    _results: Iterator[tuple[Task, str]]
    """Each task with what stopped it, or nothing."""
    _done: list[tuple[Task, str]] = field(factory=list)

    def place(self, number: int) -> Path:
        """Return where the records of the file *number* are, from 0; wait until they are there.

        Raises:
            InputError: it cannot be read as its format.
        """
        while len(self._done) <= number:
            self._done.append(next(self._results))
        task, complaint = self._done[number]
        if complaint:
            raise InputError(complaint)
        return Path(task.into)


def decoding(
    stack: ExitStack,
    inputs: Sequence[ImportFile],
    places: Sequence[Path],
    jobs: int,
    note: Callable[[int], None],
) -> list[ImportFile]:
    """Return *inputs* that give records which were decoded before, where that takes less time.

    What they give lacks the lines as they stood; *inputs* themselves give those.

    Args:
        stack: Lets go of the records at its end, and of the processes.
        inputs: All files of an import.
        places: Where their content is, for each.
        jobs: How many are decoded side by side.
        note: Gets the bytes of their content that were read, as records are.
    """
    jobs = min(jobs, len(inputs))
    wanted = [n for n, each in enumerate(inputs) if jobs > 1 or not each.format.spells_keys]
    if not wanted:
        return list(inputs)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="argmap-")))
    tasks = [_task(inputs[n], places[n], folder / str(n)) for n in wanted]
    executor = stack.enter_context(executor_of(jobs))
    decoded = Decoded(results_of(executor, decode_one, tasks, 2 * (jobs - 1)))
    found = list(inputs)
    for place, n in enumerate(wanted):
        read = _reading(decoded, place, places[n].stat().st_size, note)
        found[n] = evolve(inputs[n], format=evolve(inputs[n].format, read=read))
    return found


def decode_one(task: Task) -> str:
    """Write the records of a file to where *task* says; return what stopped it, or nothing.

    This is what other processes do; what goes wrong is returned and not raised.
    """
    try:
        formats = mapped_formats(task.columns) if task.columns else import_formats()
        form = format_named(task.form, formats)
        into = Path(task.into)
        with told(task.name), Path(task.place).open("rb") as content:
            records = form.read(content)
            into.touch()
            while some := list(islice(records, _TOGETHER)):
                packed = _ENCODER.encode(_packed(some))
                with told(str(into.parent)), into.open("ab") as out:
                    out.write(len(packed).to_bytes(8) + packed)
    except InputError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  (any reader's, and the other files go on)
        return complaint_of(task.name, error)
    return ""


def _task(file: ImportFile, place: Path, into: Path) -> Task:
    columns = dict(file.format.columns)
    return Task(str(place), file.name, file.format.name, columns, str(into))


def _packed(some: Sequence[Located]) -> tuple[Any, ...]:
    ways = {id(each.written): each.written for each in some}
    numbers = {id_: number for number, id_ in enumerate(ways)}
    rows = [
        (
            each.line,
            each.record,
            [(f.path, f.reason, f.kind) for f in each.faults],
            each.by_label,
            numbers[id(each.written)],
        )
        for each in some
    ]
    return list(ways.values()), rows


def _reading(
    decoded: Decoded, number: int, size: int, note: Callable[[int], None]
) -> Callable[[BinaryIO], Iterator[Located]]:
    """Return what reads the records of the file *number*, of *size* bytes, again."""

    def read(_: BinaryIO) -> Iterator[Located]:
        """Read what was decoded."""
        place = decoded.place(number)
        scale = size / (place.stat().st_size or 1)
        with told(str(place)), place.open("rb") as packed:
            while length := packed.read(8):
                content = packed.read(int.from_bytes(length))
                ways, rows = _DECODER.decode(content)
                for line, record, faults, by_label, way in rows:
                    found = tuple(Fault(*fault) for fault in faults)
                    yield Located(line, b"", record, found, by_label, written=ways[way])
                note(round(scale * (8 + len(content))))

    return read

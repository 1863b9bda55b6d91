"""Keep records that refer to later ones, until the whole input has been read."""

from __future__ import annotations

import io
import tempfile
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.formats.registry import Located
from argmap.records.schema import Record
from store.ingest.record_ids import made_keys, own_ids, premises_of, subjects_of

from .id_set import IdSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from store.ingest.inputs import Numbered

T = TypeVar("T")

_IN_MEMORY: Final = 4 * 2**20
"""Bytes of waiting records, after which they go to a temporary file."""

_LARGEST_SPAN: Final = 4 * 2**20
"""Bytes of records that are looked at together, about."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(tuple[int, str, int, bytes, Record, bool, dict[str, str]])


def _spool() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


@define
class Spool:
    """Keeps records in the order in which they come; many of them in a temporary file."""

    count: int = 0
    _file: IO[bytes] = field(factory=_spool)

    def put(self, numbered: Numbered) -> None:
        """Keep one more."""
        number, file, located = numbered
        about = (located.line, located.raw, located.record, located.by_label, located.key_names)
        content = _ENCODER.encode((number, file, *about))
        self._file.write(len(content).to_bytes(4) + content)
        self.count += 1

    def read(self) -> Iterator[Numbered]:
        """Yield what is kept."""
        self._file.seek(0)
        while size := self._file.read(4):
            row = _DECODER.decode(self._file.read(int.from_bytes(size)))
            number, file, line, raw, record, by_label, written = row
            yield number, file, Located(line, raw, record, by_label=by_label, key_names=written)
        self._file.seek(0, io.SEEK_END)

    def close(self) -> None:
        """Give up what is kept."""
        self._file.close()


@define
class DeferredRecords(Spool):
    """Keeps records, and what they name, so that none overtakes an earlier one it clashes with."""

    own: IdSet = field(factory=IdSet)
    """The ids of the deferred records."""
    premises: IdSet = field(factory=IdSet)
    """The ids of statements from which they lead to something."""
    subjects: IdSet = field(factory=IdSet)
    """The ids of what they judge or attribute."""
    labels: set[tuple[str, str]] = field(factory=set)
    """Documents and labels that they want."""
    mains: set[str] = field(factory=set)
    """Documents whose main claim they want to be."""
    _new: list[Numbered] = field(factory=list)

    @property
    def is_empty(self) -> bool:
        """True if no record waits."""
        return not (self.count or self._new)

    def add(self, numbered: Numbered) -> None:
        """Keep one more, and note what it names."""
        self._new.append(numbered)
        record: Any = numbered[2].record
        for ids, noted in _places(record, self):
            for id_ in ids:
                noted.add(id_)
        for key in made_keys(record)[0]:
            self.own.add(key)
        if label := getattr(record, "label", UNSET):
            self.labels.add((record.document or "", label))
        if getattr(record, "main", UNSET):
            self.mains.add(record.document or "")

    def write(self) -> None:
        """Put down what came since the last time, in the order of the input."""
        for numbered in sorted(self._new, key=lambda numbered: numbered[0]):
            self.put(numbered)
        self._new.clear()

    def concerns(self, record: Any) -> bool:  # noqa: ANN401  (a record whose keys are looked at untyped)
        """Tell whether *record* has to wait, because a deferred one may want the same place."""
        if self.is_empty:
            return False
        label = getattr(record, "label", UNSET)
        return (
            any(id_ in noted for ids, noted in _places(record, self) for id_ in ids)
            or any(key in self.own for key in made_keys(record)[1])
            or bool(label and (record.document or "", label) in self.labels)
            or bool(getattr(record, "main", UNSET) and (record.document or "") in self.mains)
        )


def _places(record: Any, deferred: DeferredRecords) -> tuple[tuple[list[str], IdSet], ...]:  # noqa: ANN401  (as above)
    """Return what only one record can have, and where *deferred* notes it."""
    return (
        (own_ids(record), deferred.own),
        (premises_of(record), deferred.premises),
        (subjects_of(record), deferred.subjects),
    )


def spans(records: Iterable[Numbered], size: int) -> Iterator[list[Numbered]]:
    """Yield *records* in lists of *size*, and of fewer where they are large."""
    span: list[Numbered] = []
    length = 0
    for numbered in records:
        span.append(numbered)
        length += len(numbered[2].raw)
        if len(span) >= size or length > _LARGEST_SPAN:
            yield span
            span, length = [], 0
    if span:
        yield span


def settled(things: Iterable[T], is_late: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    """Return those of *things* that are not late, in order, and the others.

    That one is late can make others late: they are asked again, in turn backwards and
    forwards, since most lean on a neighbour.
    """
    left, late = list(things), list[T]()
    while True:
        for turn in (-1, 1):
            kept: list[T] = []
            for thing in left[::turn]:
                (late if is_late(thing) else kept).append(thing)
            if len(kept) == len(left):
                return left, late
            left = kept[::turn]

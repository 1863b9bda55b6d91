"""Keep records that refer to later ones until the whole input has been read."""

from __future__ import annotations

import io
import tempfile
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.formats.registry import Located
from argmap.records.schema import Record
from store.ingest.record_ids import made_keys, own_ids, premise_ids, subject_ids

from .id_set import IdSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from store.ingest.inputs import NumberedRecord

T = TypeVar("T")

_IN_MEMORY: Final = 4 * 2**20
"""Bytes of kept records above which they move to a temporary file."""

_LARGEST_SPAN: Final = 4 * 2**20
"""Bytes of raw records after which a span ends early."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(tuple[int, str, int, bytes, Record, bool, dict[str, str]])


def _spool() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


@define
class Spool:
    """A queue of records, first in first out, in a temporary file once it is large."""

    count: int = 0
    _file: IO[bytes] = field(factory=_spool)

    def put(self, numbered: NumberedRecord) -> None:
        """Append *numbered*."""
        number, file, located = numbered
        about = (located.line, located.raw, located.record, located.by_label, located.key_names)
        # Kept as decoded records, so that a retry need not parse the file's format again.
        content = _ENCODER.encode((number, file, *about))
        self._file.write(len(content).to_bytes(4) + content)
        self.count += 1

    def read(self) -> Iterator[NumberedRecord]:
        """Yield the records in the order in which they were put in, and keep them."""
        self._file.seek(0)
        while size := self._file.read(4):
            row = _DECODER.decode(self._file.read(int.from_bytes(size)))
            number, file, line, raw, record, by_label, written = row
            yield number, file, Located(line, raw, record, by_label=by_label, key_names=written)
        self._file.seek(0, io.SEEK_END)

    def close(self) -> None:
        """Discard the records and the temporary file."""
        self._file.close()


@define
class DeferredRecords(Spool):
    """The deferred records, with the ids and slots that they reserve.

    A later record that wants one of these must wait too.
    """

    own: IdSet = field(factory=IdSet)
    """The ids of the deferred records and of their parts."""
    premises: IdSet = field(factory=IdSet)
    """The ids of all premises of deferred inferences."""
    subjects: IdSet = field(factory=IdSet)
    """The ids of the entities that deferred records rate or attribute."""
    labels: set[tuple[str, str]] = field(factory=set)
    """The labels that deferred records give, each with its document."""
    mains: set[str] = field(factory=set)
    """The ids of the documents whose main claim is deferred."""
    _new: list[NumberedRecord] = field(factory=list)

    @property
    def is_empty(self) -> bool:
        """True if no record is deferred."""
        return not (self.count or self._new)

    def add(self, numbered: NumberedRecord) -> None:
        """Defer *numbered*, and note the ids and slots that it takes."""
        self._new.append(numbered)
        _, _, located = numbered
        record: Any = located.record
        for ids, noted in _places(record, self):
            for id_ in ids:
                noted.add(id_)
        # The id that this record will get is not known yet; these keys stand for it so that a
        # later record with the same id still waits.
        for key in made_keys(record)[0]:
            self.own.add(key)
        if label := getattr(record, "label", UNSET):
            self.labels.add((record.document or "", label))
        if getattr(record, "main", UNSET):
            self.mains.add(record.document or "")

    def flush(self) -> None:
        """Append the records added since the last call, in the order of the input."""
        for numbered in sorted(self._new, key=lambda numbered: numbered[0]):
            self.put(numbered)
        self._new.clear()

    def blocks(self, record: Any) -> bool:  # noqa: ANN401  (a record whose keys are looked at untyped)
        """Return whether *record* must wait for a deferred record that may want its slot."""
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
    """Return lists of the ids that *record* reserves, each with the set that notes them."""
    return (
        (own_ids(record), deferred.own),
        (premise_ids(record), deferred.premises),
        (subject_ids(record), deferred.subjects),
    )


def split_into_spans(
    records: Iterable[NumberedRecord], size: int
) -> Iterator[list[NumberedRecord]]:
    """Yield *records* in lists of *size*, shorter where the records are large."""
    span: list[NumberedRecord] = []
    length = 0
    for numbered in records:
        span.append(numbered)
        _, _, located = numbered
        length += len(located.raw)
        # Five hundred documents of a megabyte each would exceed the memory that an import may use.
        if len(span) >= size or length > _LARGEST_SPAN:
            yield span
            span, length = [], 0
    if span:
        yield span


def separate_late(items: Iterable[T], is_late: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    """Return the *items* that are not late, in order, and the late ones.

    A late item can make its neighbours late. So *is_late* is called again for the items that are
    left, backwards and forwards in turn, until a pass finds no further late one.
    """
    left, late = list(items), list[T]()
    while True:
        # In a chain where each item refers to the next, one pass in the right direction settles
        # all of it; in the wrong direction each pass would settle only one.
        for turn in (-1, 1):
            kept: list[T] = []
            for item in left[::turn]:
                (late if is_late(item) else kept).append(item)
            if len(kept) == len(left):
                return left, late
            left = kept[::turn]

"""A long import: taken in span by span, in memory that does not grow with its length.

Plain statements land by set, everything else the careful way. What leans on a record
that is still to come, or on one that waits itself, is held until all has been seen.
Whatever is decided depends on the input and on what was in the database before it, and
not on where an earlier run was interrupted: the same import, run again, comes to the
same database.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field
from msgspec import UNSET

from argmap.records.wire import DocumentRecord, RubricRecord, SourceRecord

from .anchors import Anchors
from .careful import Careful
from .landing import Counts
from .plain import Plain, plain
from .plain_landing import PlainLanding
from .rejections import Rejections, rejected
from .seen import Seen
from .surroundings import Around, Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .chunks import Chunks
    from .judging import Numbered
    from .opening import Store

SPAN: Final = 5000
"""Records that are looked at together. Labels are given in its order, so it must not vary."""

_FIRST: Final = (DocumentRecord, SourceRecord, RubricRecord)
"""What others lean on, and what leans on nothing but its like."""


@define
class Intake:
    """Takes in the records of one import."""

    known: Store
    """To read, until something is written."""
    chunks: Chunks
    assessor: str
    is_loose: bool
    labels_given: Mapping[tuple[str, str], int]
    """The greatest number of the labels that the input gives, by document and letter."""
    read: int = 0
    counts: Counts = field(factory=Counts)
    landed: Counts = field(factory=Counts)
    """What of it is committed."""
    rejections: Rejections = field(factory=Rejections)
    changed: list[tuple[str, int, str]] = field(factory=list)
    _ids: Seen = field(factory=Seen)
    _labels: Labels = field(init=False)
    _plains: PlainLanding = field(init=False)
    _careful: Careful = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._labels = Labels(self.known)
        self._labels.reserve_all(self.labels_given)
        self.chunks.when_landed = self._note_landed
        self._plains = PlainLanding(
            self.known,
            self.chunks,
            self.counts,
            self._labels,
            self._ids,
            is_alone=_is_bare(self.known),
            resumed=self.chunks.unfinished(self.known),
        )
        self._careful = Careful(
            self.known,
            self.chunks,
            self.assessor,
            Anchors(self.is_loose),
            self.counts,
            self._labels,
            self.rejections,
            self._ids,
            self.changed,
        )

    def take(self, spans: Iterable[list[Numbered]]) -> None:
        """Take in *spans*, each of `SPAN` records but for the last."""
        for span in spans:
            self._take(span)
        self._careful.land_held()
        self.chunks.finish()

    def close(self) -> None:
        """Close the file that is written and forget what is held."""
        self._careful.held.close()
        self.chunks.close()

    def _note_landed(self) -> None:
        self.landed = evolve(self.counts)

    def _take(self, span: list[Numbered]) -> None:
        self.read += len(span)
        sound = []
        for numbered in span:
            number, file, located = numbered
            if located.faults:
                self.rejections.add(rejected(number, file, located.line, located.faults))
            else:
                sound.append(numbered)
        first = [n for n in sound if isinstance(n[2].record, _FIRST)]
        if first:
            self._careful.land(first)
        plains, others = self._sorted(sound)
        for each in self._plains.land(plains) if plains else ():
            self._ids.discard(each.id)
            others.append((each.number, each.file, each.located))
        if others:
            self._careful.land(sorted(others, key=lambda numbered: numbered[0]))

    def _sorted(self, records: list[Numbered]) -> tuple[list[Plain], list[Numbered]]:
        """Return the plain statements of *records*, whose ids are noted, and what else is there."""
        plains, others, ids, held = [], [], self._ids, self._careful.held
        text_of = Around(self.chunks.store or self.known, is_whole=True).text_of
        beside: set[str] = set()
        for numbered in records:
            record = numbered[2].record
            if isinstance(record, _FIRST):
                continue
            found = plain(*numbered, text_of)
            if found is None:
                if id_ := getattr(record, "id", UNSET):
                    beside.add(id_)
            elif (id_ := found.id) in ids or id_ in beside or held.concerns(record):
                beside.add(id_)
            else:
                ids.add(id_)
                plains.append(found)
                continue
            others.append(numbered)
        return plains, others


def _is_bare(store: Store) -> bool:
    """Tell whether nothing is in the database yet that records could be about."""
    return store.db.conn.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None


def spans(records: Iterator[Numbered], size: int = SPAN) -> Iterator[list[Numbered]]:
    """Yield *records* in lists of *size*; the last has what is left."""
    while span := list(islice(records, size)):
        yield span

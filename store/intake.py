"""A long import: taken in span by span, in memory that does not grow with its length.

Plain statements land by set, everything else the careful way. What leans on a record
that is still to come, or on one that waits itself, is held until all has been seen.
Whatever is decided depends on the input and on what was in the database before it, and
not on where an earlier run was interrupted: the same import, run again, comes to the
same database.
"""

from __future__ import annotations

import math
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field
from msgspec import UNSET

from argmap.records.wire import DocumentRecord, RubricRecord, SourceRecord

from .anchors import Anchors
from .careful import Careful
from .earlier import Earlier
from .held import Held, spans
from .judging import given_id
from .landing import Counts
from .plain import Plain, plain
from .plain_landing import PlainLanding
from .rejections import Rejections, rejected
from .surroundings import Around, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .chunks import Chunks
    from .database import Store
    from .judging import Numbered
    from .scanning import Scan
    from .written_texts import WrittenTexts

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
    scan: Scan
    """What a first look at the input found."""
    written: WrittenTexts
    """Texts of the input that lose characters when they are stored."""
    read: int = 0
    counts: Counts = field(factory=Counts)
    landed: Counts = field(factory=Counts)
    """What of it is committed."""
    rejections: Rejections = field(factory=Rejections)
    changed: list[tuple[str, int, str]] = field(factory=list)
    _labels: Labels = field(init=False)
    _plains: PlainLanding = field(init=False)
    _careful: Careful = field(init=False)

    def __attrs_post_init__(self) -> None:
        earlier = Earlier(self.chunks, self.chunks.unfinished(self.known))
        self.chunks.joined = earlier.resumed or 0
        self._labels = Labels(self.known)
        self._labels.reserve_all(self.scan.labels)
        self.chunks.when_landed = self._note_landed
        self._plains = PlainLanding(
            self.known,
            self.chunks,
            self.counts,
            self._labels,
            earlier,
            _is_bare(self.known),
        )
        self._careful = Careful(
            self.known,
            self.chunks,
            self.assessor,
            Anchors(self.is_loose),
            self.counts,
            self._labels,
            self.rejections,
            earlier,
            self.changed,
            self.written,
        )

    def take(self, records: Callable[[], Iterator[Numbered]], span: int) -> None:
        """Take in what *records* gives, the same whenever it is called.

        Args:
            records: The input.
            span: Records that are looked at together. Labels are given in the order of
                spans, so it must not vary.
        """
        if self.scan.has_rubrics:
            for some in spans(filter(_is_rubric, records()), span):
                self._careful.land(some)
        for some in spans(records(), span):
            self.read += len(some)
            self._take(some)
        self._take_held(span)
        self._careful.finish(lambda: map(self._named, records()), span)
        self.chunks.finish()

    def close(self) -> None:
        """Close the file that is written and forget what is held."""
        self._careful.close()
        self.chunks.close()

    def _note_landed(self) -> None:
        self.landed = evolve(self.counts)

    def _take_held(self, span: int) -> None:
        """Take in anew what had to wait for something, as long as that settles half of it."""
        most = math.inf
        while 0 < self._careful.held.count <= most:
            with closing(self._careful.held) as held:
                most = held.count / 2
                self._careful.held = Held()
                for some in spans(held.read(), span):
                    self._take(some)

    def _take(self, span: list[Numbered]) -> None:
        sound = []
        for numbered in span:
            number, file, located = numbered
            if located.faults:
                place = (number, file, located.line, located.written)
                self.rejections.add(rejected(*place, located.faults))
            elif not (self.scan.has_rubrics and _is_rubric(numbered)):  # they came first of all
                sound.append(numbered)
        first = _first(sound)
        if first:
            self._careful.land(first)
            done = {numbered[0] for numbered in first}
            sound = [numbered for numbered in sound if numbered[0] not in done]
        plains, others = self._sorted(sound)
        for each in self._plains.land(plains) if plains else ():
            others.append((each.number, each.file, each.located))
        if others:
            self._careful.land(sorted(others, key=lambda numbered: numbered[0]))

    def _named(self, numbered: Numbered) -> Numbered:
        """Return *numbered*, with an id if it is a plain statement."""
        text_of = Around(self.chunks.store or self.known, is_whole=True).text_of
        plain(*numbered, text_of, self.written)
        return numbered

    def _sorted(self, records: list[Numbered]) -> tuple[list[Plain], list[Numbered]]:
        """Return the plain statements of *records*, and what else is there."""
        text_of = Around(self.chunks.store or self.known, is_whole=True).text_of
        held = self._careful.held
        found = [(plain(*numbered, text_of, self.written), numbered) for numbered in records]
        noted = self._careful.earlier.noted
        came = noted.among({each.row[0] for each, _ in found if each}) if noted else set()
        plains, others = [], []
        for each, numbered in found:
            record: Any = numbered[2].record
            if each is None:
                if id_ := getattr(record, "id", UNSET):
                    came.add(id_)
            elif (id_ := each.row[0]) not in came and not (
                held.is_holding and held.concerns(record)
            ):
                came.add(id_)
                plains.append(each)
                continue
            others.append(numbered)
        return plains, others


def _is_rubric(numbered: Numbered) -> bool:
    return isinstance(numbered[2].record, RubricRecord)


def _first(records: list[Numbered]) -> list[Numbered]:
    """Return those that others lean on, but for those with the id of an earlier record."""
    if {type(located.record) for _, _, located in records}.isdisjoint(_FIRST):
        return []
    found, ids = [], set()
    for numbered in records:
        id_ = given_id(numbered[2])
        if isinstance(numbered[2].record, _FIRST) and id_ not in ids:
            found.append(numbered)
        ids.add(id_)
    return found


def _is_bare(store: Store) -> bool:
    """Tell whether nothing is in the database yet that records could be about."""
    return store.db.conn.execute("SELECT 1 FROM entity LIMIT 1").fetchone() is None

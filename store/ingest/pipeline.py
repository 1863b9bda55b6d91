"""The one road of every import: records are read, checked and written some hundreds at a time.

Such a group is called a span. Plain statements have a shorter lane; all other records of a
span are checked together and then written. A record that refers to a later one is deferred until
the whole input has been read. What is accepted depends on the input and the database, never on
how long the input is or where an earlier run was interrupted.
"""

from __future__ import annotations

import math
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from argmap.errors import ModelError
from argmap.records.ids import MADE
from argmap.records.schema import RubricRecord, StatementRecord
from store.rows.known_rubrics import rubrics
from store.rules.labels import Labels

from .backlog.deferred_records import DeferredRecords, settled, spans
from .backlog.id_set import IdSet
from .backlog.rejected_ids import RejectedIds
from .backlog.repeated_records import Repeats
from .build.build_context import Assembly
from .build.entities import build
from .build.passages import Anchors
from .check.existing_rows import ExistingRows, Texts, has_rival, is_bare
from .check.lookup import Lookup
from .check.resumption import Resumption
from .check.validation import Made, Validator
from .plain_statements import plain, plains_among
from .record_ids import first_of, given_id, needs_of, own_ids
from .report import Counts, Rejections, rejected
from .write.plain_rows import PlainLane
from .write.record_rows import RecordRows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from argmap.model.rubric import Rubric
    from store.database.store import Store

    from .build.source_texts import WrittenTexts
    from .check.verdict import Verdict
    from .inputs import Numbered
    from .prescan import Scan
    from .transactions import Chunks

_PASSING: Final = frozenset({"reference", "stance", "kind", "main"})
"""Kinds of faults that a later record can mend, by changing what is in the database."""


@define
class Pipeline:
    """Takes in the records of one import."""

    known: Store
    """To read, until something is written."""
    chunks: Chunks
    assessor: str
    is_loose: bool
    is_dry: bool
    """Everything is judged at once, and nothing lands."""
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
    """File, line and words of what was taken loosely."""
    _anchors: Anchors = field(init=False)
    _labels: Labels = field(init=False)
    _resumption: Resumption = field(init=False)
    _lane: PlainLane = field(init=False)
    _repeats: Repeats = field(init=False)
    _deferred: DeferredRecords = field(factory=DeferredRecords)
    _rejected_ids: RejectedIds = field(factory=RejectedIds)
    _texts: Texts = field(factory=Texts)
    _aliases: dict[str, str] = field(factory=dict)
    _rubrics: dict[tuple[str, str], Rubric] = field(init=False)
    _rubric_ids: set[str] = field(factory=set)
    _made: Made = field(init=False)
    _others: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        self.chunks.joined = self.chunks.unfinished(self.known) or 0
        self.chunks.when_landed = self._note_landed
        self._anchors = Anchors(self.is_loose)
        self._labels = Labels(self.known)
        self._labels.reserve_all(self.scan.labels)
        self._resumption = Resumption(self.chunks)
        self._rubrics = rubrics(self.known)
        self._repeats = Repeats(self.counts, self.rejections, self._rejected_ids)
        is_resumed, is_alone = bool(self.chunks.joined), is_bare(self.known)
        self._made = Made(are_free=is_alone and not is_resumed)
        steady = (self.chunks, self.counts, self._labels, self._resumption)
        self._lane = PlainLane(*steady, is_resumed, is_alone)

    @property
    def _store(self) -> Store:
        return self.chunks.store or self.known

    def take(self, records: Callable[[], Iterator[Numbered]], span: int) -> None:
        """Take in what *records* gives, the same whenever it is called.

        Args:
            records: The input.
            span: Records that are looked at together. Labels are given in the order of
                spans, so it must not vary.
        """
        if self.is_dry:
            self._judge_only(list(records()))
            return
        if self.scan.has_rubrics:
            for some in spans(filter(_is_rubric, records()), span):
                self._land([n for n in some if not n[2].faults], is_last=False)
        for some in spans(records(), span):
            self.read += len(some)
            self._take(some)
        self._take_deferred(span)
        self._finish(records, span)

    def close(self) -> None:
        """Close the file that is written and forget what is kept."""
        self._deferred.close()
        self._repeats.close()
        self._rejected_ids.close()
        self.chunks.close()

    def _note_landed(self) -> None:
        self.landed = evolve(self.counts)

    def _judge_only(self, records: list[Numbered]) -> None:
        """Judge all *records* there are, and land none."""
        self.read = len(records)
        self._land(self._sound(records), is_last=True)

    def _sound(self, records: list[Numbered]) -> list[Numbered]:
        """Return those of *records* without faults; reject the others."""
        sound = []
        for numbered in records:
            number, file, located = numbered
            if located.faults:
                place = (number, file, located.line, located.key_names)
                self.rejections.add(rejected(*place, located.faults))
            else:
                sound.append(numbered)
        return sound

    def _take(self, span: list[Numbered]) -> None:
        """Take in the records of one span."""
        self.chunks.make_way()
        sound = self._sound(span)
        if self.scan.has_rubrics:  # they came first of all
            sound = [numbered for numbered in sound if not _is_rubric(numbered)]
        plains, others = plains_among(sound, self._deferred)
        if plains:
            first = first_of(sound)
            self._land(first, is_last=False)
            taken = {number for number, *_ in first}
            others = [numbered for numbered in others if numbered[0] not in taken]
            self._prepare()
            others += (each.numbered for each in self._lane.land(self._store, plains))
            others.sort(key=_number)
        self._land(others, is_last=False)

    def _take_deferred(self, span: int) -> None:
        """Take in anew what had to wait for something, as long as that settles half of it."""
        most = math.inf
        while 0 < self._deferred.count <= most:
            with closing(self._deferred) as deferred:
                most = deferred.count / 2
                self._deferred = DeferredRecords()
                for some in spans(deferred.read(), span):
                    self._take(some)

    def _finish(self, records: Callable[[], Iterator[Numbered]], span: int) -> None:
        """Land what was deferred, or say why it does not."""
        self.chunks.make_way()
        if self._deferred.count > span:
            self._reject_lost(span)
        if self._deferred.count:
            self._land(sorted(self._deferred.read(), key=_number), is_last=True)
            self.chunks.make_way()
        self._repeats.settle(records, self._id_of)

    def _reject_lost(self, span: int) -> None:
        """Reject what leans on something that nobody brings, as long as that settles half of it.

        These can be many. A chain of records whose end is missing is better judged together:
        here each pass would reject one of them.
        """
        most = math.inf
        while span < self._deferred.count <= most:
            most = self._deferred.count / 2
            ids, makes_any = IdSet(), False
            for _, _, located in self._deferred.read():
                makes_any = makes_any or given_id(located) is None
                for id_ in own_ids(located.record):
                    ids.add(id_)
            with closing(self._deferred) as deferred:
                self._deferred = DeferredRecords()
                for some in spans(deferred.read(), span):
                    lost = self._lost(some, ids, makes_any=makes_any)
                    self._land(lost, is_last=True, elsewhere=ids)
                    rejected_numbers = {number for number, _, _ in lost}
                    for numbered in some:
                        if numbered[0] not in rejected_numbers:
                            self._deferred.add(numbered)
                    self._deferred.write()

    def _lost(self, records: Sequence[Numbered], ids: IdSet, *, makes_any: bool) -> list[Numbered]:
        """Return those of *records* that lean on what is neither there nor among *ids*.

        Where a deferred record gives no id, any made one may be what it gets.
        """
        stored = self._existing_rows()
        stored.find(id_ for _, _, located in records for id_ in self._needs(located.record))
        return [
            numbered
            for numbered in records
            if any(
                stored.place(id_) is None and id_ not in ids and not (makes_any and id_[:1] == MADE)
                for id_ in self._needs(numbered[2].record)
            )
        ]

    def _needs(self, record: object) -> list[str]:
        needs = needs_of(record)
        return [self._aliases.get(id_, id_) for id_ in needs] if self._aliases else needs

    def _land(
        self, records: Sequence[Numbered], *, is_last: bool, elsewhere: Container[object] = ()
    ) -> None:
        """Judge *records* together and land those that stand.

        Args:
            records: In the order of the input.
            is_last: True where nothing more is to come; else those that must wait are deferred.
            elsewhere: Ids that records bring which are judged later all the same.
        """
        stored: ExistingRows | None = None
        left, is_overtaken = list(records), False
        if not is_last:
            left, stored = self._ready(records)
        while left:
            self._prepare(makes_way=not is_overtaken)
            with self._store.reading():
                lookup = self._lookup(
                    stored or self._existing_rows(), is_whole=is_last, elsewhere=elsewhere
                )
                assembly = Assembly(lookup, self.assessor, self._anchors, self.written)
                known = (self._rejected_ids, self._made, stored is not None)
                judge = Validator(lookup, assembly, *known)
                verdict = judge.judge(left)
            late = set[int]() if is_last else _late(verdict)
            if late:
                for numbered in left:
                    if numbered[0] in late:
                        self._deferred.add(numbered)
                rest = [numbered for numbered in left if numbered[0] not in late]
                left, stored = self._ready(rest)
                continue
            stored = None
            done = set(verdict.built)
            if not self.is_dry:
                own = (self.chunks, self._labels, self._resumption, self.counts)
                landing = RecordRows(*own, lookup)
                done = landing.land(verdict.built)
                if landing.clash is not None and not self._made.are_free:
                    raise landing.clash
                if landing.clash is not None:
                    self._made.are_free = False
                    self._labels.forget()
                # Who writes all the time must not have every span judged again and again.
                is_overtaken = landing.is_overtaken
            left = self._noted(left, verdict, done)
        self._deferred.write()

    def _prepare(self, *, makes_way: bool = True) -> None:
        """Let others have their turn if it *makes_way*; look anew at what they may have written."""
        if makes_way:
            self.chunks.make_way()
        if self.chunks.others != self._others:
            self._others = self.chunks.others
            self._lane.forget()
            self._labels.forget()
            self._texts.forget()
            self._rubrics = rubrics(self._store)
            self._made.are_free = False

    def _existing_rows(self) -> ExistingRows:
        return ExistingRows(self._store, self._resumption, self._texts)

    def _lookup(
        self, stored: ExistingRows, *, is_whole: bool, elsewhere: Container[object] = ()
    ) -> Lookup:
        known = (self._aliases, self._rubrics, self._rubric_ids)
        return Lookup(stored, is_whole, *known, elsewhere=elsewhere)

    def _ready(self, records: Sequence[Numbered]) -> tuple[list[Numbered], ExistingRows]:
        """Defer those of *records* that need what is still to come.

        Returns:
            The others, and what the database has of what all of them need.
        """
        needs = {number: self._needs(located.record) for number, _, located in records}
        own = {self._aliases.get(i, i) for _, _, x in records if (i := given_id(x)) is not None}
        stored = self._existing_rows()
        stored.find({id_ for some in needs.values() for id_ in some}.difference(own))
        to_find = [frozenset(own)]

        def is_late(numbered: Numbered) -> bool:
            record = numbered[2].record
            wanted = needs[numbered[0]]
            is_there = own.issuperset(wanted) or all(i in own or stored.place(i) for i in wanted)
            is_contested = isinstance(record, StatementRecord) and has_rival(self._store, record)
            if is_there and not is_contested and not self._deferred.concerns(record):
                return False
            while to_find:  # once, and all together, as most spans have none or many
                stored.find(to_find.pop())
            id_ = given_id(numbered[2]) or ""
            own.discard(self._aliases.get(id_, id_))
            stored.find([id_])
            self._deferred.add(numbered)
            return True

        ready, _ = settled(records, is_late)
        return sorted(ready, key=_number), stored

    def _noted(self, records: list[Numbered], verdict: Verdict, done: set[int]) -> list[Numbered]:
        """Account for what became of *records*; return those that have to be judged again."""
        left = []
        for numbered in records:
            number, file, located = numbered
            if entry := verdict.rejected.get(number):
                self.rejections.add(entry)
                if number in verdict.rejected_ids:
                    self._rejected_ids.add(verdict.rejected_ids[number], entry)
            elif number in verdict.again:
                self._repeats.add(numbered)
            elif number in done:
                words = verdict.built[number].changed
                if _is_rubric(numbered):
                    self._rubric_ids.add(given_id(located) or "")
                self.changed += [(file, located.line, each) for each in words]
            elif verdict.repeated.get(number) in done:
                if not self.is_dry:
                    self.counts.note_unchanged(number)
            else:
                left.append(numbered)
        return left

    def _id_of(self, numbered: Numbered) -> str | None:
        """Return the id that a record gives, or that is made of its content."""
        _, file, located = numbered
        if (given := given_id(located)) is not None:
            return given
        if (each := plain(*numbered)) is not None:
            return each.id
        lookup = self._lookup(self._existing_rows(), is_whole=True)
        lookup.stored.find(needs_of(located.record))
        assembly = Assembly(lookup, self.assessor, Anchors(guesses=0), self.written)
        with suppress(ModelError):
            return build(assembly, located, file).id
        return None


def _number(numbered: Numbered) -> int:
    return numbered[0]


def _late(verdict: Verdict) -> set[int]:
    """Return the records of *verdict* that may stand once more has been seen."""
    passing = {n for n, entry in verdict.rejected.items() if entry.kind in _PASSING}
    return verdict.late | passing


def _is_rubric(numbered: Numbered) -> bool:
    return isinstance(numbered[2].record, RubricRecord)

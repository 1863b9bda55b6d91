"""The pipeline of an import: read, validate and write records span by span.

A span is some hundreds of records. Its plain statements take a fast lane; all its other records
are validated together and then written. A record that refers to a later one is deferred until
the whole input has been read. Which records are accepted depends on the input and the
database, never on the length of the input or on where an earlier run was interrupted.
"""

from __future__ import annotations

import math
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from argmap.errors import ModelError
from argmap.records.schema import RubricRecord, StatementRecord
from store.rows.known_rubrics import rubrics
from store.rules.labels import Labels

from .backlog.deferred_records import DeferredRecords, separate_late, split_into_spans
from .backlog.rejected_ids import RejectedIds
from .backlog.repeated_records import RepeatedRecords
from .build.build_context import BuildContext
from .build.entities import build_record
from .build.passages import PassageFinder
from .check.existing_rows import DocumentTexts, ExistingRows, has_rival_main, is_empty
from .check.lookup import Lookup
from .check.resumption import Resumption
from .check.unresolvable_records import PossibleIds, unresolvable_records
from .check.validation import MadeIds, Validator
from .plain_statements import plain_statement_from_record, split_plain_statements
from .record_ids import given_id, leading_records, needed_ids
from .report import ImportCounts, Rejections
from .write.plain_rows import PlainStatementWriter
from .write.record_rows import RecordWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from argmap.model.rubric import Rubric
    from store.database.store import Store

    from .build.source_texts import WrittenTexts
    from .check.verdict import Verdict
    from .inputs import NumberedRecord
    from .prescan import Scan
    from .transactions import ImportTransactions

_MOST_TOGETHER: Final = 20
"""Number of spans whose deferred records are validated together even if many are unresolvable.

Of more, the reason of a few would leave out an id that does not exist because its own record has
faults; that saves the memory of all of them.
"""


@define
class Pipeline:
    """Imports the records of one input."""

    reader: Store
    """The store that is read until `transactions` opens the file for writing."""
    transactions: ImportTransactions
    assessor: str
    is_loose: bool
    is_dry: bool
    """True to validate all records together and write nothing."""
    scan: Scan
    """The result of the first pass over the input."""
    written: WrittenTexts
    """The texts of the input that lose characters when they are stored."""
    read: int = 0
    counts: ImportCounts = field(factory=ImportCounts)
    committed: ImportCounts = field(factory=ImportCounts)
    """The counts as of the last commit."""
    rejections: Rejections = field(factory=Rejections)
    changed: list[tuple[str, int, str]] = field(factory=list)
    """File, line and a description for each quote that was accepted as a near match."""
    _passage_finder: PassageFinder = field(init=False)
    _labels: Labels = field(init=False)
    _resumption: Resumption = field(init=False)
    _plain_writer: PlainStatementWriter = field(init=False)
    _repeats: RepeatedRecords = field(init=False)
    _deferred: DeferredRecords = field(factory=DeferredRecords)
    _rejected_ids: RejectedIds = field(factory=RejectedIds)
    _texts: DocumentTexts = field(factory=DocumentTexts)
    _aliases: dict[str, str] = field(factory=dict)
    _rubrics: dict[tuple[str, str], Rubric] = field(init=False)
    _rubric_ids: set[str] = field(factory=set)
    _made: MadeIds = field(init=False)
    _outside_writes: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        earlier = self.transactions.unfinished_operation(self.reader) or 0
        self.transactions.earlier_operation = earlier
        self.transactions.on_commit = self._note_commit
        self._passage_finder = PassageFinder(self.is_loose)
        self._labels = Labels(self.reader)
        # A label that a later record gives must not go to an earlier record that gives none.
        self._labels.reserve_all(self.scan.labels)
        self._resumption = Resumption(self.transactions)
        self._rubrics = rubrics(self.reader)
        self._repeats = RepeatedRecords(self.counts, self.rejections, self._rejected_ids)
        is_resumed, is_fresh = bool(earlier), is_empty(self.reader)
        # With an empty database, and no earlier run, a made id can only come from this input. Then
        # most lookups for made ids are skipped.
        self._made = MadeIds(are_free=is_fresh and not is_resumed)
        steady = (self.transactions, self.counts, self._labels, self._resumption)
        self._plain_writer = PlainStatementWriter(*steady, is_resumed, is_fresh)

    @property
    def _store(self) -> Store:
        return self.transactions.store or self.reader

    def run(self, records: Callable[[], Iterator[NumberedRecord]], span: int) -> None:
        """Import the records of *records*; `transactions.finish` ends the operation.

        Args:
            records: Starts the input over at each call; every call must yield the same records.
            span: The number of records that are validated together. Labels are given span by span,
                so it must not vary between runs of the same import.

        Raises:
            InputError: the input cannot be read.
            StoreError: the database cannot be read or written.
            UndoneError: another process undid the operation while it ran.
        """
        if self.is_dry:
            self._check_only(list(records()))
            return
        if self.scan.has_rubrics:
            # A rating that names no version gets the newest one. If rubrics were not imported
            # first, that version would depend on the order of the input.
            for some in split_into_spans(filter(_is_rubric, records()), span):
                self._check_and_write([n for n in some if not n[2].faults], is_final=False)
        for some in split_into_spans(records(), span):
            self.read += len(some)
            self._import_span(some)
        self._retry_deferred(span)
        self._finish(records, span)

    def close(self) -> None:
        """Close the database and the temporary files; uncommitted rows are rolled back."""
        self._deferred.close()
        self._repeats.close()
        self._rejected_ids.close()
        self.transactions.close()

    def _note_commit(self) -> None:
        self.committed = evolve(self.counts)

    def _check_only(self, records: list[NumberedRecord]) -> None:
        """Validate *records*, the whole input, and write none."""
        self.read = len(records)
        self._check_and_write(self.rejections.without_faulty(records), is_final=True)

    def _import_span(self, span: list[NumberedRecord]) -> None:
        """Import the records of one span; defer those that need a later record."""
        self.transactions.yield_to_others()
        sound = self.rejections.without_faulty(span)
        if self.scan.has_rubrics:  # they are imported already
            sound = [numbered for numbered in sound if not _is_rubric(numbered)]
        plains, others = split_plain_statements(sound, self._deferred)
        if plains:
            # The fast lane needs the documents that its statements belong to, which are usually in
            # the same span.
            first = leading_records(sound)
            self._check_and_write(first, is_final=False)
            taken = {number for number, *_ in first}
            others = [numbered for numbered in others if numbered[0] not in taken]
            self._prepare()
            others += (each.numbered for each in self._plain_writer.write(self._store, plains))
            others.sort(key=_number)
        self._check_and_write(others, is_final=False)

    def _retry_deferred(self, span: int) -> None:
        """Import deferred records again while each pass settles at least half of them."""
        # Each pass reads every deferred record again. While it settles half of them, all passes
        # together cost no more than two; after that it is cheaper to validate the remainder at
        # once.
        most = math.inf
        while 0 < self._deferred.count <= most:
            with closing(self._deferred) as deferred:
                most = deferred.count / 2
                self._deferred = DeferredRecords()
                for some in split_into_spans(deferred.read(), span):
                    self._import_span(some)

    def _finish(self, records: Callable[[], Iterator[NumberedRecord]], span: int) -> None:
        """Import the records that are still deferred, or reject them with a reason."""
        self.transactions.yield_to_others()
        self._reject_unresolvable(span, is_certain=True)
        if self._deferred.count > _MOST_TOGETHER * span:
            self._reject_unresolvable(span, is_certain=False)
        if self._deferred.count:
            self._check_and_write(sorted(self._deferred.read(), key=_number), is_final=True)
            self.transactions.yield_to_others()
        self._repeats.settle(records, self._id_of)

    def _reject_unresolvable(self, span: int, *, is_certain: bool) -> None:
        """Reject deferred records that refer to an id which does not exist.

        There can be many, so they are rejected span by span while each pass settles at least half.
        A chain whose end is missing is left for one validation of all: here each pass would reject
        only one of its records. See `unresolvable_records` for *is_certain*.
        """
        most = math.inf
        while span < self._deferred.count <= most:
            most = self._deferred.count / 2
            possible = PossibleIds()
            possible.note(self._deferred.read())
            with closing(self._deferred) as deferred:
                self._deferred = DeferredRecords()
                for some in split_into_spans(deferred.read(), span):
                    lost = unresolvable_records(
                        some, self._existing_rows(), self._needs, possible, is_certain=is_certain
                    )
                    self._check_and_write(lost, is_final=True, elsewhere=possible)
                    rejected_numbers = {number for number, _, _ in lost}
                    for numbered in some:
                        if numbered[0] not in rejected_numbers:
                            self._deferred.add(numbered)
                    self._deferred.flush()

    def _needs(self, record: object) -> list[str]:
        needs = needed_ids(record)
        return [self._aliases.get(id_, id_) for id_ in needs] if self._aliases else needs

    def _check_and_write(
        self,
        records: Sequence[NumberedRecord],
        *,
        is_final: bool,
        elsewhere: Container[object] = (),
    ) -> None:
        """Validate *records* together and write the accepted ones.

        Args:
            records: In the order of the input.
            is_final: True if no further records are to come; otherwise records that must wait are
                deferred.
            elsewhere: Ids of records that are validated later even so.

        Raises:
            IntegrityError: the database refuses a row that validation accepted.
        """
        stored: ExistingRows | None = None
        left, is_overtaken = list(records), False
        if not is_final:
            left, stored = self._defer_unready(records)
        while left:
            # After losing to another writer we keep the lock: a process that writes all the time
            # would otherwise have every span validated again and again.
            self._prepare(yields=not is_overtaken)
            with self._store.reading():
                rows = stored or self._existing_rows()
                lookup = self._lookup(rows, is_final=is_final, elsewhere=elsewhere)
                context = BuildContext(lookup, self.assessor, self._passage_finder, self.written)
                known = (self._rejected_ids, self._made, stored is not None)
                verdict = Validator(lookup, context, *known).validate(left)
            # Nothing more is to come in the last round, so a missing target is final and the
            # record is rejected.
            late = set[int]() if is_final else verdict.deferrable
            if late:
                for numbered in left:
                    if numbered[0] in late:
                        self._deferred.add(numbered)
                others = [numbered for numbered in left if numbered[0] not in late]
                left, stored = self._defer_unready(others)
                continue
            stored = None
            done, is_overtaken = self._write(verdict, lookup)
            left = self._note_outcomes(left, verdict, done)
        self._deferred.flush()

    def _write(self, verdict: Verdict, lookup: Lookup) -> tuple[set[int], bool]:
        """Return the records written, and whether another process has written meanwhile."""
        if self.is_dry:
            return set(verdict.built), False
        own = (self.transactions, self._labels, self._resumption, self.counts)
        writer = RecordWriter(*own, lookup)
        done = writer.write(verdict.built)
        if writer.conflict is not None:
            # Validation skips lookups while made ids can only be our own. If one turns out to be
            # taken, it is repeated with all lookups; if it had them already, the error is real.
            if not self._made.are_free:
                raise writer.conflict
            self._made.are_free = False
            self._labels.forget()
        return done, writer.is_overtaken

    def _prepare(self, *, yields: bool = True) -> None:
        """If *yields*, let other processes write; empty the caches if any has written."""
        if yields:
            self.transactions.yield_to_others()
        if self.transactions.outside_writes != self._outside_writes:
            self._outside_writes = self.transactions.outside_writes
            # Another process may have added, changed or removed anything that is cached here.
            self._plain_writer.forget()
            self._labels.forget()
            self._texts.forget()
            self._rubrics = rubrics(self._store)
            self._made.are_free = False

    def _existing_rows(self) -> ExistingRows:
        return ExistingRows(self._store, self._resumption, self._texts)

    def _lookup(
        self, stored: ExistingRows, *, is_final: bool, elsewhere: Container[object] = ()
    ) -> Lookup:
        known = (self._aliases, self._rubrics, self._rubric_ids)
        return Lookup(stored, is_final, *known, elsewhere=elsewhere)

    def _defer_unready(
        self, records: Sequence[NumberedRecord]
    ) -> tuple[list[NumberedRecord], ExistingRows]:
        """Defer the *records* that need one that is still to come.

        Returns:
            The other records, and the existing rows that any of *records* refers to.
        """
        needs = {number: self._needs(located.record) for number, _, located in records}
        own = {self._aliases.get(i, i) for _, _, x in records if (i := given_id(x)) is not None}
        stored = self._existing_rows()
        stored.find({id_ for some in needs.values() for id_ in some}.difference(own))
        to_find = [frozenset(own)]

        def is_late(numbered: NumberedRecord) -> bool:
            number, _, located = numbered
            record, wanted = located.record, needs[number]
            is_there = own.issuperset(wanted) or all(i in own or stored.place(i) for i in wanted)
            is_contested = isinstance(record, StatementRecord) and has_rival_main(
                self._store, record
            )
            if is_there and not is_contested and not self._deferred.blocks(record):
                return False
            while to_find:  # one lookup for all: a span has no late record, or many
                stored.find(to_find.pop())
            id_ = given_id(located) or ""
            # Records of this span that refer to the deferred one must wait as well.
            own.discard(self._aliases.get(id_, id_))
            stored.find([id_])
            self._deferred.add(numbered)
            return True

        ready, _ = separate_late(records, is_late)
        return sorted(ready, key=_number), stored

    def _note_outcomes(
        self, records: list[NumberedRecord], verdict: Verdict, done: set[int]
    ) -> list[NumberedRecord]:
        """Count the outcomes of *records*; return those to validate again."""
        left = []
        for numbered in records:
            number, file, located = numbered
            if entry := verdict.rejected.get(number):
                self.rejections.add(entry)
                # A later record with this id must not be taken for the first one of it, or the
                # outcome would depend on where a span ends.
                if number in verdict.rejected_ids:
                    self._rejected_ids.add(verdict.rejected_ids[number], entry)
            elif number in verdict.seen_before:
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

    def _id_of(self, numbered: NumberedRecord) -> str | None:
        """Return the id that a record gives, or the one made from its content."""
        _, file, located = numbered
        if (given := given_id(located)) is not None:
            return given
        if (each := plain_statement_from_record(*numbered)) is not None:
            return each.id
        lookup = self._lookup(self._existing_rows(), is_final=True)
        lookup.stored.find(needed_ids(located.record))
        # Only the id is wanted, so no effort goes into describing missing quotes.
        context = BuildContext(lookup, self.assessor, PassageFinder(guesses=0), self.written)
        with suppress(ModelError):
            return build_record(context, located, file).id
        return None


def _number(numbered: NumberedRecord) -> int:
    return numbered[0]


def _is_rubric(numbered: NumberedRecord) -> bool:
    _, _, located = numbered
    return isinstance(located.record, RubricRecord)

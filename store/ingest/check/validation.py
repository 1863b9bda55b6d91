"""Validate records together: build an entity from each and collect the faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from argmap.errors import ModelError
from argmap.model.document import Document
from argmap.model.faults import Fault, raise_any
from argmap.model.source import Source
from argmap.model.statement import Statement
from argmap.records.ids import MADE
from argmap.records.schema import RatingRecord
from store.ingest.backlog.id_set import IdSet
from store.ingest.build.build_context import LaterError
from store.ingest.build.entities import build_record
from store.ingest.record_ids import (
    given_id,
    needed_ids,
    own_ids,
    record_content,
    sort_by_rank,
    subject_ids,
)
from store.ingest.report import rejection_from_faults

from .lookup import SpanEntity
from .references import Resolver
from .unique_slots import stored_conflicts
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmap.formats.registry import Located
    from store.ingest.backlog.rejected_ids import RejectedIds
    from store.ingest.build.build_context import BuildContext, BuiltRecord
    from store.ingest.inputs import NumberedRecord

    from .lookup import Lookup


@define
class MadeIds:
    """The ids that argmap makes from content during an import."""

    are_free: bool
    """True while only records of this import can have given a made id."""
    given: IdSet = field(factory=IdSet)
    """The ids that look made and that a record gives explicitly."""


@define
class Validator:
    """Builds each record once, then resolves the references between them."""

    lookup: Lookup
    context: BuildContext
    rejected_ids: RejectedIds
    """The ids rejected earlier in the import."""
    made: MadeIds
    is_loaded: bool
    """True if the rows that the records refer to are looked up already."""
    verdict: Verdict = field(factory=Verdict)
    _places: dict[int, tuple[str, int, Mapping[str, str]]] = field(factory=dict)
    _located: dict[int, Located] = field(factory=dict)
    _claimants: dict[str, list[int]] = field(factory=dict)
    """The numbers of the unbuilt records that give the same id, by id, in order."""
    _first: dict[str, int] = field(factory=dict)
    """The number of the first record of each id."""
    _unnamed: set[int] = field(factory=set)
    """The numbers of records that give no id."""
    _repeats: dict[str, list[int]] = field(factory=dict)
    """The numbers of the records after the first of each id."""

    def validate(self, records: Sequence[NumberedRecord]) -> Verdict:
        """Return the verdict on *records*, which are in the order of the input."""
        sound = []
        for number, file, located in records:
            self._places[number] = (file, located.line, located.key_names)
            if located.faults:
                self._reject(number, located.faults)
            else:
                sound.append((number, file, located))
        self._look_up(sound)
        self._build_all(self._without_earlier(sound))
        self._rebuild_taken()
        verdict, refused = self.verdict, self.verdict.rejected
        verdict.built = {n: b for n, b in sorted(verdict.built.items()) if n not in refused}
        Resolver(self.lookup, verdict, self._places, self.rejected_ids).resolve()
        return verdict

    def _look_up(self, records: Sequence[NumberedRecord]) -> None:
        """Load the rows of all ids that *records* name, in a few queries for all."""
        lookup, stored = self.lookup, self.lookup.stored
        keyed = [(located, located.record) for _, _, located in records]
        self._find_aliases([located for located, _ in keyed if located.by_label])
        real = lookup.stored_id
        own = {real(id_) for _, record in keyed for id_ in own_ids(record)}
        for id_ in own:
            if id_[:1] == MADE:
                self.made.given.add(id_)
        said: set[str] = set()
        if not self.is_loaded:
            said = {real(id_) for _, record in keyed for id_ in needed_ids(record)}
        subjects = {real(id_) for _, record in keyed for id_ in subject_ids(record)}
        rated = (subject_ids(record) for _, record in keyed if isinstance(record, RatingRecord))
        about = {real(id_) for ids in rated for id_ in ids}
        stored.find(own | said | subjects)
        stored.load(own)
        stored.find_subjects(own | subjects)
        stored.find_labels(pair for _, record in keyed if (pair := self._label_of(record)))
        stored.load_about(about | {id_ for id_ in own if _is_statement(stored.place(id_))})

    def _find_aliases(self, records: Sequence[Located]) -> None:
        """Find the stored ids of the records whose format derives ids from labels."""
        lookup = self.lookup
        lookup.stored.find_labels(pair for x in records if (pair := self._label_of(x.record)))
        for located in records:
            pair, given = self._label_of(located.record), given_id(located)
            known = lookup.id_with_label(*pair) if pair else None
            if known is not None and given is not None and known != given:
                lookup.aliases[given] = known

    def _label_of(self, record: Any) -> tuple[str, str] | None:  # noqa: ANN401  (a record whose keys are looked at untyped)
        """Return the document and label of *record*, or None if it gives no label."""
        label = getattr(record, "label", None)
        if not label:
            return None
        place = self.lookup.stored.place(record.id) if record.id else None
        document = place.document if place else record.document
        return (document, label) if document else None

    def _without_earlier(self, records: list[NumberedRecord]) -> list[NumberedRecord]:
        """Return the *records* whose ids no earlier span of the import has."""
        stored, real = self.lookup.stored, self.lookup.stored_id
        given = [given_id(located) for _, _, located in records]
        taken = self.rejected_ids.find({real(id_) for id_ in given if id_ is not None})
        new = []
        for id_, numbered in zip(given, records, strict=True):
            if id_ is not None and (
                stored.is_seen(real(id_)) or real(id_) in taken or id_ in self.lookup.rubric_ids
            ):
                self.verdict.seen_before[numbered[0]] = id_
            else:
                new.append(numbered)
        return new

    def _build_all(self, records: list[NumberedRecord]) -> None:
        """Build *records* by rank, again and again until no further one can be built."""
        ids = [id_ for _, _, located in records if (id_ := given_id(located)) is not None]
        # Only records that share an id have to be built in the order of the input. Few spans have
        # any.
        if len(set(ids)) < len(ids):
            for number, _, located in records:
                if (id_ := given_id(located)) is not None:
                    self._claimants.setdefault(id_, []).append(number)
        lookup = self.lookup
        left = list(sort_by_rank(records))
        while True:
            waiting = [numbered for numbered in left if not self._is_built(numbered)]
            # No further record could be built, so the remaining ones wait for each other or for a
            # later span.
            if len(waiting) in (0, len(left)):
                break
            left = waiting
        # The records left wait for each other, and are now built in the order of the input. A
        # document among them that has faults must not keep its statements waiting.
        lookup.waiting.clear()
        for numbered in sorted(waiting, key=lambda numbered: numbered[0]):
            if not self._is_built(numbered):
                self.verdict.late.add(numbered[0])

    def _is_built(self, numbered: NumberedRecord) -> bool:
        """Build a record, unless it must wait for one with its id or for its document."""
        number, file, located = numbered
        given = given_id(located)
        before = self._claimants.get(given or "", [])
        if before and before[0] != number:
            if getattr(located.record, "text", None) is not None:
                self.lookup.waiting.add(str(given))
            return False
        try:
            self._build(number, file, located, given)
        except LaterError:
            return False
        if before:
            before.pop(0)
            self.lookup.waiting.discard(given or "")
        return True

    def _build(self, number: int, file: str, located: Located, given: str | None) -> None:
        if given is not None and self._is_repeated(number, given, located):
            return
        try:
            built = build_record(self.context, located, file)
            if given is None and self._has_come_before(number, built.id, located):
                return
            # A new statement without a label has no slot that a stored row could have, and most
            # records are like that.
            if built.has_label or not self._is_absent(built):
                raise_any(stored_conflicts(self.lookup, built))
        except ModelError as error:
            self._reject(number, error.faults)
        else:
            self._displace(number, given or built.id, located)
            self._first[given or built.id] = number
            if given is None:
                self._unnamed.add(number)
            self._located[number] = located
            self._register(number, built)

    def _has_come_before(self, number: int, id_: str, located: Located) -> bool:
        """Return whether *id_*, made for a record that gives none, came before."""
        if self._is_repeated(number, id_, located):
            return True
        if self.lookup.stored.is_seen(id_):
            self.verdict.seen_before[number] = id_
            return True
        return False

    def _is_repeated(self, number: int, id_: str, located: Located) -> bool:
        """Return whether *id_* came before; reject the record if its content differs."""
        first = self._first.get(id_)
        if first is None:
            return False
        is_same = record_content(self._located[first].record) == record_content(located.record)
        if number < first and not is_same:
            return False  # see `_displace`
        self._repeats.setdefault(id_, []).append(number)
        self._located[number] = located
        if is_same:
            self.verdict.repeated[number] = first
        else:
            self._reject_second(number, id_, first)
        return True

    def _reject_second(self, number: int, id_: str, first: int) -> None:
        line = self._places[first][1]
        reason = f"{id_!r} is already used in line {line}, with other content"
        self._reject(number, [Fault("id", reason, "id")])

    def _displace(self, number: int, id_: str, located: Located) -> None:
        """Reject a later record that was built first and gives the id made for this one."""
        later = self._first.get(id_)
        if later is None:
            return
        # The earlier record wins, although its id was known only after it was built: the outcome
        # must not depend on the order of building.
        del self.verdict.built[later]
        self.lookup.texts.pop(id_, None)
        self._reject_second(later, id_, number)
        for each in self._repeats.get(id_, ()):
            self.verdict.repeated.pop(each, None)
            self.verdict.rejected.pop(each, None)
            if record_content(self._located[each].record) == record_content(located.record):
                self.verdict.repeated[each] = number
            else:
                self._reject_second(each, id_, number)

    def _rebuild_taken(self) -> None:
        """Rebuild the records that were built as if a taken id were free.

        An id made from a record's content is known only once the record is built, and rows of an
        earlier run of the same import were hidden until now.
        """
        stored = self.lookup.stored
        unnamed = {b.id: n for n, b in self.verdict.built.items() if n in self._unnamed}
        for id_ in self.rejected_ids.find(unnamed) if unnamed else ():
            self._set_aside(unnamed[id_], id_)
        known = stored.show(
            each.id
            for number, built in self.verdict.built.items()
            if number in self._unnamed or not self._is_new(built)
            for each in built.entities
            if not stored.is_surely_absent(each.id)
        )
        if not known:
            return
        stored.load(known)
        stored.load_about(id_ for id_ in known if _is_statement(stored.place(id_)))
        for number, built in list(self.verdict.built.items()):
            if not known.isdisjoint(each.id for each in built.entities):
                self._rebuild(number)

    def _is_absent(self, built: BuiltRecord) -> bool:
        """Return whether *built* is a new statement, which conflicts with no stored row."""
        is_statement = isinstance(built.entity, Statement)
        return is_statement and self.lookup.stored.place(built.id) is None

    def _is_new(self, built: BuiltRecord) -> bool:
        """Return whether nothing can have the ids of a record and its parts.

        Ids of parts are made from the id of their record, so a new record has new parts.
        """
        made = self.made
        return (
            made.are_free
            and self.lookup.stored.is_surely_absent(built.id)
            and not (made.given and any(part.id in made.given for part in built.parts))
        )

    def _rebuild(self, number: int) -> None:
        located, id_ = self._located[number], self.verdict.built[number].id
        if number in self._unnamed and self.lookup.stored.is_seen(id_):
            self._set_aside(number, id_)
            return
        del self.verdict.built[number]
        try:
            built = build_record(self.context, located, self._places[number][0])
            raise_any(stored_conflicts(self.lookup, built))
        except ModelError as error:
            self._reject(number, error.faults)
        else:
            self._register(number, built)

    def _set_aside(self, number: int, id_: str) -> None:
        """Set a record and its repeats aside, because the id made for it came earlier."""
        verdict = self.verdict
        del verdict.built[number]
        for each in (number, *self._repeats.get(id_, ())):
            verdict.rejected.pop(each, None)
            verdict.repeated.pop(each, None)
            verdict.rejected_ids.pop(each, None)
            verdict.seen_before[each] = id_

    def _register(self, number: int, built: BuiltRecord) -> None:
        """Let other records refer to *built*."""
        lookup = self.lookup
        self.verdict.built[number] = built
        if built.rubric is not None:
            lookup.add_rubric(built.rubric)
            return
        entity, entries = built.entity, lookup.entries
        kind = entity.kind if isinstance(entity, Statement | Source) else None
        for each in built.entities:
            known = entries.get(each.id)
            # The first record that defines an id keeps it; a rejected one gives it up.
            if known is None or known.record in self.verdict.rejected:
                entries[each.id] = SpanEntity(number, each.type, built.document, kind)
            kind = None
        if isinstance(entity, Document):
            lookup.texts[entity.id] = entity.text

    def _reject(self, number: int, faults: Sequence[Fault] | Iterable[Fault]) -> None:
        self.verdict.rejected[number] = rejection_from_faults(
            number, *self._places[number], list(faults)
        )


def _is_statement(place: Any) -> bool:  # noqa: ANN401  (a `StoredPlace`, or None)
    return place is not None and place.type == "statement"

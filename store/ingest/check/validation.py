"""Check records together: build an entity from each, and find the faults of the others."""

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
from store.ingest.build.entities import build
from store.ingest.record_ids import content_of, given_id, in_ranks, needs_of, own_ids, subjects_of
from store.ingest.report import rejected

from .lookup import Entry
from .references import Resolver
from .unique_slots import stored_clashes
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmap.formats.registry import Located
    from store.ingest.backlog.rejected_ids import RejectedIds
    from store.ingest.build.build_context import Assembly, Built
    from store.ingest.inputs import Numbered

    from .lookup import Lookup


@define
class Made:
    """What an import knows of ids as argmap makes them."""

    are_free: bool
    """True where nothing can have one but what a record of this import gives."""
    given: IdSet = field(factory=IdSet)
    """Those that records give."""


@define
class Validator:
    """Builds each record once, then settles what they say of each other."""

    lookup: Lookup
    assembly: Assembly
    rejected_ids: RejectedIds
    """What was rejected earlier in the import."""
    made: Made
    is_found: bool
    """True where it is known already what the database has of what the records need."""
    verdict: Verdict = field(factory=Verdict)
    _places: dict[int, tuple[str, int, Mapping[str, str]]] = field(factory=dict)
    _located: dict[int, Located] = field(factory=dict)
    _claimants: dict[str, list[int]] = field(factory=dict)
    """The numbers of the records that give an id and have not been looked at yet, in order."""
    _first: dict[str, int] = field(factory=dict)
    """The number of the first record under each id."""
    _unnamed: set[int] = field(factory=set)
    """Records that give no id."""
    _under: dict[str, list[int]] = field(factory=dict)
    """By id, the records after the first that have it."""

    def judge(self, records: Sequence[Numbered]) -> Verdict:
        """Return the verdict on *records*, which are in the order of the input."""
        sound = []
        for number, file, located in records:
            self._places[number] = (file, located.line, located.key_names)
            if located.faults:
                self._reject(number, located.faults)
            else:
                sound.append((number, file, located))
        self._look_up(sound)
        self._look_at_all(self._new(sound))
        self._look_again()
        verdict, refused = self.verdict, self.verdict.rejected
        verdict.built = {n: b for n, b in sorted(verdict.built.items()) if n not in refused}
        Resolver(self.lookup, verdict, self._places, self.rejected_ids).settle()
        return verdict

    def _look_up(self, records: Sequence[Numbered]) -> None:
        """Ask the database, by set, for all that *records* name."""
        lookup, stored = self.lookup, self.lookup.stored
        keyed = [(located, located.record) for _, _, located in records]
        self._find_aliases([located for located, _ in keyed if located.by_label])
        real = lookup.real_id
        own = {real(id_) for _, record in keyed for id_ in own_ids(record)}
        for id_ in own:
            if id_[:1] == MADE:
                self.made.given.add(id_)
        said: set[str] = set()
        if not self.is_found:
            said = {real(id_) for _, record in keyed for id_ in needs_of(record)}
        subjects = {real(id_) for _, record in keyed for id_ in subjects_of(record)}
        rated = (subjects_of(record) for _, record in keyed if isinstance(record, RatingRecord))
        about = {real(id_) for ids in rated for id_ in ids}
        stored.find(own | said | subjects)
        stored.load(own)
        stored.find_subjects(own | subjects)
        stored.find_labels(pair for _, record in keyed if (pair := self._label_of(record)))
        stored.load_about(about | {id_ for id_ in own if _is_statement(stored.place(id_))})

    def _find_aliases(self, records: Sequence[Located]) -> None:
        """Find the ids of what is known by its label."""
        lookup = self.lookup
        lookup.stored.find_labels(pair for x in records if (pair := self._label_of(x.record)))
        for located in records:
            pair, given = self._label_of(located.record), given_id(located)
            known = lookup.labelled(*pair) if pair else None
            if known is not None and given is not None and known != given:
                lookup.aliases[given] = known

    def _label_of(self, record: Any) -> tuple[str, str] | None:  # noqa: ANN401  (a record whose keys are looked at untyped)
        """Return the document and the label that *record* gives, if it gives one."""
        label = getattr(record, "label", None)
        if not label:
            return None
        place = self.lookup.stored.place(record.id) if record.id else None
        document = place.document if place else record.document
        return (document, label) if document else None

    def _new(self, records: list[Numbered]) -> list[Numbered]:
        """Return those of *records* whose ids no earlier part of the import has brought."""
        stored, real = self.lookup.stored, self.lookup.real_id
        given = [given_id(located) for _, _, located in records]
        taken = self.rejected_ids.among({real(id_) for id_ in given if id_ is not None})
        new = []
        for id_, numbered in zip(given, records, strict=True):
            if id_ is not None and (
                stored.is_seen(real(id_)) or real(id_) in taken or id_ in self.lookup.rubric_ids
            ):
                self.verdict.again[numbered[0]] = id_
            else:
                new.append(numbered)
        return new

    def _look_at_all(self, records: list[Numbered]) -> None:
        """Look at *records*: in ranks, and at those that must wait for others after them."""
        ids = [id_ for _, _, located in records if (id_ := given_id(located)) is not None]
        if len(set(ids)) < len(ids):
            for number, _, located in records:
                if (id_ := given_id(located)) is not None:
                    self._claimants.setdefault(id_, []).append(number)
        lookup = self.lookup
        left = list(in_ranks(records))
        while True:
            waiting = [numbered for numbered in left if not self._is_looked_at(numbered)]
            if len(waiting) in (0, len(left)):
                break
            left = waiting
        lookup.waiting.clear()
        for numbered in sorted(waiting, key=lambda numbered: numbered[0]):  # those in a circle
            if not self._is_looked_at(numbered):
                self.verdict.late.add(numbered[0])

    def _is_looked_at(self, numbered: Numbered) -> bool:
        """Look at a record, unless it has to wait for another one of its id or its document."""
        number, file, located = numbered
        given = given_id(located)
        before = self._claimants.get(given or "", [])
        if before and before[0] != number:
            if getattr(located.record, "text", None) is not None:
                self.lookup.waiting.add(str(given))
            return False
        try:
            self._look(number, file, located, given)
        except LaterError:
            return False
        if before:
            before.pop(0)
            self.lookup.waiting.discard(given or "")
        return True

    def _look(self, number: int, file: str, located: Located, given: str | None) -> None:
        if given is not None and self._is_repeated(number, given, located):
            return
        try:
            built = build(self.assembly, located, file)
            if given is None and self._has_come(number, built.id, located):
                return
            if built.has_label or not self._is_absent(built):
                raise_any(stored_clashes(self.lookup, built))
        except ModelError as error:
            self._reject(number, error.faults)
        else:
            self._displace(number, given or built.id, located)
            self._first[given or built.id] = number
            if given is None:
                self._unnamed.add(number)
            self._located[number] = located
            self._register(number, built)

    def _has_come(self, number: int, id_: str, located: Located) -> bool:
        """Tell whether *id_*, made for a record that gives none, came before."""
        if self._is_repeated(number, id_, located):
            return True
        if self.lookup.stored.is_seen(id_):
            self.verdict.again[number] = id_
            return True
        return False

    def _is_repeated(self, number: int, id_: str, located: Located) -> bool:
        """Tell whether *id_* came before; reject the record if it says other things."""
        first = self._first.get(id_)
        if first is None:
            return False
        is_same = content_of(self._located[first].record) == content_of(located.record)
        if number < first and not is_same:
            return False  # see `_displace`
        self._under.setdefault(id_, []).append(number)
        self._located[number] = located
        if is_same:
            self.verdict.repeated[number] = first
        else:
            self._reject_second(number, id_, first)
        return True

    def _reject_second(self, number: int, id_: str, first: int) -> None:
        line = self._places[first][1]
        reason = f"{id_!r} stands in line {line} already, with other content"
        self._reject(number, [Fault("id", reason, "id")])

    def _displace(self, number: int, id_: str, located: Located) -> None:
        """Reject the later record that was looked at first and gives an id made for this one."""
        later = self._first.get(id_)
        if later is None:
            return
        del self.verdict.built[later]
        self.lookup.texts.pop(id_, None)
        self._reject_second(later, id_, number)
        for each in self._under.get(id_, ()):
            self.verdict.repeated.pop(each, None)
            self.verdict.rejected.pop(each, None)
            if content_of(self._located[each].record) == content_of(located.record):
                self.verdict.repeated[each] = number
            else:
                self._reject_second(each, id_, number)

    def _look_again(self) -> None:
        """Build anew what was built as if an id were free that is not.

        An id that is made of a record's content is known only now, and what an earlier run
        of the same import has added was hidden so far.
        """
        stored = self.lookup.stored
        unnamed = {b.id: n for n, b in self.verdict.built.items() if n in self._unnamed}
        for id_ in self.rejected_ids.among(unnamed) if unnamed else ():
            self._come_again(unnamed[id_], id_)
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
                self._build_again(number)

    def _is_absent(self, built: Built) -> bool:
        """Tell whether the database has nothing that a statement or its parts could change."""
        is_statement = isinstance(built.entity, Statement)
        return is_statement and self.lookup.stored.place(built.id) is None

    def _is_new(self, built: Built) -> bool:
        """Tell whether nothing can have the ids of a record and its parts.

        The ids of parts are made of that of a record which nothing has.
        """
        made = self.made
        return (
            made.are_free
            and self.lookup.stored.is_surely_absent(built.id)
            and not (made.given and any(part.id in made.given for part in built.parts))
        )

    def _build_again(self, number: int) -> None:
        located, id_ = self._located[number], self.verdict.built[number].id
        if number in self._unnamed and self.lookup.stored.is_seen(id_):
            self._come_again(number, id_)
            return
        del self.verdict.built[number]
        try:
            built = build(self.assembly, located, self._places[number][0])
            raise_any(stored_clashes(self.lookup, built))
        except ModelError as error:
            self._reject(number, error.faults)
        else:
            self._register(number, built)

    def _come_again(self, number: int, id_: str) -> None:
        """Put a record aside, with those after it: *id_*, made for it, came earlier."""
        verdict = self.verdict
        del verdict.built[number]
        for each in (number, *self._under.get(id_, ())):
            verdict.rejected.pop(each, None)
            verdict.repeated.pop(each, None)
            verdict.rejected_ids.pop(each, None)
            verdict.again[each] = id_

    def _register(self, number: int, built: Built) -> None:
        """Let other records lean on what was *built*."""
        lookup = self.lookup
        self.verdict.built[number] = built
        if built.rubric is not None:
            lookup.add_rubric(built.rubric)
            return
        entity, entries = built.entity, lookup.entries
        kind = entity.kind if isinstance(entity, Statement | Source) else None
        for each in built.entities:
            known = entries.get(each.id)
            if known is None or known.record in self.verdict.rejected:
                entries[each.id] = Entry(number, each.type, built.document, kind)
            kind = None
        if isinstance(entity, Document):
            lookup.texts[entity.id] = entity.text

    def _reject(self, number: int, faults: Sequence[Fault] | Iterable[Fault]) -> None:
        self.verdict.rejected[number] = rejected(number, *self._places[number], list(faults))


def _is_statement(place: Any) -> bool:  # noqa: ANN401  (a `Place`, or None)
    return place is not None and place.type == "statement"

"""Resolve references between records, and assign the slots that only one can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized

from attrs import define, field

from argmap.model.faults import Fault
from argmap.model.rating import Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.records.ids import MADE
from store.ingest.report import rejection_from_faults
from store.rules.admiralty_reasons import NEEDS_REASON_IF_PERSON

from .unique_slots import VERBS, SlotRequest, question_key, slot_requests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.ingest.backlog.rejected_ids import RejectedIds
    from store.ingest.build.build_context import BuiltRecord, Reference
    from store.ingest.report import Rejection
    from store.rows.reading import StoredEntity

    from .lookup import Lookup
    from .verdict import Verdict

_HOLDERS: Final[dict[object, str]] = {
    "main": "SELECT id, id FROM statement WHERE document = ? AND main = 1",
    "kind": "SELECT id, label FROM statement WHERE main_item = ?",
    "letter": f"SELECT id, assessor FROM reliability WHERE source = ? AND {NEEDS_REASON_IF_PERSON}",
}
"""For rare slots, SQL for the id of the stored holder and its name in a fault."""

_OF_KIND: Final = ("kind", "letter")
"""Slots that depend on the kind of an entity."""


@define
class Resolver:
    """Rejects records for their references and slots until nothing changes."""

    lookup: Lookup
    verdict: Verdict
    places: Mapping[int, tuple[str, int, Mapping[str, str]]]
    rejected_ids: RejectedIds
    _requests: list[tuple[int, SlotRequest]] = field(factory=list)
    _main_items: dict[str, str | None] = field(factory=dict)
    """The main item of each statement that the records define, by the statement's id."""
    _replaced: dict[str, int] = field(factory=dict)
    _lost: dict[str, Rejection] = field(factory=dict)
    """Rejections of earlier records that these records refer to, by id."""
    _references: list[tuple[int, Reference, str]] = field(factory=list)
    """Every reference with its record's number and the stored id that it resolves to."""
    _is_any_missing: bool = False
    _depends_on_lost: set[int] = field(factory=set)
    _dependents: dict[int, list[int]] = field(factory=dict)
    """The numbers of the records that refer to a new record, by the latter's number."""

    def resolve(self) -> None:
        """Reject records whose references or slots conflict; drop them from the verdict."""
        shared = set[str]()
        for built in self.verdict.built.values():
            shared.update(part.id for part in built.parts if part.id[0] != MADE)
            shared.update([built.id] if built.id[0] == MADE else ())
            if isinstance(built.entity, Inference):
                shared.update(built.entity.premises)
        for number, built in self.verdict.built.items():
            if built.shorthands and self.lookup.stored.place(built.id):
                self._note_replaced(number, built)
            self._requests += [
                (number, request) for request in slot_requests(self.lookup, built, shared)
            ]
            if isinstance(built.entity, Statement):
                self._main_items[built.entity.id] = built.entity.main_item
        self._look_up()
        self._follow_references()
        self._settle_slots()
        self._reject_repeated()
        refused = self.verdict.rejected
        self.verdict.built = {n: b for n, b in self.verdict.built.items() if n not in refused}

    def _look_up(self) -> None:
        """Look up the targets of all references and the stored inferences in their way."""
        stored, entries, real = self.lookup.stored, self.lookup.entries, self.lookup.stored_id
        absent = dict[str, list[int]]()
        for number, built in self.verdict.built.items():
            for reference in built.references:
                id_ = real(reference.id)
                self._references.append((number, reference, id_))
                if id_ not in entries:
                    absent.setdefault(id_, []).append(number)
                elif stored.place(id_) is None:
                    self._dependents.setdefault(entries[id_].record, []).append(number)
        stored.find(absent)
        wanted = (request.key for _, request in self._requests if request.key[0] == "stance")
        stored.load_stances((str(key[1]), str(key[-1])) for key in wanted)
        lost = [id_ for id_ in absent if stored.place(id_) is None]
        self._lost = self.rejected_ids.find(lost) if lost else {}
        self._is_any_missing = len(lost) > len(self._lost)
        self._depends_on_lost = {number for id_ in self._lost for number in absent[id_]}

    def _note_replaced(self, number: int, built: BuiltRecord) -> None:
        """Note the inferences that a shorthand replaces, and those that target them."""
        stances = [stance for stance in STANCES if stance in built.shorthands]
        kept = {part.id for part in built.parts}
        replaced = [
            row.entity.id
            for row in (self.lookup.stored.about("inference", built.id) if stances else ())
            if row.shorthand
            and isinstance(row.entity, Inference)
            and row.entity.stance in stances
            and row.entity.id not in kept
        ]
        for id_ in replaced:
            self._replaced[id_] = number
            query = "SELECT id FROM inference WHERE conclusion_inference = ?"
            rows = self.lookup.stored.store.connection.execute(query, (id_,))
            # Removing an inference removes the undercuts on it too; the list grows while it is
            # gone through, so depth needs no recursion.
            replaced += (i for (i,) in rows if i not in kept and i not in self._replaced)

    def _is_replaced(self, id_: str) -> bool:
        number = self._replaced.get(id_)
        return number is not None and number not in self.verdict.rejected

    def _follow_references(self) -> None:
        """Reject records with a missing or unfit target, then those that need them."""
        if self._is_any_missing:
            self._reject_all(self._missing_faults)
        else:
            self._reject_dependents()
        of_kind = [request for request in self._requests if request[1].key[0] in _OF_KIND]
        before = -1
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            # A record that loses its request for another kind leaves its entity as it was, which
            # decides whether references to it are fit.
            self._settle(of_kind)
            self._reject_all(self._unfit_faults)

    def _reject_all(self, faults_of: Callable[[Reference, str], Sequence[Fault]]) -> None:
        lost = dict[int, list[Fault]]()
        for number, reference, id_ in self._references:
            faults = faults_of(reference, id_)
            if faults and number not in self.verdict.rejected:
                lost.setdefault(number, []).extend(faults)
        for number, faults in lost.items():
            self._reject(number, faults)
        self._reject_dependents()

    def _missing_faults(self, reference: Reference, id_: str) -> Sequence[Fault]:
        """Return the fault of a *reference* to an id that does not exist."""
        lookup = self.lookup
        if (
            id_ in lookup.entries
            or lookup.stored.place(id_) is not None
            or id_ in self._lost
            or id_ in lookup.elsewhere
        ):
            return ()
        return (self._absent_fault(reference, id_),)

    def _absent_fault(self, reference: Reference, id_: str) -> Fault:
        reason = f"there is no {' or '.join(reference.types)} {id_!r}"
        if not is_normalized("NFC", id_):
            reason += "; ids are in Unicode form NFC, and this one is not"
        return Fault(reference.path, reason, "reference")

    def _unfit_faults(self, reference: Reference, id_: str) -> Sequence[Fault]:
        """Return the fault of a *reference* to a wrong type, document or kind."""
        entry, place = self.lookup.entries.get(id_), self.lookup.stored.place(id_)
        if entry is not None and place is not None and entry.record in self.verdict.rejected:
            entry = None  # a rejected change leaves the stored entity as it is
        found = entry or place
        if self._replaced and self._is_replaced(id_):
            return (self._absent_fault(reference, id_),)
        if found is None:
            return ()
        type_ = found.type
        if type_ not in reference.types:
            reason = f"{id_!r} is a {type_}, not a {' or '.join(reference.types)}"
        elif (
            reference.document is not None
            and found.document != reference.document
            and type_ != "document"
        ):
            reason = f"{id_!r} is in document {found.document!r}, not in {reference.document!r}"
        elif found.kind is None or found.kind in reference.kinds:
            return ()
        elif reference.otherwise is not None:
            return (reference.otherwise,)
        elif type_ == "source":
            return ()
        else:
            reason = f"{id_!r} is of kind {found.kind}, not {' or '.join(reference.kinds)}"
        return (Fault(reference.path, reason, "reference"),)

    def _reject_dependents(self) -> None:
        """Reject the records that refer to rejected ones, level by level.

        A whole level is rejected before the records that refer to it, so that the reason does
        not depend on which records were validated together.
        """
        dependents = self._dependents
        new = list(self.verdict.rejected)
        doubtful = set(self._depends_on_lost)
        while new or doubtful:
            doubtful.update(n for number in new for n in dependents.get(number, ()))
            rejected = self.verdict.rejected
            faults = {
                number: fault
                for number in doubtful
                if number not in rejected and (fault := self._dependency_fault(number))
            }
            for number, fault in faults.items():
                self._reject(number, [fault])
            new, doubtful = list(faults), set()

    def _dependency_fault(self, number: int) -> Fault | None:
        """Return the fault of a record's first reference to a rejected record, if any."""
        lookup = self.lookup
        for reference in self.verdict.built[number].references:
            id_ = lookup.stored_id(reference.id)
            if lookup.stored.place(id_) is not None:
                continue
            entry = lookup.entries.get(id_)
            line = self._lost[id_].line if id_ in self._lost else None
            if entry is not None and entry.record in self.verdict.rejected:
                line = self.places[entry.record][1]
            if line is not None:
                reason = f"{reference.id!r} in line {line} was rejected"
                return Fault(reference.path, reason, "reference")
        return None

    def _settle_slots(self) -> None:
        """Give each slot to the first record that wants it, until nothing changes."""
        before = -1
        # A rejected record no longer changes a kind, frees its slot and takes its dependents
        # along, any of which can decide other records. Each round rejects at least one, so it
        # ends.
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            self._settle(self._requests)
            if len(self.verdict.rejected) > before:
                self._follow_references()

    def _settle(self, requests: Sequence[tuple[int, SlotRequest]]) -> None:
        """Reject the requests for a slot that is stored or requested earlier."""
        holders: dict[tuple[object, ...], str] = {}
        for number, request in requests:
            if number in self.verdict.rejected:
                continue
            if request.key not in holders:
                holders[request.key] = self._stored_holder(request) or request.holder
            if holders[request.key] != request.holder:
                self._reject(number, [request.fault(holders[request.key])])

    def _stored_holder(self, request: SlotRequest) -> str | None:
        """Return the stored holder of a slot, unless the records change or remove it."""
        name, *key = request.key
        stored = self.lookup.stored
        if name == "stance":
            found = stored.stances(tuple(map(str, key)))
            stances = [i.stance for i in found if not self._is_changed(i.id)]
            return VERBS[stances[0]] if stances else None
        if name == "label":
            return stored.id_with_label(str(key[0]), str(key[1]), by_us=True)
        if name in ("answers", "answer"):
            ours = (x.entity for x in stored.about("rating", str(key[0])) if stored.is_ours(x))
            same = [x for x in ours if isinstance(x, Rating) and question_key(x) == tuple(key)]
            holders = [x.id if name == "answers" else str(x.answer) for x in same]
            return holders[0] if holders else None
        if name == "id":
            row = stored.entity(str(key[0]))
            return None if row is None or not stored.is_ours(row) else _owner(row)
        query = _HOLDERS.get(name)
        rows = stored.store.connection.execute(query, key) if query else ()
        return next((str(shown) for id_, shown in rows if self._stays(request, id_)), None)

    def _stays(self, request: SlotRequest, id_: str) -> bool:
        """Return whether *id_*, the stored holder of the slot, still wants it."""
        if request.key[0] == "kind" and self._main_items.get(id_) == request.key[1]:
            return True  # it is redefined with the same main item
        return not self._is_changed(id_)

    def _is_changed(self, id_: str) -> bool:
        """Return whether an accepted record redefines or removes *id_*."""
        entry = self.lookup.entries.get(id_)
        is_said = entry is not None and entry.record not in self.verdict.rejected
        return is_said or self._is_replaced(id_)

    def _reject_repeated(self) -> None:
        """Reject records that repeat a rejected record, for the same reason."""
        refused = self.verdict.rejected
        for number, first in self.verdict.repeated.items():
            if first in refused:
                entry = refused[first]
                fault = Fault(entry.path, entry.reason, entry.kind)
                self._reject(number, [fault])

    def _reject(self, number: int, faults: Sequence[Fault]) -> None:
        if number in self.verdict.rejected:
            return
        self.verdict.rejected[number] = rejection_from_faults(number, *self.places[number], faults)
        if number in self.verdict.built:
            # Only a record without faults of its own keeps its id taken: one that cannot even be
            # built counts as absent.
            self.verdict.rejected_ids[number] = self.verdict.built[number].id


def _owner(row: StoredEntity) -> str:
    """Return the name, in a fault, of the holder of *row*'s id."""
    entity, owner = row.entity, row.entity.id
    if row.shorthand and isinstance(entity, Inference):
        owner = entity.premises[0]
    elif row.shorthand and isinstance(entity, Attribution):
        owner = entity.statement
    return f"{entity.type} of {owner}"

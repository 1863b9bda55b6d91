"""Resolve references between records, and decide who gets a place that only one can have."""

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
from store.ingest.report import rejected
from store.rules.admiralty_reasons import WAITING

from .unique_slots import VERBS, Claimed, claimed, question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.ingest.backlog.rejected_ids import RejectedIds
    from store.ingest.build.build_context import Built, Reference
    from store.ingest.report import Rejected
    from store.rows.writing import StoredEntity

    from .lookup import Lookup
    from .verdict import Verdict

_HOLDERS: Final[dict[object, str]] = {
    "main": "SELECT id, id FROM statement WHERE document = ? AND main = 1",
    "kind": "SELECT id, label FROM statement WHERE main_item = ?",
    "letter": f"SELECT id, assessor FROM reliability WHERE source = ? AND {WAITING}",
}
"""Who has a place in the database, and what that is called in a fault; few records ask."""

_OF_KIND: Final = ("kind", "letter")
"""Claims on being of another kind."""


@define
class Resolver:
    """Rejects records of a verdict for what they say of others, until all is settled."""

    lookup: Lookup
    verdict: Verdict
    places: Mapping[int, tuple[str, int, Mapping[str, str]]]
    rejected_ids: RejectedIds
    _claims: list[tuple[int, Claimed]] = field(factory=list)
    _main_items: dict[str, str | None] = field(factory=dict)
    """Of statements that the records say anew, by id, with it as it would be then."""
    _replaced: dict[str, int] = field(factory=dict)
    _lost: dict[str, Rejected] = field(factory=dict)
    """Why records came to nothing that others lean on, by id."""
    _references: list[tuple[int, Reference, str]] = field(factory=list)
    """All of them, each with its record's number and the id that it leads to."""
    _is_any_missing: bool = False
    _lean_on_lost: set[int] = field(factory=set)
    _dependents: dict[int, list[int]] = field(factory=dict)
    """By the number of a new record, those that refer to it."""

    def settle(self) -> None:
        """Reject what cannot stand beside the others and what is in the database."""
        shared = set[str]()
        for built in self.verdict.built.values():
            shared.update(part.id for part in built.parts if part.id[0] != MADE)
            shared.update([built.id] if built.id[0] == MADE else ())
            if isinstance(built.entity, Inference):
                shared.update(built.entity.premises)
        for number, built in self.verdict.built.items():
            if built.shorthands and self.lookup.stored.place(built.id):
                self._note_replaced(number, built)
            self._claims += [(number, claim) for claim in claimed(self.lookup, built, shared)]
            if isinstance(built.entity, Statement):
                self._main_items[built.entity.id] = built.entity.main_item
        self._look_up()
        self._follow_references()
        self._settle_claims()
        self._reject_repeated()
        refused = self.verdict.rejected
        self.verdict.built = {n: b for n, b in self.verdict.built.items() if n not in refused}

    def _look_up(self) -> None:
        """Find out what the references lead to."""
        stored, entries, real = self.lookup.stored, self.lookup.entries, self.lookup.real_id
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
        wanted = (claim.key for _, claim in self._claims if claim.key[0] == "stance")
        stored.load_stances((str(key[1]), str(key[-1])) for key in wanted)
        lost = [id_ for id_ in absent if stored.place(id_) is None]
        self._lost = self.rejected_ids.among(lost) if lost else {}
        self._is_any_missing = len(lost) > len(self._lost)
        self._lean_on_lost = {number for id_ in self._lost for number in absent[id_]}

    def _note_replaced(self, number: int, built: Built) -> None:
        """Note the inferences that go because a shorthand replaces them, and what targets them."""
        stances = [stance for stance in STANCES if stance in built.shorthands]
        kept = {part.id for part in built.parts}
        replaced = [
            landed.entity.id
            for landed in (self.lookup.stored.about("inference", built.id) if stances else ())
            if landed.shorthand
            and isinstance(landed.entity, Inference)
            and landed.entity.stance in stances
            and landed.entity.id not in kept
        ]
        for id_ in replaced:
            self._replaced[id_] = number
            query = "SELECT id FROM inference WHERE conclusion_inference = ?"
            rows = self.lookup.stored.store.db.conn.execute(query, (id_,))
            replaced += (i for (i,) in rows if i not in kept and i not in self._replaced)

    def _is_replaced(self, id_: str) -> bool:
        number = self._replaced.get(id_)
        return number is not None and number not in self.verdict.rejected

    def _follow_references(self) -> None:
        """Reject what leads nowhere, then what leads to something unfit, and what leans on that.

        Before it is asked what is unfit, it is settled what may become so.
        """
        if self._is_any_missing:
            self._reject_all(self._missing)
        else:
            self._reject_dependents()
        of_kind = [claim for claim in self._claims if claim[1].key[0] in _OF_KIND]
        before = -1
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            self._settle(of_kind)
            self._reject_all(self._unfit)

    def _reject_all(self, faults_of: Callable[[Reference, str], Sequence[Fault]]) -> None:
        lost = dict[int, list[Fault]]()
        for number, reference, id_ in self._references:
            faults = faults_of(reference, id_)
            if faults and number not in self.verdict.rejected:
                lost.setdefault(number, []).extend(faults)
        for number, faults in lost.items():
            self._reject(number, faults)
        self._reject_dependents()

    def _missing(self, reference: Reference, id_: str) -> Sequence[Fault]:
        """Return what is wrong with a *reference* to what never was."""
        lookup = self.lookup
        if (
            id_ in lookup.entries
            or lookup.stored.place(id_) is not None
            or id_ in self._lost
            or id_ in lookup.elsewhere
        ):
            return ()
        return (self._nothing(reference, id_),)

    def _nothing(self, reference: Reference, id_: str) -> Fault:
        reason = f"there is no {' or '.join(reference.types)} {id_!r}"
        if not is_normalized("NFC", id_):
            reason += "; it is not in Unicode form C, as ids are"
        return Fault(reference.path, reason, "reference")

    def _unfit(self, reference: Reference, id_: str) -> Sequence[Fault]:
        """Return what is wrong with a *reference* to something that is there."""
        entry, place = self.lookup.entries.get(id_), self.lookup.stored.place(id_)
        if entry is not None and place is not None and entry.record in self.verdict.rejected:
            entry = None  # a change that is rejected brings nothing
        found = entry or place
        if self._replaced and self._is_replaced(id_):
            return (self._nothing(reference, id_),)
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
        """Reject what leans on rejected records, and in turn what leans on that.

        All that leans on what is rejected so far comes before what leans on it in turn: the
        reason must not depend on which of them were judged together.
        """
        dependents = self._dependents
        new = list(self.verdict.rejected)
        doubtful = set(self._lean_on_lost)
        while new or doubtful:
            doubtful.update(n for number in new for n in dependents.get(number, ()))
            rejected = self.verdict.rejected
            faults = {
                number: fault
                for number in doubtful
                if number not in rejected and (fault := self._leans_on_rejected(number))
            }
            for number, fault in faults.items():
                self._reject(number, [fault])
            new, doubtful = list(faults), set()

    def _leans_on_rejected(self, number: int) -> Fault | None:
        """Return the fault of the first reference of a record to a rejected one."""
        lookup = self.lookup
        for reference in self.verdict.built[number].references:
            id_ = lookup.real_id(reference.id)
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

    def _settle_claims(self) -> None:
        """Give each place to the first record that wants it; reject the others, and so on."""
        before = -1
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            self._settle(self._claims)
            if len(self.verdict.rejected) > before:
                self._follow_references()

    def _settle(self, claims: Sequence[tuple[int, Claimed]]) -> None:
        """Reject those who claim what somebody else has, or has claimed before them."""
        holders: dict[tuple[object, ...], str] = {}
        for number, claim in claims:
            if number in self.verdict.rejected:
                continue
            if claim.key not in holders:
                holders[claim.key] = self._stored_holder(claim) or claim.holder
            if holders[claim.key] != claim.holder:
                self._reject(number, [claim.fault(holders[claim.key])])

    def _stored_holder(self, claim: Claimed) -> str | None:
        """Return who has the place in the database, unless the records say otherwise."""
        name, *key = claim.key
        stored = self.lookup.stored
        if name == "stance":
            found = stored.stances(tuple(map(str, key)))
            stances = [i.stance for i in found if not self._is_changed(i.id)]
            return VERBS[stances[0]] if stances else None
        if name == "label":
            return stored.labelled(str(key[0]), str(key[1]), by_us=True)
        if name in ("answers", "answer"):
            ours = (x.entity for x in stored.about("rating", str(key[0])) if stored.is_ours(x))
            same = [x for x in ours if isinstance(x, Rating) and question(x) == tuple(key)]
            holders = [x.id if name == "answers" else str(x.answer) for x in same]
            return holders[0] if holders else None
        if name == "id":
            landed = stored.entity(str(key[0]))
            return None if landed is None or not stored.is_ours(landed) else _owner(landed)
        query = _HOLDERS.get(name)
        rows = stored.store.db.conn.execute(query, key) if query else ()
        return next((str(shown) for id_, shown in rows if self._stays(claim, id_)), None)

    def _stays(self, claim: Claimed, id_: str) -> bool:
        """Tell whether *id_*, which has the place in the database, still wants it."""
        if claim.key[0] == "kind" and self._main_items.get(id_) == claim.key[1]:
            return True  # the records say anew what it is, and leave its main item alone
        return not self._is_changed(id_)

    def _is_changed(self, id_: str) -> bool:
        """Tell whether the records say anew what *id_* is, or remove it."""
        entry = self.lookup.entries.get(id_)
        is_said = entry is not None and entry.record not in self.verdict.rejected
        return is_said or self._is_replaced(id_)

    def _reject_repeated(self) -> None:
        """Reject what says again what a rejected record says."""
        refused = self.verdict.rejected
        for number, first in self.verdict.repeated.items():
            if first in refused:
                entry = refused[first]
                fault = Fault(entry.path, entry.reason, entry.kind)
                self._reject(number, [fault])

    def _reject(self, number: int, faults: Sequence[Fault]) -> None:
        if number in self.verdict.rejected:
            return
        self.verdict.rejected[number] = rejected(number, *self.places[number], faults)
        if number in self.verdict.built:
            self.verdict.rejected_ids[number] = self.verdict.built[number].id


def _owner(landed: StoredEntity) -> str:
    """Return what the place of an id is called that *landed* has."""
    entity, owner = landed.entity, landed.entity.id
    if landed.shorthand and isinstance(entity, Inference):
        owner = entity.premises[0]
    elif landed.shorthand and isinstance(entity, Attribution):
        owner = entity.statement
    return f"{entity.type} of {owner}"

"""The first pass of an import: which records land, and what is wrong with the others."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Final

import msgspec
from attrs import define, field, frozen
from msgspec import UNSET

from argmap.errors import ModelError
from argmap.model.fault import Fault, raise_any
from argmap.model.rating import Rating
from argmap.model.statement import Inference, Statement
from argmap.records.wire import DocumentRecord, RubricRecord

from .assembly import LaterError, Reference
from .building import build
from .loading import place_of
from .surroundings import Entry, labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argmap.formats import Located

    from .assembly import Assembly, Built
    from .surroundings import Around

MOST_REJECTED: Final = 1000
"""Rejected records that are listed; the rest are counted."""


@frozen
class Rejected:
    """One record that does not land, and why."""

    record: int
    """Its number in the file, from 0."""
    file: str
    line: int
    path: str
    reason: str
    kind: str


@define
class Verdict:
    """What the first pass found."""

    read: int = 0
    rejected: dict[int, Rejected] = field(factory=dict)
    """By the number of the record."""
    repeated: set[int] = field(factory=set)
    """Records that say again what an earlier one says."""
    labels: list[tuple[str, str]] = field(factory=list)
    """Documents and labels that accepted records give."""
    changed: list[tuple[str, int, str]] = field(factory=list)
    """File, line and words of what was taken loosely."""

    @property
    def reasons(self) -> dict[str, int]:
        """How many records were rejected for each kind of fault."""
        counts = Counter(rejected.kind for rejected in self.rejected.values())
        return dict(sorted(counts.items()))

    def listed(self) -> list[Rejected]:
        """Return the first of the rejected records, in the order of the input."""
        return [self.rejected[n] for n in sorted(self.rejected)[:MOST_REJECTED]]


@define
class Judge:
    """Looks at each record once, then at what they say of each other."""

    around: Around
    assembly: Assembly
    verdict: Verdict = field(factory=Verdict)
    _places: dict[int, tuple[str, int]] = field(factory=dict)
    _digests: dict[str, tuple[bytes, int]] = field(factory=dict)
    _id_of: dict[int, str] = field(factory=dict)
    _references: dict[int, list[Reference]] = field(factory=dict)
    _labels: dict[tuple[str, str], str] = field(factory=dict)
    _label_of: dict[int, tuple[str, str]] = field(factory=dict)
    _stances: dict[tuple[tuple[str, ...], str], tuple[str, str]] = field(factory=dict)
    _ratings: dict[tuple[str, ...], str] = field(factory=dict)
    _mains: dict[str, list[tuple[int, str, bool]]] = field(factory=dict)

    def judge(self, read: Callable[[], Iterator[tuple[str, Located]]]) -> Verdict:
        """Return the verdict on all records that *read* gives, each time anew."""
        later: set[int] = set()
        for number, (file, located) in enumerate(read()):
            self.verdict.read += 1
            self._places[number] = (file, located.line)
            if located.faults:
                self._reject(number, located.faults)
                continue
            self.around.see(located)
            try:
                self._look(number, located)
            except LaterError:
                later.add(number)
        self.around.is_whole = True
        if later:
            for number, (_, located) in enumerate(read()):
                if number in later:
                    self._look(number, located)
        self._follow_references()
        self._check_mains()
        gone = self.verdict.rejected
        self.verdict.labels = [place for n, place in self._label_of.items() if n not in gone]
        return self.verdict

    def _look(self, number: int, located: Located) -> None:
        given_id = _given_id(located)
        digest = msgspec.json.encode(located.record)
        if given_id is not None and self._is_seen(number, given_id, digest):
            return
        try:
            built = build(self.assembly, located)
            if located.by_label and given_id is not None and given_id != built.id:
                self.around.aliases[given_id] = built.id
            if given_id is None and self._is_seen(number, built.id, digest):
                return
            raise_any(self._clashes(built))
        except ModelError as error:
            self._forget(number, located)
            self._reject(number, error.faults)
        else:
            self._register(number, built)

    def _is_seen(self, number: int, id_: str, digest: bytes) -> bool:
        """Tell whether *id_* stood before; reject the record if it says other things."""
        seen = self._digests.get(id_)
        if seen is None or seen[1] == number:
            self._digests[id_] = (digest, number)
            self._id_of[number] = id_
            return False
        if seen[0] == digest:
            self.verdict.repeated.add(number)
        else:
            line = self._places[seen[1]][1]
            reason = f"{id_!r} stands in line {line} already, with other content"
            self._reject(number, [Fault("id", reason, "id")])
        return True

    def _forget(self, number: int, located: Located) -> None:
        """Let nothing lean on a record that is rejected: it is nowhere."""
        self._digests.pop(self._id_of.pop(number, ""), None)
        if isinstance(located.record, DocumentRecord):
            self.around.texts.pop(located.record.id, None)

    def _clashes(self, built: Built) -> Iterator[Fault]:
        """Yield what contradicts the database or an earlier record."""
        if isinstance(built.entity, Statement | Inference) and built.has_label:
            yield from self._label_clash(built.entity)
        steps = [e for e in (built.entity, *built.parts) if isinstance(e, Inference)]
        for step in steps:
            yield from self._stance_clash(step, built)
        for rating in (e for e in (built.entity, *built.parts) if isinstance(e, Rating)):
            yield from self._rating_clash(rating)

    def _label_clash(self, entity: Statement | Inference) -> Iterator[Fault]:
        key = (entity.document, entity.label)
        holder = self._labels.get(key) or labelled(self.around.store, *key)
        if holder is not None and holder != entity.id:
            yield Fault("label", f"{entity.label!r} is taken by {holder!r}", "label")

    def _stance_clash(self, step: Inference, built: Built) -> Iterator[Fault]:
        key = (step.premises, step.conclusion)
        holder = self._stances.get(key)
        if holder is None or holder[1] == step.id:
            holder = self._stored_stance(step, built)
        if holder is not None and holder[0] != step.stance:
            words = {"supports": "support", "opposes": "oppose"}
            reason = (
                f"the same premises {words[holder[0]]} that conclusion already,"
                f" in inference {holder[1]!r}"
            )
            yield Fault("stance", reason, "stance")

    def _stored_stance(self, step: Inference, built: Built) -> tuple[str, str] | None:
        query = (
            "SELECT i.stance, i.id FROM inference AS i JOIN premise AS p ON p.inference = i.id"
            " WHERE coalesce(i.conclusion_statement, i.conclusion_inference) = ?"
            " AND p.statement = ? AND i.stance <> ? AND i.id <> ?"
            " AND (SELECT json_group_array(statement) FROM (SELECT statement FROM premise"
            " WHERE inference = i.id ORDER BY statement)) = ?"
            " AND NOT (i.shorthand AND i.stance IN (SELECT value FROM json_each(?)))"
        )
        replaced = msgspec.json.encode(list(built.shorthands)).decode()
        premises = msgspec.json.encode(step.premises).decode()
        values = (step.conclusion, step.premises[0], step.stance, step.id, premises, replaced)
        row = self.around.store.db.conn.execute(query, values).fetchone()
        return None if row is None or row[1] in self._digests else (row[0], row[1])

    def _rating_clash(self, rating: Rating) -> Iterator[Fault]:
        key = (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)
        holder = self._ratings.get(key)
        if holder is None:
            query = (
                f"SELECT id FROM rating WHERE {rating.target_type} = ? AND rubric = ?"
                " AND version = ? AND criterion = ? AND assessor = ?"
            )
            row = self.around.store.db.conn.execute(query, key).fetchone()
            holder = row and row[0]
        if holder is not None and holder != rating.id:
            reason = (
                f"{rating.assessor} has answered {rating.criterion} here already, in {holder!r}"
            )
            yield Fault("criterion", reason, "id")

    def _register(self, number: int, built: Built) -> None:
        around, entity = self.around, built.entity
        if built.rubric is not None:
            around.add_rubric(built.rubric)
            return
        for each in (entity, *built.parts):
            assert each is not None  # noqa: S101  (only a rubric comes without an entity)
            kind = each.kind if isinstance(each, Statement) else None
            around.entries.setdefault(each.id, Entry(number, each.type, built.document, kind))
            if isinstance(each, Inference):
                self._stances[each.premises, each.conclusion] = (each.stance, each.id)
            if isinstance(each, Rating):
                key = (each.target, each.rubric, each.version, each.criterion, each.assessor)
                self._ratings[key] = each.id
        if isinstance(entity, Statement | Inference) and built.has_label:
            self._labels[entity.document, entity.label] = entity.id
            self._label_of[number] = (entity.document, entity.label)
        if isinstance(entity, Statement):
            self._mains.setdefault(entity.document, []).append((number, entity.id, entity.main))
        if built.references:
            self._references[number] = built.references
        file, line = self._places[number]
        self.verdict.changed += [(file, line, words) for words in built.changed]

    def _follow_references(self) -> None:
        """Reject what refers to nothing, and in turn what refers to that."""
        dependents: dict[int, list[tuple[int, Reference]]] = {}
        queue: deque[int] = deque(self.verdict.rejected)
        for number, references in self._references.items():
            faults = []
            for reference in references:
                entry = self._entry(reference.id)
                if entry and not self._is_stored(reference.id):
                    dependents.setdefault(entry.record, []).append((number, reference))
                faults += self._reference_fault(reference, entry)
            if faults:
                self._reject(number, faults)
                queue.append(number)
        while queue:
            gone = queue.popleft()
            for number, reference in dependents.get(gone, ()):
                if number not in self.verdict.rejected:
                    line = self._places[gone][1]
                    reason = f"{reference.id!r} in line {line} was rejected"
                    self._reject(number, [Fault(reference.path, reason, "reference")])
                    queue.append(number)

    def _reference_fault(self, reference: Reference, entry: Entry | None) -> list[Fault]:
        id_ = self.around.real_id(reference.id)
        place = (entry.type, entry.document) if entry else place_of(self.around.store, id_)
        if place is None:
            return [
                Fault(
                    reference.path,
                    f"there is no {' or '.join(reference.types)} {id_!r}",
                    "reference",
                )
            ]
        type_, document = place
        if type_ not in reference.types:
            wanted = " or ".join(reference.types)
            return [Fault(reference.path, f"{id_!r} is a {type_}, not a {wanted}", "reference")]
        if (
            reference.document is not None
            and type_ != "document"
            and document != reference.document
        ):
            reason = f"{id_!r} is in document {document!r}, not in {reference.document!r}"
            return [Fault(reference.path, reason, "reference")]
        kind = (entry.kind if entry else self._stored_kind(id_)) if type_ == "statement" else None
        if kind is not None and kind not in reference.kinds:
            wanted = " or ".join(reference.kinds)
            return [Fault(reference.path, f"{id_!r} is of kind {kind}, not {wanted}", "reference")]
        return []

    def _check_mains(self) -> None:
        """Reject the second main claim of a document, and what refers to it."""
        before = set(self.verdict.rejected)
        for document, said in self._mains.items():
            query = "SELECT id FROM statement WHERE document = ? AND main = 1"
            row = self.around.store.db.conn.execute(query, (document,)).fetchone()
            named = {id_ for number, id_, _ in said if number not in before}
            holder = row[0] if row and row[0] not in named else None
            for number, id_, main in said:
                if not main or number in before:
                    continue
                if holder is not None and holder != id_:
                    reason = f"{holder!r} is the main claim of {document!r} already"
                    self._reject(number, [Fault("main", reason, "main")])
                holder = holder or id_
        if len(self.verdict.rejected) > len(before):
            self._follow_references()

    def _entry(self, id_: str) -> Entry | None:
        return self.around.entries.get(self.around.real_id(id_))

    def _is_stored(self, id_: str) -> bool:
        return place_of(self.around.store, self.around.real_id(id_)) is not None

    def _stored_kind(self, id_: str) -> str | None:
        query = "SELECT kind FROM statement WHERE id = ?"
        row = self.around.store.db.conn.execute(query, (id_,)).fetchone()
        return None if row is None else str(row[0])

    def _reject(self, number: int, faults: Sequence[Fault]) -> None:
        if number in self.verdict.rejected:
            return
        file, line = self._places[number]
        first, *others = faults
        reason = "; ".join([first.reason, *map(str, others)])
        self.verdict.rejected[number] = Rejected(number, file, line, first.path, reason, first.kind)


def _given_id(located: Located) -> str | None:
    """Return the id that a record gives; a rubric's is no entity's."""
    record = located.record
    if isinstance(record, RubricRecord):
        return f"rubric {record.id} {record.version}"
    id_ = getattr(record, "id", UNSET)
    return id_ if isinstance(id_, str) else None

"""The first pass of an import: which records land, and what is wrong with the others."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.errors import ModelError
from argmap.model.fault import Fault, raise_any
from argmap.model.source import Source
from argmap.model.statement import Inference, Statement
from argmap.model.words import STANCES
from argmap.records.wire import DocumentRecord, RubricRecord
from argmap.text import normal_lines

from .assembly import LaterError, Reference
from .building import build
from .clashes import VERBS, Claimed, claimed, stored_clashes, stored_stances
from .letters import WAITING
from .loading import place_of
from .rejections import Rejected, rejected
from .surroundings import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from argmap.formats import Located
    from argmap.records.wire import Record

    from .assembly import Assembly, Built
    from .earlier import Earlier
    from .surroundings import Around

    Numbered = tuple[int, str, Located]
    """A record: its number in the input, from 0, its file's name, and what was found there."""

_HOLDERS: Final[dict[object, str]] = {
    "main": "SELECT id, id FROM statement WHERE document = ? AND main = 1",
    "kind": "SELECT id, label FROM statement WHERE main_item = ?",
    "letter": f"SELECT id, assessor FROM reliability WHERE source = ? AND {WAITING}",
}
"""Who has a place in the database, and what that is called in a fault."""


@define
class Verdict:
    """What the first pass found."""

    read: int = 0
    rejected: dict[int, Rejected] = field(factory=dict)
    """By the number of the record."""
    repeated: dict[int, int] = field(factory=dict)
    """Records that say again what an earlier one says, and that one."""
    labels: list[tuple[str, str]] = field(factory=list)
    """Documents and labels that accepted records give."""
    changed: list[tuple[str, int, str]] = field(factory=list)
    """File, line and words of what was taken loosely."""
    made: dict[int, str] = field(factory=dict)
    """The ids of accepted records that give none."""


@define
class Judge:
    """Looks at each record once, then at what they say of each other."""

    around: Around
    assembly: Assembly
    earlier: Earlier | None = None
    """What came in other spans of the same import."""
    verdict: Verdict = field(factory=Verdict)
    _later: set[int] = field(factory=set)
    """Records that have to wait until more has been seen."""
    _places: dict[int, tuple[str, int, Mapping[str, str]]] = field(factory=dict)
    _digests: dict[str, tuple[bytes, int]] = field(factory=dict)
    _id_of: dict[int, str] = field(factory=dict)
    _references: dict[int, list[Reference]] = field(factory=dict)
    _label_of: dict[int, tuple[str, str]] = field(factory=dict)
    _replaced: dict[str, int] = field(factory=dict)
    _claims: list[tuple[int, Claimed]] = field(factory=list)
    _main_items: dict[str, str | None] = field(factory=dict)
    """Of statements that the file says anew, by id, with it as it would be then."""

    def judge(self, read: Callable[[], Iterator[Numbered]]) -> Verdict:
        """Return the verdict on all records that *read* gives, each time anew."""
        for number, file, located in read():
            self.verdict.read += 1
            self._places[number] = (file, located.line, located.written)
            if located.faults:
                self._reject(number, located.faults)
                continue
            self.around.see(located)
            try:
                self._look(number, located)
            except LaterError:
                self._later.add(number)
        self._look_later(read)
        self._follow_references()
        self._settle_claims()
        self._reject_repeated()
        gone = self.verdict.rejected
        self.verdict.labels = [place for n, place in self._label_of.items() if n not in gone]
        self.verdict.made = {n: i for n, i in self.verdict.made.items() if n not in gone}
        return self.verdict

    def _look_later(self, read: Callable[[], Iterator[Numbered]]) -> None:
        """Look at the records that wait: once for their documents, once for what waited too."""
        self.around.is_read = True
        for is_whole in (False, True):
            self.around.is_whole = is_whole
            for number, _, located in read() if self._later else ():
                if number in self._later:
                    try:
                        self._look(number, located)
                    except LaterError:
                        continue
                    self._later.discard(number)

    def _look(self, number: int, located: Located) -> None:
        given = given_id(located)
        digest = content_of(located.record)
        if given is not None and self._is_seen(number, given, digest):
            return
        try:
            built = build(self.assembly, located, self._places[number][0])
            if located.by_label and given is not None and given != built.id:
                self.around.aliases[given] = built.id
            if given is None and self._came(number, built, digest, located):
                return
            raise_any(stored_clashes(self.around, built))
        except ModelError as error:
            self._forget(number, located)
            self._reject(number, error.faults)
        else:
            self._register(number, built)
            if given is None:
                self.verdict.made[number] = built.id

    def _is_seen(self, number: int, id_: str, digest: bytes) -> bool:
        """Tell whether *id_* stood before; reject the record if it says other things."""
        seen = self._digests.get(id_)
        if seen is None or seen[1] == number:
            self._digests[id_] = (digest, number)
            self._id_of[number] = id_
            return False
        if seen[0] == digest:
            self.verdict.repeated[number] = seen[1]
            return True
        if seen[1] in self._later and seen[1] < number:  # it may be rejected itself
            raise LaterError
        first, second = sorted((number, seen[1]))
        line = self._places[first][1]
        reason = f"{id_!r} stands in line {line} already, with other content"
        self._reject(second, [Fault("id", reason, "id")])
        if second == number:
            return True
        self._digests[id_] = (digest, number)  # it had to wait, and comes before the other
        self._id_of[number] = id_
        return False

    def _came(self, number: int, built: Built, digest: bytes, located: Located) -> bool:
        """Tell whether the same id was made for an earlier record; reject one that differs."""
        id_ = built.id
        if self.earlier is None or not self.earlier.among({id_}):
            return self._is_seen(number, id_, digest)
        assert located.record is not None  # noqa: S101  (it was built)
        if self.earlier.said(id_, located.record) or self._stands(built):
            self.verdict.repeated[number] = number
        else:
            reason = f"{id_!r} stands in an earlier line already, with other content"
            self._reject(number, [Fault("id", reason, "id")])
        return True

    def _stands(self, built: Built) -> bool:
        """Tell whether the database has what a record comes to."""
        around = self.around
        return all(x and x == around.existing(x.type, x.id) for x in (built.entity, *built.parts))

    def _forget(self, number: int, located: Located) -> None:
        """Let nothing lean on a record that is rejected: it is nowhere."""
        self._digests.pop(self._id_of.pop(number, ""), None)
        if isinstance(located.record, DocumentRecord):
            self.around.texts.pop(located.record.id, None)

    def _register(self, number: int, built: Built) -> None:
        around, entity = self.around, built.entity
        if built.rubric is not None:
            around.add_rubric(built.rubric)
            return
        for each in (entity, *built.parts):
            assert each is not None  # noqa: S101  (only a rubric comes without an entity)
            kind = each.kind if isinstance(each, Statement | Source) else None
            known = around.entries.get(each.id)
            if known is None or known.record in self.verdict.rejected:
                around.entries[each.id] = Entry(number, each.type, built.document, kind)
        self._note_replaced(number, built)
        self._claims += ((number, claim) for claim in claimed(built))
        if isinstance(entity, Statement):
            self._main_items[entity.id] = entity.main_item
        if isinstance(entity, Statement | Inference) and built.has_label:
            self._label_of[number] = (entity.document, entity.label)
        if built.references:
            self._references[number] = built.references
        file, line, _ = self._places[number]
        self.verdict.changed += [(file, line, words) for words in built.changed]

    def _note_replaced(self, number: int, built: Built) -> None:
        """Note the inferences that go because a shorthand replaces them, and what targets them."""
        stances = [stance for stance in STANCES if stance in built.shorthands]
        kept = {part.id for part in built.parts}
        for stance in stances:
            query = (
                "WITH RECURSIVE gone (id, is_first) AS ("
                " SELECT i.id, 1 FROM inference AS i JOIN premise AS p ON p.inference = i.id"
                " WHERE i.shorthand AND i.stance = ? AND p.statement = ?"
                " UNION SELECT i.id, 0 FROM gone JOIN inference AS i"
                " ON i.conclusion_inference = gone.id"
                ") SELECT id, is_first FROM gone"
            )
            rows = self.around.store.db.conn.execute(query, (stance, built.id)).fetchall()
            if any(is_first and id_ not in kept for id_, is_first in rows):
                self._replaced |= {id_: number for id_, _ in rows if id_ not in kept}

    def _is_replaced(self, id_: str) -> bool:
        number = self._replaced.get(id_)
        return number is not None and number not in self.verdict.rejected

    def _follow_references(self) -> None:
        """Reject what refers to nothing, and in turn what leans on that, until all is settled."""
        before = -1
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            self._follow_once()

    def _follow_once(self) -> None:
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
        if place is None or self._is_replaced(id_):
            reason = f"there is no {' or '.join(reference.types)} {id_!r}"
            if not is_normalized("NFC", id_):
                reason += "; it is not in Unicode form C, as ids are"
            return [Fault(reference.path, reason, "reference")]
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
        if type_ == "source" and reference.otherwise is None:
            return []
        kind = entry.kind if entry else self._stored_kind(type_, id_)
        if kind is not None and kind not in reference.kinds:
            if reference.otherwise is not None:
                return [reference.otherwise]
            wanted = " or ".join(reference.kinds)
            return [Fault(reference.path, f"{id_!r} is of kind {kind}, not {wanted}", "reference")]
        return []

    def _settle_claims(self) -> None:
        """Give each place to the first record that wants it; reject the others, and so on."""
        before = -1
        while before < len(self.verdict.rejected):
            before = len(self.verdict.rejected)
            holders: dict[tuple[object, ...], str] = {}
            for number, claim in sorted(self._claims, key=lambda pair: pair[0]):
                if number in self.verdict.rejected:
                    continue
                if claim.key not in holders:
                    holders[claim.key] = self._stored_holder(claim) or claim.holder
                if holders[claim.key] != claim.holder:
                    self._reject(number, [claim.fault(holders[claim.key])])
            if len(self.verdict.rejected) > before:
                self._follow_references()

    def _stored_holder(self, claim: Claimed) -> str | None:
        """Return who has the place in the database, unless the file says otherwise."""
        if claim.key[0] == "stance":
            *premises, conclusion = map(str, claim.key[1:])
            found = stored_stances(self.around, premises, conclusion)
            stances = [x.entity.stance for x in found if not self._is_changed(x.entity.id)]  # type: ignore[union-attr]  # all are inferences
            return VERBS[stances[0]] if stances else None
        query = _HOLDERS.get(claim.key[0])
        rows = self.around.store.db.conn.execute(query, claim.key[1:]) if query else ()
        return next((str(shown) for id_, shown in rows if self._stays(claim, id_)), None)

    def _stays(self, claim: Claimed, id_: str) -> bool:
        """Tell whether *id_*, which has the place in the database, still wants it."""
        if claim.key[0] == "kind" and self._main_items.get(id_) == claim.key[1]:
            return True  # the file says anew what it is, and leaves its main item alone
        return not self._is_changed(id_)

    def _is_changed(self, id_: str) -> bool:
        """Tell whether the file says anew what *id_* is, or removes it."""
        entry = self.around.entries.get(id_)
        is_said = entry is not None and entry.record not in self.verdict.rejected
        return is_said or self._is_replaced(id_)

    def _reject_repeated(self) -> None:
        """Reject what says again what a rejected record says."""
        gone = self.verdict.rejected
        for number, first in self.verdict.repeated.items():
            if first in gone:
                fault = Fault(gone[first].path, gone[first].reason, gone[first].kind)
                self._reject(number, [fault])

    def _entry(self, id_: str) -> Entry | None:
        """Return what the file brings under *id_*; a rejected change brings nothing."""
        entry = self.around.entries.get(self.around.real_id(id_))
        if entry and entry.record in self.verdict.rejected and self._is_stored(id_):
            return None
        return entry

    def _is_stored(self, id_: str) -> bool:
        return place_of(self.around.store, self.around.real_id(id_)) is not None

    def _stored_kind(self, type_: str, id_: str) -> str | None:
        if type_ not in ("statement", "source"):
            return None
        query = f"SELECT kind FROM {type_} WHERE id = ?"
        row = self.around.store.db.conn.execute(query, (id_,)).fetchone()
        return None if row is None else str(row[0])

    def _reject(self, number: int, faults: Sequence[Fault]) -> None:
        if number in self.verdict.rejected:
            return
        self.verdict.rejected[number] = rejected(number, *self._places[number], faults)


def given_id(located: Located) -> str | None:
    """Return the id that a record gives; a rubric's is no entity's."""
    record = located.record
    if isinstance(record, RubricRecord):
        return f"rubric {record.id} {record.version}"
    id_ = getattr(record, "id", UNSET)
    return id_ if isinstance(id_, str) else None


def content_of(record: Record | None) -> bytes:
    """Return what *record* says; texts that are stored alike say the same."""
    if isinstance(record, DocumentRecord) and isinstance(record.text, str):
        record = msgspec.structs.replace(record, text=normal_lines(record.text))
    return msgspec.json.encode(record)

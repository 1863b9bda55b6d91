"""Plan a merge: which entities of the other database are new, equal, or in conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final, Generic, TypeVar
from unicodedata import normalize

from attrs import define, field, frozen

from argmap.model.document import Document
from argmap.model.older_rows import importable
from argmap.model.rating import Rating, Reliability, reason_fault
from argmap.model.source import Source
from argmap.model.statement import Inference, Statement
from argmap.records.encode import (
    entity_from_record,
    json_text,
    record_from_entity,
    record_from_rubric,
)
from argmap.records.rubric import rubric_hash
from argmap.rubrics import shipped_rubrics
from store.database.sqlite_errors import as_store_error
from store.queries.near_duplicates import nearest_text
from store.rows.known_rubrics import rubrics
from store.rows.reading import stored_entity
from store.rows.tables import TABLES
from store.rules.labels import find_by_label

from .differences import Difference, EntityPair, difference, pairs
from .reconciliation import reconcile

if TYPE_CHECKING:
    from argmap.model.map import Entity
    from store.database.store import Store

    from .reconciliation import Reconciliation

_MOST_COMPARED: Final = 200
"""New documents whose words are looked for here: a hint must not take longer than the merge."""

T = TypeVar("T")
Content = dict[str, Any]

LACKS: Final = "is missing: "
"""What the fault of a letter without a reason begins with, and a conflict need not say."""

MOST_LISTED: Final = 1000
"""Things of one kind that an account lists; the rest are counted."""


@frozen
class UnmergedEntity:
    """Something that could not come, because of what it refers to."""

    id: str
    type: str
    label: str | None
    reason: str


@frozen
class Relabelled:
    """A statement or an inference that has another label here, and keeps it."""

    id: str
    type: str
    document: str
    theirs: str
    mine: str | None
    """None while it has not landed."""


@frozen
class MergeUpdate:
    """A line that changes what mine has."""

    taken: Difference | None = None
    """What it takes from theirs; None where it only makes room for that."""
    left: Difference | None = None
    """What is otherwise in theirs all the same."""


@define
class CappedList(Generic[T]):
    """The first things of one kind, and how many there are."""

    first: list[T] = field(factory=list)
    total: int = 0

    def add(self, item: T) -> None:
        """Count *item*, and list it if it is one of the first."""
        self.total += 1
        if len(self.first) < MOST_LISTED:
            self.first.append(item)


@define
class MergePlanner:
    """Writes what is to land as lines of records, and lists what is not."""

    mine: Store
    theirs: Store
    prefers_theirs: bool
    out: BinaryIO
    read: int = 0
    unchanged: int = 0
    sent: int = 0
    conflicts: CappedList[Difference] = field(factory=CappedList)
    kept_out: CappedList[UnmergedEntity] = field(factory=CappedList)
    relabelled: CappedList[Relabelled] = field(factory=CappedList)
    updates: dict[int, MergeUpdate] = field(factory=dict)
    """By the number of the line that changes mine."""
    new_sources: set[str] = field(factory=set)
    same_texts: list[tuple[str, str]] = field(factory=list)
    """Ids of documents that have one text: theirs, and mine."""
    _shut: dict[str, str] = field(factory=dict)
    """For documents and rubrics that cannot come the reason why what is in them cannot."""
    _here: dict[str, bool] = field(factory=dict)
    _compared: int = 0

    def sort(self) -> None:
        """Look at everything in their database once.

        Raises:
            ModelError: a row of theirs breaks a rule.
            StoreError: a database cannot be read.
        """
        self._sort_rubrics()
        for type_ in TABLES:
            for pair in pairs(self.mine, self.theirs, type_):
                with as_store_error(self.mine.path):
                    self._sort_one(pair)

    def _sort_rubrics(self) -> None:
        with as_store_error(self.mine.path):
            known = rubrics(self.mine)
        for key, theirs in rubrics(self.theirs).items():
            if theirs in shipped_rubrics():
                continue
            self.read += 1
            record, mine = record_from_rubric(theirs), known.get(key)
            if mine is None:
                self._send(record)
            elif rubric_hash(mine) == rubric_hash(theirs):
                self.unchanged += 1
            else:
                name = " ".join(key)
                self._shut[name] = f"rubric {name} has other content here"
                same = {"id": name}
                record, own = record | same, record_from_rubric(mine) | same
                keys = [key for key in record | own if record.get(key) != own.get(key)]
                reason = "a rubric changes with a new version only"
                self.conflicts.add(difference(record, own, keys, reason))

    def _sort_one(self, pair: EntityPair) -> None:
        theirs, mine = importable(pair.theirs), pair.mine and (importable(pair.mine) or pair.mine)
        if theirs is None:  # it says nothing, and an export leaves it out too
            return
        self.read += 1
        if mine in (theirs, pair.theirs):
            self.unchanged += 1
        elif mine is not None:
            self._settle(record_from_entity(theirs), record_from_entity(mine))
        elif pair.other_type is not None:
            types = {"type": pair.other_type}, {"type": theirs.type}
            label, reason = getattr(theirs, "label", None), "one id cannot be of two types"
            self.conflicts.add(Difference(theirs.id, theirs.type, label, ("type",), *types, reason))
        elif shut := self._reason_to_stay(theirs):
            self.keep_out(record_from_entity(theirs), shut)
        elif isinstance(theirs, Rating) and (answer := self._same_question(theirs)):
            self._settle(record_from_entity(theirs), record_from_entity(answer))
        else:
            self._add(theirs)

    def keep_out(self, record: Content, reason: str) -> None:
        """List *record* as something that could not come."""
        self.kept_out.add(UnmergedEntity(record["id"], record["type"], record.get("label"), reason))

    def _reason_to_stay(self, theirs: Entity) -> str | None:
        if isinstance(theirs, Rating) and (shut := f"{theirs.rubric} {theirs.version}"):
            return self._shut.get(shut) or self._shut.get(theirs.document or "")
        document = theirs.document if isinstance(theirs, Statement | Inference) else ""
        return self._shut.get(document)

    def _same_question(self, theirs: Rating) -> Entity | None:
        """Return the answer of mine to the question that *theirs* answers under another id."""
        query = (
            f"SELECT id FROM rating WHERE {theirs.target_type} = ? AND rubric = ?"
            " AND version = ? AND criterion = ? AND assessor = ?"
        )
        question = (theirs.target, theirs.rubric, theirs.version, theirs.criterion, theirs.assessor)
        row = self.mine.db.conn.execute(query, question).fetchone()
        landed = stored_entity(self.mine, "rating", row[0]) if row else None
        return landed.entity if landed else None

    def _settle(self, theirs: Content, mine: Content) -> None:
        """Take what only theirs says; settle what differs by their side, if that is preferred."""
        if theirs.get("label") != mine.get("label"):  # labels are kept for life
            place = (theirs["document"], theirs["label"], mine["label"])
            self.relabelled.add(Relabelled(theirs["id"], theirs["type"], *place))
        if reason := self._reason_not_to_settle(theirs, mine):
            keys = [key for key in theirs | mine if theirs.get(key) != mine.get(key)]
            keys = [key for key in keys if key not in ("id", "label")]
            self.conflicts.add(difference(theirs, mine, keys, reason))
            return
        found = reconcile(mine, theirs, prefers_theirs=self.prefers_theirs)
        if theirs["type"] == "statement":
            self._settle_main(found, theirs, mine)
        left = None
        if found.conflicts:
            reason = self._reason_not_to_take(theirs, mine)
            left = difference(theirs, mine, found.conflicts, reason)
        taken = [*found.filled, *found.replaced]
        if taken:
            self.updates[self.sent] = MergeUpdate(difference(theirs, mine, taken), left)
            self._send({"type": mine["type"], "id": mine["id"], **found.update})
        elif left:
            self.conflicts.add(left)
        else:
            self.unchanged += 1

    def _reason_not_to_settle(self, theirs: Content, mine: Content) -> str | None:
        """Return why nothing of *theirs* can be taken."""
        if theirs["type"] == "document" and theirs["text"] != mine["text"]:
            self._shut[theirs["id"]] = f"document {theirs['id']!r} has another text here"
            is_spelling = normalize("NFC", theirs["text"]) == normalize("NFC", mine["text"])
            how = "; only the composition of its letters differs" if is_spelling else ""
            return f"the text of a document cannot change{how}"
        if theirs["type"] != "rating" and theirs.get("document") != mine.get("document"):
            return "it cannot move to another document"
        return None

    def _reason_not_to_take(self, theirs: Content, mine: Content) -> str | None:
        """Return why not even preferring theirs takes a letter that an older version stored."""
        if theirs["type"] != "reliability":
            return None
        after = reconcile(mine, theirs, prefers_theirs=True).update
        letter = entity_from_record(mine | after)
        source = stored_entity(self.mine, "source", mine["source"])
        if not isinstance(letter, Reliability) or source is None:
            return None
        assert isinstance(source.entity, Source)  # noqa: S101  (it was asked for)
        fault = reason_fault(letter, source.entity.kind)
        return fault.reason.removeprefix(LACKS) if fault else None

    def _settle_main(self, found: Reconciliation, theirs: Content, mine: Content) -> None:
        """Leave each document one main claim: mine, or theirs where that is preferred."""
        document, own = theirs["document"], _main_of(self.mine, theirs["document"])
        if "main" in found.filled and own not in (None, mine["id"]):
            if self.prefers_theirs:
                self._release_main(document, own)
            else:
                found.filled.remove("main")
                found.conflicts.append("main")
                del found.update["main"]
        is_moved = self.prefers_theirs and mine.get("main") and not theirs.get("main")
        if is_moved and "main" not in found.replaced and _main_of(self.theirs, document):
            found.replaced.append("main")
            found.update["main"] = False

    def _add(self, theirs: Entity) -> None:
        record = record_from_entity(theirs)
        if isinstance(theirs, Source):
            self.new_sources.add(theirs.id)
        elif isinstance(theirs, Document):
            self._note_same_texts(theirs)
        elif isinstance(theirs, Statement | Inference) and self._is_here(theirs.document):
            if find_by_label(self.mine, theirs.document, theirs.label) is not None:
                place = (theirs.document, record.pop("label"), None)
                self.relabelled.add(Relabelled(theirs.id, theirs.type, *place))
            if record.get("main"):
                self._fit_main(record, theirs.label)
        self._send(record)

    def _note_same_texts(self, theirs: Document) -> None:
        """Note documents of mine with the text of *theirs*, also where it is spelt otherwise."""
        query = "SELECT id FROM document WHERE sha256 = ?"
        rows = self.mine.db.conn.execute(query, (theirs.sha256,)).fetchall()
        same = [(theirs.id, id_) for (id_,) in rows]
        if not same and self._compared < _MOST_COMPARED:
            self._compared += 1
            near = nearest_text(self.mine, theirs.text)
            same = [(theirs.id, near.document)] if near and near.likeness == 1 else []
        self.same_texts += same

    def _fit_main(self, record: Content, label: str) -> None:
        """Let a new main claim of theirs be an ordinary one where mine is to stay."""
        document, own = record["document"], _main_of(self.mine, record["document"])
        if own is None:
            return
        if self.prefers_theirs:
            self._release_main(document, own)
        else:
            main = {"main": None}, {"main": record.pop("main")}
            self.conflicts.add(Difference(record["id"], "statement", label, ("main",), *main))

    def _release_main(self, document: str, own: str) -> None:
        """Let the main claim of mine be an ordinary one; `_settle_main` does where both have it."""
        query = "SELECT 1 FROM statement WHERE id = ? AND document = ?"
        if self.theirs.db.conn.execute(query, (own, document)).fetchone() is None:
            self.updates[self.sent] = MergeUpdate()
            self._send({"type": "statement", "id": own, "main": False})

    def _is_here(self, document: str) -> bool:
        if document not in self._here:
            query = "SELECT 1 FROM document WHERE id = ?"
            row = self.mine.db.conn.execute(query, (document,)).fetchone()
            self._here[document] = row is not None
        return self._here[document]

    def _send(self, record: Content) -> None:
        self.out.write(json_text(record).encode() + b"\n")
        self.sent += 1


def _main_of(store: Store, document: str) -> str | None:
    """Return the id of the main claim of *document*, if it has one."""
    query = "SELECT id FROM statement WHERE document = ? AND main = 1"
    row = store.db.conn.execute(query, (document,)).fetchone()
    return None if row is None else str(row[0])

"""Plan a merge: find the entities that are new, equal or in conflict."""

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
"""Maximum number of new documents that are compared with all others.

The comparison only gives a hint, and must not slow the merge down.
"""

T = TypeVar("T")
Content = dict[str, Any]

MISSING_PREFIX: Final = "is missing: "
"""The start of the fault of a letter without a reason; conflicts omit it."""

MOST_LISTED: Final = 1000
"""Maximum number of entries of one kind in a report; others are only counted."""


@frozen
class UnmergedEntity:
    """An entity that could not be merged, because of an entity that it refers to."""

    id: str
    type: str
    label: str | None
    reason: str


@frozen
class Relabelled:
    """A statement or an inference that has another label here than in their database."""

    id: str
    type: str
    document: str
    theirs: str
    mine: str | None
    """None until it is imported."""


@frozen
class MergeUpdate:
    """A record that changes an entity of this database."""

    taken: Difference | None = None
    """The values taken from the other database.

    None if the record only makes room for those of another record.
    """
    left: Difference | None = None
    """The values that still differ afterwards."""


@define
class CappedList(Generic[T]):
    """The first items of one kind, and the total number."""

    first: list[T] = field(factory=list)
    total: int = 0

    def add(self, item: T) -> None:
        """Count *item*, and list it if it is one of the first."""
        self.total += 1
        if len(self.first) < MOST_LISTED:
            self.first.append(item)


@define
class MergePlanner:
    """Writes the records to import, and lists conflicts and unmerged entities."""

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
    """By the number of the record that changes an entity here, from 0."""
    new_sources: set[str] = field(factory=set)
    same_texts: list[tuple[str, str]] = field(factory=list)
    """Ids of documents with the same text: theirs, and mine."""
    _shut: dict[str, str] = field(factory=dict)
    """Reasons why documents or rubrics, and therefore everything in them, cannot be merged."""
    _here: dict[str, bool] = field(factory=dict)
    _compared: int = 0

    def sort(self) -> None:
        """Compare everything in their database once.

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
                reason = "a rubric can only change with a new version"
                self.conflicts.add(difference(record, own, keys, reason))

    def _sort_one(self, pair: EntityPair) -> None:
        theirs, mine = importable(pair.theirs), pair.mine and (importable(pair.mine) or pair.mine)
        if theirs is None:  # it is empty, and exports leave it out too
            return
        self.read += 1
        if mine in (theirs, pair.theirs):
            self.unchanged += 1
        elif mine is not None:
            self._settle(record_from_entity(theirs), record_from_entity(mine))
        elif pair.other_type is not None:
            types = {"type": pair.other_type}, {"type": theirs.type}
            label, reason = getattr(theirs, "label", None), "one id cannot have two types"
            self.conflicts.add(Difference(theirs.id, theirs.type, label, ("type",), *types, reason))
        elif shut := self._reason_to_stay(theirs):
            self.add_unmerged(record_from_entity(theirs), shut)
        elif isinstance(theirs, Rating) and (answer := self._same_question(theirs)):
            self._settle(record_from_entity(theirs), record_from_entity(answer))
        else:
            self._add(theirs)

    def add_unmerged(self, record: Content, reason: str) -> None:
        """List *record* as one that could not be merged."""
        self.kept_out.add(UnmergedEntity(record["id"], record["type"], record.get("label"), reason))

    def _reason_to_stay(self, theirs: Entity) -> str | None:
        if isinstance(theirs, Rating) and (shut := f"{theirs.rubric} {theirs.version}"):
            return self._shut.get(shut) or self._shut.get(theirs.document or "")
        document = theirs.document if isinstance(theirs, Statement | Inference) else ""
        return self._shut.get(document)

    def _same_question(self, theirs: Rating) -> Entity | None:
        """Return the rating here that answers the question of *theirs* under another id."""
        query = (
            f"SELECT id FROM rating WHERE {theirs.target_type} = ? AND rubric = ?"
            " AND version = ? AND criterion = ? AND assessor = ?"
        )
        question = (theirs.target, theirs.rubric, theirs.version, theirs.criterion, theirs.assessor)
        row = self.mine.connection.execute(query, question).fetchone()
        stored = stored_entity(self.mine, "rating", row[0]) if row else None
        return stored.entity if stored else None

    def _settle(self, theirs: Content, mine: Content) -> None:
        """Take the values that only theirs has, and those that differ if theirs are preferred."""
        if theirs.get("label") != mine.get("label"):  # labels are kept for life
            place = (theirs["document"], theirs["label"], mine["label"])
            self.relabelled.add(Relabelled(theirs["id"], theirs["type"], *place))
        if reason := self._reason_not_to_settle(theirs, mine):
            keys = [key for key in theirs | mine if theirs.get(key) != mine.get(key)]
            keys = [key for key in keys if key not in ("id", "label")]
            self.conflicts.add(difference(theirs, mine, keys, reason))
            return
        result = reconcile(mine, theirs, prefers_theirs=self.prefers_theirs)
        if theirs["type"] == "statement":
            self._settle_main(result, theirs, mine)
        left = None
        if result.conflicts:
            reason = self._reason_not_to_take(theirs, mine)
            left = difference(theirs, mine, result.conflicts, reason)
        taken = [*result.filled, *result.replaced]
        if taken:
            self.updates[self.sent] = MergeUpdate(difference(theirs, mine, taken), left)
            self._send({"type": mine["type"], "id": mine["id"], **result.update})
        elif left:
            self.conflicts.add(left)
        else:
            self.unchanged += 1

    def _reason_not_to_settle(self, theirs: Content, mine: Content) -> str | None:
        """Return why no value of *theirs* can be taken."""
        if theirs["type"] == "document" and theirs["text"] != mine["text"]:
            self._shut[theirs["id"]] = f"document {theirs['id']!r} has another text here"
            is_spelling = normalize("NFC", theirs["text"]) == normalize("NFC", mine["text"])
            how = "; only its Unicode composition differs" if is_spelling else ""
            return f"the text of a document cannot change{how}"
        if theirs["type"] != "rating" and theirs.get("document") != mine.get("document"):
            return "it cannot move to another document"
        return None

    def _reason_not_to_take(self, theirs: Content, mine: Content) -> str | None:
        """Return why preferring theirs cannot take a letter that an older version stored."""
        if theirs["type"] != "reliability":
            return None
        after = reconcile(mine, theirs, prefers_theirs=True).update
        letter = entity_from_record(mine | after)
        source = stored_entity(self.mine, "source", mine["source"])
        if not isinstance(letter, Reliability) or source is None:
            return None
        assert isinstance(source.entity, Source)  # noqa: S101  (it was asked for)
        fault = reason_fault(letter, source.entity.kind)
        return fault.reason.removeprefix(MISSING_PREFIX) if fault else None

    def _settle_main(self, result: Reconciliation, theirs: Content, mine: Content) -> None:
        """Keep one main claim for each document: mine, or theirs if that is preferred."""
        document, own = theirs["document"], _main_of(self.mine, theirs["document"])
        if "main" in result.filled and own not in (None, mine["id"]):
            if self.prefers_theirs:
                self._release_main(document, own)
            else:
                result.filled.remove("main")
                result.conflicts.append("main")
                del result.update["main"]
        is_moved = self.prefers_theirs and mine.get("main") and not theirs.get("main")
        if is_moved and "main" not in result.replaced and _main_of(self.theirs, document):
            result.replaced.append("main")
            result.update["main"] = False

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
        """Note documents here with the text of *theirs* in any composition."""
        query = "SELECT id FROM document WHERE sha256 = ?"
        rows = self.mine.connection.execute(query, (theirs.sha256,)).fetchall()
        same = [(theirs.id, id_) for (id_,) in rows]
        if not same and self._compared < _MOST_COMPARED:
            self._compared += 1
            near = nearest_text(self.mine, theirs.text)
            same = [(theirs.id, near.document)] if near and near.likeness == 1 else []
        self.same_texts += same

    def _fit_main(self, record: Content, label: str) -> None:
        """Make a new main claim of theirs an ordinary one if mine is to stay."""
        document, own = record["document"], _main_of(self.mine, record["document"])
        if own is None:
            return
        if self.prefers_theirs:
            self._release_main(document, own)
        else:
            main = {"main": None}, {"main": record.pop("main")}
            self.conflicts.add(Difference(record["id"], "statement", label, ("main",), *main))

    def _release_main(self, document: str, own: str) -> None:
        """Make the main claim of mine an ordinary one, unless both have it."""
        query = "SELECT 1 FROM statement WHERE id = ? AND document = ?"
        if self.theirs.connection.execute(query, (own, document)).fetchone() is None:
            self.updates[self.sent] = MergeUpdate()
            self._send({"type": "statement", "id": own, "main": False})

    def _is_here(self, document: str) -> bool:
        if document not in self._here:
            query = "SELECT 1 FROM document WHERE id = ?"
            row = self.mine.connection.execute(query, (document,)).fetchone()
            self._here[document] = row is not None
        return self._here[document]

    def _send(self, record: Content) -> None:
        self.out.write(json_text(record).encode() + b"\n")
        self.sent += 1


def _main_of(store: Store, document: str) -> str | None:
    """Return the id of the main claim of *document*, if it has one."""
    query = "SELECT id FROM statement WHERE document = ? AND main = 1"
    row = store.connection.execute(query, (document,)).fetchone()
    return None if row is None else str(row[0])

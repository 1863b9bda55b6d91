"""Sort what another database holds: what lands, what is there, what conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final, Generic, TypeVar

from attrs import define, field, frozen

from argmap.model.document import Document
from argmap.model.rating import Rating
from argmap.model.source import Source
from argmap.model.statement import Inference, Statement
from argmap.records.rubric import rubric_hash
from argmap.records.writing import json_text, record_from_entity, record_from_rubric
from argmap.rubrics import shipped_rubrics

from .differences import Conflict, Pair, conflict_between, pairs
from .explaining import explained
from .loading import landed_entity, rubrics
from .rows import TABLES
from .surroundings import labelled

if TYPE_CHECKING:
    from argmap.model.map import Entity

    from .database import Store

T = TypeVar("T")
Content = dict[str, Any]

MOST_LISTED: Final = 1000
"""Things of one kind that an account lists; the rest are counted."""


@frozen
class KeptOut:
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


@define
class Listing(Generic[T]):
    """The first things of one kind, and how many there are."""

    first: list[T] = field(factory=list)
    total: int = 0

    def add(self, item: T) -> None:
        """Count *item*, and list it if it is one of the first."""
        self.total += 1
        if len(self.first) < MOST_LISTED:
            self.first.append(item)


@define
class Sorter:
    """Writes what is to land as lines of records, and lists what is not."""

    mine: Store
    theirs: Store
    prefers_theirs: bool
    out: BinaryIO
    read: int = 0
    unchanged: int = 0
    sent: int = 0
    conflicts: Listing[Conflict] = field(factory=Listing)
    kept_out: Listing[KeptOut] = field(factory=Listing)
    relabelled: Listing[Relabelled] = field(factory=Listing)
    updates: dict[int, Conflict | None] = field(factory=dict)
    """For the number of a line that changes mine the conflict that it ends, if any."""
    new_sources: set[str] = field(factory=set)
    same_texts: list[tuple[str, str]] = field(factory=list)
    """Ids of documents that have one text: theirs, and mine."""
    _shut: dict[str, str] = field(factory=dict)
    """For documents and rubrics that cannot come the reason why what is in them cannot."""
    _here: dict[str, bool] = field(factory=dict)
    _released: set[str] = field(factory=set)

    def sort(self) -> None:
        """Look at everything in their database once.

        Raises:
            ModelError: a row of theirs breaks a rule.
            StoreError: a database cannot be read.
        """
        self._sort_rubrics()
        for type_ in TABLES:
            for pair in pairs(self.mine, self.theirs, type_):
                self.read += 1
                with explained(self.mine.path):
                    self._sort_one(pair)

    def _sort_rubrics(self) -> None:
        with explained(self.mine.path):
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
                self.conflicts.add(conflict_between(record | same, record_from_rubric(mine) | same))

    def _sort_one(self, pair: Pair) -> None:
        theirs = pair.theirs
        if pair.mine == theirs:
            self.unchanged += 1
        elif pair.mine is not None:
            self._settle(record_from_entity(theirs), record_from_entity(pair.mine))
        elif pair.other_type is not None:
            types = {"type": pair.other_type}, {"type": theirs.type}
            label = getattr(theirs, "label", None)
            self.conflicts.add(Conflict(theirs.id, theirs.type, label, ("type",), *types))
        elif reason := self._reason_to_stay(theirs):
            self.keep_out(record_from_entity(theirs), reason)
        elif isinstance(theirs, Rating) and (mine := self._same_question(theirs)):
            self._settle(record_from_entity(theirs), record_from_entity(mine))
        else:
            self._add(theirs)

    def keep_out(self, record: Content, reason: str) -> None:
        """List *record* as something that could not come."""
        self.kept_out.add(KeptOut(record["id"], record["type"], record.get("label"), reason))

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
        landed = landed_entity(self.mine, "rating", row[0]) if row else None
        return landed.entity if landed else None

    def _settle(self, theirs: Content, mine: Content) -> None:
        """Settle what differs, if it does: by their side, if that is preferred and possible."""
        if theirs.get("label") != mine.get("label"):  # labels are kept for life
            place = (theirs["document"], theirs["label"], mine["label"])
            self.relabelled.add(Relabelled(theirs["id"], theirs["type"], *place))
            theirs |= {"label": mine["label"]}
        conflict = conflict_between(theirs, mine)
        if not conflict.keys:
            self.unchanged += 1
            return
        is_text = theirs["type"] == "document" and "text" in conflict.keys
        if is_text:
            self._shut[theirs["id"]] = f"document {theirs['id']!r} has another text here"
        if self.prefers_theirs and not is_text and "document" not in conflict.keys:
            if theirs.get("main"):
                self._release_main(theirs)
            self.updates[self.sent] = conflict
            self._send(dict.fromkeys(mine) | theirs | {"id": mine["id"]})
        else:
            self.conflicts.add(conflict)

    def _add(self, theirs: Entity) -> None:
        record = record_from_entity(theirs)
        if isinstance(theirs, Source):
            self.new_sources.add(theirs.id)
        elif isinstance(theirs, Document):
            query = "SELECT id FROM document WHERE sha256 = ?"
            rows = self.mine.db.conn.execute(query, (theirs.sha256,))
            self.same_texts += ((theirs.id, id_) for (id_,) in rows)
        elif isinstance(theirs, Statement | Inference) and self._is_here(theirs.document):
            if labelled(self.mine, theirs.document, theirs.label) is not None:
                place = (theirs.document, record.pop("label"), None)
                self.relabelled.add(Relabelled(theirs.id, theirs.type, *place))
            if record.get("main"):
                self._fit_main(record, theirs.label)
        self._send(record)

    def _fit_main(self, record: Content, label: str) -> None:
        """Let a new main claim of theirs be an ordinary one where mine is to stay."""
        if self.prefers_theirs:
            self._release_main(record)
        elif self._main_of(record["document"]) is not None:
            main = {"main": None}, {"main": record.pop("main")}
            self.conflicts.add(Conflict(record["id"], "statement", label, ("main",), *main))

    def _release_main(self, theirs: Content) -> None:
        """Let another main claim of mine be an ordinary one, unless their database says so."""
        document, main = theirs["document"], self._main_of(theirs["document"])
        if main is None or main == theirs["id"] or main in self._released:
            return
        self._released.add(main)
        query = "SELECT 1 FROM statement WHERE id = ? AND document = ?"
        if self.theirs.db.conn.execute(query, (main, document)).fetchone() is None:
            self.updates[self.sent] = None
            self._send({"type": "statement", "id": main, "main": False})

    def _main_of(self, document: str) -> str | None:
        query = "SELECT id FROM statement WHERE document = ? AND main = 1"
        row = self.mine.db.conn.execute(query, (document,)).fetchone()
        return None if row is None else str(row[0])

    def _is_here(self, document: str) -> bool:
        if document not in self._here:
            query = "SELECT 1 FROM document WHERE id = ?"
            row = self.mine.db.conn.execute(query, (document,)).fetchone()
            self._here[document] = row is not None
        return self._here[document]

    def _send(self, record: Content) -> None:
        self.out.write(json_text(record).encode() + b"\n")
        self.sent += 1

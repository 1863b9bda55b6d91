"""What a record can lean on: the database, and what came earlier in the file."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.errors import ModelError
from argmap.model.fault import Fault
from argmap.model.map import label_number
from argmap.model.words import LABEL_PREFIX
from argmap.records.wire import DocumentRecord
from argmap.text import normal_lines

from .assembly import LaterError
from .loading import landed_entity, place_of, rubrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argmap.formats import Located
    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric

    from .database import Store

_MOST_TEXTS: Final = 8
"""Texts of documents that are kept at hand."""


@define
class Entry:
    """One entity that the file brings."""

    record: int
    """The number of its record in the file, from 0."""
    type: str
    document: str | None
    kind: str | None = None
    """Of a statement or a source."""


@define
class Around:
    """The database and the file so far, as a builder asks for them."""

    store: Store
    entries: dict[str, Entry] = field(factory=dict)
    """What the file brings, by id."""
    texts: dict[str, str] = field(factory=dict)
    """The texts of the file's documents."""
    is_read: bool = False
    """True once everything in the file has been read; some records may wait still."""
    is_whole: bool = False
    """True once nothing waits for a document any more."""
    aliases: dict[str, str] = field(factory=dict)
    """For ids that a format worked out, those in the database."""
    labels: Labels | None = None
    """Gives labels while rows land; None while records are only checked."""
    brought: list[Rubric] = field(factory=list)
    """The rubrics of the file."""
    operation: int | None = None
    """The number of a long import, some of which is in the database already."""
    _rubrics: dict[tuple[str, str], Rubric] | None = None
    _recent: OrderedDict[str, str] = field(factory=OrderedDict)

    def see(self, located: Located) -> None:
        """Note what other records of the file may lean on."""
        record = located.record
        if isinstance(record, DocumentRecord) and isinstance(record.text, str):
            self.texts.setdefault(record.id, normal_lines(record.text))

    def existing(self, type_: str, id_: str) -> Entity | None:
        """Return the entity of *type_* called *id_*, as the database has it.

        Raises:
            ModelError: something of another type has that id.
        """
        place = place_of(self.store, id_)
        if place is None:
            return None
        if place[0] != type_:
            reason = f"{id_!r} is the id of a {place[0]} in the database"
            raise ModelError([Fault("id", reason, "id")])
        landed = landed_entity(self.store, type_, id_)
        return landed.entity if landed else None

    def text_of(self, document: str) -> str | None:
        """Return the text of *document*; None where there is no such document."""
        if document in self.texts:
            return self.texts[document]
        if document not in self._recent:
            query = "SELECT text FROM document WHERE id = ?"
            row = self.store.db.conn.execute(query, (document,)).fetchone()
            if row is None:
                self._unknown()
                return None
            self._recent[document] = row[0]
            if len(self._recent) > _MOST_TEXTS:
                self._recent.popitem(last=False)
        return self._recent[document]

    def document_of(self, statement: str) -> str | None:
        """Return the document of *statement*; None where there is no such statement."""
        entry = self.entries.get(statement)
        if entry and entry.type == "statement":
            return entry.document
        place = place_of(self.store, statement)
        if place is None or place[0] != "statement":
            self._unknown()
            return None
        return place[1]

    def rubrics(self) -> Iterable[Rubric]:
        """Return every rubric that is shipped, stored, or in the file so far."""
        if self._rubrics is None:
            self._rubrics = rubrics(self.store)
        return self._rubrics.values()

    def add_rubric(self, rubric: Rubric) -> None:
        """Note that the file brings *rubric*."""
        self.brought.append(rubric)
        self.rubrics()
        if self._rubrics is not None:
            self._rubrics.setdefault((rubric.id, rubric.version), rubric)

    def missing_rubric(self) -> None:
        """Say that the record has to wait, if more of the file is to come."""
        if not (self.is_read or self.is_whole):
            raise LaterError

    def real_id(self, id_: str) -> str:
        """Return what *id_* is called in the database."""
        return self.aliases.get(id_, id_)

    def label_for(self, id_: str, document: str, kind: str) -> str:
        """Return the label of a statement or inference that brings none."""
        return self.labels.next(id_, document, kind) if self.labels else "?"

    def labelled(self, document: str, label: str) -> str | None:
        """Return the id of what has *label* in the database."""
        return labelled(self.store, document, label)

    def _unknown(self) -> None:
        if not self.is_whole:
            raise LaterError


@define
class Labels:
    """Gives the next free label of a kind, past all that the database and the file use."""

    store: Store
    _last: dict[tuple[str, str], int] = field(factory=dict)
    _given: dict[str, str] = field(factory=dict)
    _reserved: dict[tuple[str, str], int] = field(factory=dict)

    def reserve(self, document: str, label: str) -> None:
        """Note a label that the file gives itself."""
        for prefix in LABEL_PREFIX.values():
            number = label_number(label, prefix)
            key = (document, prefix)
            self._reserved[key] = max(number, self._reserved.get(key, 0))

    def reserve_all(self, numbers: Mapping[tuple[str, str], int]) -> None:
        """Note the greatest *numbers* of labels that are given, by document and letter."""
        self._reserved.update(numbers)

    def next(self, id_: str, document: str, kind: str) -> str:
        """Return the label of *id_*: the same whenever it is asked for again."""
        if id_ not in self._given:
            self._given[id_] = self.number(document, kind)
        return self._given[id_]

    def number(self, document: str, kind: str) -> str:
        """Return the next free label of *kind*."""
        prefix = LABEL_PREFIX[kind]
        key = (document, prefix)
        last = self._last.get(key)
        if last is None:
            last = max(self._stored(document, prefix), self._reserved.get(key, 0))
        self._last[key] = last + 1
        return f"{prefix}{last + 1}"

    def forget(self) -> None:
        """Look again at what the database uses: somebody else may have written."""
        self._last.clear()

    def _stored(self, document: str, prefix: str) -> int:
        query = (
            "SELECT label FROM statement WHERE document = :d AND label GLOB :p"
            " UNION ALL SELECT label FROM inference WHERE document = :d AND label GLOB :p"
        )
        values = {"d": document, "p": f"{prefix}[0-9]*"}
        rows = self.store.db.conn.execute(query, values)
        return max((label_number(label, prefix) for (label,) in rows), default=0)


def labelled(store: Store, document: str, label: str) -> str | None:
    """Return the id of the statement or inference of *document* that has *label*."""
    query = (
        "SELECT id FROM statement WHERE document = :d AND label = :l"
        " UNION ALL SELECT id FROM inference WHERE document = :d AND label = :l"
    )
    row = store.db.conn.execute(query, {"d": document, "l": label}).fetchone()
    return None if row is None else str(row[0])

"""Look up ids, texts and labels in the database and in the records checked together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.errors import ModelError
from argmap.model.faults import Fault
from argmap.model.map import newest_rubric
from store.ingest.build.build_context import LaterError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric

    from .existing_rows import ExistingRows


@define
class Entry:
    """One entity that the span brings."""

    record: int
    """The number of its record in the input, from 0."""
    type: str
    document: str | None
    kind: str | None = None
    """Of a statement or a source."""


@define
class Lookup:
    """The database and the records that are judged together, as a builder asks for them."""

    stored: ExistingRows
    is_whole: bool
    """True where nothing more is to come that these records could need."""
    aliases: dict[str, str]
    """For ids that a format worked out, those in the database."""
    known_rubrics: dict[tuple[str, str], Rubric]
    """Every rubric that is shipped, stored, or came before."""
    rubric_ids: set[str]
    """The rubrics that came before, as `record_ids.given_id` names them."""
    entries: dict[str, Entry] = field(factory=dict)
    """What the records bring, by id."""
    texts: dict[str, str] = field(factory=dict)
    """The texts of documents among them."""
    elsewhere: Container[object] = ()
    """Ids that records bring which are judged later."""
    waiting: set[str] = field(factory=set)
    """Ids of documents among them that are still to be looked at."""
    _newest: dict[str, Rubric | None] = field(factory=dict)

    def existing(self, type_: str, id_: str) -> Entity | None:
        """Return the entity of *type_* called *id_*, as the database has it.

        Raises:
            ModelError: something of another type has that id.
        """
        place = self.stored.place(id_)
        if place is None:
            return None
        if place.type != type_:
            reason = f"{id_!r} is the id of a {place.type} in the database"
            raise ModelError([Fault("id", reason, "id")])
        landed = self.stored.entity(id_)
        return landed.entity if landed else None

    def text_of(self, document: str) -> str | None:
        """Return the text of *document*; None where there is no such document."""
        if document in self.texts:
            return self.texts[document]
        text = self.stored.text(document)
        if text is None and (document in self.waiting or not self.is_whole):
            raise LaterError
        return text

    def document_of(self, statement: str) -> str | None:
        """Return the document of *statement*; None where there is no such statement."""
        entry = self.entries.get(statement)
        if entry and entry.type == "statement":
            return entry.document
        place = self.stored.place(statement)
        if place is not None and place.type == "statement":
            return place.document
        if not self.is_whole:
            raise LaterError
        return None

    def rubrics(self) -> Iterable[Rubric]:
        """Return every rubric that is known."""
        return self.known_rubrics.values()

    def rubric(self, name: str, version: str | None) -> Rubric | None:
        """Return the rubric called *name* of that version, or the newest."""
        if version is not None:
            return self.known_rubrics.get((name, version))
        if name not in self._newest:
            self._newest[name] = newest_rubric(self.rubrics(), name)
        return self._newest[name]

    def add_rubric(self, rubric: Rubric) -> None:
        """Note that a record brings *rubric*."""
        self.known_rubrics.setdefault((rubric.id, rubric.version), rubric)
        self._newest.clear()

    def is_stored(self, id_: str) -> bool:
        """Tell whether the database has something called *id_*."""
        return self.stored.place(id_) is not None

    def real_id(self, id_: str) -> str:
        """Return what *id_* is called in the database."""
        return self.aliases.get(id_, id_) if self.aliases else id_

    def labelled(self, document: str, label: str) -> str | None:
        """Return the id of what had *label* in the database before this import."""
        return self.stored.labelled(document, label, by_us=False)

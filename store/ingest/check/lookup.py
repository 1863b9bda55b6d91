"""Look up ids, texts and labels in the database and in the records read so far."""

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
class SpanEntity:
    """An entity that a record of the span defines."""

    record: int
    """The number of its record in the input, from 0."""
    type: str
    document: str | None
    kind: str | None = None
    """The kind of a statement or a source; None for other types."""


@define
class Lookup:
    """The database and the records validated together, as a builder sees them."""

    stored: ExistingRows
    is_final: bool
    """True if no record that these records may need is still to come."""
    aliases: dict[str, str]
    """For each id that a format derived from a label, the stored id with that label."""
    known_rubrics: dict[tuple[str, str], Rubric]
    """Every rubric that is shipped, stored, or came earlier, by id and version."""
    rubric_ids: set[str]
    """The rubrics that came earlier in the input, as `given_id` names them."""
    entries: dict[str, SpanEntity] = field(factory=dict)
    """The entities that the records define, by id."""
    texts: dict[str, str] = field(factory=dict)
    """The texts of the documents that the records define, by id."""
    elsewhere: Container[object] = ()
    """Ids of records that are validated later."""
    waiting: set[str] = field(factory=set)
    """Ids of the records' documents that are not built yet."""
    _newest: dict[str, Rubric | None] = field(factory=dict)

    def find_entity(self, type_: str, id_: str) -> Entity | None:
        """Return the stored entity *id_* of *type_*; None if it is absent or not loaded.

        Raises:
            ModelError: the id belongs to an entity of another type.
        """
        place = self.stored.place(id_)
        if place is None:
            return None
        if place.type != type_:
            reason = f"{id_!r} is the id of a {place.type} in the database"
            raise ModelError([Fault("id", reason, "id")])
        row = self.stored.entity(id_)
        return row.entity if row else None

    def find_text(self, document: str) -> str | None:
        """Return the text of *document*; None if there is no such document.

        Raises:
            LaterError: the document may come later in the input.
        """
        if document in self.texts:
            return self.texts[document]
        text = self.stored.text(document)
        # Saying that there is no document is final for the record, so it must wait while one may
        # still come.
        if text is None and (document in self.waiting or not self.is_final):
            raise LaterError
        return text

    def find_document(self, statement: str) -> str | None:
        """Return the document of *statement*; None if there is no such statement.

        Raises:
            LaterError: the statement may come later in the input.
        """
        entry = self.entries.get(statement)
        if entry and entry.type == "statement":
            return entry.document
        place = self.stored.place(statement)
        if place is not None and place.type == "statement":
            return place.document
        if not self.is_final:
            raise LaterError
        return None

    def rubrics(self) -> Iterable[Rubric]:
        """Return every known rubric, in no order."""
        return self.known_rubrics.values()

    def rubric(self, name: str, version: str | None) -> Rubric | None:
        """Return the rubric *name* of *version*, or its newest version for None."""
        if version is not None:
            return self.known_rubrics.get((name, version))
        if name not in self._newest:
            self._newest[name] = newest_rubric(self.rubrics(), name)
        return self._newest[name]

    def add_rubric(self, rubric: Rubric) -> None:
        """Add *rubric*, which a record defines, unless its version is known."""
        self.known_rubrics.setdefault((rubric.id, rubric.version), rubric)
        self._newest.clear()

    def is_stored(self, id_: str) -> bool:
        """Return whether the database has an entity with the id *id_*."""
        return self.stored.place(id_) is not None

    def stored_id(self, id_: str) -> str:
        """Return the id that the database uses for *id_*, which may differ."""
        return self.aliases.get(id_, id_) if self.aliases else id_

    def id_with_label(self, document: str, label: str) -> str | None:
        """Return the id that had *label* in the database before this import, or None."""
        return self.stored.id_with_label(document, label, by_us=False)

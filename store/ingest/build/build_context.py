"""What building entities from records has in common, whatever their type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import asdict, define, field

from argmap.errors import ModelError
from argmap.model.faults import Fault
from argmap.model.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric
    from argmap.text.line_ends import LineEnds

    from .passages import Anchors
    from .source_texts import WrittenTexts

UNLABELLED: Final = "(no label yet)"
"""Stands for the label of what brings none, until it gets the next one of its kind.

It is known by its identity: a record may give the same words.
"""


class LaterError(Exception):
    """Something that the record needs may come later in the file."""


@define
class Reference:
    """An id that a record names, and what it must be the id of."""

    path: str
    id: str
    types: tuple[str, ...]
    document: str | None = None
    """The document that it must be in, if that matters."""
    kinds: tuple[str, ...] = KINDS
    """Of a statement, or of a source where `otherwise` is given, the kinds that will do."""
    otherwise: Fault | None = None
    """What is wrong where it is of another kind; None for a fault that names the kinds."""


@define
class Built:
    """What one record comes to."""

    id: str
    document: str | None
    """The document that it belongs to."""
    entity: Entity | None = None
    """None for a rubric."""
    rubric: Rubric | None = None
    parts: list[Entity] = field(factory=list)
    """What the shorthands of a statement make."""
    part_paths: list[str] = field(factory=list)
    """Where each of them is written, such as `ratings.fit` or `attribution[1]`."""
    shorthands: dict[str, str | None] = field(factory=dict)
    """The shorthands given; for `ratings` the assessor whose ratings they replace."""
    references: list[Reference] = field(factory=list)
    changed: list[str] = field(factory=list)
    """What was taken loosely, in words."""
    has_label: bool = False
    becomes_person: bool = False
    """True for a source that the database has as something else."""

    @property
    def entities(self) -> list[Entity]:
        """The entity and its parts; nothing for a rubric."""
        return self.parts if self.entity is None else [self.entity, *self.parts]

    @property
    def placed(self) -> list[tuple[str, Entity]]:
        """The entity and its parts, each with where it is written; nothing for the whole."""
        if self.entity is None:
            return []
        return [("", self.entity), *zip(self.part_paths, self.parts, strict=True)]


class BuildLookup(Protocol):
    """What a builder asks of the database and the rest of the file."""

    def existing(self, type_: str, id_: str) -> Entity | None:
        """Return the entity as the database has it, or raise ModelError for another type."""

    def text_of(self, document: str) -> str | None:
        """Return a document's text; None where there is no such document.

        Raises:
            LaterError: the document may come later in the file.
        """

    def document_of(self, statement: str) -> str | None:
        """Return the document of a statement; None or LaterError as `text_of`."""

    def rubrics(self) -> Iterable[Rubric]:
        """Return every rubric known so far."""

    def rubric(self, name: str, version: str | None) -> Rubric | None:
        """Return the rubric called *name* of that version, or the newest."""

    def is_stored(self, id_: str) -> bool:
        """Tell whether the database has something called *id_*."""

    def real_id(self, id_: str) -> str:
        """Return the id that stands for *id_* in the database."""

    def labelled(self, document: str, label: str) -> str | None:
        """Return the id of what has *label* in the database."""


@define
class Assembly:
    """What every record is built with."""

    lookup: BuildLookup
    assessor: str
    """Whose judgements are those that name nobody."""
    anchors: Anchors
    written: WrittenTexts
    file: str = ""
    """The name of the file whose record is being built."""

    def line_ends(self, document: str) -> LineEnds | None:
        """Return what the text of *document* loses that the same file brings, if it does."""
        return self.written.line_ends(self.file, document)


def merged(base: Entity | None, given: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    """Return the values of an entity: those *given*, else those of *base*."""
    values = {} if base is None else asdict(base, recurse=False)
    values |= given
    missing = [key for key in required if values.get("class_" if key == "class" else key) is None]
    if missing:
        names = ("class" if key == "class_" else key for key in missing)
        raise ModelError([Fault(key, "is missing", "missing") for key in names])
    return values


def same_document(base: Entity | None, given: dict[str, Any]) -> str:
    """Return the document of *base*, else the one *given*; empty where neither names one.

    Raises:
        ModelError: they differ.
    """
    document: str = getattr(base, "document", None) or given.get("document", "")
    if given.get("document", document) != document:
        reason = f"is {document!r} in the database, and cannot change"
        raise ModelError([Fault("document", reason, "id")])
    return document


def refuse_other_document(lookup: BuildLookup, base: Entity | None, statement: str) -> None:
    """Refuse to move what is said of a statement to one of another document.

    Raises:
        ModelError: *statement* is of another document than that of *base*.
    """
    old = getattr(base, "statement", None)
    if old is not None and old != statement:
        there, here = lookup.document_of(old), lookup.document_of(statement)
        if here is not None and there != here:
            reason = f"is in document {here!r}; this belongs to {there!r} in the database"
            raise ModelError([Fault("statement", reason, "id")])


def listed(value: Any) -> list[Any]:  # noqa: ANN401  (a value, a list of them, or None)
    """Return *value* as a list: itself, alone in one, or nothing for None."""
    return value if isinstance(value, list) else [] if value is None else [value]

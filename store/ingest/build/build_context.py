"""The context and the result of building an entity from a record of any type."""

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

    from .passages import PassageFinder
    from .source_texts import WrittenTexts

UNLABELLED: Final = "(no label yet)"
"""Placeholder for the label of a record that gives none, until one is assigned.

Compare it by identity: a record may give the same words as a label.
"""


class LaterError(Exception):
    """Raised if an entity that a record needs may come later in the input."""


@define
class Reference:
    """An id that a record refers to, with the conditions that its entity must meet."""

    path: str
    id: str
    types: tuple[str, ...]
    document: str | None = None
    """The document that the entity must belong to; None for any."""
    kinds: tuple[str, ...] = KINDS
    """The allowed kinds of a statement, or of a source if `otherwise` is given."""
    otherwise: Fault | None = None
    """The fault for any other kind; None for a fault that names the allowed kinds."""


@define
class BuiltRecord:
    """The entity or rubric built from one record, with its parts and references."""

    id: str
    document: str | None
    """The id of its document; None for a source, its Admiralty letter or a rubric."""
    entity: Entity | None = None
    """None for a rubric."""
    rubric: Rubric | None = None
    parts: list[Entity] = field(factory=list)
    """The entities that the shorthands of a statement make."""
    part_paths: list[str] = field(factory=list)
    """The path of each part in the record, such as `ratings.fit` or `attribution[1]`."""
    shorthands: dict[str, str | None] = field(factory=dict)
    """The given shorthands; for `ratings`, the assessor whose ratings they replace."""
    references: list[Reference] = field(factory=list)
    changed: list[str] = field(factory=list)
    """A description of each quote that was accepted as a near match."""
    has_label: bool = False
    becomes_person: bool = False
    """True for a person that the database has as another kind of source."""

    @property
    def entities(self) -> list[Entity]:
        """The entity and its parts; empty for a rubric."""
        return self.parts if self.entity is None else [self.entity, *self.parts]

    @property
    def placed(self) -> list[tuple[str, Entity]]:
        """The entity of the record, with an empty path, and its parts with their paths.

        Empty for a rubric.
        """
        if self.entity is None:
            return []
        return [("", self.entity), *zip(self.part_paths, self.parts, strict=True)]


class EntityLookup(Protocol):
    """The questions that a builder asks of the database and earlier records."""

    def find_entity(self, type_: str, id_: str) -> Entity | None:
        """Return the stored entity *id_* of *type_*, or None.

        Raises:
            ModelError: the id belongs to an entity of another type.
        """

    def find_text(self, document: str) -> str | None:
        """Return the text of *document*; None if there is no such document.

        Raises:
            LaterError: the document may come later in the input.
        """

    def find_document(self, statement: str) -> str | None:
        """Return the document of *statement*; None if there is no such statement.

        Raises:
            LaterError: the statement may come later in the input.
        """

    def rubrics(self) -> Iterable[Rubric]:
        """Return every rubric known so far, in no order."""

    def rubric(self, name: str, version: str | None) -> Rubric | None:
        """Return the rubric *name* of *version*, or its newest version for None."""

    def is_stored(self, id_: str) -> bool:
        """Return whether the database has an entity with the id *id_*."""

    def stored_id(self, id_: str) -> str:
        """Return the id that the database uses for *id_*, which may differ."""

    def id_with_label(self, document: str, label: str) -> str | None:
        """Return the id of the stored statement or inference labelled *label*, or None."""


@define
class BuildContext:
    """The lookup and settings with which every record is built."""

    lookup: EntityLookup
    assessor: str
    """The assessor of ratings and Admiralty codes whose record names none."""
    passage_finder: PassageFinder
    written: WrittenTexts
    file: str = ""
    """The name of the file of the record that is being built."""

    def line_ends(self, document: str) -> LineEnds | None:
        """Return the line ends that *document*'s text loses when stored, if any."""
        return self.written.line_ends(self.file, document)


def complete_values(
    base: Entity | None, given: dict[str, Any], required: Iterable[str]
) -> dict[str, Any]:
    """Return the values of an entity: *base*'s, overridden by *given*.

    Raises:
        ModelError: one of the *required* keys has no value.
    """
    values = {} if base is None else asdict(base, recurse=False)
    values |= given
    missing = [key for key in required if values.get("class_" if key == "class" else key) is None]
    if missing:
        names = ("class" if key == "class_" else key for key in missing)
        raise ModelError([Fault(key, "is missing", "missing") for key in names])
    return values


def resolve_document(base: Entity | None, given: dict[str, Any]) -> str:
    """Return the document of *base*, else the one in *given*, else an empty text.

    Raises:
        ModelError: both name a document, and they differ.
    """
    document: str = getattr(base, "document", None) or given.get("document", "")
    if given.get("document", document) != document:
        # The passages, labels and links of an entity all refer to its document.
        reason = f"is {document!r} in the database, and cannot change"
        raise ModelError([Fault("document", reason, "id")])
    return document


def refuse_other_document(lookup: EntityLookup, base: Entity | None, statement: str) -> None:
    """Refuse to move a rating or attribution to a statement of another document.

    Raises:
        ModelError: *statement* is in another document than *base*'s statement.
    """
    old = getattr(base, "statement", None)
    if old is not None and old != statement:
        old_document, new_document = lookup.find_document(old), lookup.find_document(statement)
        if new_document is not None and old_document != new_document:
            reason = (
                f"is in document {new_document!r}; this belongs to {old_document!r} in the database"
            )
            raise ModelError([Fault("statement", reason, "id")])


def as_list(value: Any) -> list[Any]:  # noqa: ANN401  (a value, a list of them, or None)
    """Return *value* if it is a list, [] for None, else a list of it alone."""
    return value if isinstance(value, list) else [] if value is None else [value]

"""The content of a Markdown file before it becomes records: by labels, with line numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from attrs import define, field

from argmap.errors import LineError

if TYPE_CHECKING:
    from .blocks import ListItem

Values = dict[str, Any]


@define
class StatementDraft:
    """A section of a statement."""

    line: int
    label: str
    kind: str
    text: str | None
    quotes: list[tuple[str, int | None, int | None]] = field(factory=list)
    """The words, start and end of each quotation; no offsets for one that was added by hand."""
    values: Values = field(factory=dict)
    main_item: tuple[int, str] | None = None
    """The line that names the main item, and its label."""
    id: str = ""


@define
class InferenceDraft:
    """An item among a statement's inferences."""

    line: int
    label: str | None
    premises: list[str]
    stance: str
    conclusion: str
    """The label of the conclusion; the premises are labels too."""
    values: Values = field(factory=dict)
    id: str = ""


@define
class SourceDraft:
    """A section of a source."""

    line: int
    number: str
    values: Values
    links: dict[str, list[str]] = field(factory=dict)
    """`derives_from` and `same_origin`, by the file's numbers of sources."""


@define
class AnnotationDraft:
    """An attribution, a rating, or an Admiralty letter or number, with its subject."""

    line: int
    type: str
    subject: tuple[str, str]
    """`statement` and its label, `source` and its number, or `document` and an empty string."""
    values: Values
    chain: list[str] = field(factory=list)
    """For an attribution, its sources by the file's numbers."""


@define
class Draft:
    """A whole file."""

    document: Values
    statements: list[StatementDraft] = field(factory=list)
    inferences: list[InferenceDraft] = field(factory=list)
    sources: list[SourceDraft] = field(factory=list)
    annotations: list[AnnotationDraft] = field(factory=list)
    rubrics: list[tuple[int, Values]] = field(factory=list)
    """The records of the rubrics, each with its line."""


def refuse(line: int, reason: str) -> NoReturn:
    """Refuse the whole file because of an error in *line*.

    Raises:
        LineError: always.
    """
    raise LineError(line, reason)


def refuse_item(item: ListItem, expected: str) -> NoReturn:
    """Refuse the file because *item* does not have the form *expected*."""
    refuse(item.line, f"expected {expected}")

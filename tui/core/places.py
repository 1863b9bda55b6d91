"""Where one can go from an open document: to other screens, and within its panes.

Whoever wants to go somewhere says it with one of these values. Only the screen, and for other
screens the app, knows which widget that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from argmap.text.sentences import Stretch

    from .followed_list import EntryList


@frozen
class LibraryPlace:
    """The list of all documents."""


@frozen
class SourcesPlace:
    """The sources of all documents."""

    source: str | None = None
    """The id of the source that the cursor is to be on; None for the first one."""


@frozen
class HistoryPlace:
    """What was done to the document."""


@frozen
class ExportPlace:
    """Writing the map to a file."""


@frozen
class RatingPlace:
    """The questions about one claim after another."""

    rubric: Rubric
    claim: str
    """The id of the claim to begin with."""
    criterion: str = ""
    """The id of the criterion to begin with; empty for what is open of the claim."""


@frozen
class HeatMapPlace:
    """All answers of one assessor."""

    rubric: Rubric
    assessor: str
    claim: str
    """The id of the claim that the cursor is to be on."""


@frozen
class ListPlace:
    """A list of findings, of origins, or of what falls."""

    listing: EntryList


ScreenPlace = (
    LibraryPlace
    | SourcesPlace
    | HistoryPlace
    | ExportPlace
    | RatingPlace
    | HeatMapPlace
    | ListPlace
)
"""Another screen."""


@frozen
class WholePane:
    """The pane called *name*: text, map or details."""

    name: str


@frozen
class TextPlace:
    """A stretch of the text."""

    stretch: Stretch


@frozen
class RowPlace:
    """A row of the map, by its number."""

    number: int


@frozen
class FieldPlace:
    """The words of a field in the details, to be edited."""

    statement: str
    """The id of the statement."""
    name: str
    typed: str | None = None
    """What was typed before somebody else changed the field."""


PanePlace = WholePane | TextPlace | RowPlace | FieldPlace
"""A place within the panes of the open document."""

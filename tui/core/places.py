"""Places where a verb can send the reader: other screens, or parts of the panes.

A verb names a place by one of these values. Only the app knows the screens, and only the
workbench knows the widgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from argmap.text.sentences import Stretch

    from .followed_list import EntryList


class LibraryPlace:
    """The list of all documents."""


class SourcesPlace(NamedTuple):
    """The sources of all documents."""

    source: str | None = None
    """Id of the source to put the cursor on; None for the first one."""


class HistoryPlace:
    """The operations on the open document."""


class ExportPlace:
    """The screen that exports the map to a file."""


class RatingPlace(NamedTuple):
    """The rating questions, one claim after another."""

    rubric: Rubric
    claim: str
    """Id of the claim to start with."""
    criterion: str = ""
    """Id of the criterion to start with; empty for the claim's first open one."""


class HeatMapPlace(NamedTuple):
    """The heat map of one assessor's answers."""

    rubric: Rubric
    assessor: str
    claim: str
    """Id of the claim to put the cursor on."""


class EntryListPlace(NamedTuple):
    """A list of findings, of origins, or of what falls in what-if mode."""

    listing: EntryList


ScreenPlace = (
    LibraryPlace
    | SourcesPlace
    | HistoryPlace
    | ExportPlace
    | RatingPlace
    | HeatMapPlace
    | EntryListPlace
)
"""Any other screen."""


class WholePane(NamedTuple):
    """The pane called *name*: text, map or details."""

    name: str


class TextPlace(NamedTuple):
    """A range of the text, half-open, in code points."""

    stretch: Stretch


class RowPlace(NamedTuple):
    """A row of the map, by its number from 0."""

    number: int


class FieldPlace(NamedTuple):
    """A field in the details, opened for editing."""

    statement: str
    """Id of the statement."""
    name: str
    typed: str | None = None
    """The reader's words, typed before another user or process changed the field."""


PanePlace = WholePane | TextPlace | RowPlace | FieldPlace
"""Any place within the panes of the open document."""

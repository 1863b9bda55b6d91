"""The protocol of the sources screen that its actions work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.map import Operation
    from store.queries import SourceSummary
    from tui.core.program import Program
    from tui.document.database_threads import DatabaseThreads
    from tui.widgets.line import LineInput

    from .queries import SourceDetails, SourceSnapshot
    from .source_list import SourceFields, SourceList


class SourceWorkspace(Protocol):
    """All sources of the database, and the details of the highlighted one."""

    database: DatabaseThreads
    snapshot: SourceSnapshot | None
    details: SourceDetails
    sorted_by: str
    line: LineInput
    list: SourceList
    fields: SourceFields

    @property
    def app(self) -> Program:
        """The app that shows the screen."""

    @property
    def assessor(self) -> str:
        """The name of the user, who gives the letters."""

    @property
    def is_in_details(self) -> bool:
        """Whether the cursor is in the details of a source."""

    @property
    def row(self) -> SourceSummary | None:
        """The highlighted source; None if the list is empty."""

    @property
    def ticked(self) -> Sequence[str]:
        """The ids of the ticked sources."""

    async def do(self, operation: Operation) -> None:
        """Save *operation*; in a conflict with another user, the reader decides."""

    async def save(self, operation: Operation) -> None:
        """Save *operation*, and say how to undo it."""

    async def undo_or_redo(self, *, back: bool) -> None:
        """Undo if *back*, else redo."""

    async def edit(self, field: str, words: str, *, typed: str | None = None) -> None:
        """Open the editor for a field of the highlighted source."""

    def go_to_source(self, id_: str) -> None:
        """Move the cursor to the source with the id *id_*."""

    def move(self, by: int) -> None:
        """Move *by* rows or fields down, or up if it is negative."""

    def page(self, by: int) -> None:
        """Move *by* pages down, or up if it is negative."""

    def sort_by(self, column: str) -> None:
        """Sort by *column*, or reverse the order if it is sorted by it already."""

    def step_back(self) -> bool:
        """Return to the list, or clear its search; return True if nothing was left to do."""

    def show_ticks(self) -> None:
        """Show how many sources are ticked."""

"""What a verb of the sources works on: the list, the fields beside it, and the way to the file."""

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
    """All sources of the database, and what is known of the one under the cursor."""

    database: DatabaseThreads
    snapshot: SourceSnapshot | None
    details: SourceDetails
    sorted_by: str
    line: LineInput
    list: SourceList
    fields: SourceFields

    @property
    def app(self) -> Program:
        """What is above the screen."""

    @property
    def assessor(self) -> str:
        """Who rates."""

    @property
    def is_in_details(self) -> bool:
        """Tell whether the cursor is among the fields of one source."""

    @property
    def row(self) -> SourceSummary | None:
        """The source under the cursor."""

    @property
    def ticked(self) -> Sequence[str]:
        """The ids of the marked sources."""

    async def do(self, operation: Operation) -> None:
        """Do *operation*; where somebody else changed the same, the reader decides."""

    async def save(self, operation: Operation) -> None:
        """Do *operation* on disk, and say how it is undone."""

    async def undo_or_redo(self, *, back: bool) -> None:
        """Undo, or redo."""

    async def edit(self, field: str, words: str, *, typed: str | None = None) -> None:
        """Edit the words of a field of the source under the cursor."""

    def go_to_source(self, id_: str) -> None:
        """Put the cursor on the source with the id *id_*."""

    def move(self, by: int) -> None:
        """Go *by* rows or fields on, or back."""

    def page(self, by: int) -> None:
        """Go *by* pages on, or back."""

    def sort_by(self, column: str) -> None:
        """Sort by *column*; once more, the other way round."""

    def step_back(self) -> bool:
        """Go back to the list, then to the whole list; tell whether one was there."""

    def show_ticks(self) -> None:
        """Say how many sources are marked."""

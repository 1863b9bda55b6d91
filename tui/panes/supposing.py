"""The line that says what is supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tui.signs import drawn

if TYPE_CHECKING:
    from textual.app import RenderResult

    from tui.supposing import Supposing


class SupposingLine(Widget):
    """Says what is supposed, that nothing is stored, and how to leave."""

    DEFAULT_CSS = """
    SupposingLine { height: 1; width: 1fr; background: $warning 25%; color: $foreground; }
    SupposingLine:ansi { background: ansi_default; color: $warning; }
    """

    def __init__(self, supposing: Supposing, leave: str) -> None:
        """Tell about *supposing*; *leave* is the key that ends it."""
        super().__init__()
        self._supposing, self._leave = supposing, leave

    def render(self) -> RenderResult:
        """Draw the line; how to leave is never cut."""
        right = Content.assemble("nothing is stored · ", (drawn(self._leave), "bold"), " leaves ")
        room = self.size.width - right.cell_length - 2
        found = self._supposing
        ways = ((found.title, found.account), (found.title, found.short))
        for title, account in (*ways, (found.count, found.short)):
            left = Content.assemble(" what if ", (title, "bold"), f": {drawn(account)}")
            if left.cell_length <= room:
                break
        left = left.truncate(max(0, room), ellipsis=True)
        return left + Content(" " * max(2, room + 2 - left.cell_length)) + right

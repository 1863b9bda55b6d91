"""The line that says what is supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.look.cells import cut
from tui.look.signs import drawn

if TYPE_CHECKING:
    from textual.app import RenderResult

    from tui.core.what_if_mode import WhatIfMode

LEAST_NAMED: Final = 16
"""Columns below which a name says less than a number of things does."""


def _left(title: str, account: str) -> Content:
    return Content.assemble(" what if ", (title, "bold"), f": {drawn(account)}")


class SupposingLine(Widget):
    """Says what is supposed, that nothing is stored, and how to leave."""

    DEFAULT_CSS = """
    SupposingLine { height: 1; width: 1fr; background: $warning 25%; color: $foreground; }
    SupposingLine:ansi { background: ansi_default; color: $warning; }
    """

    def __init__(self, what_if_mode: WhatIfMode, leave: str) -> None:
        """Tell about *what_if_mode*; *leave* is the key that ends it."""
        super().__init__()
        self._supposing, self._leave = what_if_mode, leave

    def render(self) -> RenderResult:
        """Draw the line; how to leave is never cut, and the account only where no room is left.

        Names are the first to become shorter, then a number stands for them.
        """
        found = self._supposing
        leaves = Content.assemble((drawn(self._leave), "bold"), " leaves ")
        whole = Content("nothing is saved · ") + leaves
        ways = [(whole, found.title, found.summary), (whole, found.title, found.short_summary)]
        named = (
            self.size.width - leaves.cell_length - 2 - _left("", found.short_summary).cell_length
        )
        if named >= LEAST_NAMED:
            ways.append(
                (leaves, cut(found.title, min(named, cell_len(found.title))), found.short_summary)
            )
        for right, title, account in (*ways, (leaves, found.count, found.short_summary)):
            left = _left(title, account)
            room = self.size.width - right.cell_length - 2
            if left.cell_length <= room:
                break
        left = left.truncate(max(0, room), ellipsis=True)
        return left + Content(" " * max(2, room + 2 - left.cell_length)) + right

"""The line of what-if mode below the panes."""

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
"""Minimum number of columns for names; with less room, a count says more."""


def _left_part(title: str, account: str) -> Content:
    return Content.assemble(" ", (title, "bold"), f": {drawn(account)}")


class WhatIfLine(Widget):
    """The line that names the removed items, the effect, and the key that leaves."""

    DEFAULT_CSS = """
    WhatIfLine { height: 1; width: 1fr; background: $warning 25%; color: $foreground; }
    WhatIfLine:ansi { background: ansi_default; color: $warning; }
    """

    def __init__(self, what_if_mode: WhatIfMode, leave: str) -> None:
        """Show *what_if_mode*; *leave* is the key that ends it."""
        super().__init__()
        self._mode, self._leave = what_if_mode, leave

    def render(self) -> RenderResult:
        """Draw the line, shortened to fit.

        The way to leave is never shortened. The names of removed items are shortened first, then
        replaced by a count; the effect is shortened last.
        """
        mode = self._mode
        leaves = Content.assemble((drawn(self._leave), "bold"), " leaves ")
        longer = Content.assemble((drawn(self._leave), "bold"), " leaves what-if mode ")
        whole = Content("nothing is saved · ") + longer
        ways = [
            (whole, mode.title, mode.summary),
            (longer, mode.title, mode.summary),
            (whole, mode.title, mode.short_summary),
            (longer, mode.title, mode.short_summary),
        ]
        named = (
            self.size.width
            - leaves.cell_length
            - 2
            - _left_part("", mode.short_summary).cell_length
        )
        if named >= LEAST_NAMED:
            ways.append(
                (leaves, cut(mode.title, min(named, cell_len(mode.title))), mode.short_summary)
            )
        for right, title, account in (*ways, (leaves, mode.count, mode.short_summary)):
            left = _left_part(title, account)
            room = self.size.width - right.cell_length - 2
            if left.cell_length <= room:
                break
        left = left.truncate(max(0, room), ellipsis=True)
        return left + Content(" " * max(2, room + 2 - left.cell_length)) + right

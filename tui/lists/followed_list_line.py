"""The line below the panes with the current entry of the followed list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import Static

from argmap.text.display import visible
from tui.core.followed_list import ACTION_OF, NAME_OF
from tui.look.signs import drawn

if TYPE_CHECKING:
    from tui.core.workspace import Workspace

_GAP: Final = "  "


class FollowedListLine(Static):
    """The line with the entry, its advice, and the keys to go on or back to the list."""

    DEFAULT_CSS = """
    FollowedListLine {
        height: auto; max-height: 6; padding: 0 1; background: $panel;
        color: $foreground; border-left: thick $warning;
    }
    """

    def __init__(self, work: Workspace) -> None:
        """Show the list that is followed in *work*."""
        super().__init__()
        self._work = work

    def on_mount(self) -> None:
        """Show the current entry."""
        self.show()

    def on_resize(self) -> None:
        """Lay the keys out for the new width."""
        self.show()

    def show(self) -> None:
        """Show the current entry and its place in the list."""
        followed_list, key = self._work.followed_list, self._work.host.key
        if followed_list.kind is None or followed_list.line is None:
            return
        place = (
            f"{NAME_OF[followed_list.kind]} {followed_list.number + 1:,}/{followed_list.total:,}  "
        )
        fixed = "fixed: " if followed_list.is_fixed else ""
        text = f"{fixed}{visible(followed_list.line.text)}"
        words = Content.assemble((place, "bold $accent"), drawn(text))
        if followed_list.line.advice and not fixed:
            words += Content(drawn(f" → {visible(followed_list.line.advice)}"))
        hints = [
            *((key(action), word) for action, word in followed_list.line.keys if not fixed),
            (key("workbench.next-match"), "next"),
            (key(ACTION_OF[followed_list.kind]), f"back to {NAME_OF[followed_list.kind]}"),
            (key("map.leave"), "close"),
        ]
        keys = [
            Content.assemble((drawn(visible(name)), "bold $accent"), f" {word}")
            for name, word in hints
        ]
        self.update(Content("\n").join([words, *self._rows(keys)]))

    def _rows(self, hints: list[Content]) -> list[Content]:
        """Return *hints* in rows, without a line break inside any of them."""
        room = max(20, self.size.width)
        rows = [hints[0]]
        for hint in hints[1:]:
            longer = rows[-1] + Content(_GAP) + hint
            if longer.cell_length <= room:
                rows[-1] = longer
            else:
                rows.append(hint)
        return rows

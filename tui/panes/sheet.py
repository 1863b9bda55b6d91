"""Rows of words that a screen lays out itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip

from argmap.text import visible
from tui.cells import cut
from tui.panes.painted import PaintedPane
from tui.signs import drawn

if TYPE_CHECKING:
    from tui.rating_rows import Line

WIDEST: Final = 110
"""Cells of a row, at most: longer ones are hard to read."""


class Sheet(PaintedPane):
    """Shows what is asked, what was answered, or what the answers come to."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--strong", "sheet--quiet", "sheet--quote", "sheet--heading", "sheet--answer",
        "sheet--answers", "sheet--item", "sheet--grade", "sheet--implied",
    }  # fmt: skip
    DEFAULT_CSS = """
    Sheet {
        height: 1fr; padding: 0 1; overflow: hidden hidden;
        & > .sheet--strong { text-style: bold; }
        & > .sheet--quiet { color: $foreground 70%; }
        & > .sheet--quote { text-style: italic; }
        & > .sheet--heading { color: $accent; text-style: bold; }
        & > .sheet--item { color: $success; }
        & > .sheet--implied { color: $warning; }
        & > .sheet--answers { color: $primary; }
        & > .sheet--answer { text-style: bold; background: $foreground 14%; }
        & > .sheet--grade { color: $warning; text-style: bold; }
        &:ansi > .sheet--answer { text-style: reverse; }
    }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.rows: list[Line] = []

    def show(self, rows: list[Line]) -> None:
        """Show *rows* in the place of those that were there."""
        if rows != self.rows:
            self.rows = rows
            self.refresh()

    def hint(self, words: str) -> None:
        """Put *words* behind the heading of what is asked."""
        for number, (text, look) in enumerate(self.rows):
            if look == "heading" and words not in text:
                self.rows[number] = (f"{text}  {visible(words)}", look)
                self.refresh()
                return

    def render_line(self, y: int) -> Strip:
        """Draw row *y*."""
        width = self.scrollable_content_region.width
        text, look = self.rows[y] if y < len(self.rows) else ("", "")
        style = self.styled(f"sheet--{look}" if look else "")
        return Strip([Segment(cut(drawn(text), width), style)], width)

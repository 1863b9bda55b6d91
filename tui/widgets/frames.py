"""The frames of panes: a title and a count in the top border, a thin scroll bar.

The pane with the focus has a round border, every other pane a thin rule at its top. Both take
the same room, so nothing moves with the focus. The scroll bar of the focused pane lies on its
right border; elsewhere it is inside, one blank column away from the next pane.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from rich.segment import Segment, Segments
from rich.style import Style
from textual.content import Content
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

from tui.look.signs import drawn

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from textual.color import Color

AROUND: Final = 6
"""Columns of a top border that hold no words: corners, rules and blanks."""

_THUMB: Final = {True: "┃", False: "━"}
"""Character of a bar, by whether it is vertical."""

_LINE: Final = {True: "│", False: "─"}
"""Character of the border under a bar, by whether it is vertical."""


class ThinBar(ScrollBarRender):
    """A scroll bar one cell wide, blank outside its thumb."""

    is_on_border = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the bar; the thumb can be dragged, and a click elsewhere scrolls a page."""
        across, along = options.max_width, options.height or console.height
        if not self.vertical:
            across, along = along, across
        cells = self.cells(along, across if self.vertical else 1, console.get_style(self.style))
        if self.vertical:
            yield Segments(cells, new_lines=True)
        else:
            yield Segments([*cells, Segment.line()] * across)

    def cells(self, along: int, across: int, style: Style) -> list[Segment]:
        """Return the bar in *style*, one segment for each of *along* places."""
        first, length = _thumb(along, self.virtual_size, self.window_size, self.position)
        glyph = _THUMB[self.vertical]
        glyph = glyph if drawn(glyph) == glyph else "#"  # no border has this character in ASCII
        track = drawn(_LINE[self.vertical]) if self.is_on_border else " "
        parts = ((track, "scroll_up", first), (glyph, "grab", length),
                 (track, "scroll_down", along - first - length))  # fmt: skip
        return [
            Segment(sign * across, style + _doing(act, is_on=length > 0))
            for sign, act, count in parts
            for _ in range(count)
        ]


class BorderBar(ThinBar):
    """A bar on a border, which it draws outside its thumb."""

    is_on_border = True


def thumb_lines(bar: ScrollBar) -> range:
    """Return the lines of the vertical *bar* that its thumb takes."""
    virtual = ceil(bar.window_virtual_size)
    first, length = _thumb(bar.size.height, virtual, ceil(bar.window_size), bar.position)
    return range(first, first + length)


def _thumb(along: int, virtual: float, window: float, position: float) -> tuple[int, int]:
    """Return start and length of the thumb in a bar of *along* cells; 0 for none."""
    if not window or virtual <= window:
        return 0, 0
    length = max(1, round(along * window / virtual))
    return round((along - length) * position / (virtual - window)), length


def _doing(act: str, *, is_on: bool) -> Style:
    return Style(meta={"@mouse.down": act}) if is_on else Style()


class AsciiFilter(LineFilter):
    """Replaces Textual's own borders and all other signs by ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  (Textual's signature)
        """Return *segments* in ASCII."""
        return [Segment(drawn(text), style, control) for text, style, control in segments]


def use_thin_bars() -> None:
    """Draw all scroll bars as thin lines, by the class attribute that Textual reads."""
    ScrollBar.renderer = ThinBar


def border_title_content(name: Content, count: str, width: int, quiet: str) -> Content:
    """Return the words in the top border of a pane of *width* columns.

    They begin in the same column with a round border and without one. A *count* that does not fit
    is left out. *quiet* is the style of the rule of a pane without the focus. It is empty for the
    focused pane, whose rule has the style of its words.
    """
    room = max(0, width - AROUND)
    rule = drawn("─")
    before, after = (f"{rule} ", f" {rule}") if quiet else ("", "")
    words, right = name, Content(count)
    gap = room - words.cell_length - right.cell_length - 2
    if not count or gap < 1:
        words = words.truncate(room, ellipsis=True)
        return Content.assemble((before, quiet), words, " " if quiet else "")
    line = f" {rule * gap} "
    return Content.assemble((before, quiet), words, (line, quiet), right, (after, quiet))

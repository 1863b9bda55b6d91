"""The frames of panes: a title at the left of the top rule, a count at its right, a thin bar.

The pane that has the focus has a round border, each other pane a thin rule above it; both
take the same room, so nothing moves when the focus does. The scroll bar of the pane with the
focus lies on its right border; elsewhere it is inside, a blank column away from the next pane.
"""

from __future__ import annotations

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
"""Columns of a top border that its words cannot have: corners, rules and blanks."""

_THUMB: Final = {True: "┃", False: "━"}
"""What a bar is drawn with, by whether it is a vertical one."""

_LINE: Final = {True: "│", False: "─"}
"""The border on which a bar lies."""


class ThinBar(ScrollBarRender):
    """A scroll bar drawn as a line one cell wide; where it does not reach is blank."""

    is_on_border = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the bar; a click beside the thumb scrolls by a screen, the thumb can be dragged."""
        across, along = options.max_width, options.height or console.height
        if not self.vertical:
            across, along = along, across
        first, length = _thumb(along, self.virtual_size, self.window_size, self.position)
        style, glyph = console.get_style(self.style), _THUMB[self.vertical]
        glyph = glyph if drawn(glyph) == glyph else "#"  # which no border is drawn with in ASCII
        track = drawn(_LINE[self.vertical]) if self.is_on_border else " "
        parts = ((track, "scroll_up", first), (glyph, "grab", length),
                 (track, "scroll_down", along - first - length))  # fmt: skip
        cells = [
            Segment(sign * (across if self.vertical else 1), style + _doing(act, is_on=length > 0))
            for sign, act, count in parts
            for _ in range(count)
        ]
        if self.vertical:
            yield Segments(cells, new_lines=True)
        else:
            yield Segments([*cells, Segment.line()] * across)


class BorderBar(ThinBar):
    """A bar that lies on a border and draws it where it does not reach."""

    is_on_border = True


def _thumb(along: int, virtual: float, window: float, position: float) -> tuple[int, int]:
    """Return where the thumb begins in a bar of *along* cells, and its length; 0 for none."""
    if not window or virtual <= window:
        return 0, 0
    length = max(1, round(along * window / virtual))
    return round((along - length) * position / (virtual - window)), length


def _doing(act: str, *, is_on: bool) -> Style:
    return Style(meta={"@mouse.down": act}) if is_on else Style()


class AsciiFilter(LineFilter):
    """Draws Textual's own borders and whatever else is on the screen with signs in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  (Textual's signature)
        """Return *segments* with other signs."""
        return [Segment(drawn(text), style, control) for text, style, control in segments]


def use_thin_bars() -> None:
    """Draw all scroll bars as thin lines; Textual asks the class how."""
    ScrollBar.renderer = ThinBar


def border_title_content(name: Content, count: str, width: int, quiet: str) -> Content:
    """Return what stands in the top border of a pane of *width* columns.

    The words begin in the same column with a round border and without one. A *count* for
    which there is no room is left out. *quiet* is the style of the rule of a pane without the
    focus; it is empty for the one with it, whose rule has the style of its words.
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

"""A pane of rows that a screen lays out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.look.sheet_rows import Part
from tui.look.signs import drawn

from .jump_places import Target
from .painted import PaintedPane

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual import events

    from tui.look.sheet_rows import Row

WIDEST: Final = 110
"""Maximum width of a row, in cells; longer rows are hard to read."""


class SheetPane(PaintedPane):
    """Shows a question, the answers so far, or the grade that follows from them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--strong", "sheet--quiet", "sheet--quote", "sheet--heading", "sheet--answer",
        "sheet--key", "sheet--sign", "sheet--here", "sheet--item", "sheet--grade", "sheet--hint",
        "sheet--answer-key",
    }  # fmt: skip
    DEFAULT_CSS = """
    SheetPane {
        height: 1fr; padding: 0 1; overflow: hidden hidden;
        & > .sheet--strong { text-style: bold; }
        & > .sheet--quiet { color: $foreground 70%; }
        & > .sheet--quote { text-style: italic; }
        & > .sheet--heading { color: $accent; text-style: bold; }
        & > .sheet--key { color: $accent; text-style: bold; }
        & > .sheet--item { color: $success; }
        & > .sheet--hint { color: $warning; }
        & > .sheet--sign { color: $primary; text-style: bold; }
        & > .sheet--here { color: $accent; text-style: bold; }
        & > .sheet--answer { text-style: bold; background: $primary 22%; }
        & > .sheet--answer-key { color: $accent; text-style: bold; background: $primary 22%; }
        & > .sheet--grade { color: $primary; text-style: bold; }
        &:ansi > .sheet--answer, &:ansi > .sheet--answer-key { text-style: bold reverse; }
        &:ansi > .sheet--answer, &:ansi > .sheet--answer-key { background: ansi_default; }
    }
    """

    class Pressed(Message):
        """The reader clicked a part with a code."""

        def __init__(self, does: str) -> None:
            """The part has the code *does*."""
            super().__init__()
            self.does = does

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show *rows* instead of the current ones."""
        if rows != self.rows:
            self.rows = rows
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Send the code of the part under the mouse."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self.rows):
            return
        row, column = self.rows[place.y], 0
        for part in row:
            column += cell_len(part.words)
            if part is row[-1] or place.x < column:
                if part.does:
                    self.post_message(self.Pressed(part.does))
                return

    def jump_targets(self) -> Iterator[Target]:
        """Yield the parts with codes; a part of several rows counts once."""
        known = set()
        for number, row in enumerate(self.rows[: self.scrollable_content_region.height]):
            column = 0
            for part in row:
                if part.does and part.does not in known:
                    known.add(part.does)
                    press = partial(self.post_message, self.Pressed(part.does))
                    yield Target(number, column, press)
                column += cell_len(part.words)

    def render_line(self, y: int) -> Strip:
        """Draw row *y*; the background of an answer extends to the end of its row."""
        width = min(WIDEST, self.scrollable_content_region.width)
        row = self.rows[y] if y < len(self.rows) else ()
        segments = [Segment(drawn(part.words), self._style(part)) for part in row]
        is_answer = bool(row) and row[-1].look == "answer"
        ground = self._style(Part("", "answer" if is_answer else ""))
        strip = Strip(segments).adjust_cell_length(width, ground)
        return strip.adjust_cell_length(self.scrollable_content_region.width, self.styled())

    def _style(self, part: Part) -> Style:
        return self.styled(f"sheet--{part.look}" if part.look else "")

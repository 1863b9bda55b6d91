"""The list of sources, and the list of fields of one source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from argmap.text.display import visible
from tui.core.ticks import TICK
from tui.look.cells import cut
from tui.look.signs import SIGN_OF_KIND, TWIN, drawn
from tui.widgets.field_list import FieldList
from tui.widgets.jump_places import Target
from tui.widgets.messages import MenuAsked
from tui.widgets.painted import PaintedPane

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from textual import events

    from store.queries import SourceSummary

WIDE: Final = 50
"""Minimum width, in cells, for columns of both statements and documents."""

_COUNTS: Final = {"statements": 12, "documents": 11}
"""The columns of numbers at the right, each with its width in cells."""

_SIGNS: Final = 3
"""Width, in cells, of the sign of a kind with the blanks around it."""


class SourceList(PaintedPane, inherit_bindings=False):
    """One row for each source, below a row of headings that does not scroll."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--heading", "list--cursor", "list--here"}
    DEFAULT_CSS = """
    SourceList {
        overflow-x: hidden; overflow-y: scroll;
        & > .list--heading { color: $foreground 70%; text-style: bold; }
        & > .list--here { background: $foreground 7%; }
        & > .list--cursor { background: $foreground 14%; }
        &:ansi > .list--cursor { text-style: reverse; }
        &:ansi > .list--here { text-style: underline; }
    }
    """

    class Moved(Message):
        """The cursor has moved to another source."""

    class Opened(Message):
        """The reader has asked for the details of a source."""

    class HeadingClicked(Message):
        """The heading of a column was clicked."""

        def __init__(self, column: str) -> None:
            """The heading of *column* was clicked."""
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.rows: Sequence[SourceSummary] = ()
        self.at = 0
        """The number of the highlighted row, from 0."""
        self.ticked: dict[str, None] = {}
        """The ids of the ticked sources, in the order of ticking."""
        self._twins: Container[str] = ()
        self._sorted = ("", "")

    @property
    def row(self) -> SourceSummary | None:
        """The highlighted row; None if the list is empty."""
        return self.rows[self.at] if self.at < len(self.rows) else None

    def show(
        self, rows: Sequence[SourceSummary], twins: Container[str], order: tuple[str, str]
    ) -> None:
        """Show *rows*, with the cursor on the same source if it is among them.

        Args:
            rows: The sources to list.
            twins: The ids of the sources with a duplicate name.
            order: The column that they are sorted by, and the arrow for its heading.
        """
        before = self.row.source.id if self.row else None
        self.rows, self._twins, self._sorted = rows, twins, order
        self.set_extent(self.scrollable_content_region.width, len(rows) + 1)
        places = (n for n, row in enumerate(rows) if row.source.id == before)
        self.go_to(next(places, 0))
        self.refresh()

    def go_to(self, number: int) -> None:
        """Move the cursor to row *number*, or to the nearest row that exists."""
        self.at = max(0, min(number, len(self.rows) - 1))
        top, height = self.scroll_offset.y, self.scrollable_content_region.height - 1
        if self.at < top:
            self.scroll_to_row(self.at)
        elif self.at >= top + height > top:
            self.scroll_to_row(self.at - height + 1)
        self.refresh()

    def go_to_source(self, id_: str) -> bool:
        """Move the cursor to the source with the id *id_*; return whether it is listed."""
        for number, row in enumerate(self.rows):
            if row.source.id == id_:
                self.go_to(number)
                return True
        return False

    @property
    def page(self) -> int:
        """The number of rows by which the cursor moves for a page."""
        return max(1, self.scrollable_content_region.height - 2)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.set_extent(self.scrollable_content_region.width, len(self.rows) + 1)
        self.go_to(self.at)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row, or sort by the clicked heading."""
        place = event.get_content_offset(self)
        if place is None:
            return
        number = place.y - 1 + self.scroll_offset.y
        if place.y == 0:
            self.post_message(self.HeadingClicked(self._column_at(place.x)))
        elif number < len(self.rows):
            self._tick_by_mouse(event, number)
            self.go_to(number)
            self.post_message(self.Moved())
            if event.button == 3:  # noqa: PLR2004  (the right one)
                self.post_message(MenuAsked(event.screen_x, event.screen_y))
            elif event.chain == 2:  # noqa: PLR2004  (a double click)
                self.post_message(self.Opened())

    def jump_targets(self) -> Iterator[Target]:
        """Yield the rows in view."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height - 1
        for number in range(top, min(len(self.rows), top + height)):
            yield Target(number - top + 1, 0, partial(self._jump, number))

    def _jump(self, number: int) -> None:
        self.focus()
        self.go_to(number)
        self.post_message(self.Moved())

    def _tick_by_mouse(self, event: events.Click, number: int) -> None:
        """Toggle the tick of row *number* on ctrl+click; tick all rows up to it on shift+click."""
        if event.ctrl:
            self.toggle_tick(number)
        elif event.shift:
            self.tick_rows(self.at, number)

    def toggle_tick(self, number: int) -> None:
        """Tick or untick the source in row *number*."""
        id_ = self.rows[number].source.id
        if id_ in self.ticked:
            del self.ticked[id_]
        else:
            self.ticked[id_] = None
        self.refresh()

    def tick_rows(self, first: int, last: int) -> None:
        """Tick the sources in the rows from *first* to *last*, in either direction."""
        low, high = sorted((first, last))
        self.ticked |= {row.source.id: None for row in self.rows[low : high + 1]}
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw row *y* of the view; the first one has the headings."""
        width = self.scrollable_content_region.width
        number = y - 1 + self.scroll_offset.y
        if y == 0:
            return self._drawn(self._headings(), width, "list--heading")
        if number >= len(self.rows):
            return Strip.blank(width, self.styled())
        look = "list--cursor" if self.has_focus else "list--here"
        return self._drawn(self._words(self.rows[number]), width, look * (number == self.at))

    def _drawn(self, cells: Sequence[tuple[str, int]], width: int, look: str) -> Strip:
        name, *counts = cells
        right = "".join(drawn(text).rjust(room) for text, room in counts)
        text = cut(drawn(name[0]), width - len(right) - 1) + right
        return Strip([Segment(cut(text, width), self.styled(look))], width)

    def _headings(self) -> list[tuple[str, int]]:
        column, arrow = self._sorted
        names = {name: f"{name} {arrow}" if name == column else name for name in self._counts()}
        first = f"{column} {arrow}" if column in {"name", "kind"} else "name"
        return [(f"   {first}", 0), *((names[n], _COUNTS[n]) for n in names)]

    def _words(self, row: SourceSummary) -> list[tuple[str, int]]:
        source = row.source
        twin = f" {TWIN}" if source.id in self._twins else ""
        ticked = TICK if source.id in self.ticked else " "
        name = f"{ticked}{SIGN_OF_KIND[source.kind]} {visible(source.name)}"
        room = self.scrollable_content_region.width - sum(_COUNTS[n] for n in self._counts()) - 1
        if twin:
            name = cut(name, room - len(twin)).rstrip() + twin
        counts = [(f"{len(getattr(row, name)):,}", _COUNTS[name]) for name in self._counts()]
        return [(name, 0), *counts]

    def _counts(self) -> list[str]:
        """Return the columns of numbers for which there is room."""
        if self.scrollable_content_region.width >= WIDE:
            return list(_COUNTS)
        return [self._sorted[0] if self._sorted[0] in _COUNTS else "statements"]

    def _column_at(self, x: int) -> str:
        right = self.scrollable_content_region.width
        for name in reversed(self._counts()):
            right -= _COUNTS[name]
            if x >= right:
                return name
        return "kind" if x < _SIGNS else "name"


class SourceFields(FieldList, inherit_bindings=False):
    """The details of one source, field by field."""

    EMPTY: ClassVar[tuple[str, ...]] = (
        "No source is selected.",
        "",
        "Sources are added by attribution: {workbench.say-who} on a statement names its source.",
    )

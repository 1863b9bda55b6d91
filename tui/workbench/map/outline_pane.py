"""The map as an outline: a row for each statement under what it speaks for or against."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.core.background import run_in_background
from tui.look.cells import cut
from tui.look.key_names import with_keys
from tui.views.map_tree import MapTree
from tui.widgets.jump_places import Target
from tui.widgets.messages import MenuAsked
from tui.widgets.painted import PaintedPane

from .foot import foot_height, foot_strip
from .row_ticking import extend_ticks, toggle_tick
from .rows import row_segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual import events

    from argmap.model.map import Operation
    from tui.core.program import Program
    from tui.core.workspace import Workspace
    from tui.views.grades import Grades
    from tui.views.map_tree import Node

EMPTY: Final = ("The map is empty.", "", "In the text, {workbench.mark-claim} marks a claim.")
"""What stands in an empty map."""

FILTERED: Final = ("No statement matches the filter.", "", "{map.leave} clears the filter.")
"""What stands there where a filter lets nothing through."""

LOADING: Final = ("Loading the map…", "", "You can read the text meanwhile.")
"""What stands there while a big map is read."""

AT_ONCE: Final = 3000
"""Statements of a map whose rows are made without a thread."""

UNFOLDED: Final = 300
"""Rows of a big map that are seen when it opens, at most."""


class OutlinePane(PaintedPane):
    """Shows the rows of a map that are seen; only those are drawn.

    A row has a sign, the only part of it in colour, a label, as many words as there is room
    for, and the grade of a claim in a column at the right edge, the same in every row.
    """

    app: Program
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map--claim", "map--supports", "map--opposes", "map--unlinked", "map--assumption",
        "map--label", "map--guide", "map--cursor", "map--quiet", "map--drop", "map--fallen",
        "map--marked",
    }  # fmt: skip
    DEFAULT_CSS = """
    OutlinePane {
        overflow-x: hidden;
        overflow-y: scroll;
        & > .map--claim { color: $primary; }
        & > .map--supports { color: $success; }
        & > .map--opposes { color: $error; }
        & > .map--unlinked { color: $foreground 70%; }
        & > .map--assumption { color: $warning; }
        & > .map--label { text-style: bold; }
        & > .map--marked { color: $accent; text-style: bold; }
        & > .map--guide { color: $foreground 25%; }
        & > .map--quiet { color: $foreground 70%; }
        & > .map--fallen { color: $foreground 70%; text-style: strike; }
        & > .map--cursor { background: $foreground 14%; }
        & > .map--drop { background: $primary 40%; }
        &:ansi > .map--guide { color: ansi_bright_black; }
        &:ansi > .map--cursor {
            color: ansi_default; background: ansi_default; text-style: reverse;
        }
        &:ansi > .map--drop {
            color: ansi_default; background: ansi_default; text-style: reverse bold;
        }
    }
    """

    class Built(Message):
        """The rows of a big map are made."""

    class TicksChanged(Message):
        """Other rows are marked now."""

    class Opened(Message):
        """The reader wants to see where the text says a row."""

    class Dropped(Message):
        """The reader dragged a row onto another one."""

        def __init__(self, inference: str | None, statement: str, onto: str) -> None:
            super().__init__()
            self.inference, self.statement, self.onto = inference, statement, onto

    def __init__(
        self,
        work: Workspace,
        grades: Grades,
        on_chosen: Callable[[], None],
    ) -> None:
        """Show the map of *work*, with *grades* at the right of its claims.

        What is supposed to be gone is shown as fallen. *on_chosen* is called, before
        anything else happens, when the highlight has moved: no key may find the old selection.
        """
        super().__init__()
        self.work, self.session = work, work.session
        self.forest = MapTree()
        self.ticks = work.ticks
        self.at = 0
        """The number of the highlighted row, if there is one."""
        self.has_cursor = False
        """False until a row is selected for the first time: none is highlighted then."""
        self._on_chosen = on_chosen
        self._filtered_out: Node | None = None
        """The row that was highlighted before a filter left none."""
        self.filtered_to = ""
        """What a filter leaves of the map, in words; empty without one."""
        self._wants_foot = False
        self.what_if_mode = work.what_if_mode
        self.grades = grades
        self._dragged: Node | None = None
        self._over: Node | None = None
        self._is_behind = False
        """True while the rows of a big map are being made in a thread."""

    @property
    def node(self) -> Node | None:
        """The highlighted row; None where nothing is selected."""
        rows = self.forest.visible
        return rows[self.at] if self.has_cursor and self.at < len(rows) else None

    @property
    def empty_words(self) -> tuple[str, ...]:
        """Why no row is shown, and what to do about it, in lines."""
        if self._is_behind or not self.session.is_loaded:
            return LOADING
        words = FILTERED if self.session.map.statements else EMPTY
        return tuple(with_keys(line, self.app.key) for line in words)

    # What is shown

    def show_map(self) -> None:
        """Make the rows anew, with the cursor where it was; those of a big map in a thread."""
        if len(self.session.map.statements) > AT_ONCE:
            self._is_behind = True
            run_in_background(self, self._build_aside, "rows")
            return
        node, rows = self.node, self.forest.visible
        self.forest.build(self.session.map)
        self.keep_highlight(node, rows)

    def apply_operation(self, operation: Operation) -> None:
        """Show the map after *operation*, moving as few rows as that takes."""
        node = self.node
        if self._is_behind:
            return  # the rows that are being made will have it
        if self.forest.update(self.session.map, operation):
            self.keep_highlight(node, self.forest.visible)
        else:
            self.show_map()

    async def _build_aside(self) -> None:
        """Make the rows of the newest map in a thread, then show them."""
        is_first = not self.forest.home
        while True:
            newest = self.session.map
            forest = MapTree(folded=set(self.forest.folded))
            await asyncio.to_thread(forest.build, newest)
            if newest is self.session.map:
                break
        if forest.folded != self.forest.folded:
            forest.folded = self.forest.folded
            forest.build(newest)
        if is_first and not forest.folded:
            forest.fold_below(UNFOLDED)
        node, rows = self.node, self.forest.visible
        self.forest, self._is_behind = forest, False
        self.keep_highlight(node, rows)
        self.post_message(self.Built())

    def keep_highlight(self, node: Node | None, before: Sequence[Node]) -> None:
        """Keep *node* highlighted, or the visible row nearest to it among those *before*."""
        node = node or self._filtered_out
        here = self.node
        if node is not None and (here is None or here.key != node.key):
            self.at = self.forest.nearest(node, before)
        self.at = min(self.at, max(0, len(self.forest.visible) - 1))
        self._filtered_out = None if self.forest.visible else node
        self.update_extent()

    def filter(self, wanted: Callable[[str], bool] | None) -> None:
        """Show only statements that are *wanted*, by their ids, and what leads to them."""
        node, rows = self.node, list(self.forest.rows())
        self.forest.filter(wanted)
        self.keep_highlight(node, rows)

    def show_foot(self, *, wanted: bool) -> None:
        """Show the whole statement of the highlighted row at the bottom, or leave that off."""
        if wanted != self._wants_foot:
            self._wants_foot = wanted
            self.update_extent()

    @property
    def rows_seen(self) -> int:
        """Rows of the map that are seen at once."""
        height = self.scrollable_content_region.height
        has_foot = self._wants_foot and self.node is not None
        return height - foot_height(height) if has_foot else height

    def update_extent(self) -> None:
        """Take in how many rows there are now."""
        width, height = self.scrollable_content_region.size
        self.set_extent(width, len(self.forest.visible) + height - self.rows_seen)
        self.show_cursor()
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.update_extent()

    # Where the reader is

    def move_to(self, row: int) -> None:
        """Put the cursor on *row*, or on the nearest there is."""
        if not self.forest.visible:
            return
        self.at = min(max(0, row), len(self.forest.visible) - 1)
        self.has_cursor = True
        self.update_extent()
        self._on_chosen()

    def show_statement(self, statement: str) -> bool:
        """Highlight *statement*, unfolding what leads there; tell whether that was needed.

        Nothing is highlighted where its row is still being made.
        """
        here = self.node
        if here is not None and here.statement == statement:
            return False
        self.has_cursor = statement in self.forest.home
        before = len(self.forest.visible)
        if self.has_cursor:
            self.at = self.forest.reveal(statement)
        self.update_extent()
        return len(self.forest.visible) != before

    def post_ticks_changed(self) -> None:
        """Let the screen know that other rows are marked."""
        self.post_message(self.TicksChanged())

    def step(self, by: int) -> None:
        """Go *by* rows on, or back; to the first row where none is highlighted."""
        self.move_to(self.at + by if self.has_cursor else self.at)

    def left(self) -> None:
        """Fold, or go to what the row belongs to."""
        self.fold(fold=True)

    def right(self) -> None:
        """Unfold, or go to the first row that belongs to it."""
        self.fold(fold=False)

    def fold(self, *, fold: bool | None) -> None:
        """Fold or unfold the row of the cursor; None does whichever changes it."""
        node = self.node
        if node is None:
            return
        if fold is True and (not node.children or node.statement in self.forest.folded):
            self.move_to(self.forest.index(node.parent) if node.parent else self.at)
        elif fold is False and node.children and node.statement not in self.forest.folded:
            self.move_to(self.at + 1)
        else:
            self.forest.toggle(node, fold=fold)
            self.update_extent()

    def fold_all(self, *, fold: bool) -> None:
        """Fold everything, or nothing."""
        node = self.node
        parents = {n.statement for n in self.forest.home.values() if n.children} if fold else set()
        self.forest.folded = parents
        self.forest.flatten()
        self.at = self.forest.index(node)
        self.update_extent()
        if node is not None:
            self._on_chosen()

    def show_cursor(self) -> None:
        """Scroll so that the row of the cursor is seen, with a row round it."""
        height, top = self.rows_seen, self.scroll_offset.y
        if not height:
            return
        margin = min(2, height // 4)
        if self.at - margin < top:
            self.scroll_to_row(self.at - margin)
        elif self.at + margin >= top + height:
            y = self.at + margin + 1 - height
            self.scroll_to_row(y)

    def jump_targets(self) -> Iterator[Target]:
        """Yield the rows in view."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for row in range(top, min(len(self.forest.visible), top + height)):
            yield Target(row - top, 0, partial(self._jump, row))

    def _jump(self, row: int) -> None:
        self.focus()
        self.move_to(row)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose the row under the mouse; it can be dragged from there."""
        row = self._row_under(event)
        if row is not None and event.get_content_offset(self) is not None:
            before = self.node
            self.move_to(row)
            if event.button == 1 and event.ctrl:
                toggle_tick(self)
            elif event.button == 1 and event.shift:
                extend_ticks(self, before)
            elif event.button == 1:
                self._dragged = self.node
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row the dragged one would go to."""
        if self._dragged is not None:
            row = self._row_under(event)
            under = self.forest.visible[row] if row is not None else None
            over = under if under is not self._dragged else None
            if over is not self._over:
                self._over = over
                self.refresh()

    def cancel_drag(self) -> bool:
        """Leave the dragged row where it is; tell whether there was one."""
        was_dragging = self._dragged is not None
        if was_dragging:
            self._dragged = self._over = None
            self.release_mouse()
            self.refresh()
        return was_dragging

    def on_mouse_up(self) -> None:
        """Drop the dragged row."""
        dragged, over = self._dragged, self._over
        self._dragged = self._over = None
        self.release_mouse()
        if dragged is not None and over is not None:
            self.refresh()
            self.post_message(self.Dropped(dragged.inference, dragged.statement, over.statement))

    def on_click(self, event: events.Click) -> None:
        """Fold by the sign, go to the text by a double click, ask for the menu by the right one."""
        if event.button == 3:  # noqa: PLR2004  (the right one)
            self.post_message(MenuAsked(event.screen_x, event.screen_y))
        elif event.chain == 2:  # noqa: PLR2004  (a double click)
            self.post_message(self.Opened())

    def _row_under(self, event: events.MouseEvent) -> int | None:
        place = event.get_content_offset_capture(self)
        row = place.y + self.scroll_offset.y
        seen = 0 <= place.y < self.rows_seen
        return row if seen and 0 <= row < len(self.forest.visible) else None

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw row *y* of what is seen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if y >= self.rows_seen:
            return foot_strip(self, y - self.rows_seen, width)
        if number >= len(self.forest.visible):
            words = () if self.forest.visible else self.empty_words
            empty = words[y - 1] if 1 <= y <= len(words) else ""
            return Strip([Segment(cut(f" {empty}", width), self.styled("map--quiet"))], width)
        if self.forest.visible[number].statement not in self.session.map.statements:
            return Strip.blank(width, self.styled())  # it goes when the new rows are made
        over = "map--drop" if self.forest.visible[number] is self._over else ""
        is_here = self.has_cursor and number == self.at
        ground = over or ("map--cursor" if is_here else "")
        strip = Strip(list(row_segments(self, self.forest.visible[number], width, ground)))
        return strip.adjust_cell_length(width, self.styled(ground))

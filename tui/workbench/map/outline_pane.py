"""The map as an outline: each statement under the one it supports or opposes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.core.background import run_in_background
from tui.look.cells import cut
from tui.views.map_tree import MapTree
from tui.widgets.jump_places import Target
from tui.widgets.messages import MenuAsked
from tui.widgets.painted import PaintedPane

from .empty_map import describe_empty_map
from .foot import foot_height, foot_strip
from .row_ticking import extend_ticks, toggle_tick
from .rows import row_segments
from .tree_building import newest_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual import events

    from argmap.model.map import Operation
    from tui.core.program import Program
    from tui.core.workspace import Workspace
    from tui.views.grades import Grades
    from tui.views.map_tree import Node

AT_ONCE: Final = 3000
"""Maximum number of statements of a map whose rows are built without a thread."""


class OutlinePane(PaintedPane):
    """The rows of a map; only the visible ones are drawn.

    A row has a sign, the only part in colour, a label, as much text as fits, and for a claim its
    grade, in the same column at the right edge of every row.
    """

    app: Program
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map--claim", "map--supports", "map--opposes", "map--unlinked", "map--assumption",
        "map--label", "map--guide", "map--cursor", "map--quiet", "map--drop", "map--fallen",
        "map--ticked",
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
        & > .map--ticked { color: $accent; text-style: bold; }
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
        """The rows of a big map have been built."""

    class TicksChanged(Message):
        """Rows have been ticked or unticked."""

    class Opened(Message):
        """The reader has asked for the passage of a row."""

    class Dropped(Message):
        """The reader has dragged a row onto another one."""

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

        In what-if mode, removed and fallen rows are struck out. *on_chosen* is called as soon as
        the highlight has moved, before anything else happens: no key may act on the old selection.
        """
        super().__init__()
        self.work, self.session = work, work.session
        self.forest = MapTree()
        self.ticks = work.ticks
        self.at = 0
        """The number of the highlighted row, from 0."""
        self.has_cursor = False
        """False until a row is first selected; no row is highlighted until then."""
        self._on_chosen = on_chosen
        self._filtered_out: Node | None = None
        """The row that was highlighted before a filter hid all rows."""
        self.filtered_to = ""
        """The filter in words; empty without a filter."""
        self._wants_foot = False
        self.what_if_mode = work.what_if_mode
        self.grades = grades
        self._dragged: Node | None = None
        self._over: Node | None = None
        self._is_behind = False
        """True while a thread builds the rows of a big map."""

    @property
    def node(self) -> Node | None:
        """The highlighted row; None if nothing is selected."""
        rows = self.forest.visible
        return rows[self.at] if self.has_cursor and self.at < len(rows) else None

    @property
    def empty_words(self) -> tuple[str, ...]:
        """Lines that say why the pane has no rows, and how to get some."""
        is_loading = self._is_behind or not self.session.is_loaded
        is_filtered = not is_loading and bool(self.session.map.statements)
        return describe_empty_map(self.app.key, is_loading=is_loading, is_filtered=is_filtered)

    # Rows

    def show_map(self) -> None:
        """Rebuild the rows and keep the highlight; a thread builds those of a big map."""
        if len(self.session.map.statements) > AT_ONCE:
            self._is_behind = True
            run_in_background(self, self._build_aside, "rows")
            return
        node, rows = self.node, self.forest.visible
        self.forest.build(self.session.map)
        self.keep_highlight(node, rows)

    def apply_operation(self, operation: Operation) -> None:
        """Show the map after *operation*, rebuilding as few rows as possible."""
        node = self.node
        if self._is_behind:
            return  # the thread builds rows until they match the newest map
        if self.forest.update(self.session.map, operation):
            self.keep_highlight(node)
        else:
            self.show_map()

    async def _build_aside(self) -> None:
        """Build the rows of the newest map in a thread, then show them."""
        forest = await newest_tree(self.session, self.forest)
        node, rows = self.node, self.forest.visible
        self.forest, self._is_behind = forest, False
        self.keep_highlight(node, rows)
        self.post_message(self.Built())

    def keep_highlight(self, node: Node | None, before: Sequence[Node] | None = None) -> None:
        """Keep *node* highlighted, else the visible row nearest to it.

        *before* are the rows around it before the change, in order; None if none was rebuilt.
        """
        node = node or self._filtered_out
        here = self.node
        if node is not None and (here is None or here.key != node.key):
            forest = self.forest
            self.at = forest.index(node) if before is None else forest.nearest(node, before)
        self.at = min(self.at, max(0, len(self.forest.visible) - 1))
        self._filtered_out = None if self.forest.visible else node
        self.update_extent()

    def filter(self, wanted: Callable[[str], bool] | None) -> None:
        """Show only the *wanted* statements, given by id, and their ancestors."""
        node, rows = self.node, list(self.forest.rows())
        self.forest.filter(wanted)
        self.keep_highlight(node, rows)

    def show_foot(self, *, wanted: bool) -> None:
        """Show the whole highlighted statement at the bottom if *wanted*."""
        if wanted != self._wants_foot:
            self._wants_foot = wanted
            self.update_extent()

    @property
    def rows_seen(self) -> int:
        """The number of lines for rows, without the foot."""
        height = self.scrollable_content_region.height
        has_foot = self._wants_foot and self.node is not None
        return height - foot_height(height) if has_foot else height

    def update_extent(self) -> None:
        """Update the scrollable height after a change of the rows or of the size."""
        width, height = self.scrollable_content_region.size
        self.set_extent(width, len(self.forest.visible) + height - self.rows_seen)
        self.show_cursor()
        self.refresh()

    def on_resize(self) -> None:
        """Lay the rows out for the new size."""
        self.update_extent()

    # Cursor

    def move_to(self, row: int) -> None:
        """Highlight row number *row*, or the nearest one."""
        if not self.forest.visible:
            return
        before, self.at = self.at, min(max(0, row), len(self.forest.visible) - 1)
        self.has_cursor = True
        self._show_highlight(before)
        self._on_chosen()

    def show_statement(self, statement: str) -> bool:
        """Highlight *statement*, unfolding its ancestors; return whether any was folded.

        Nothing is highlighted while its row is still being built.
        """
        here = self.node
        if here is not None and here.statement == statement:
            return False
        self.has_cursor = statement in self.forest.home
        before, count = self.at, len(self.forest.visible)
        if self.has_cursor:
            self.at = self.forest.reveal(statement)
        has_unfolded = len(self.forest.visible) != count
        if has_unfolded:
            self.update_extent()
        else:
            self._show_highlight(before)
        return has_unfolded

    def _show_highlight(self, before: int) -> None:
        """Scroll to the highlighted row, and redraw it and row *before*, highlighted until now."""
        if self._wants_foot:  # the foot shows the highlighted statement
            self.update_extent()
        else:
            self.show_cursor()
            self.redraw_rows(before, self.at)

    def post_ticks_changed(self) -> None:
        """Notify the screen that rows were ticked or unticked."""
        self.post_message(self.TicksChanged())

    def step(self, by: int) -> None:
        """Move the highlight down by *by* rows, or up if negative.

        The first step highlights the first row.
        """
        self.move_to(self.at + by if self.has_cursor else self.at)

    def left(self) -> None:
        """Fold the row, or go to its parent."""
        self.fold(fold=True)

    def right(self) -> None:
        """Unfold the row, or go to its first child."""
        self.fold(fold=False)

    def fold(self, *, fold: bool | None) -> None:
        """Fold or unfold the highlighted row; None toggles it.

        A row that is folded already, or has no children, leads to its parent instead; one that is
        unfolded already leads to its first child.
        """
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
        """Fold all rows with children, or unfold all."""
        node = self.node
        parents = {n.statement for n in self.forest.home.values() if n.children} if fold else set()
        self.forest.folded = parents
        self.forest.flatten()
        self.at = self.forest.index(node)
        self.update_extent()
        if node is not None:
            self._on_chosen()

    def show_cursor(self) -> None:
        """Scroll the highlighted row into view, with a margin of up to two rows."""
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
        """Yield a jump target for each visible row."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        for row in range(top, min(len(self.forest.visible), top + height)):
            yield Target(row - top, 0, partial(self._jump, row))

    def _jump(self, row: int) -> None:
        self.focus()
        self.move_to(row)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Highlight the row under the mouse; ctrl or shift ticks, and a drag may begin."""
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
        """Highlight the row that the dragged row would move under."""
        if self._dragged is not None:
            row = self._row_under(event)
            under = self.forest.visible[row] if row is not None else None
            over = under if under is not self._dragged else None
            if over is not self._over:
                self._over = over
                self.refresh()

    def cancel_drag(self) -> bool:
        """Cancel the drag of a row; return whether there was one."""
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
        """Open the menu on a right click; jump to the passage on a double click."""
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
        """Draw line *y* of the visible part."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if y >= self.rows_seen:
            return foot_strip(self, y - self.rows_seen, width)
        if number >= len(self.forest.visible):
            words = () if self.forest.visible else self.empty_words
            empty = words[y - 1] if 1 <= y <= len(words) else ""
            return Strip([Segment(cut(f" {empty}", width), self.styled("map--quiet"))], width)
        if self.forest.visible[number].statement not in self.session.map.statements:
            # An edit has removed it; the row goes once the rows are rebuilt.
            return Strip.blank(width, self.styled())
        over = "map--drop" if self.forest.visible[number] is self._over else ""
        is_here = self.has_cursor and number == self.at
        ground = over or ("map--cursor" if is_here else "")
        strip = Strip(list(row_segments(self, self.forest.visible[number], width, ground)))
        return strip.adjust_cell_length(width, self.styled(ground))

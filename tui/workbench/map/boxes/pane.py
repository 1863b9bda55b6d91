"""The map as boxes, from left to right, without folded and filtered rows."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from argmap.text.display import visible
from tui.core.ticks import TICK
from tui.look.cells import cut
from tui.look.signs import drawn
from tui.views.grade_cells import first_fitting
from tui.views.row_looks import row_looks, undercut_prefix
from tui.widgets.jump_places import Target
from tui.widgets.messages import MenuAsked
from tui.widgets.painted import PaintedPane
from tui.workbench.map.outline_pane import OutlinePane
from tui.workbench.map.rows import grade_forms

from .layout import Box, BoxLayout, Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual import events

    from tui.views.map_tree import Node

AT_ONCE: Final = 3000
"""Maximum number of boxes that are laid out without a thread."""


class BoxesPane(PaintedPane):
    """The rows of an outline as boxes; only the visible part is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "box--claim", "box--supports", "box--opposes", "box--unlinked", "box--assumption",
        "box--selected", "box--edge", "box--text", "box--fallen",
    }  # fmt: skip
    DEFAULT_CSS = """
    BoxesPane {
        display: none;
        & > .box--claim { color: $primary; }
        & > .box--supports { color: $success; }
        & > .box--opposes { color: $error; }
        & > .box--unlinked { color: $foreground 70%; }
        & > .box--assumption { color: $warning; }
        & > .box--edge { color: $foreground 45%; }
        & > .box--text { color: $foreground; }
        & > .box--fallen { color: $foreground 70%; text-style: strike; }
        & > .box--selected { background: $foreground 14%; text-style: bold; }
        &:ansi > .box--edge { color: ansi_bright_black; }
        &:ansi > .box--selected {
            color: ansi_default; background: ansi_default; text-style: reverse bold;
        }
    }
    """

    def __init__(self, outline: OutlinePane) -> None:
        """Create boxes for the rows of *outline*; they share its cursor."""
        super().__init__()
        self.outline = outline
        self._layout_of: BoxLayout | None = None
        self._shown: dict[str, Node] = {}

    async def show_map(self) -> None:
        """Lay out the visible rows of the outline, those of a big map in a thread."""
        statements = self.outline.session.map.statements
        nodes = {
            _key(node): node for node in self.outline.forest.visible if node.statement in statements
        }
        boxes = [self._box(node) for node in nodes.values()]
        if len(boxes) > AT_ONCE:
            self._layout_of = None
            self.refresh()
            made = await asyncio.to_thread(BoxLayout, boxes, corner=self._corner)
        else:
            made = BoxLayout(boxes, corner=self._corner)
        self._layout_of, self._shown = made, nodes
        self.virtual_size = Size(made.width, made.height)
        self.show_cursor()

    def step(self, by: int) -> None:
        """Move the cursor down by *by* boxes, or up if negative."""
        for _ in range(min(abs(by), len(self._shown))):
            before = self.outline.node
            self._go("down" if by > 0 else "up")
            if self.outline.node is before:
                break

    def left(self) -> None:
        """Go to the parent of the box."""
        self._go("left")

    def right(self) -> None:
        """Go to the first child of the box."""
        self._go("right")

    def show_cursor(self) -> None:
        """Scroll the box of the cursor into view; the first box if there is no cursor.

        The top left of a big map may be blank for more than a screen.
        """
        node = self.outline.node
        if node is None and self.scroll_offset == (0, 0):
            node = next(iter(self._shown.values()), None)
        if self._layout_of is not None and node is not None and _key(node) in self._shown:
            place = self._layout_of.place_of(_key(node))
            view = self.scrollable_content_region.size
            x, y = self.scroll_offset
            if place.x < x or place.x + place.width > x + view.width:
                x = max(0, place.x - view.width // 3)
            if place.y < y or place.y + place.height > y + view.height:
                y = max(0, place.y - view.height // 3)
            self.scroll_to(x, y, animate=False, force=True, immediate=True)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Select the box under the mouse; a right click opens its menu.

        A double click jumps to its passage in the text.
        """
        place = event.get_content_offset(self)
        if place is None or self._layout_of is None:
            return
        key = self._layout_of.key_at(place.x + self.scroll_offset.x, place.y + self.scroll_offset.y)
        if key is not None:
            self._choose(key)
            if event.button == 3:  # noqa: PLR2004  (the right one)
                self.post_message(MenuAsked(event.screen_x, event.screen_y))
            elif event.chain == 2:  # noqa: PLR2004  (a double click)
                self.post_message(OutlinePane.Opened())

    def jump_targets(self) -> Iterator[Target]:
        """Yield a jump target for each box whose first row is visible."""
        view = self.scrollable_content_region.size
        for key in self._shown:
            if self._layout_of is None:
                return
            place = self._layout_of.place_of(key)
            x, y = place.x - self.scroll_offset.x, place.y - self.scroll_offset.y
            if 0 <= x < view.width and 0 <= y < view.height:
                yield Target(y, x, partial(self._jump, key))

    def _jump(self, key: str) -> None:
        self.focus()
        self._choose(key)

    def render_line(self, y: int) -> Strip:
        """Draw line *y* of the visible part."""
        width = self.scrollable_content_region.width
        left, top = self.scroll_offset
        if self._layout_of is None:
            words = " laying out the map…" if y == 1 else ""
            return Strip([Segment(words, self._style("edge"))]).adjust_cell_length(width)
        if not self._shown:
            lines = self.outline.empty_words
            line = f" {lines[y - 1]}" if 1 <= y <= len(lines) else ""
            return Strip([Segment(cut(line, width), self.styled("box--text"))])
        if y + top >= self._layout_of.height:
            return Strip.blank(width, self.styled())
        node = self.outline.node
        chosen = _key(node) if node else None
        runs = self._layout_of.row(y + top, left, width, chosen)
        return Strip([Segment(drawn(words), self._style(role)) for words, role, _ in runs])

    def _go(self, direction: Direction) -> None:
        node = self.outline.node
        if node is None:
            self.outline.step(0)
            self.show_cursor()
        elif self._layout_of is not None and _key(node) in self._shown:
            self._choose(self._layout_of.neighbour(_key(node), direction))

    def _choose(self, key: str) -> None:
        self.outline.move_to(self.outline.forest.index(self._shown[key]))
        self.show_cursor()

    def _box(self, node: Node) -> Box:
        argument_map = self.outline.session.map
        statement = argument_map.statements[node.statement]
        inference = argument_map.inferences.get(node.inference) if node.inference else None
        undercuts = inference is not None and inference.conclusion in argument_map.inferences
        against = (
            undercut_prefix(argument_map, inference.conclusion)
            if inference is not None and undercuts
            else ""
        )
        what_if_mode = self.outline.what_if_mode
        looks = what_if_mode.looks(node, row_looks(argument_map, node))
        return Box(
            key=_key(node),
            parent=_key(node.parent) if node.parent else None,
            sign=looks.sign,
            label=(TICK if node in self.outline.ticks else "") + visible(statement.label),
            text=against + visible(statement.text) + (" ↗" if node.mark == "again" else ""),
            role=looks.role,
            linked=bool(looks.bracket),
            group=node.inference or "",
            look="fallen" if what_if_mode.has_fallen(statement.id) else "",
        )

    def _corner(self, key: str, room: int) -> str:
        """Return the grade of the claim in the box *key*, in at most *room* cells."""
        statement = self.outline.session.map.statements.get(self._shown[key].statement)
        if statement is None:
            return ""
        return first_fitting(grade_forms(self.outline, statement), room)

    def _style(self, role: str) -> Style:
        return self.styled(*(f"box--{name}" for name in role.split()))


def _key(node: Node) -> str:
    return f"{node.inference or ''} {node.statement}"

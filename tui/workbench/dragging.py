"""Resizing panes by dragging the edge between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Region, Size
    from textual.widget import Widget

    from tui.core.program import Program

    from .arrangement import Arrangement


class ResizablePanes(Protocol):
    """Neighbouring panes whose edges can be dragged."""

    arrangement: Arrangement

    @property
    def app(self) -> Program:
        """The program, which names the keys."""

    @property
    def region(self) -> Region:
        """The area of the panes on the screen."""

    @property
    def size(self) -> Size:
        """The columns and rows of the panes together."""

    def shown_panes(self) -> Sequence[tuple[str, Widget]]:
        """Return the visible panes with their names, from left to right."""

    def lay_out_panes(self) -> None:
        """Give each pane its width."""


TIP: Final = "drag to resize the panes"


class Drag(NamedTuple):
    """A drag in progress."""

    name: str
    """The pane being resized: `text` or `details`."""
    column: int
    """The screen column of the mouse when the drag began."""
    shift: int
    """The shift of the pane when the drag began, in columns."""


def edge_under(panes: ResizablePanes, event: events.MouseEvent) -> str:
    """Return the name of the pane that the edge under the mouse resizes; else empty.

    An edge is two columns wide: the borders of the panes on both sides.
    """
    if not panes.region.contains(int(event.screen_x), int(event.screen_y)):
        return ""
    column = int(event.screen_x) - panes.region.x
    for name, edge in panes.arrangement.edges(panes.size.width):
        if column in (edge - 1, edge):
            return name
    return ""


def tip_under(panes: ResizablePanes, event: events.MouseEvent) -> str | None:
    """Return the tooltip for the edge or title under the mouse; None for neither."""
    if edge_under(panes, event):
        return TIP
    for name, pane in panes.shown_panes():
        top = pane.region.y
        if int(event.screen_y) == top and pane.region.contains(int(event.screen_x), top):
            return panes.app.tip(f"workbench.{name}")
    return None


def begin_drag(panes: ResizablePanes, event: events.MouseDown) -> Drag | None:
    """Return the drag that *event* begins; None unless an edge is under the mouse."""
    name = edge_under(panes, event) if event.button == 1 else ""
    if not name:
        return None
    return Drag(name, int(event.screen_x), panes.arrangement.shift[name])


def follow_mouse(panes: ResizablePanes, drag: Drag, column: int) -> None:
    """Resize the panes for the mouse at *column* of the screen."""
    before = dict(panes.arrangement.shift)
    panes.arrangement.drag(drag.name, drag.shift, column - drag.column, panes.size.width)
    if panes.arrangement.shift != before:
        panes.lay_out_panes()

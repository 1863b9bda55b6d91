"""Dragging the edge between two panes with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Region, Size
    from textual.widget import Widget

    from tui.core.program import Program

    from .arrangement import Arrangement


class ResizablePanes(Protocol):
    """Panes side by side."""

    arrangement: Arrangement

    @property
    def app(self) -> Program:
        """What knows the keys."""

    @property
    def region(self) -> Region:
        """Where they are on the screen."""

    @property
    def size(self) -> Size:
        """How much room they have."""

    def shown_panes(self) -> Sequence[tuple[str, Widget]]:
        """Return the panes that are on the screen, by name."""

    def lay_out_panes(self) -> None:
        """Give each pane its width."""


TIP: Final = "drag to resize the panes"


@frozen
class Drag:
    """A drag that has begun."""

    name: str
    """The pane that becomes wider or narrower: `text` or `details`."""
    column: int
    """Where the mouse was when it began."""
    shift: int
    """The shift of the pane then."""


def edge_under(panes: ResizablePanes, event: events.MouseEvent) -> str:
    """Return which pane drags along with the edge under the mouse; empty for none.

    An edge is two columns wide: the borders of the panes at both sides of it.
    """
    if not panes.region.contains(int(event.screen_x), int(event.screen_y)):
        return ""
    column = int(event.screen_x) - panes.region.x
    for name, edge in panes.arrangement.edges(panes.size.width):
        if column in (edge - 1, edge):
            return name
    return ""


def tip_under(panes: ResizablePanes, event: events.MouseEvent) -> str | None:
    """Return what a drag or the title under the mouse does; None for neither."""
    if edge_under(panes, event):
        return TIP
    for name, pane in panes.shown_panes():
        top = pane.region.y
        if int(event.screen_y) == top and pane.region.contains(int(event.screen_x), top):
            return panes.app.tip(f"workbench.{name}")
    return None


def begin_drag(panes: ResizablePanes, event: events.MouseDown) -> Drag | None:
    """Return the drag that begins with *event*; None where no edge is under the mouse."""
    name = edge_under(panes, event) if event.button == 1 else ""
    if not name:
        return None
    return Drag(name, int(event.screen_x), panes.arrangement.shift[name])


def follow_mouse(panes: ResizablePanes, drag: Drag, column: int) -> None:
    """Lay the panes out for the mouse at *column* of the screen."""
    before = dict(panes.arrangement.shift)
    panes.arrangement.drag(drag.name, drag.shift, column - drag.column, panes.size.width)
    if panes.arrangement.shift != before:
        panes.lay_out_panes()

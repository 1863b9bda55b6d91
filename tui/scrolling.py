"""What the panes that draw themselves share: their extent, and how they scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.scroll_view import ScrollView


def set_extent(view: ScrollView, width: int, height: int) -> None:
    """Let *view* be *width* columns and *height* rows inside, without a new layout.

    Textual lays the whole screen out again when a virtual size changes; a view
    that always has its scroll bar, or never one, needs only the bar drawn anew.
    """
    size = Size(width, height)
    if view.virtual_size == size:
        return
    view.set_reactive(Widget.virtual_size, size)
    if view.show_vertical_scrollbar:
        view.vertical_scrollbar.window_virtual_size = height
        view.vertical_scrollbar.refresh()
    if view.scroll_offset.y > view.max_scroll_y:
        scroll_rows(view, view.max_scroll_y)


def scroll_rows(view: ScrollView, row: int) -> None:
    """Scroll *view* at once, so that *row* is the first that is seen."""
    view.scroll_to(y=row, animate=False, force=True, immediate=True)

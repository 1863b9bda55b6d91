"""Ticking rows of the map with keys and with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.core.filters import filter_predicate

from .rows import DrawnMap

if TYPE_CHECKING:
    from tui.views.map_tree import Node


class TickableMap(DrawnMap, Protocol):
    """A map whose rows can be ticked."""

    def post_ticks_changed(self) -> None:
        """Notify the screen that rows were ticked or unticked."""


def toggle_tick(outline: TickableMap) -> None:
    """Tick the highlighted row, or untick it."""
    if outline.node is not None:
        outline.ticks.toggle(outline.node)
        outline.post_ticks_changed()


def extend_ticks(outline: TickableMap, start: Node | None) -> None:
    """Tick all rows from *start* to the highlighted one."""
    if outline.node is not None:
        outline.ticks.extend(outline.forest.visible, start or outline.node, outline.node)
        outline.post_ticks_changed()


def tick_shown_rows(outline: TickableMap) -> None:
    """Tick every unfolded row; with a filter, only those that match it."""
    wants = filter_predicate(outline.session.map, outline.work.filtered_by)
    for node in outline.forest.visible:
        if wants is None or wants(node.statement):
            outline.ticks.links.setdefault(node.statement, node.inference)
    outline.post_ticks_changed()

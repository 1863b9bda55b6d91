"""Marking rows of the map with keys and with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.core.filters import filter_predicate

from .rows import DrawnMap

if TYPE_CHECKING:
    from tui.views.map_tree import Node


class TickableMap(DrawnMap, Protocol):
    """A map whose rows can be marked."""

    def post_ticks_changed(self) -> None:
        """Let the screen know that other rows are marked."""


def toggle_tick(outline: TickableMap) -> None:
    """Mark the highlighted row, or unmark it."""
    if outline.node is not None:
        outline.ticks.toggle(outline.node)
        outline.post_ticks_changed()


def extend_ticks(outline: TickableMap, start: Node | None) -> None:
    """Mark all rows from *start* to the highlighted one."""
    if outline.node is not None:
        outline.ticks.extend(outline.forest.visible, start or outline.node, outline.node)
        outline.post_ticks_changed()


def tick_shown_rows(outline: TickableMap) -> None:
    """Mark every row that is seen; where a filter is on, only those that it looks for."""
    wants = filter_predicate(outline.session.map, outline.work.filtered_by)
    for node in outline.forest.visible:
        if wants is None or wants(node.statement):
            outline.ticks.links.setdefault(node.statement, node.inference)
    outline.post_ticks_changed()

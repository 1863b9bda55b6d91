"""Marking rows of the map with keys and with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.filtering import wanted

if TYPE_CHECKING:
    from tui.map_tree import Node
    from tui.panes.outline import OutlinePane


def toggle_mark(outline: OutlinePane) -> None:
    """Mark the highlighted row, or unmark it."""
    if outline.node is not None:
        outline.marks.toggle(outline.node)
        outline.post_message(outline.Marked())


def extend_marks(outline: OutlinePane, start: Node | None) -> None:
    """Mark all rows from *start* to the highlighted one."""
    if outline.node is not None:
        outline.marks.extend(outline.forest.visible, start or outline.node, outline.node)
        outline.post_message(outline.Marked())


def mark_shown(outline: OutlinePane) -> None:
    """Mark every row that is seen; where a filter is on, only those that it looks for."""
    wants = wanted(outline.session.map, outline.work.filtered_by)
    for node in outline.forest.visible:
        if wants is None or wants(node.statement):
            outline.marks.links.setdefault(node.statement, node.inference)
    outline.post_message(outline.Marked())

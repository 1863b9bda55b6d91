"""The ticked rows of a map, for an edit of several rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.edit.bulk import PlacedStatement

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from tui.views.map_tree import Node

TICK: Final = "✓"
"""Sign before a ticked row, so that it can be seen without colour."""


@define(eq=False)
class Ticks:
    """The ticked rows of one map.

    A removed statement keeps its tick, so that undo restores both.
    """

    links: dict[str, str | None] = field(factory=dict)
    """Link of the ticked row, by the id of its statement."""
    _before: dict[str, str | None] = field(factory=dict)
    """Ticks before the range that is being extended."""
    _anchor: tuple[str | None, str] | None = None
    _end: tuple[str | None, str] | None = None

    def __contains__(self, node: Node) -> bool:
        return node.statement in self.links

    def toggle(self, node: Node) -> None:
        """Tick *node*, or untick it."""
        self._anchor = None
        if node.statement in self.links:
            del self.links[node.statement]
        else:
            self.links[node.statement] = node.inference

    def extend(self, rows: list[Node], start: Node, end: Node) -> None:
        """Tick the rows between *start* and *end*, both included, among *rows*.

        If the last range ended at *start*, that range grows or shrinks to *end*.
        """
        if self._anchor is None or self._end != start.key:
            # Kept, so that a range that shrinks again unticks only its own rows.
            self._before, self._anchor = dict(self.links), start.key
        self._end = end.key
        numbers = {node.key: number for number, node in enumerate(rows)}
        places = sorted(numbers.get(key, 0) for key in (self._anchor, self._end))
        between = rows[places[0] : places[1] + 1]
        self.links = self._before | {node.statement: node.inference for node in between}

    def clear(self) -> bool:
        """Untick all rows; return whether any was ticked."""
        had_any = bool(self.links)
        self.links, self._anchor = {}, None
        return had_any

    def rows(self, argument_map: ArgumentMap) -> list[PlacedStatement]:
        """Return the ticked rows that *argument_map* has, in the order of ticking."""
        return [
            PlacedStatement(id_, _link(argument_map, id_, inference))
            for id_, inference in self.links.items()
            if id_ in argument_map.statements
        ]


def _link(argument_map: ArgumentMap, statement: str, ticked: str | None) -> str | None:
    """Return the ticked link; if it is gone, the statement's first one."""
    link = argument_map.inferences.get(ticked or "")
    if link is not None and statement in link.premises:
        return link.id
    return next((i.id for i in argument_map.inferences_from.get(statement, ())), None)

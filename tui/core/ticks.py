"""The marked rows of a map, for an edit of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.edit.bulk import PlacedStatement

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from tui.views.map_tree import Node

TICK: Final = "✓"
"""Stands before a marked row, so that no colour is needed to see it."""


@define(eq=False)
class Ticks:
    """The marked rows of one map.

    A statement that is removed keeps its mark, so that it has it again once that is undone.
    """

    links: dict[str, str | None] = field(factory=dict)
    """By the id of each marked statement the link of the row that was marked."""
    _before: dict[str, str | None] = field(factory=dict)
    """What was marked before the range that is being extended."""
    _anchor: tuple[str | None, str] | None = None
    _end: tuple[str | None, str] | None = None

    def __contains__(self, node: Node) -> bool:
        return node.statement in self.links

    def toggle(self, node: Node) -> None:
        """Mark *node*, or unmark it."""
        self._anchor = None
        if node.statement in self.links:
            del self.links[node.statement]
        else:
            self.links[node.statement] = node.inference

    def extend(self, rows: list[Node], start: Node, end: Node) -> None:
        """Mark what is between *start* and *end* among *rows*.

        Where *start* is where the last range ended, that range grows or shrinks to *end*.
        """
        if self._anchor is None or self._end != start.key:
            self._before, self._anchor = dict(self.links), start.key
        self._end = end.key
        numbers = {node.key: number for number, node in enumerate(rows)}
        places = sorted(numbers.get(key, 0) for key in (self._anchor, self._end))
        between = rows[places[0] : places[1] + 1]
        self.links = self._before | {node.statement: node.inference for node in between}

    def clear(self) -> bool:
        """Unmark everything; tell whether anything was marked."""
        had_any = bool(self.links)
        self.links, self._anchor = {}, None
        return had_any

    def rows(self, argument_map: ArgumentMap) -> list[PlacedStatement]:
        """Return the marked rows that *argument_map* has, in the order of marking."""
        return [
            PlacedStatement(id_, _link(argument_map, id_, inference))
            for id_, inference in self.links.items()
            if id_ in argument_map.statements
        ]


def _link(argument_map: ArgumentMap, statement: str, marked: str | None) -> str | None:
    """Return the link that was marked; where it is gone, the first one of the statement."""
    link = argument_map.inferences.get(marked or "")
    if link is not None and statement in link.premises:
        return link.id
    return next((i.id for i in argument_map.inferences_from.get(statement, ())), None)

"""The strongly connected components of a graph: nodes that lead to each other."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def components(successors: Sequence[Iterable[int]]) -> Iterator[list[int]]:
    """Yield the components of a graph, each after all that it leads to.

    Args:
        successors: For each node, counted from 0, the nodes that it leads to. Each is read
            once.

    Source: Tarjan 1972, with an explicit stack instead of recursion.
    """
    nothing = bytes(8 * len(successors))
    order = array("q", nothing)  # when a node was met, from 1; 0 before that
    lowest = array("q", nothing)  # the earliest open node that it is known to lead to
    is_open = bytearray(len(successors))
    met, opened = 0, list[int]()
    for root in range(len(successors)):
        path: list[tuple[int, Iterator[int]]] = []
        enter: int | None = None if order[root] else root
        while enter is not None or path:
            if enter is not None:
                met += 1
                order[enter] = lowest[enter] = met
                is_open[enter] = True
                opened.append(enter)
                path.append((enter, iter(successors[enter])))
            node, ways = path[-1]
            enter = None
            for target in ways:
                if not order[target]:
                    enter = target
                    break
                if is_open[target]:
                    lowest[node] = min(lowest[node], order[target])
            if enter is not None:
                continue
            path.pop()
            if path:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
            if lowest[node] == order[node]:
                yield _closed(node, opened, is_open)


def _closed(node: int, opened: list[int], is_open: bytearray) -> list[int]:
    """Take the component that was entered at *node* from the open nodes."""
    component = []
    while True:
        member = opened.pop()
        is_open[member] = False
        component.append(member)
        if member == node:
            return component

"""A column for each thing that is counted behind a claim, in three sorts one after the other.

Identified origins, unknown ends, items.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, frozen

from argmap.analysis.graphs import reachability as stretches

from .trails import is_identified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .origin_graph import OriginGraph

SORTS: Final = 3
"""Sorts of columns."""


@frozen
class Stretch:
    """Some columns next to each other, each a bit of a whole number, the first the lowest."""

    start: int
    end: int
    masks: tuple[int, ...]
    """The columns of each sort."""
    below: int
    """Every column but the last of each origin that has several."""

    def counted(self, bits: int) -> tuple[int, ...]:
        """Return how many of each sort are in *bits*."""
        origins = bits & self.masks[0]
        # Adding carries into the last column of an origin where any of the others is set.
        seen = ((origins & self.below) + self.below | origins) & self.masks[0] & ~self.below
        return (seen.bit_count(), *((bits & mask).bit_count() for mask in self.masks[1:]))


@define
class CountColumns:
    """Which nodes hold which column."""

    holders: list[list[int]] = Factory(list)
    """For each column the nodes that have it themselves."""
    barred: dict[int, list[int]] = Factory(dict)
    """For some columns the items that lead to it without ending there."""
    starts: list[int] = Factory(list)
    """The first column of each sort."""
    wide: list[tuple[int, int]] = Factory(list)
    """Origins that have several columns: the first, and the one past the last."""

    def add(self, nodes: Iterable[int]) -> int:
        """Give *nodes* a new column, and return it."""
        self.holders.append(list(nodes))
        return len(self.holders) - 1

    def begin_sort(self) -> None:
        """Let the columns that are added from here on be of the next sort."""
        self.starts.append(len(self.holders))

    def stretches(self) -> Iterator[Stretch]:
        """Yield stretches that hold every column together; none parts an origin."""
        sorts = list(pairwise((*self.starts, len(self.holders))))
        start, passed = 0, 0
        while start < len(self.holders):
            end = min(start + stretches.STRETCH, len(self.holders))
            below = 0
            for first, past in self.wide[passed:]:
                if first >= end:
                    break
                end = max(end, past)
                below |= _run(first - start, past - 1 - start)
                passed += 1
            masks = tuple(
                _run(max(first, start) - start, min(past, end) - start) for first, past in sorts
            )
            yield Stretch(start, end, masks, below)
            start = end


def columns_of(graph: OriginGraph) -> CountColumns:
    """Return the columns of all that *ways* lead to."""
    live_map, items, columns = graph.live_map, graph.items, CountColumns()
    voices = _voices(graph)
    columns.begin_sort()
    _add_origins(graph, columns, voices)
    columns.add(number for item, number in items.items() if live_map.items[item].is_authors)
    columns.begin_sort()
    for item, number in items.items():
        if live_map.items[item].is_unknown:
            columns.add([number])
    for source in _ends(graph, identified=False):
        column = columns.add([graph.sources[source]])
        if source in voices:
            columns.barred[column] = voices[source]
    columns.begin_sort()
    columns.holders.extend(_users(graph))
    return columns


def _add_origins(
    graph: OriginGraph, columns: CountColumns, voices: Mapping[str, list[int]]
) -> None:
    """Add a column for each origin, and one more for each source of it that is a mere voice.

    Others may end at such a source where the trail that has it as a voice does not.
    """
    origins: dict[str, list[str]] = {}
    for source in _ends(graph, identified=True):
        origins.setdefault(graph.live_map.roots[source], []).append(source)
    for sources in origins.values():
        first = len(columns.holders)
        shared = [graph.sources[s] for s in sources if s not in voices]
        if shared:
            columns.add(shared)
        for source in sources:
            if source in voices:
                columns.barred[columns.add([graph.sources[source]])] = voices[source]
        if len(columns.holders) > first + 1:
            columns.wide.append((first, len(columns.holders)))


def _ends(graph: OriginGraph, *, identified: bool) -> Iterator[str]:
    """Yield the sources that derive from nobody."""
    found = (graph.live_map.argument_map.sources[id_] for id_ in graph.sources)
    return (s.id for s in found if not s.derives_from and is_identified(s) == identified)


def _voices(graph: OriginGraph) -> dict[str, list[int]]:
    """Return for each source that derives from nobody the items whose trail leads on from it."""
    sources = graph.live_map.argument_map.sources
    found: dict[str, list[int]] = {}
    for item, number in graph.items.items():
        for voice in graph.live_map.items[item].onward:
            if not sources[voice].derives_from:
                found.setdefault(voice, []).append(number)
    return found


def _users(graph: OriginGraph) -> list[list[int]]:
    """Return for each item what it speaks for directly."""
    first = len(graph.sources)
    found: list[list[int]] = [[] for _ in graph.items]
    for support in graph.supports.values():
        for node in graph.successors[support]:
            if node < first + len(found):
                found[node - first].append(support)
    return found


def _run(first: int, past: int) -> int:
    """Return the number whose bits from *first* up to *past* are set."""
    return ((1 << max(past - first, 0)) - 1) << max(first, 0)

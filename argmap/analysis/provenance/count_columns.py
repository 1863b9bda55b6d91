"""Columns of a bit table: one for each origin or item that is counted for a claim.

They come in three kinds, one after the other: identified origins, origins that are not
identified, and items.
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

KINDS: Final = 3
"""Number of kinds of columns."""


@frozen
class Stretch:
    """Adjacent columns as the bits of a whole number; the first column is the lowest bit."""

    start: int
    end: int
    masks: tuple[int, ...]
    """The columns of each kind."""
    below: int
    """All columns but the last of each origin that has several."""

    def counted(self, bits: int) -> tuple[int, ...]:
        """Count the origins or items of each kind whose columns are set in *bits*."""
        origins = bits & self.masks[0]
        # Adding carries into the last column of an origin where any of the others is set.
        seen = ((origins & self.below) + self.below | origins) & self.masks[0] & ~self.below
        return (seen.bit_count(), *((bits & mask).bit_count() for mask in self.masks[1:]))


@define
class CountColumns:
    """The columns of a map, and the nodes of its graph that have each of them."""

    holders: list[list[int]] = Factory(list)
    """For each column, the nodes that have the column themselves."""
    barred: dict[int, list[int]] = Factory(dict)
    """For some columns, the items that reach them without having their origin there."""
    starts: list[int] = Factory(list)
    """The first column of each kind."""
    wide: list[tuple[int, int]] = Factory(list)
    """Origins with several columns: the first one, and the one past the last."""

    def add(self, nodes: Iterable[int]) -> int:
        """Give *nodes* a new column, and return its number."""
        self.holders.append(list(nodes))
        return len(self.holders) - 1

    def begin_kind(self) -> None:
        """Start the next kind of columns."""
        self.starts.append(len(self.holders))

    def stretches(self) -> Iterator[Stretch]:
        """Yield all columns in stretches, none of which splits an origin."""
        kinds = list(pairwise((*self.starts, len(self.holders))))
        start, passed = 0, 0
        while start < len(self.holders):
            end = min(start + stretches.STRETCH, len(self.holders))
            # An origin counts once only if all its columns are in one stretch.
            below = 0
            for first, past in self.wide[passed:]:
                if first >= end:
                    break
                end = max(end, past)
                below |= _run(first - start, past - 1 - start)
                passed += 1
            masks = tuple(
                _run(max(first, start) - start, min(past, end) - start) for first, past in kinds
            )
            yield Stretch(start, end, masks, below)
            start = end


def columns_of(graph: OriginGraph) -> CountColumns:
    """Return the columns of the origins and items in *graph*."""
    live_map, items, columns = graph.live_map, graph.items, CountColumns()
    voices = _voices(graph)
    columns.begin_kind()
    _add_origins(graph, columns, voices)
    # What the author observed has one origin throughout the document.
    columns.add(number for item, number in items.items() if live_map.items[item].is_authors)
    columns.begin_kind()
    for item, number in items.items():
        if live_map.items[item].is_unknown:
            columns.add([number])
    for source in _underived(graph, identified=False):
        column = columns.add([graph.sources[source]])
        if source in voices:
            columns.barred[column] = voices[source]
    columns.begin_kind()
    columns.holders.extend(_users(graph))
    return columns


def _add_origins(
    graph: OriginGraph, columns: CountColumns, voices: Mapping[str, list[int]]
) -> None:
    """Add a column for each origin, and another for each of its sources that is a mere voice.

    Such a source is an origin for some trails, and passes content on for others.
    """
    origins: dict[str, list[str]] = {}
    for source in _underived(graph, identified=True):
        origins.setdefault(graph.live_map.roots[source], []).append(source)
    for sources in origins.values():
        first = len(columns.holders)
        # Sources that no trail leads on from are origins for every item: one column does.
        shared = [graph.sources[s] for s in sources if s not in voices]
        if shared:
            columns.add(shared)
        for source in sources:
            if source in voices:
                columns.barred[columns.add([graph.sources[source]])] = voices[source]
        if len(columns.holders) > first + 1:
            columns.wide.append((first, len(columns.holders)))


def _underived(graph: OriginGraph, *, identified: bool) -> Iterator[str]:
    """Yield the sources that derive from no other source."""
    found = (graph.live_map.argument_map.sources[id_] for id_ in graph.sources)
    return (s.id for s in found if not s.derives_from and is_identified(s) == identified)


def _voices(graph: OriginGraph) -> dict[str, list[int]]:
    """Map each underived source to the items whose trail leads on from it."""
    sources = graph.live_map.argument_map.sources
    found: dict[str, list[int]] = {}
    for item, number in graph.items.items():
        for voice in graph.live_map.items[item].onward:
            if not sources[voice].derives_from:
                found.setdefault(voice, []).append(number)
    return found


def _users(graph: OriginGraph) -> list[list[int]]:
    """Return for each item the statements that it supports directly."""
    first = len(graph.sources)
    found: list[list[int]] = [[] for _ in graph.items]
    for support in graph.supports.values():
        for node in graph.successors[support]:
            if node < first + len(found):
                found[node - first].append(support)
    return found


def _run(first: int, past: int) -> int:
    """Return the number whose bits are set from *first* up to, but not including, *past*."""
    return ((1 << max(past - first, 0)) - 1) << max(first, 0)

"""The number of origins of every claim of a map, counted in one pass.

Each origin and each item has a column. The columns that a claim leads to are the bits of a
whole number. They are computed for a stretch of columns at a time, so that memory stays
bounded however dense the graph is.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.analysis.graphs.components import components
from argmap.text.display import counted

from .corroboration import CountedOrigins, describe_origins
from .count_columns import KINDS, columns_of
from .direct_evidence import count_direct, direct_items
from .origin_graph import origin_graph_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from .count_columns import CountColumns, Stretch
    from .live_map import LiveMap


@frozen
class OriginCount:
    """The number of items for one claim, and the number of their origins."""

    items: int
    """Number of pieces of evidence for the claim or for a statement that supports it."""
    n_min: int
    """Identified origins; sources that are declared to share an origin count once."""
    n_max: int
    """`n_min`, plus the origins that are not identified."""
    direct: CountedOrigins
    """The items that the text offers for the claim itself, which decide its corroboration."""
    inherited: CountedOrigins
    """The items for the statements that support the claim; each piece of evidence is an item."""

    @property
    def summary(self) -> str:
        """The count in words: the direct items, then the origins behind the sub-claims.

        For example, `3 items, 1 origin and 2 unidentified; 3 origins behind its sub-claims`.
        """
        return self.summarise()

    def summarise(self, items: str = "", origins: str = "") -> str:
        """Return the count in words, followed by the names of direct *items* and *origins*."""
        own, behind = self.direct, self.inherited
        if not own.items and not behind.items:
            return "no items"
        words = "no items of its own"
        if own.items:
            number = counted(own.items, "item") + (f" ({items})" if items else "")
            words = f"{number}, {describe_origins(own.n_min, own.n_max)}"
            words += f" ({origins})" if origins else ""
        if not behind.items:
            return words
        return f"{words}; {describe_origins(behind.n_min, behind.n_max)} behind its sub-claims"


_NONE: Final = CountedOrigins(0, 0, 0)


@frozen
class _Condensed:
    """A graph whose circles are single nodes, each numbered after its targets."""

    place: Sequence[int]
    """For each node of the graph, the number of its circle or of itself."""
    successors: Sequence[Collection[int]]


def count_origins(live_map: LiveMap) -> dict[str, OriginCount]:
    """Return the count of each claim of a map by its id, in the order of labels.

    The count of a removed claim is zero throughout.

    Source: after Dong et al. 2009, whose sources copy; a source that declares no
    origin is unknown and never independent.
    """
    graph = origin_graph_of(live_map)
    columns = columns_of(graph)
    whole = _condensed(graph.successors)
    places = {
        s.id: (whole.place[graph.supports[s.id]], whole.place[graph.inherited[s.id]])
        for s in live_map.argument_map.ordered_statements
        if s.kind == "claim" and s.id in graph.supports
    }
    del graph  # it is half of the memory in use, and no longer needed
    totals = _totals(whole, columns, {place for pair in places.values() for place in pair})
    counts: dict[str, OriginCount] = {}
    alike: dict[OriginCount, OriginCount] = {}  # many claims have the same count
    for claim in live_map.argument_map.ordered_statements:
        if claim.kind == "claim":
            direct = count_direct(live_map, direct_items(live_map, claim.id))
            pair = places.get(claim.id)
            every, behind = (_count(totals[place]) for place in pair) if pair else (_NONE, _NONE)
            count = OriginCount(every.items, every.n_min, every.n_max, direct, behind)
            counts[claim.id] = alike.setdefault(count, count)
    return counts


def _count(total: Sequence[int]) -> CountedOrigins:
    origins, unknown, items = total
    return CountedOrigins(items, origins, origins + unknown)


def _condensed(successors: Sequence[Sequence[int]]) -> _Condensed:
    # Tuples take less memory than sets, and nearly every node has few successors.
    place = array("q", bytes(8 * len(successors)))
    down: list[tuple[int, ...]] = []
    for number, members in enumerate(components(successors)):
        for node in members:
            place[node] = number
        after = {place[after] for node in members for after in successors[node]} - {number}
        down.append(tuple(after))
    return _Condensed(place, down)


def _totals(
    whole: _Condensed, columns: CountColumns, wanted: Iterable[int]
) -> dict[int, list[int]]:
    """Count for each of *wanted* the columns of each kind that it leads to."""
    totals = {place: [0] * KINDS for place in wanted}
    for stretch in columns.stretches():
        bits = _bits_in(whole, columns, stretch)
        for place in totals.keys() & bits.keys():
            counts = stretch.counted(bits[place])
            totals[place] = [a + b for a, b in zip(totals[place], counts, strict=True)]
    return totals


def _bits_in(whole: _Condensed, columns: CountColumns, stretch: Stretch) -> dict[int, int]:
    """Return the columns of *stretch* that each node leads to, as bits; others are left out."""
    bits: dict[int, int] = {}
    barred: dict[int, int] = {}
    for column in range(stretch.start, stretch.end):
        bit = 1 << (column - stretch.start)
        for node in columns.holders[column]:
            bits[whole.place[node]] = bits.get(whole.place[node], 0) | bit
        for node in columns.barred.get(column, ()):
            barred[whole.place[node]] = barred.get(whole.place[node], 0) | bit
    # Nodes only lead to lower numbers, so those below the first holder reach no column.
    for place in range(min(bits, default=0), len(whole.successors)):
        own = bits.get(place, 0)
        for after in whole.successors[place]:
            if after in bits:
                own |= bits[after]
        if own:
            # After its targets, so that other items may still have their origin there.
            bits[place] = own & ~barred.get(place, 0)
    return bits

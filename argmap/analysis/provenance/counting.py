"""Origins counted for every claim of a map at once.

Each end of a way back has a column of its own. Which columns a claim leads to is
worked out with whole numbers, whose bits are the columns, and for a stretch of
columns at a time, so that memory stays bounded however much leads to however much.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.analysis.graphs.components import components
from argmap.text.display import counted

from .corroboration import CountedOrigins, describe_origins
from .count_columns import SORTS, columns_of
from .direct_evidence import count_direct, direct_items
from .origin_graph import origin_graph_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from .count_columns import CountColumns, Stretch
    from .live_map import LiveMap


@frozen
class OriginCount:
    """How many items speak for one claim, and how many origins are behind them."""

    items: int
    """Evidence for the claim or for what supports it."""
    n_min: int
    """Identified origins, those that are declared to be one counted once."""
    n_max: int
    """These, and the ends that are unknown."""
    direct: CountedOrigins
    """The items that the text uses for the claim itself. Corroboration follows from these."""
    inherited: CountedOrigins
    """The items for what supports the claim, each piece of evidence an item."""

    @property
    def summary(self) -> str:
        """The count in words: direct items, then what is behind the sub-claims.

        Such as `3 items, 1 origin and 2 unidentified; 3 origins behind its sub-claims`.
        """
        return self.summarise()

    def summarise(self, items: str = "", origins: str = "") -> str:
        """Return the count in words, with names of direct *items* and *origins* after them."""
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
    """A graph whose circles are single nodes, each numbered after all that it leads to."""

    place: Sequence[int]
    """For each node of the graph the number of its circle, or of itself."""
    successors: Sequence[Collection[int]]


def count_origins(live_map: LiveMap) -> dict[str, OriginCount]:
    """Return the count for each claim of a map, by id, in the order of labels.

    A claim that was taken away has nothing.

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
    del graph  # half of what is in memory by now, and no longer needed
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
    # Tuples and no sets, because nearly every node is a circle of its own and leads to few others.
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
    """Return for each of *wanted* how many columns of each sort it leads to."""
    totals = {place: [0] * SORTS for place in wanted}
    for stretch in columns.stretches():
        bits = _bits_in(whole, columns, stretch)
        for place in totals.keys() & bits.keys():
            here = stretch.counted(bits[place])
            totals[place] = [a + b for a, b in zip(totals[place], here, strict=True)]
    return totals


def _bits_in(whole: _Condensed, columns: CountColumns, stretch: Stretch) -> dict[int, int]:
    """Return for each node that leads to columns of *stretch* which of them."""
    bits: dict[int, int] = {}
    barred: dict[int, int] = {}
    for column in range(stretch.start, stretch.end):
        bit = 1 << (column - stretch.start)
        for node in columns.holders[column]:
            bits[whole.place[node]] = bits.get(whole.place[node], 0) | bit
        for node in columns.barred.get(column, ()):
            barred[whole.place[node]] = barred.get(whole.place[node], 0) | bit
    for place in range(min(bits, default=0), len(whole.successors)):
        own = bits.get(place, 0)
        for after in whole.successors[place]:
            if after in bits:
                own |= bits[after]
        if own:
            bits[place] = own & ~barred.get(place, 0)
    return bits

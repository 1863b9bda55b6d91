"""Origins counted for every claim of a map at once.

Each end of a way back has a column of its own. Which columns a claim leads to is
worked out with whole numbers, whose bits are the columns, and for a stretch of
columns at a time, so that memory stays bounded however much leads to however much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.provenance.columns import SORTS, columns_of
from argmap.provenance.components import components
from argmap.provenance.corroboration import suggested_level
from argmap.provenance.ways import ways_in
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from argmap.provenance.columns import Columns, Stretch
    from argmap.provenance.life import Living


@frozen
class OriginCount:
    """How many items speak for one claim, and how many origins are behind them."""

    items: int
    n_min: int
    """Identified origins, those that are declared to be one counted once."""
    n_max: int
    """These, and the ends that are unknown."""
    level: int
    """The level of `corroboration` that this suggests, 0 to 4."""

    @property
    def in_words(self) -> str:
        """The count in words, such as `3 items, 1 origin`, unknown ends apart."""
        words = f"{counted(self.items, 'item')}, {counted(self.n_min, 'origin')}"
        unknown = self.n_max - self.n_min
        return f"{words}, {counted(unknown, 'unknown end')}" if unknown else words


NOTHING: Final = OriginCount(0, 0, 0, 0)


@frozen
class _Condensed:
    """A graph whose circles are single nodes, each numbered after all that it leads to."""

    place: Sequence[int]
    """For each node of the graph the number of its circle, or of itself."""
    successors: Sequence[Collection[int]]


def count_origins(living: Living) -> dict[str, OriginCount]:
    """Return the count for each claim of a map, by id, in the order of labels.

    A claim that was taken away has nothing.

    Source: after Dong et al. 2009, whose sources copy; a source that declares no
    origin is unknown and never independent.
    """
    ways = ways_in(living)
    columns = columns_of(ways)
    whole = _condensed(ways.successors)
    claims = {
        s.id: whole.place[ways.supports[s.id]] if s.id in ways.supports else None
        for s in living.argument_map.ordered_statements
        if s.kind == "claim"
    }
    totals = _totals(whole, columns, {place for place in claims.values() if place is not None})
    return {
        claim: NOTHING if place is None else _count(totals[place])
        for claim, place in claims.items()
    }


def _count(total: Sequence[int]) -> OriginCount:
    origins, unknown, items, stated, kinds = total
    # Two kinds over two origins: some two of the origins then differ.
    differ = stated > 1 and kinds > 1
    return OriginCount(items, origins, origins + unknown, suggested_level(origins, differ=differ))


def _condensed(successors: Sequence[Sequence[int]]) -> _Condensed:
    circles = components(successors)
    place = [0] * len(successors)
    for number, members in enumerate(circles):
        for node in members:
            place[node] = number
    down = [
        {place[after] for node in members for after in successors[node]} - {number}
        for number, members in enumerate(circles)
    ]
    return _Condensed(place, down)


def _totals(whole: _Condensed, columns: Columns, wanted: Iterable[int]) -> dict[int, list[int]]:
    """Return for each of *wanted* how many columns of each sort it leads to."""
    totals = {place: [0] * SORTS for place in wanted}
    for stretch in columns.stretches():
        bits = _bits_in(whole, columns, stretch)
        for place in totals.keys() & bits.keys():
            here = stretch.counted(bits[place])
            totals[place] = [a + b for a, b in zip(totals[place], here, strict=True)]
    return totals


def _bits_in(whole: _Condensed, columns: Columns, stretch: Stretch) -> dict[int, int]:
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

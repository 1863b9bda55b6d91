"""Where the evidence for one claim comes from, told in full."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.model.vocabulary import CERTAINTIES

from .circles import Circle, circles_behind
from .corroboration import CountedOrigins
from .counting import OriginCount
from .direct_evidence import DirectItem, count_direct, direct_items
from .origins import AUTHOR
from .trails import is_identified, sources_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import ArgumentMap

    from .live_map import LiveMap


@frozen
class Origin:
    """An end of the ways back from some items."""

    sources: tuple[str, ...]
    """Ids of the sources that are this end, sorted; none for the author or the item itself."""
    items: tuple[str, ...]
    """Ids of the evidence that leads here, in the order of labels."""
    is_identified: bool
    """False where nobody in particular stands at the end."""


@frozen
class SharedAncestor:
    """What several items lead back to, so that they do not confirm each other."""

    sources: tuple[str, ...]
    """Ids of the sources that exactly these items share, sorted; none for the author."""
    items: tuple[str, ...]
    """Ids of two or more items, in the order of labels."""


@frozen
class DeadEnd:
    """A way back that ends with nobody who could know.

    Source: Greenberg 2009; an end that holds no data is taken to be an unknown
    one, or one that was told by somebody who is not named.
    """

    item: str
    source: str | None
    """The id of the source at the end; None where the item names nobody."""


@frozen
class Growth:
    """An attribution that makes its content more certain than its source does.

    Source: Greenberg 2009 on invention; FactBank for the three certainties.
    """

    item: str
    attribution: str
    steps: int
    """1 or 2, from possible over probable to certain."""


@frozen
class Provenance:
    """The items for one claim, and what they lead back to. Orders are those of labels and ids."""

    claim: str
    count: OriginCount
    direct: tuple[DirectItem, ...]
    """The items that the text uses for the claim itself."""
    items: tuple[str, ...]
    """Ids of the evidence that stands for it, or for what supports it."""
    circular_items: tuple[str, ...]
    """Ids of the evidence for it that never stood: all ways back from it run in circles."""
    origins: tuple[Origin, ...]
    """Those that are identified first."""
    circles: tuple[Circle, ...]
    shared: tuple[SharedAncestor, ...]
    dead_ends: tuple[DeadEnd, ...]
    growth: tuple[Growth, ...]
    sources: int
    """How many sources these items lead to, the author among them."""

    @property
    def without_origin(self) -> tuple[str, ...]:
        """Ids of the evidence that leads to no origin: merely asserted, or circular."""
        ending = {item for origin in self.origins for item in origin.items}
        return (*(i for i in self.items if i not in ending), *self.circular_items)

    def is_direct(self, items: Iterable[str]) -> bool:
        """Tell whether any of *items*, ids of evidence, is offered for the claim itself."""
        own = {item for each in self.direct for item in each.evidence}
        return not own.isdisjoint(items)

    @property
    def intermediaries(self) -> int:
        """How many of the sources are no ends, and only pass on what others say.

        Source: after Greenberg 2009 on amplification.
        """
        return self.sources - sum(len(o.sources) or o.is_identified for o in self.origins)

    @property
    def effective_origins(self) -> Fraction:
        """How many origins would carry as much if each carried the same; 0 where there is none.

        Every item counts the same, and its part is split over the origins it leads to.

        Source: the inverse of the Herfindahl-Hirschman index, the sum of the squared shares.
        """
        ends = Counter(item for origin in self.origins for item in origin.items)
        carried = [sum((Fraction(1, ends[i]) for i in o.items), Fraction(0)) for o in self.origins]
        squares = sum((share * share for share in carried), Fraction(0))
        return len(ends) ** 2 / squares if carried else Fraction(0)

    def false_confirmations(self) -> Iterator[tuple[str, str]]:
        """Yield each pair of items that share an ancestor, once; there may be very many."""
        seen: set[tuple[str, str]] = set()
        for ancestor in self.shared:
            fresh = set(combinations(ancestor.items, 2)) - seen
            seen |= fresh
            yield from sorted(fresh)


def provenance_of(live_map: LiveMap, claim: str) -> Provenance:
    """Return where the evidence that stands for the claim with the id *claim* comes from."""
    items, circular = live_map.items_for(claim), live_map.circular_items_for(claim)
    every = live_map.in_order({*items, *circular})
    origins = _origins(live_map, items)
    direct = direct_items(live_map, claim)
    behind = _origins(live_map, inherited := live_map.inherited_items_for(claim))
    identified = sum(origin.is_identified for origin in origins)
    count = OriginCount(
        len(items),
        identified,
        len(origins),
        count_direct(live_map, direct),
        CountedOrigins(len(inherited), sum(o.is_identified for o in behind), len(behind)),
    )
    return Provenance(
        claim,
        count,
        direct,
        items,
        circular,
        origins,
        circles_behind(live_map, every),
        _shared(live_map, every, origins),
        tuple(_dead_ends(live_map, items)),
        tuple(growth_in(live_map.argument_map, every)),
        _sources(live_map, every),
    )


def _origins(live_map: LiveMap, items: tuple[str, ...]) -> tuple[Origin, ...]:
    sources = live_map.argument_map.sources
    identified: dict[str, dict[str, set[str]]] = {}
    unknown: dict[str, list[str]] = {}
    unnamed: list[str] = []
    for item in items:
        if live_map.items[item].is_authors:
            identified.setdefault(AUTHOR, {})[item] = set()
        if live_map.items[item].is_unknown:
            unnamed.append(item)
        for source in sorted(live_map.origins_of(item)):
            if is_identified(sources[source]):
                by_item = identified.setdefault(live_map.roots[source], {})
                by_item.setdefault(item, set()).add(source)
            else:
                unknown.setdefault(source, []).append(item)
    return (
        *(
            Origin(tuple(sorted(set().union(*led.values()))), tuple(led), is_identified=True)
            for _, led in sorted(identified.items())
        ),
        *(Origin((s,), tuple(led), is_identified=False) for s, led in sorted(unknown.items())),
        *(Origin((), (item,), is_identified=False) for item in unnamed),
    )


def _shared(
    live_map: LiveMap, items: tuple[str, ...], origins: tuple[Origin, ...]
) -> tuple[SharedAncestor, ...]:
    """Return what several of *items* lead to, one value for each set of items."""
    led: dict[str, list[str]] = {}
    sources = live_map.argument_map.sources
    for item in items:
        for source in sources_behind(live_map.trail_of(item), sources, live_map.removed):
            led.setdefault(source, []).append(item)
    together: dict[tuple[str, ...], set[str]] = {}
    for origin in origins:
        together.setdefault(origin.items, set()).update(origin.sources)
    for source, some in led.items():
        together.setdefault(tuple(some), set()).add(source)
    return tuple(
        SharedAncestor(tuple(sorted(shared)), some)
        for some, shared in together.items()
        if len(some) > 1
    )


def _dead_ends(live_map: LiveMap, items: tuple[str, ...]) -> Iterator[DeadEnd]:
    sources = live_map.argument_map.sources
    for item in items:
        if live_map.items[item].is_unknown:
            yield DeadEnd(item, None)
        attributions = live_map.argument_map.attributions_of.get(item, ())
        told = {a.chain[-1] for a in attributions if a.chain and a.access == "told"}
        for source in sorted(live_map.origins_of(item)):
            if source in told or not is_identified(sources[source]):
                yield DeadEnd(item, source)


def growth_in(argument_map: ArgumentMap, items: Iterable[str]) -> Iterator[Growth]:
    """Yield the attributions of *items* that say something more surely than their source."""
    for item in items:
        for each in argument_map.attributions_of.get(item, ()):
            if each.text_certainty is None or each.source_certainty is None:
                continue
            # CERTAINTIES begin with the highest.
            steps = CERTAINTIES.index(each.source_certainty) - CERTAINTIES.index(
                each.text_certainty
            )
            if steps > 0:
                yield Growth(item, each.id, steps)


def _sources(live_map: LiveMap, items: Iterable[str]) -> int:
    """Return how many sources *items* lead to, with the author."""
    trails = [live_map.trail_of(item) for item in items]
    sources, removed = live_map.argument_map.sources, live_map.removed
    behind = {source for trail in trails for source in sources_behind(trail, sources, removed)}
    return len(behind) + any(trail.is_authors for trail in trails)

"""The provenance of one claim in full: items, origins, circles and shared ancestors."""

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
    """An origin of some items: one source, several that share an origin, or the author."""

    sources: tuple[str, ...]
    """Ids of its sources, sorted; empty for the author, and for an item that names no source."""
    items: tuple[str, ...]
    """Ids of the evidence that leads to it, in the order of labels."""
    is_identified: bool
    """False if the trail ends at a vague or unnamed source, or at no source."""


@frozen
class SharedAncestor:
    """Sources that several items derive from, so that the items do not confirm each other."""

    sources: tuple[str, ...]
    """Ids of the sources that exactly these items share, sorted; empty for the author."""
    items: tuple[str, ...]
    """Ids of two or more items, in the order of labels."""


@frozen
class DeadEnd:
    """An origin that could not know: it is unidentified, or was only informed by someone else.

    Source: Greenberg 2009. An origin without data counts as a dead end: it is not identified,
    or its access is `told`, which means an informant who is not named.
    """

    item: str
    source: str | None
    """The id of the source; None if the item names no source."""


@frozen
class CertaintyGrowth:
    """An attribution that makes its content more certain than its source does.

    Source: Greenberg 2009 on invention; FactBank for the three certainties.
    """

    item: str
    attribution: str
    steps: int
    """The number of steps, 1 or 2, on the scale from possible through probable to certain."""


@frozen
class Provenance:
    """The items for one claim and their origins, each list in the order of labels or ids."""

    claim: str
    count: OriginCount
    direct: tuple[DirectItem, ...]
    """The items that the text offers for the claim itself."""
    items: tuple[str, ...]
    """Ids of the live evidence for the claim, or for a statement that supports it."""
    circular_items: tuple[str, ...]
    """Ids of the evidence for the claim whose trails all run in circles."""
    origins: tuple[Origin, ...]
    """Identified origins first."""
    circles: tuple[Circle, ...]
    shared: tuple[SharedAncestor, ...]
    dead_ends: tuple[DeadEnd, ...]
    growth: tuple[CertaintyGrowth, ...]
    sources: int
    """Number of sources that these items lead to, including the author."""

    @property
    def without_origin(self) -> tuple[str, ...]:
        """Ids of the evidence without an origin: merely asserted, or circular."""
        ending = {item for origin in self.origins for item in origin.items}
        return (*(i for i in self.items if i not in ending), *self.circular_items)

    def is_direct(self, items: Iterable[str]) -> bool:
        """Return whether any of *items*, ids of evidence, is offered for the claim itself."""
        own = {item for each in self.direct for item in each.evidence}
        return not own.isdisjoint(items)

    @property
    def intermediaries(self) -> int:
        """Number of the sources that are not origins and only pass content on.

        Source: after Greenberg 2009 on amplification.
        """
        return self.sources - sum(len(o.sources) or o.is_identified for o in self.origins)

    @property
    def effective_origins(self) -> Fraction:
        """The number of equally used origins that would be equally diverse; 0 without origins.

        Every item has the same weight, which is split evenly over its origins.

        Source: the inverse of the Herfindahl-Hirschman index, the sum of the squared shares.
        """
        per_item = Counter(item for origin in self.origins for item in origin.items)
        carried = [
            sum((Fraction(1, per_item[i]) for i in o.items), Fraction(0)) for o in self.origins
        ]
        squares = sum((share * share for share in carried), Fraction(0))
        return len(per_item) ** 2 / squares if carried else Fraction(0)

    def false_confirmations(self) -> Iterator[tuple[str, str]]:
        """Yield each pair of items that share an ancestor, once; there may be very many."""
        seen: set[tuple[str, str]] = set()  # two ancestors may share the same pair
        for ancestor in self.shared:
            fresh = set(combinations(ancestor.items, 2)) - seen
            seen |= fresh
            yield from sorted(fresh)


def provenance_of(live_map: LiveMap, claim: str) -> Provenance:
    """Return the provenance of the claim with the id *claim*."""
    items, circular = live_map.items_for(claim), live_map.circular_items_for(claim)
    # Circular evidence has no origin, but its circles and shared ancestors have to be shown.
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
        tuple(find_certainty_growth(live_map.argument_map, every)),
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
                # By root, so that sources that share an origin are one origin.
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
    """Return the ancestors that several of *items* share, one value for each set of items."""
    led: dict[str, list[str]] = {}
    sources = live_map.argument_map.sources
    for item in items:
        for source in sources_behind(live_map.trail_of(item), sources, live_map.removed):
            led.setdefault(source, []).append(item)
    # By the items, since a long line of sources shared by the same items is one observation.
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
        # The access is that of the innermost speaker, whom the other voices only pass on.
        told = {a.chain[-1] for a in attributions if a.chain and a.access == "told"}
        for source in sorted(live_map.origins_of(item)):
            if source in told or not is_identified(sources[source]):
                yield DeadEnd(item, source)


def find_certainty_growth(
    argument_map: ArgumentMap, items: Iterable[str]
) -> Iterator[CertaintyGrowth]:
    """Yield the attributions of *items* that are more certain than their source."""
    for item in items:
        for each in argument_map.attributions_of.get(item, ()):
            if each.text_certainty is None or each.source_certainty is None:
                continue
            # CERTAINTIES begin with the highest.
            steps = CERTAINTIES.index(each.source_certainty) - CERTAINTIES.index(
                each.text_certainty
            )
            if steps > 0:
                yield CertaintyGrowth(item, each.id, steps)


def _sources(live_map: LiveMap, items: Iterable[str]) -> int:
    """Count the sources that *items* lead to, including the author."""
    trails = [live_map.trail_of(item) for item in items]
    sources, removed = live_map.argument_map.sources, live_map.removed
    behind = {source for trail in trails for source in sources_behind(trail, sources, removed)}
    return len(behind) + any(trail.is_authors for trail in trails)

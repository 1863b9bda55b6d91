"""Direct items: the evidence that a text offers for a claim itself, and its origins.

Only these count towards corroboration. Evidence for a sub-claim confirms the sub-claim.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import frozen

from .corroboration import CountedOrigins
from .origins import AUTHOR
from .stated_access import stated_access
from .trails import is_identified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from argmap.model.vocabulary import Access

    from .live_map import LiveMap

_Roots = frozenset[str]
_NO_ACCESS: Final = frozenset["Access"]()


@frozen
class DirectItem:
    """Evidence that is offered for a claim, alone or linked with other evidence."""

    evidence: tuple[str, ...]
    """Ids of its evidence in the order of labels; several if they are premises of one inference."""
    origins: tuple[str, ...]
    """Ids of its identified origins, sorted, with `AUTHOR` for the author."""
    has_unknown: bool
    """True if some of its evidence has an origin that is not identified."""
    is_identified: bool
    """True if each piece of its evidence has an identified origin."""


def direct_items(live_map: LiveMap, claim: str) -> tuple[DirectItem, ...]:
    """Return the items for the claim with the id *claim*, in the order of inferences.

    Evidence that is offered alone several times is one item, and so is the linked evidence
    of one inference. Circular evidence, which has no origin, is an item too. Evidence that
    fell with a removed source is not.
    """
    if claim in live_map.dead:
        return ()
    statements = live_map.argument_map.statements
    found: dict[tuple[str, ...], None] = {}
    for step in live_map.recorded_inferences(claim):
        evidence = [p for p in step.premises if statements[p].kind == "evidence"]
        # Linked evidence works only together: it counts whole or not at all.
        if evidence and all(p in live_map.items or p in live_map.circular for p in evidence):
            found[tuple(evidence) if len(evidence) == 1 else live_map.in_order(evidence)] = None
    return tuple(_direct_item(live_map, evidence) for evidence in found)


def count_direct(live_map: LiveMap, items: Sequence[DirectItem]) -> CountedOrigins:
    """Count the origins of the direct *items* of one claim.

    An item of linked evidence adds at most one origin, and none if it shares one with another
    item: origins that may depend on each other are assumed to do so.

    Source: the definition is argmap's own.
    """
    sources = _Sources(live_map, items)
    unknown = {origin for item in items for origin in _unknown_origins(live_map, item)}
    kinds = {kind for _, kind in sources.access}
    # Two kinds of access of one origin are still one origin's word.
    differ = len(kinds) > 1 and len({origin for origin, _ in sources.access}) > 1
    identified = len(set(sources.merged.values()))
    return CountedOrigins(
        len(items),
        identified,
        identified + len(unknown),
        frozenset(kinds) if differ else _NO_ACCESS,
    )


@frozen
class _Sources:
    """The identified origins of some items, grouped into those that count as one."""

    live_map: LiveMap
    items: Sequence[DirectItem]

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """For each root, the root that represents all that count as one origin with it."""
        alone = {r for item in self.items if len(item.evidence) == 1 for r in self._roots(item)}
        merged = {root: root for root in alone}
        linked = (i for i in self.items if len(i.evidence) > 1 and i.is_identified)
        for roots in _joined(self._roots(item) for item in linked):
            # If none of the group is also offered alone, the whole group is one origin.
            merged.update(dict.fromkeys(roots - alone, min(roots & alone or roots)))
        return merged

    @property
    def access(self) -> set[tuple[str, Access]]:
        """Each of these origins with each kind of access that the text states for it."""
        return {
            (self.merged[root], kind)
            for item in self.items
            for evidence in item.evidence
            for origin, kind in stated_access(self.live_map, evidence)
            if (root := self.live_map.roots.get(origin, origin)) in self.merged
        }

    def _roots(self, item: DirectItem) -> _Roots:
        return frozenset(self.live_map.roots.get(origin, origin) for origin in item.origins)


def _direct_item(live_map: LiveMap, evidence: tuple[str, ...]) -> DirectItem:
    sources = live_map.argument_map.sources
    identified: set[str] = set()
    has_unknown, is_each_identified = False, True
    for item in evidence:
        trail, origins = live_map.trail_of(item), live_map.origins_of(item)
        own = {origin for origin in origins if is_identified(sources[origin])}
        has_unknown |= trail.is_unknown or len(own) < len(origins)
        own |= {AUTHOR} if trail.is_authors else set()
        is_each_identified &= bool(own)
        identified |= own
    return DirectItem(evidence, tuple(sorted(identified)), has_unknown, is_each_identified)


def _unknown_origins(live_map: LiveMap, item: DirectItem) -> Iterator[object]:
    """Yield the unidentified origins of *item*; at most one for linked evidence."""
    # Linked evidence is one item, so it may add one origin at most, known or unknown.
    if len(item.evidence) > 1:
        if not item.is_identified and (item.origins or item.has_unknown):
            yield item.evidence
        return
    (evidence,) = item.evidence
    if live_map.trail_of(evidence).is_unknown:
        yield item.evidence
    sources = live_map.argument_map.sources
    origins = live_map.origins_of(evidence)
    yield from (origin for origin in origins if not is_identified(sources[origin]))


def _joined(groups: Iterable[_Roots]) -> list[AbstractSet[str]]:
    """Return *groups*, with those that overlap joined into one."""
    joined: list[set[str]] = []
    for group in groups:
        touching = [other for other in joined if not other.isdisjoint(group)]
        joined = [other for other in joined if other.isdisjoint(group)]
        joined.append(set(group).union(*touching))
    return list(joined)

"""Circular reporting: sources that took their content from each other, or from themselves.

Most circles consist of derivation alone and are found once for all items. The next voice in
an item's chain counts for that item only. Where such a step may close a circle, the item is
examined by itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.analysis.graphs.components import components
from argmap.analysis.graphs.reachability import reached, stretches_of

from .trails import derived_behind, sources_behind, steps_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from .live_map import LiveMap
    from .trails import Trail

Found = tuple[tuple[str, ...], bool]
"""The sorted sources of a circle, and whether it is closed: none derives from one outside."""
Leap = tuple[int, int]
"""A step from one voice to the next, as the numbers of their components."""


@frozen
class Circle:
    """Sources that took their content from each other, or one source from itself."""

    sources: tuple[str, ...]
    """The ids of the sources, sorted."""
    items: tuple[str, ...]
    """Ids of the evidence that leads into the circle, in the order of labels."""
    is_closed: bool
    """True if no source in it derives from one outside; such a circle has no origin."""


@frozen
class _Derivation:
    """The graph of derivation, with each circle as one node."""

    place: Mapping[str, int]
    """The node of each source: that of its circle, or its own. Targets have lower numbers."""
    successors: Sequence[Sequence[int]]
    circles: Mapping[int, Found]
    """The sources of each circle, by the number of its node."""


def circles_behind(live_map: LiveMap, items: Iterable[str]) -> tuple[Circle, ...]:
    """Return the circles that *items* lead to, sorted by their sources.

    Args:
        live_map: The map that the items are on.
        items: Ids of live or circular evidence, in the order of labels.

    Source: Greenberg 2009 on citations that found a belief.
    """
    items = list(items)
    trails = [live_map.trail_of(item) for item in items]
    whole = _derivation(live_map, trails)
    leaps = {
        n: _leaps(whole, trail, live_map.removed) for n, trail in enumerate(trails) if trail.onward
    }
    # These need a search of their own, which would be too slow for every item of a big map.
    alone = _closing(whole, trails, leaps)
    found: defaultdict[Found, list[int]] = defaultdict(list)
    for number in alone:
        for circle in _own_circles(live_map, trails[number]):
            found[circle].append(number)
    for place, number in _led(whole, trails, alone):
        ring, is_closed = whole.circles[place]
        # Derivation may not lead out of a circle where the next voice of this item's chain does.
        leads_out = number in leaps and any(voice == place for voice, _ in leaps[number] or ())
        found[ring, is_closed and not leads_out].append(number)
    return tuple(
        Circle(ring, tuple(items[n] for n in sorted(led)), closed)
        for (ring, closed), led in sorted(found.items())
    )


def _derivation(live_map: LiveMap, trails: Iterable[Trail]) -> _Derivation:
    sources, removed = live_map.argument_map.sources, live_map.removed
    starts = (voice for trail in trails for voice in trail.voices if voice not in removed)
    names = derived_behind(starts, sources, removed)
    numbers = {source: number for number, source in enumerate(names)}
    steps = {source: sources[source].derives_from for source in names}
    together = list(components([[numbers[t] for t in steps[s] if t in numbers] for s in names]))
    place = {names[node]: number for number, nodes in enumerate(together) for node in nodes}
    circles: dict[int, Found] = {}
    successors = []
    # A component comes after those that it leads to: `reached` needs targets of lower numbers.
    for number, nodes in enumerate(together):
        leads = {place[t] for node in nodes for t in steps[names[node]] if t in place}
        if number in leads:  # even a single source may derive from itself
            # Nothing can be reached through a removed source, so it opens no circle.
            is_closed = all(
                t in removed or place[t] == number for n in nodes for t in steps[names[n]]
            )
            circles[number] = (tuple(sorted(names[node] for node in nodes)), is_closed)
        successors.append(tuple(leads - {number}))
    return _Derivation(place, successors, circles)


def _leaps(whole: _Derivation, trail: Trail, removed: AbstractSet[str]) -> set[Leap] | None:
    """Return the steps between voices on *trail* that leave their circle of derivation.

    None if a voice was removed: some of the steps may then be out of reach.
    """
    if not removed.isdisjoint(trail.voices):
        return None
    steps = ((voice, after) for voice, following in trail.onward.items() for after in following)
    places = ((whole.place[voice], whole.place[after]) for voice, after in steps)
    # A step inside a circle that is known already closes no further one.
    return {
        (voice, after) for voice, after in places if voice != after or voice not in whole.circles
    }


def _closing(
    whole: _Derivation, trails: Sequence[Trail], leaps: Mapping[int, set[Leap] | None]
) -> set[int]:
    """Return the numbers of the *trails* whose leaps may close a circle; never too few."""
    found: set[int] = set()
    leaping: defaultdict[int, list[int]] = defaultdict(list)
    targets: dict[int, set[int]] = {}
    for number, own in leaps.items():
        targets[number] = {after for _, after in own or ()}
        # A chain closes a circle by itself if it returns to a voice: by a second step to that
        # voice, or by any step to the one where it starts. A removed start has no node.
        starts = {whole.place.get(start, -1) for start in trails[number].starts}
        if own is None or len(targets[number]) < len(own) or starts & targets[number]:
            found.add(number)
        else:
            for place in {voice for voice, _ in own}:
                leaping[place].append(number)
    # Any other circle needs derivation from the target of a step back to its voice.
    for stretch in stretches_of(sorted(leaping)):
        bits = reached(whole.successors, stretch, whole.circles)
        sought: defaultdict[int, int] = defaultdict(int)
        for bit, place in enumerate(stretch):
            for number in leaping[place]:
                sought[number] |= 1 << bit
        found.update(n for n, mask in sought.items() if any(bits[t] & mask for t in targets[n]))
    return found


def _led(
    whole: _Derivation, trails: Sequence[Trail], alone: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """Yield each circle of derivation with each trail that leads to it, except those in *alone*."""
    for stretch in stretches_of(sorted(whole.circles)):
        bits = reached(whole.successors, stretch, whole.circles)
        for number, trail in enumerate(trails):
            if number in alone:
                continue
            led = 0
            for voice in trail.voices:
                led |= bits[whole.place[voice]] if voice in whole.place else 0
            while led:
                lowest = led & -led
                yield stretch[lowest.bit_length() - 1], number
                led ^= lowest


def _own_circles(live_map: LiveMap, trail: Trail) -> set[Found]:
    """Return the circles that *trail* leads to, found without the other trails."""
    sources, removed = live_map.argument_map.sources, live_map.removed
    behind = sources_behind(trail, sources, removed)
    steps = {source: steps_from(trail, source, sources) for source in behind}
    names = list(steps)
    numbers = {source: number for number, source in enumerate(names)}
    found: set[Found] = set()
    for nodes in components([[numbers[t] for t in steps[s] if t in numbers] for s in names]):
        ring = {names[node] for node in nodes}
        targets = {target for source in ring for target in steps[source]} - removed
        if len(ring) > 1 or targets & ring:
            found.add((tuple(sorted(ring)), targets <= ring))
    return found

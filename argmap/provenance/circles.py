"""Circular reporting: sources that took their content from each other, or from themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from argmap.provenance.components import components
from argmap.provenance.trails import sources_behind, steps_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from argmap.provenance.life import Living
    from argmap.provenance.trails import Trail

Found = tuple[tuple[str, ...], bool]
"""The sources of a circle, sorted, and whether nothing leads out of it."""


@frozen
class Circle:
    """Sources that took their content from each other, or one from itself."""

    sources: tuple[str, ...]
    """Ids, sorted."""
    items: tuple[str, ...]
    """Ids of the evidence that leads into it, in the order of labels."""
    is_closed: bool
    """True where nothing leads out of it; such a circle is no origin."""


def circles_behind(living: Living, items: Iterable[str]) -> tuple[Circle, ...]:
    """Return the circles that *items*, in the order of labels, lead to; by their sources.

    Source: Greenberg 2009 on citations that found a belief.
    """
    sources, removed = living.argument_map.sources, living.removed
    found: dict[Found, list[str]] = {}
    derived: dict[str, Found | None] = {}
    for item in items:
        trail = living.trail_of(item)
        behind = sources_behind(trail, sources, removed)
        if _may_close(living, trail, behind):
            steps = {source: steps_from(trail, source, sources) for source in behind}
            circles = set(_circles(steps, removed))
        else:
            fresh = (source for source in behind if source not in derived)
            steps = {source: sources[source].derives_from for source in fresh}
            derived |= dict.fromkeys(steps)
            derived |= {source: c for c in _circles(steps, removed) for source in c[0]}
            circles = {circle for source in behind if (circle := derived[source]) is not None}
        for circle in circles:
            found.setdefault(circle, []).append(item)
    return tuple(Circle(ring, tuple(led), closed) for (ring, closed), led in sorted(found.items()))


def _may_close(living: Living, trail: Trail, behind: Iterable[str]) -> bool:
    """Tell whether anything may lead back to a chain of *trail*, and so make a circle."""
    if not trail.onward:
        return False
    voices = {voice for following in trail.onward.values() for voice in following}
    if voices & set(trail.starts) or len(voices) < sum(map(len, trail.onward.values())):
        return True
    sources = living.argument_map.sources
    return any(origin in trail.onward for s in behind for origin in sources[s].derives_from)


def _circles(steps: Mapping[str, tuple[str, ...]], removed: AbstractSet[str]) -> Iterator[Found]:
    """Yield each circle among the sources that have *steps*."""
    names = list(steps)
    numbers = {source: number for number, source in enumerate(names)}
    for members in components([[numbers[t] for t in steps[s] if t in numbers] for s in names]):
        ring = {names[number] for number in members}
        targets = {target for source in ring for target in steps[source]} - removed
        if len(ring) > 1 or targets & ring:
            yield tuple(sorted(ring)), targets <= ring

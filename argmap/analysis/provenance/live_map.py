"""The live part of a map after the removal of some statements and sources.

Evidence is live while one of its trails reaches an origin. Evidence that falls leaves the map
as a removed statement does: an inference falls with any of its premises or its conclusion, and
so do the inferences that target it. A claim without items stays live, as a bare claim.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from argmap.model.map import label_order

from .origins import origins_by_derivation
from .shared_origins import shared_origin_roots
from .trails import Trail, sources_behind, steps_from, trail_of, voices_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from argmap.model.map import ArgumentMap
    from argmap.model.source import Source
    from argmap.model.statement import Inference

    from .origins import OriginsBySource


@frozen
class LiveMap:
    """A map with its live evidence and with the statements and inferences that fell."""

    argument_map: ArgumentMap = field(repr=False)
    removed: frozenset[str]
    """Ids of the removed statements and sources."""
    items: Mapping[str, Trail] = field(repr=False)
    """The live evidence with its trails, by id, in the order of labels."""
    circular: Mapping[str, Trail] = field(repr=False)
    """The evidence that was never live, since all its trails run in circles."""
    dead: frozenset[str]
    """Ids of the statements and inferences that are removed, fell or never were live."""

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """For each source, the source that represents all that share its origin."""
        return shared_origin_roots(self.argument_map.sources)

    def supporting_inferences(self, statement: str) -> Iterator[Inference]:
        """Yield the live inferences that support *statement*, in the order of labels."""
        for inference in self.argument_map.inferences_to.get(statement, ()):
            if inference.stance == "supports" and inference.id not in self.dead:
                yield inference

    def trail_of(self, item: str) -> Trail:
        """Return the trail of live or circular evidence."""
        return self.items.get(item) or self.circular[item]

    # Once for all items, since many of them cite the same sources.
    @cached_property
    def _by_derivation(self) -> OriginsBySource:
        return origins_by_derivation(self.argument_map.sources, self.removed)

    def origins_of(self, item: str) -> set[str]:
        """Return the ids of the sources at which the trail of *item* ends."""
        trail, sources = self.trail_of(item), self.argument_map.sources
        found = self.derived_origins(voices_to_follow(trail, sources, self.removed))
        # A voice with a next one passes on what that one says: it is no origin of this trail.
        return found - trail.onward.keys() if trail.onward else found

    def derived_origins(self, sources: Iterable[str]) -> set[str]:
        """Return the ids of the sources at which derivation from any of *sources* ends."""
        return set().union(*(self._by_derivation.get(source, ()) for source in sources))

    def items_for(self, claim: str) -> tuple[str, ...]:
        """Return the ids of the live evidence for *claim*, in the order of labels.

        Evidence counts for a claim if supporting inferences lead from it to the claim, directly or
        through other statements. Support for an inference is not support for its conclusion.
        """
        below = {claim, *premises_below([claim], self.supporting_inferences)}
        return self.in_order(below & self.items.keys())

    def circular_items_for(self, claim: str) -> tuple[str, ...]:
        """Return the ids of the circular evidence for *claim*, in the order of labels."""
        below = {claim, *premises_below([claim], self.recorded_inferences)}
        return self.in_order(below & self.circular.keys())

    def inherited_items_for(self, claim: str) -> tuple[str, ...]:
        """Return the ids of the live evidence for the premises of *claim*.

        Evidence that supports the claim itself is included only if it also supports another
        statement that leads to the claim.
        """
        premises = {p for step in self.supporting_inferences(claim) for p in step.premises}
        below = premises_below(premises, self.supporting_inferences)
        return self.in_order(below & self.items.keys())

    def recorded_inferences(self, statement: str) -> Iterator[Inference]:
        """Yield the supporting inferences to *statement* that have no removed premise.

        Inferences from circular evidence, which never was live, are included.
        """
        for inference in self.argument_map.inferences_to.get(statement, ()):
            if inference.stance == "supports" and self.removed.isdisjoint(inference.premises):
                yield inference

    def in_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return *ids* of statements in the order of labels."""
        found = (self.argument_map.statements[id_] for id_ in ids)
        return tuple(s.id for s in sorted(found, key=lambda s: (label_order(s.label), s.id)))


def live_map_of(argument_map: ArgumentMap, without: Collection[str] = ()) -> LiveMap:
    """Return the live part of a map without the statements and sources in *without*."""
    removed = frozenset(without)
    sources = argument_map.sources
    # Evidence that never had an origin is circular, evidence that lost it has fallen: only the
    # graph without removals shows which of the two it is.
    ever_leading = _leading(sources, frozenset())
    leading = _leading(sources, removed) if removed else ever_leading
    items: dict[str, Trail] = {}
    circular: dict[str, Trail] = {}
    fallen = {statement for statement in removed if statement in argument_map.statements}
    for statement in argument_map.ordered_statements:
        if statement.kind != "evidence" or statement.id in removed:
            continue
        trail = trail_of(argument_map, statement.id)
        if _is_live(trail, sources, leading, removed):
            items[statement.id] = trail
            continue
        fallen.add(statement.id)
        if not _is_live(trail, sources, ever_leading, frozenset()):
            circular[statement.id] = trail
    return LiveMap(argument_map, removed, items, circular, _dead(argument_map, fallen))


def voices_to_follow(
    trail: Trail, sources: Mapping[str, Source], removed: AbstractSet[str]
) -> Sequence[str]:
    """Return the sources from which derivation alone leads to the origins of *trail*.

    It also leads to voices of the trail that have a next voice and derive from no source. They
    are not origins of this trail, so the caller has to leave them out.
    """
    # The usual case by far, in which no list has to be made.
    if removed.isdisjoint(trail.voices):
        if not trail.onward:
            return trail.voices
        found: Sequence[str] = trail.voices
    else:
        found = voices_of(trail, removed)
        if trail.onward.keys() - removed - set(found):
            # A voice behind a removed one may still be reached by derivation, and lead on.
            behind = sources_behind(trail, sources, removed)
            return [source for source in behind if not steps_from(trail, source, sources)]
    return [v for v in found if v not in trail.onward or sources[v].derives_from]


def _leading(sources: Mapping[str, Source], removed: AbstractSet[str]) -> set[str]:
    """Return the sources from which derivation reaches a source that derives from no other."""
    takers: dict[str, list[str]] = {}
    for source in sources.values():
        for origin in source.derives_from:
            takers.setdefault(origin, []).append(source.id)
    waiting = [s.id for s in sources.values() if not s.derives_from and s.id not in removed]
    found = set(waiting)
    while waiting:
        for taker in takers.get(waiting.pop(), ()):
            if taker not in found and taker not in removed:
                found.add(taker)
                waiting.append(taker)
    return found


def _is_live(
    trail: Trail,
    sources: Mapping[str, Source],
    leading: AbstractSet[str],
    removed: AbstractSet[str],
) -> bool:
    if trail.is_authors or trail.is_unknown or not trail.starts:
        return True
    waiting = [source for source in voices_to_follow(trail, sources, removed) if source in leading]
    # A voice that leads on and derives from nothing is no origin here, so reaching one proves
    # nothing. Without such a voice every start in `leading` is proof enough.
    if all(sources[voice].derives_from for voice in trail.onward):
        return bool(waiting)
    met = set(waiting)
    while waiting:  # it ends soon, since derivation leads from each of these to an origin
        source = waiting.pop()
        if not steps_from(trail, source, sources):
            return True
        fresh = [s for s in sources[source].derives_from if s in leading and s not in met]
        met.update(fresh)
        waiting += fresh
    return False


def _dead(argument_map: ArgumentMap, fallen: Iterable[str]) -> frozenset[str]:
    """Return the *fallen* statements with the inferences that fall with them."""
    # Statements do not fall with their support: the text still claims what it no longer backs.
    dead = set(fallen)
    waiting = list(dead)
    while waiting:
        id_ = waiting.pop()
        steps = (
            *argument_map.inferences_from.get(id_, ()),
            *argument_map.inferences_to.get(id_, ()),
        )
        for step in steps:
            if step.id not in dead:
                dead.add(step.id)
                waiting.append(step.id)
    return frozenset(dead)


def premises_below(
    starts: Iterable[str], supporting_inferences: Callable[[str], Iterable[Inference]]
) -> set[str]:
    """Return the statements from which one or more inferences lead to one of *starts*."""
    below: set[str] = set()
    waiting = list(starts)
    while waiting:
        for step in supporting_inferences(waiting.pop()):
            fresh = [premise for premise in step.premises if premise not in below]
            below.update(fresh)
            waiting += fresh
    return below

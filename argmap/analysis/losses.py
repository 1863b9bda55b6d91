"""Other losses when evidence is removed: main items, answers, and sources of the same origin.

Source: the rules are argmap's own.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from .provenance.direct_evidence import direct_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.statement import Inference, Statement

    from .provenance import DirectItem, LiveMap, OriginCount


def is_main_item_lost(
    whole: LiveMap, remaining: LiveMap, claim: Statement, before: OriginCount, after: OriginCount
) -> bool:
    """Return whether the main item of *claim* was live and no longer supports it.

    If the claim names no `main_item`, its only direct item is the main item; linked evidence
    counts as one item. The main item is lost with any of its evidence, and with anything else
    that its inference needs. If there are several direct items, any of them may be the main
    item, so it is lost only if all of them are.

    Args:
        whole: The map as it is.
        remaining: The same map without the removed statements and sources.
        claim: A claim of the map.
        before: Its count in *whole*.
        after: Its count in *remaining*.
    """
    if claim.main_item is None:
        if before.direct.items == after.direct.items:
            return False
        had = [i for i in direct_items(whole, claim.id) if _is_alive(whole, i)]
        has = had if claim.id in remaining.removed else direct_items(remaining, claim.id)
        return bool(had) and not any(_is_alive(remaining, item) for item in has)
    main = claim.main_item
    if main not in whole.items:
        return False
    if main not in remaining.items:
        return True
    if claim.id in remaining.removed:
        return False  # the item is live; only the claim it supported is gone
    return _supports(whole, main, claim.id) and not _supports(remaining, main, claim.id)


def answers_lost(whole: LiveMap, remaining: LiveMap, claim: str) -> set[str]:
    """Return the ids of fallen statements that answered opposition to the claim *claim*.

    An answer opposes a statement, or an inference, that opposes the claim. The opposition has
    to be live: contrary evidence that fell with its answer needs none.
    """
    return {
        answer
        for contrary in _opposing(remaining, claim)
        for target in (contrary.id, *contrary.premises)
        for step in _opposing(whole, target)
        for answer in step.premises
        if answer in remaining.dead
    }


def same_origin(remaining: LiveMap) -> tuple[str, ...]:
    """Return the ids of live sources that share an origin with a removed one, sorted.

    A source is live while derivation leads from it to a source that derives from no other.
    """
    roots = remaining.roots
    removed_roots = {roots[id_] for id_ in remaining.removed if id_ in roots}
    return tuple(
        id_
        for id_ in sorted(roots)
        if roots[id_] in removed_roots
        and id_ not in remaining.removed
        and remaining.derived_origins([id_])
    )


def _is_alive(live_map: LiveMap, item: DirectItem) -> bool:
    return live_map.items.keys() >= set(item.evidence)


def _opposing(live_map: LiveMap, target: str) -> Iterator[Inference]:
    """Yield the live inferences that oppose *target*, the id of a statement or inference."""
    for inference in live_map.argument_map.inferences_to.get(target, ()):
        if inference.stance == "opposes" and inference.id not in live_map.dead:
            yield inference


def _supports(live_map: LiveMap, item: str, claim: str) -> bool:
    """Return whether live supporting inferences lead from *item* to *claim*, both ids."""
    met, waiting = {item}, deque([item])
    while waiting:  # from the item up, since the claim is usually one inference away
        id_ = waiting.popleft()
        if id_ == claim:
            return True
        for step in live_map.argument_map.inferences_from.get(id_, ()):
            is_way = step.stance == "supports" and step.id not in live_map.dead
            if is_way and step.conclusion not in met:
                met.add(step.conclusion)
                waiting.append(step.conclusion)
    return False

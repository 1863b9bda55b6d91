"""Support followed forward through a map, for many starting points in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.graphs.components import components
from argmap.analysis.graphs.reachability import reached, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import ArgumentMap

Pair = tuple[str, str]
"""The ids of a conclusion and of a premise that may support it, directly or indirectly."""


def steps_forward(argument_map: ArgumentMap, id_: str) -> Iterator[str]:
    """Yield the supporting inferences of a statement, or the conclusion of an inference.

    A statement leads to the supporting inferences that use it, and a supporting inference
    to its conclusion, which may be another inference.
    """
    inference = argument_map.inferences.get(id_)
    if inference is not None:
        if inference.stance == "supports":
            yield inference.conclusion
        return
    for used in argument_map.inferences_from.get(id_, ()):
        if used.stance == "supports":
            yield used.id


def resting_on(argument_map: ArgumentMap, starts: Iterable[str]) -> set[str]:
    """Return *starts* and every statement and inference that rests on one of them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for after in steps_forward(argument_map, waiting.pop()):
            if after not in found:
                found.add(after)
                waiting.append(after)
    return found


def supported_by(argument_map: ArgumentMap, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield each of *pairs* whose premise supports its conclusion, directly or indirectly.

    The time grows with the map and the pairs, not with their product.
    """
    wanted = list(pairs)
    if not wanted:
        return
    ids = [*argument_map.statements, *argument_map.inferences]
    numbers = {id_: number for number, id_ in enumerate(ids)}
    leads = [[numbers[after] for after in steps_forward(argument_map, id_)] for id_ in ids]
    together = list(components(leads))
    place = {ids[node]: number for number, nodes in enumerate(together) for node in nodes}
    successors = [
        list({place[ids[after]] for node in nodes for after in leads[node]} - {number})
        for number, nodes in enumerate(together)
    ]
    circular = {number for number, nodes in enumerate(together) if len(nodes) > 1}
    for stretch in stretches_of(sorted({place[conclusion] for conclusion, _ in wanted})):
        bits = reached(successors, stretch, circular)
        own = {node: 1 << bit for bit, node in enumerate(stretch)}
        for conclusion, premise in wanted:
            if bits[place[premise]] & own.get(place[conclusion], 0):
                yield conclusion, premise

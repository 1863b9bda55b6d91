"""Support followed forward through a map, for many starting points at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.map import label_order
from argmap.provenance.components import components
from argmap.provenance.stretches import reached, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference

Pair = tuple[str, str]
"""The ids of a conclusion and of a premise that may support it, directly or not."""


def steps_forward(argument_map: ArgumentMap, id_: str) -> Iterator[str]:
    """Yield what the statement or inference *id_* supports or, as an inference, leads to.

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


def link_name(argument_map: ArgumentMap, inference: Inference) -> str:
    """Return *inference* in words, such as `the link E1 and E2 → C1`.

    What it undercuts, a link too, stands in parentheses: `the link C2 → (E1 → C1)`.
    """
    target = argument_map.inferences.get(inference.conclusion)
    to = argument_map.statements[inference.conclusion].label if target is None else ""
    if target is not None:
        end = argument_map.statements.get(target.conclusion)
        # Links can lead to links without end, so that the second one is named by its label.
        label = end.label if end else argument_map.inferences[target.conclusion].label
        to = f"({premises_in_words(argument_map, target)} → {label})"
    return f"the link {premises_in_words(argument_map, inference)} → {to}"


def premises_in_words(argument_map: ArgumentMap, inference: Inference) -> str:
    """Return the labels of the premises of *inference*, such as `E1 and E2`."""
    statements = argument_map.statements
    premises = sorted(inference.premises, key=lambda id_: label_order(statements[id_].label))
    return in_words(statements[id_].label for id_ in premises)


def in_words(labels: Iterable[str]) -> str:
    """Return *labels* as a list in a sentence, such as `C1, C2 and C3`."""
    listed = list(labels)
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def supported_by(argument_map: ArgumentMap, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield those of *pairs*, a conclusion and a premise, where support leads to the conclusion.

    The time grows with the map and the pairs, not with their product.
    """
    wanted = list(pairs)
    if not wanted:
        return
    ids = [*argument_map.statements, *argument_map.inferences]
    numbers = {id_: number for number, id_ in enumerate(ids)}
    leads = [[numbers[after] for after in steps_forward(argument_map, id_)] for id_ in ids]
    together = components(leads)
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

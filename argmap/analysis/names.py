"""Names for statements and inferences: a label, or the two ends of a link in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.map import label_order
from argmap.model.statement import Statement
from argmap.text.display import and_list, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference


def describe_premises(argument_map: ArgumentMap, inference: Inference) -> str:
    """Return the labels of the premises of *inference*, such as `E5 and E6`."""
    labels = (argument_map.statements[id_].label for id_ in inference.premises)
    return and_list(map(short, sorted(labels, key=label_order)))


def describe_target(argument_map: ArgumentMap, id_: str, depth: int = 2) -> str:
    """Return the label of a statement, or an inference in words: `the link from E1 to C1`."""
    target = argument_map.statements.get(id_) or argument_map.inferences[id_]
    if isinstance(target, Statement):
        return short(target.label)
    if not depth:  # inferences can lead to each other in a circle
        return "a link"
    conclusion = describe_target(argument_map, target.conclusion, depth - 1)
    return f"the link from {describe_premises(argument_map, target)} to {conclusion}"


def names_by_id(argument_map: ArgumentMap, ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of the statements and inferences among *ids*, by id."""
    entities = (argument_map.statements, argument_map.inferences)
    known = [id_ for id_ in ids if id_ and any(id_ in home for home in entities)]
    return {id_: describe_target(argument_map, id_) for id_ in known}

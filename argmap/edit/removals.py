"""The changes that remove entities, and the inferences that fall with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.map import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import ArgumentMap, Entity
    from argmap.model.statement import Inference


def removal_changes(entities: Iterable[Entity]) -> Iterable[Change]:
    """Return the changes that remove *entities*."""
    return (Change(entity, None) for entity in entities)


def find_dependent_inferences(
    argument_map: ArgumentMap, inferences: Iterable[Inference]
) -> list[Inference]:
    """Return *inferences* and, in turn, every inference that targets one, each once."""
    gone = list({inference.id: inference for inference in inferences}.values())
    seen = {inference.id for inference in gone}
    for inference in gone:
        for targeting in argument_map.inferences_to.get(inference.id, ()):
            if targeting.id not in seen:
                seen.add(targeting.id)
                gone.append(targeting)
    return gone

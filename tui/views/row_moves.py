"""Which changes of a map move its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Change


def parent_of(argument_map: ArgumentMap, entity: object) -> str | None:
    """Return the id of the statement under which *entity* is ordered.

    Empty for a root; None for any other statement, whose order is not visible.
    """
    if isinstance(entity, Statement):
        return None if entity.id in argument_map.inferences_from else ""
    passed: set[str] = set()
    here = entity.conclusion if isinstance(entity, Inference) else ""
    while here in argument_map.inferences and here not in passed:
        passed.add(here)
        here = argument_map.inferences[here].conclusion
    return here


def changes_shape(change: Change) -> bool:
    """Return whether a change can move rows."""
    return _shape(change.before) != _shape(change.after)


def changes_order_alone(change: Change) -> bool:
    """Return whether a change can only move a row among its siblings."""
    before, after = _shape(change.before), _shape(change.after)
    return before is not None and after is not None and before[1:] == after[1:]


def _shape(entity: object) -> tuple[object, ...] | None:
    """Return the values that decide where a statement or link is in the tree, order first."""
    if isinstance(entity, Inference):
        return entity.order, entity.premises, entity.conclusion
    if isinstance(entity, Statement):
        return entity.order, entity.label, entity.main
    return None

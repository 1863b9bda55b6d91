"""What the selected statement leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Operation
    from tui.screens.workbench import WorkbenchScreen


def claim_served(argument_map: ArgumentMap, selected: str | None) -> Statement | None:
    """Return the claim that *selected* is, or serves in the end by its first inferences."""
    seen: set[str] = set()
    id_ = selected
    while id_ is not None and id_ not in seen:
        seen.add(id_)
        statement = argument_map.statements.get(id_)
        if statement is not None and statement.kind == "claim":
            return statement
        if id_ in argument_map.inferences:
            id_ = argument_map.inferences[id_].conclusion
        else:
            inferences = argument_map.inferences_from.get(id_, ())
            id_ = inferences[0].conclusion if inferences else None
    return None


def places_of(
    argument_map: ArgumentMap, statement: Statement
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the text says *statement*, and where it says who says so."""
    cues = [
        (a.cue_start, a.cue_start + len(a.cue))
        for a in argument_map.attributions_of.get(statement.id, ())
        if a.cue and a.cue_start is not None
    ]
    return [(p.start, p.end) for p in statement.passages], cues


def passages_in(argument_map: ArgumentMap, operation: Operation) -> list[tuple[int, int]]:
    """Return the places in the text of every statement that *operation* changes or links."""
    entities = [entity for c in operation.changes for entity in (c.before, c.after)]
    found = [entity for entity in entities if isinstance(entity, Statement)]
    linked = {id_ for e in entities if isinstance(e, Inference) for id_ in e.premises}
    found += [argument_map.statements[id_] for id_ in linked if id_ in argument_map.statements]
    return [(p.start, p.end) for statement in found for p in statement.passages]


def needs_selection(bench: WorkbenchScreen) -> str:
    """Return why nothing can be done to what is selected; empty where it can."""
    return "" if bench.selected is not None else "select a statement first"


def needs_claim(bench: WorkbenchScreen) -> str:
    """Return why there is no claim at hand; empty where there is one."""
    return "" if bench.target is not None else "select a claim first"

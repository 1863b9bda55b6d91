"""Selecting a statement in all panes at once, and what the selected one leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from argmap.edit.bulk import PlacedStatement
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from tui.document.coverage import cues_in

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Operation
    from tui.actions.action import Action

    from .workspace import Workspace


class _Working(Protocol):
    """A part of a screen on which a document is open."""

    @property
    def work(self) -> Workspace:
        """The document."""


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


def places_of(statement: Statement) -> list[tuple[int, int]]:
    """Return where the text says *statement*."""
    return [(passage.start, passage.end) for passage in statement.passages]


def passages_in(argument_map: ArgumentMap, operation: Operation) -> list[tuple[int, int]]:
    """Return the places in the text of all that *operation* changes, links or attributes."""
    entities = [entity for c in operation.changes for entity in (c.before, c.after)]
    found = [entity for entity in entities if isinstance(entity, Statement)]
    linked = {id_ for e in entities if isinstance(e, Inference) for id_ in e.premises}
    found += [argument_map.statements[id_] for id_ in linked if id_ in argument_map.statements]
    said = [entity for entity in entities if isinstance(entity, Attribution)]
    return [place for statement in found for place in places_of(statement)] + cues_in(said)


def needs_selection(work: Workspace) -> str:
    """Return why nothing can be done to what is selected; empty where it can."""
    return "" if work.selected is not None else "select a statement first"


def claim_in_view(work: Workspace) -> Statement | None:
    """Return the claim that is selected, or that the selected statement serves."""
    return claim_served(work.map, work.selected)


def needs_inference(work: Workspace) -> str:
    """Return why there is no link at hand; empty where there is one."""
    there = work.inference is not None
    return "" if there else "select something that speaks for or against another"


def needs_row(panes: _Working) -> str:
    """Return why nothing can be done to the selected row of the map; empty where it can."""
    return needs_selection(panes.work)


def needs_link(panes: _Working) -> str:
    """Return why the selected row of the map has no link; empty where it has."""
    return needs_inference(panes.work)


def needs_claim(work: Workspace) -> str:
    """Return why there is no claim at hand; empty where there is one."""
    return "" if claim_in_view(work) is not None else "select a claim first"


_OF_ONE: Final = (needs_selection, needs_claim, needs_inference, needs_row, needs_link)
"""Why an action that takes the selected statement, or what belongs to it, is not possible."""


def single_row_note(work: Workspace, action: Action) -> str:
    """Return a note where rows are marked and *action* takes only one; else nothing."""
    marked = work.ticked
    if not marked or action.takes_several or action.refused not in _OF_ONE:
        return ""
    label = work.statement.label
    return f"this takes one row: {label} alone, not the {len(marked):,} that are marked"


def clear_ticks(work: Workspace) -> bool:
    """Unmark all rows; tell whether any was marked."""
    had_any = work.ticks.clear()
    if had_any:
        work.host.changed("ticks")
    return had_any


def ticked_or_selected_rows(work: Workspace) -> list[PlacedStatement]:
    """Return the marked rows where the focus is on the map, else the selected one."""
    inference = work.inference
    return work.ticked or [PlacedStatement(work.statement.id, inference.id if inference else None)]

"""The selection: the claim it supports, its passages, and reasons to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from argmap.edit.bulk import PlacedStatement
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.text.display import counted
from tui.document.coverage import cues_in

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Operation
    from tui.actions.action import Action

    from .workspace import Workspace


class _Working(Protocol):
    """A pane or screen with an open document."""

    @property
    def work(self) -> Workspace:
        """The open document."""


def claim_supported_by(argument_map: ArgumentMap, selected: str | None) -> Statement | None:
    """Return the first claim on the way from *selected* along its first inferences.

    That is *selected* itself if it is a claim; None where the way ends without one.
    """
    seen: set[str] = set()  # links can form a circle
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
    """Return the passages of *statement* as half-open ranges, in code points."""
    return [(passage.start, passage.end) for passage in statement.passages]


def passages_in(argument_map: ArgumentMap, operation: Operation) -> list[tuple[int, int]]:
    """Return the ranges of the text that *operation* concerns.

    Those are the passages of all statements that it changes, links or attributes, and the
    reporting words of its attributions. Half-open, in code points.
    """
    entities = [entity for c in operation.changes for entity in (c.before, c.after)]
    statements = [entity for entity in entities if isinstance(entity, Statement)]
    linked = {id_ for e in entities if isinstance(e, Inference) for id_ in e.premises}
    statements += [argument_map.statements[id_] for id_ in linked if id_ in argument_map.statements]
    attributions = [entity for entity in entities if isinstance(entity, Attribution)]
    ranges = [range_ for statement in statements for range_ in places_of(statement)]
    return ranges + cues_in(attributions)


def needs_selection(work: Workspace) -> str:
    """Return the reason why nothing is selected; empty if a statement is."""
    return "" if work.selected is not None else "select a statement first"


def claim_in_view(work: Workspace) -> Statement | None:
    """Return the selected claim, or the claim that the selected statement supports."""
    return claim_supported_by(work.map, work.selected)


def needs_inference(work: Workspace) -> str:
    """Return the reason why no link is selected; empty if one is."""
    return (
        "" if work.inference is not None else "select a statement that supports or opposes another"
    )


def needs_row(panes: _Working) -> str:
    """Return the reason why no row of the map is selected; empty if one is."""
    return needs_selection(panes.work)


def needs_link(panes: _Working) -> str:
    """Return the reason why the selected row has no link; empty if it has one."""
    return needs_inference(panes.work)


def needs_claim(work: Workspace) -> str:
    """Return the reason why no claim is selected or supported; empty if one is."""
    return "" if claim_in_view(work) is not None else "select a claim first"


_OF_ONE: Final = (needs_selection, needs_claim, needs_inference, needs_row, needs_link)
"""Refusals of actions that take the selected statement alone."""


def single_row_note(work: Workspace, action: Action) -> str:
    """Return a note if rows are ticked and *action* takes only one, else nothing."""
    ticked = work.ticked
    if not ticked or action.takes_several or action.refused not in _OF_ONE:
        return ""
    label = work.statement.label
    return f"this takes one row only: {label}, not the {counted(len(ticked), 'ticked row')}"


def clear_ticks(work: Workspace) -> bool:
    """Untick all rows; return whether any was ticked."""
    had_any = work.ticks.clear()
    if had_any:
        work.host.changed("ticks")
    return had_any


def ticked_or_selected_rows(work: Workspace) -> list[PlacedStatement]:
    """Return the ticked rows, or the selected row where none are ticked.

    Ticks count only while the map has the focus.
    """
    inference = work.inference
    return work.ticked or [PlacedStatement(work.statement.id, inference.id if inference else None)]

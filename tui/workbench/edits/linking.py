"""Actions that link statements: support, opposition, undercuts, linked premises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.names import describe_premises, describe_target
from argmap.edit.compound import link_premises, reverse_stance, unlink_premise
from argmap.edit.verbs import link, remove_inference
from store import fresh_id
from tui.actions.action import Action
from tui.core.selection import needs_inference, needs_selection
from tui.dialogs.conflicts import check_still_there, save
from tui.dialogs.prompts import pick

from .confirmation import confirm, do_and_confirm
from .link_targets import links_without, premises_to_link, statements_to_link

if TYPE_CHECKING:
    from argmap.model.statement import Inference
    from argmap.model.vocabulary import Stance
    from tui.core.workspace import Workspace


async def _link(work: Workspace, stance: Stance) -> None:
    own, base = work.statement, work.map
    verb = "support" if stance == "supports" else "oppose"
    chosen = await pick(
        work.host, f"What does {own.label} {verb}?", statements_to_link(base, own.id)
    )
    if chosen is not None:
        check_still_there(work, base, own.id, chosen)
        await _link_now(work, own.id, chosen, stance)


async def _link_now(work: Workspace, own: str, target: str, stance: Stance) -> None:
    operation = link(work.map, fresh_id(), [own], target, stance)
    if await save(work, operation):
        confirm(work, operation)


async def _support(work: Workspace) -> None:
    await _link(work, "supports")


async def _oppose(work: Workspace) -> None:
    await _link(work, "opposes")


async def _undercut(work: Workspace) -> None:
    """Link the selected statement as an undercut of an inference."""
    own, base = work.statement, work.map
    title = f"Which link does {own.label} undercut?"
    chosen = await pick(work.host, title, links_without(base, own.id))
    if chosen is not None:
        check_still_there(work, base, own.id, chosen)
        await _link_now(work, own.id, chosen, "opposes")


def _needs_undercut(work: Workspace) -> str:
    if not work.map.inferences:
        return "no link to undercut yet: link two statements first"
    return needs_selection(work)


def _unlink(work: Workspace) -> None:
    do_and_confirm(work, remove_inference(work.map, selected_link(work).id))


def _switch_stance(work: Workspace) -> None:
    do_and_confirm(work, reverse_stance(work.map, selected_link(work).id))


async def _link_premises(work: Workspace) -> None:
    inference, base = selected_link(work), work.map
    others = [s for s in work.map.inferences_to.get(inference.conclusion, ())
              if s.id != inference.id and s.stance == inference.stance]  # fmt: skip
    choices = premises_to_link(base, others)
    if not choices:
        verb = "supports" if inference.stance == "supports" else "opposes"
        work.host.say(f"nothing else {verb} {describe_target(base, inference.conclusion)}")
        return
    title = f"Link {describe_premises(base, inference)} with which premises?"
    chosen = await pick(work.host, title, choices)
    if chosen is not None:
        operation = link_premises(base, inference.id, chosen)
        if await save(work, operation):
            confirm(work, operation)


def _unlink_premise(work: Workspace) -> None:
    do_and_confirm(
        work, unlink_premise(work.map, fresh_id(), selected_link(work).id, work.statement.id)
    )


def _is_joined(work: Workspace) -> str:
    inference = work.inference
    joined = inference is not None and len(inference.premises) > 1
    return "" if joined else "not linked with other premises"


def selected_link(work: Workspace) -> Inference:
    """Return the link of the selected row; the caller has checked that there is one."""
    assert work.inference is not None  # noqa: S101  (`refused` has looked)
    return work.inference


ACTIONS = (
    Action("workbench.support", "link as support for another statement", "s", _support,
           needs_selection, is_pointed=True),
    Action("workbench.oppose", "link as opposition to another statement", "o", _oppose,
           needs_selection, is_pointed=True),
    Action("workbench.undercut", "link as undercut of another link",
           "exclamation_mark", _undercut, _needs_undercut),
    Action("workbench.join", "link premises that work only together", "b", _link_premises,
           needs_inference),
    Action("workbench.part", "unlink from its linked premises", "B", _unlink_premise, _is_joined),
    Action("workbench.turn", "switch between support and opposition", "v", _switch_stance,
           needs_inference),
    Action("workbench.unlink", "unlink from the statement above", "x", _unlink,
           needs_inference, is_pointed=True),
)  # fmt: skip

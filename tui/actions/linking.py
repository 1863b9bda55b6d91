"""Linking: what speaks for what, what works only together, and what attacks an inference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import link, remove_inference
from argmap.marking import join_premises, part_premises, turn_stance
from argmap.naming import premises_in_words, target_in_words
from store.clock import fresh_id
from tui.asking import pick
from tui.commands.action import Action
from tui.confirming import confirm, do
from tui.deciding import refuse_removed, save
from tui.link_targets import links_but_of, premises_to_join, statements_to
from tui.selection import needs_inference, needs_selection

if TYPE_CHECKING:
    from argmap.model.statement import Inference
    from argmap.model.words import Stance
    from tui.screens.workbench import WorkbenchScreen


async def _link(bench: WorkbenchScreen, stance: Stance) -> None:
    own, base = bench.statement, bench.map
    verb = "support" if stance == "supports" else "oppose"
    chosen = await pick(bench.app, f"What does {own.label} {verb}?", statements_to(base, own.id))
    if chosen is not None:
        refuse_removed(bench, base, own.id, chosen)
        await _link_now(bench, own.id, chosen, stance)


async def _link_now(bench: WorkbenchScreen, own: str, target: str, stance: Stance) -> None:
    operation = link(bench.map, fresh_id(), [own], target, stance)
    if await save(bench, operation):
        confirm(bench, operation, f"{operation.label} now")


async def _support(bench: WorkbenchScreen) -> None:
    await _link(bench, "supports")


async def _oppose(bench: WorkbenchScreen) -> None:
    await _link(bench, "opposes")


async def _undercut(bench: WorkbenchScreen) -> None:
    """Let the selected statement attack an inference between two others."""
    own, base = bench.statement, bench.map
    title = f"Which link does {own.label} undercut?"
    chosen = await pick(bench.app, title, links_but_of(base, own.id))
    if chosen is not None:
        refuse_removed(bench, base, own.id, chosen)
        await _link_now(bench, own.id, chosen, "opposes")


def _needs_undercut(bench: WorkbenchScreen) -> str:
    if not bench.map.inferences:
        return "there is no inference to attack yet"
    return needs_selection(bench)


def _unlink(bench: WorkbenchScreen) -> None:
    do(bench, remove_inference(bench.map, link_at_hand(bench).id))


def _turn(bench: WorkbenchScreen) -> None:
    do(bench, turn_stance(bench.map, link_at_hand(bench).id))


async def _join(bench: WorkbenchScreen) -> None:
    inference, base = link_at_hand(bench), bench.map
    others = [s for s in bench.map.inferences_to.get(inference.conclusion, ())
              if s.id != inference.id and s.stance == inference.stance]  # fmt: skip
    choices = premises_to_join(base, others)
    if not choices:
        verb = "supports" if inference.stance == "supports" else "opposes"
        bench.say(f"nothing else {verb} {target_in_words(base, inference.conclusion)}")
        return
    title = f"What works only together with {premises_in_words(base, inference)}?"
    chosen = await pick(bench.app, title, choices)
    if chosen is not None:
        operation = join_premises(base, inference.id, chosen)
        if await save(bench, operation):
            confirm(bench, operation)


def _part(bench: WorkbenchScreen) -> None:
    do(bench, part_premises(bench.map, fresh_id(), link_at_hand(bench).id, bench.statement.id))


def _is_joined(bench: WorkbenchScreen) -> str:
    inference = bench.inference
    joined = inference is not None and len(inference.premises) > 1
    return "" if joined else "this is not joined to anything"


def link_at_hand(bench: WorkbenchScreen) -> Inference:
    """Return the link by which the selected statement is where it is."""
    assert bench.inference is not None  # noqa: S101  (`refused` has looked)
    return bench.inference


ACTIONS = (
    Action("workbench.support", "link it to a statement that it supports", "s", _support,
           needs_selection, is_pointed=True),
    Action("workbench.oppose", "link it to a statement that it opposes", "o", _oppose,
           needs_selection, is_pointed=True),
    Action("workbench.undercut", "link it to an inference that it undercuts",
           "exclamation_mark", _undercut, _needs_undercut),
    Action("workbench.join", "link premises that work only together", "b", _join,
           needs_inference),
    Action("workbench.part", "unlink it from its linked premises", "B", _part, _is_joined),
    Action("workbench.turn", "change support to opposition, or back", "v", _turn, needs_inference),
    Action("workbench.unlink", "unlink it from the statement above it", "x", _unlink,
           needs_inference, is_pointed=True),
)  # fmt: skip

"""Linking: what speaks for what, what works only together, and what attacks an inference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import link, remove_inference
from argmap.marking import join_premises, move_to, part_premises, turn_stance
from argmap.text import visible
from store.clock import fresh_id
from tui.actions import Action
from tui.asking import pick
from tui.deciding import refuse_removed, save
from tui.editing import move_under
from tui.selection import needs_selection

if TYPE_CHECKING:
    from argmap.model.statement import Inference
    from argmap.model.words import Stance
    from tui.dialogs.pick import Choice
    from tui.screens.workbench import WorkbenchScreen


async def _link(bench: WorkbenchScreen, stance: Stance) -> None:
    own, base = bench.statement, bench.map
    verb = "support" if stance == "supports" else "oppose"
    chosen = await pick(bench.app, f"what does {own.label} {verb}?", _statements(bench, own.id))
    if chosen is not None:
        refuse_removed(bench, base, own.id, chosen)
        await save(bench, link(bench.map, fresh_id(), [own.id], chosen, stance))


async def _support(bench: WorkbenchScreen) -> None:
    await _link(bench, "supports")


async def _oppose(bench: WorkbenchScreen) -> None:
    await _link(bench, "opposes")


async def _undercut(bench: WorkbenchScreen) -> None:
    """Let the selected statement attack an inference between two others."""
    own, base = bench.statement, bench.map
    inferences = [s for s in bench.map.ordered_inferences if own.id not in s.premises]
    inferences.sort(key=lambda s: s.conclusion != (bench.target.id if bench.target else ""))
    choices = [_choice(s.id, _in_words(bench, s), s.label) for s in inferences]
    chosen = await pick(bench.app, f"which inference does {own.label} attack?", choices)
    if chosen is not None:
        refuse_removed(bench, base, own.id, chosen)
        await save(bench, link(bench.map, fresh_id(), [own.id], chosen, "opposes"))


def _needs_inference(bench: WorkbenchScreen) -> str:
    return (
        "" if bench.inference is not None else "select something that speaks for or against another"
    )


def _needs_undercut(bench: WorkbenchScreen) -> str:
    if not bench.map.inferences:
        return "there is no inference to attack yet"
    return needs_selection(bench)


def _unlink(bench: WorkbenchScreen) -> None:
    bench.do(remove_inference(bench.map, _inference(bench).id))


def _turn(bench: WorkbenchScreen) -> None:
    bench.do(turn_stance(bench.map, _inference(bench).id))


async def _join(bench: WorkbenchScreen) -> None:
    inference, base = _inference(bench), bench.map
    others = [s for s in bench.map.inferences_to.get(inference.conclusion, ())
              if s.id != inference.id and s.stance == inference.stance]  # fmt: skip
    choices = [_choice(s.id, _premises(bench, s), s.label) for s in others]
    if not choices:
        bench.say("nothing else speaks alike for the same statement")
        return
    label = bench.map.statements[inference.premises[0]].label
    chosen = await pick(bench.app, f"what works only together with {label}?", choices)
    if chosen is not None:
        await save(bench, join_premises(base, inference.id, chosen))


def _part(bench: WorkbenchScreen) -> None:
    bench.do(part_premises(bench.map, fresh_id(), _inference(bench).id, bench.statement.id))


def _is_joined(bench: WorkbenchScreen) -> str:
    inference = bench.inference
    joined = inference is not None and len(inference.premises) > 1
    return "" if joined else "this is not joined to anything"


def _out(bench: WorkbenchScreen) -> None:
    """Move a row one level up: to what its conclusion speaks for, or to stand for itself."""
    inference = _inference(bench)
    above = bench.map.inferences_from.get(inference.conclusion, ())
    targets = [s for s in above if s.conclusion in bench.map.statements]
    if targets:
        bench.do(move_to(bench.map, inference.id, targets[0].conclusion))
    else:
        bench.do(remove_inference(bench.map, inference.id))


def _in(bench: WorkbenchScreen) -> None:
    """Move a row under the one before it."""
    node = bench.outline.node
    if node is None:
        return
    siblings = node.parent.children if node.parent else bench.outline.forest.roots
    before = siblings[siblings.index(node) - 1] if siblings[0] is not node else None
    if before is None or before.mark:
        bench.say("there is nothing above it to move it under")
    else:
        move_under(bench, node.inference, node.statement, before.statement)


def _inference(bench: WorkbenchScreen) -> Inference:
    assert bench.inference is not None  # noqa: S101  (`refused` has looked)
    return bench.inference


def _statements(bench: WorkbenchScreen, but: str) -> list[Choice]:
    return [
        _choice(s.id, f"{s.label} {s.text}", s.kind)
        for s in bench.map.ordered_statements
        if s.id != but
    ]


def _choice(id_: str, words: str, note: str) -> Choice:
    from tui.dialogs.pick import Choice

    return Choice(id_, visible(words), note)


def _premises(bench: WorkbenchScreen, inference: Inference) -> str:
    return " + ".join(
        f"{bench.map.statements[p].label} {bench.map.statements[p].text}"
        for p in inference.premises
    )


def _in_words(bench: WorkbenchScreen, inference: Inference) -> str:
    target = bench.map.statements.get(inference.conclusion)
    to = target.label if target else bench.map.inferences[inference.conclusion].label
    return (
        f"{'+'.join(bench.map.statements[p].label for p in inference.premises)} → {to}: "
        + _premises(bench, inference)
    )


ACTIONS = (
    Action("workbench.support", "let it support another statement", "s", _support,
           needs_selection, is_pointed=True),
    Action("workbench.oppose", "let it oppose another statement", "o", _oppose,
           needs_selection, is_pointed=True),
    Action("workbench.undercut", "let it attack the inference between two statements",
           "exclamation_mark", _undercut, _needs_undercut),
    Action("workbench.join", "join it with what works only together with it", "b", _join,
           _needs_inference),
    Action("workbench.part", "let it stand for itself again", "B", _part, _is_joined),
    Action("workbench.turn", "turn support into opposition, or back", "v", _turn, _needs_inference),
    Action("workbench.unlink", "unlink it from what it speaks for", "x", _unlink, _needs_inference,
           is_pointed=True),
    Action("map.out", "move it one level out", "H,shift+left", _out, _needs_inference),
    Action("map.in", "move it under the one before it", "L,shift+right", _in, needs_selection),
)  # fmt: skip

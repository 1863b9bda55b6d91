"""Linking: what speaks for what, what works only together, and what attacks a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import link, remove_inference
from argmap.marking import join_premises, move_to, part_premises, turn_stance
from argmap.text import visible
from store.clock import fresh_id
from tui.actions import Action
from tui.actions.marking import _needs_selection
from tui.asking import pick

if TYPE_CHECKING:
    from argmap.model.statement import Inference
    from argmap.model.words import Stance
    from tui.dialogs.pick import Choice
    from tui.screens.workbench import WorkbenchScreen


async def _link(bench: WorkbenchScreen, stance: Stance) -> None:
    own = bench.statement
    verb = "support" if stance == "supports" else "oppose"
    chosen = await pick(bench.app, f"what does {own.label} {verb}?", _statements(bench, own.id))
    if chosen is not None:
        bench.do(link(bench.map, fresh_id(), [own.id], chosen, stance))


async def _support(bench: WorkbenchScreen) -> None:
    await _link(bench, "supports")


async def _oppose(bench: WorkbenchScreen) -> None:
    await _link(bench, "opposes")


async def _undercut(bench: WorkbenchScreen) -> None:
    """Let the selected statement attack a step between two others."""
    own = bench.statement
    steps = [s for s in bench.map.ordered_inferences if own.id not in s.premises]
    steps.sort(key=lambda s: s.conclusion != (bench.target.id if bench.target else ""))
    choices = [_choice(s.id, _in_words(bench, s), s.label) for s in steps]
    chosen = await pick(bench.app, f"which step does {own.label} attack?", choices)
    if chosen is not None:
        bench.do(link(bench.map, fresh_id(), [own.id], chosen, "opposes"))


def _needs_step(bench: WorkbenchScreen) -> str:
    return "" if bench.step is not None else "select something that speaks for or against another"


def _needs_undercut(bench: WorkbenchScreen) -> str:
    if not bench.map.inferences:
        return "there is no step to attack yet"
    return _needs_selection(bench)


def _unlink(bench: WorkbenchScreen) -> None:
    bench.do(remove_inference(bench.map, _step(bench).id))


def _turn(bench: WorkbenchScreen) -> None:
    bench.do(turn_stance(bench.map, _step(bench).id))


async def _join(bench: WorkbenchScreen) -> None:
    step = _step(bench)
    others = [s for s in bench.map.inferences_to.get(step.conclusion, ())
              if s.id != step.id and s.stance == step.stance]  # fmt: skip
    choices = [_choice(s.id, _premises(bench, s), s.label) for s in others]
    if not choices:
        bench.say("nothing else speaks alike for the same statement")
        return
    label = bench.map.statements[step.premises[0]].label
    chosen = await pick(bench.app, f"what works only together with {label}?", choices)
    if chosen is not None:
        bench.do(join_premises(bench.map, step.id, chosen))


def _part(bench: WorkbenchScreen) -> None:
    bench.do(part_premises(bench.map, fresh_id(), _step(bench).id, bench.statement.id))


def _is_joined(bench: WorkbenchScreen) -> str:
    step = bench.step
    joined = step is not None and len(step.premises) > 1
    return "" if joined else "this is not joined to anything"


def _out(bench: WorkbenchScreen) -> None:
    """Move a row one level up: to what its conclusion speaks for, or to stand for itself."""
    step = _step(bench)
    above = bench.map.inferences_from.get(step.conclusion, ())
    targets = [s for s in above if s.conclusion in bench.map.statements]
    if targets:
        bench.do(move_to(bench.map, step.id, targets[0].conclusion))
    else:
        bench.do(remove_inference(bench.map, step.id))


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
        move_under(bench, node.step, node.statement, before.statement)


def move_under(bench: WorkbenchScreen, step: str | None, statement: str, onto: str) -> None:
    """Let what stands by *step* lead to *onto*; what stood for itself supports it."""
    if statement == onto:
        return
    if step is not None:
        bench.do(move_to(bench.map, step, onto))
    else:
        bench.do(link(bench.map, fresh_id(), [statement], onto, "supports"))


def _step(bench: WorkbenchScreen) -> Inference:
    assert bench.step is not None  # noqa: S101  (`refused` has looked)
    return bench.step


def _statements(bench: WorkbenchScreen, but: str) -> list[Choice]:
    return [
        _choice(s.id, f"{s.label} {s.text}", s.kind)
        for s in bench.map.ordered_statements
        if s.id != but
    ]


def _choice(id_: str, words: str, note: str) -> Choice:
    from tui.dialogs.pick import Choice

    return Choice(id_, visible(words), note)


def _premises(bench: WorkbenchScreen, step: Inference) -> str:
    return " + ".join(
        f"{bench.map.statements[p].label} {bench.map.statements[p].text}" for p in step.premises
    )


def _in_words(bench: WorkbenchScreen, step: Inference) -> str:
    target = bench.map.statements.get(step.conclusion)
    to = target.label if target else bench.map.inferences[step.conclusion].label
    return f"{'+'.join(bench.map.statements[p].label for p in step.premises)} → {to}: " + _premises(
        bench, step
    )


ACTIONS = (
    Action("workbench.support", "let it support another statement", "s", _support,
           _needs_selection, is_pointed=True),
    Action("workbench.oppose", "let it oppose another statement", "o", _oppose,
           _needs_selection, is_pointed=True),
    Action("workbench.undercut", "let it attack the step between two statements",
           "exclamation_mark", _undercut, _needs_undercut),
    Action("workbench.join", "join it with what works only together with it", "b", _join,
           _needs_step),
    Action("workbench.part", "let it stand for itself again", "B", _part, _is_joined),
    Action("workbench.turn", "turn support into opposition, or back", "v", _turn, _needs_step),
    Action("workbench.unlink", "unlink it from what it speaks for", "x", _unlink, _needs_step,
           is_pointed=True),
    Action("map.out", "move it one level out", "H,shift+left", _out, _needs_step),
    Action("map.in", "move it under the one before it", "L,shift+right", _in, _needs_selection),
)  # fmt: skip

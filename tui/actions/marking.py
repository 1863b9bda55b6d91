"""Marking: what the text cursor is on becomes a statement; who says it; which is the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import change_statement, link, remove_statement, set_main_claim
from argmap.marking import add_passage, mark
from argmap.model.document import Passage, passage_at
from store.clock import fresh_id
from tui.aiming import to_be_pinned, turn_pin
from tui.asking import ask
from tui.attributing import ask_who
from tui.commands.action import Action
from tui.confirming import do
from tui.deciding import save_words
from tui.marked_edits import attribute_rows, remove_rows, tag_rows
from tui.selection import needs_selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.words import Kind, Stance
    from tui.screens.workbench import WorkbenchScreen


def _passage(bench: WorkbenchScreen) -> Passage:
    return passage_at(bench.map.document.text, *bench.text.cursor.range)


def _mark(bench: WorkbenchScreen, kind: Kind, stance: Stance = "supports") -> None:
    """Mark the words under the cursor; what is marked alike already is linked instead."""
    passage = _passage(bench)
    target = bench.target if kind != "claim" else None
    if target is not None and any(_is_same_place(passage, own) for own in target.passages):
        bench.say(f"these are the words of {target.label} itself: {kind} for it needs other words")
        return
    there = _marked_alike(bench, kind, passage)
    if there is None:
        ids = (fresh_id(), fresh_id())
        towards = target.id if target else None
        operation = mark(bench.map, ids, kind, [passage], towards, stance)
        if target is None:
            bench.do(operation)
        else:
            do(bench, operation)
        bench.select(ids[0])
        return
    label = bench.map.statements[there].label
    linked = any(s.conclusion == target.id for s in bench.map.inferences_from.get(there, ())) \
        if target else True  # fmt: skip
    bench.select(there)
    if target is None or linked:
        bench.say(f"{label} rests on exactly these words already")
        return
    operation = link(bench.map, fresh_id(), [there], target.id, stance)
    do(bench, operation, f"{operation.label} now")


def _is_same_place(one: Passage, other: Passage) -> bool:
    """Tell whether two passages have the same words, but for the blanks round them."""
    return _trimmed(one) == _trimmed(other)


def _trimmed(passage: Passage) -> tuple[int, int]:
    words = passage.words
    start = passage.start + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _marked_alike(bench: WorkbenchScreen, kind: Kind, passage: Passage) -> str | None:
    for id_ in bench.session.coverage.statements_at(passage.start, passage.end):
        statement = bench.map.statements[id_]
        if statement.kind == kind and passage in statement.passages:
            return id_
    return None


def _claim(bench: WorkbenchScreen) -> None:
    _mark(bench, "claim")


def _evidence(bench: WorkbenchScreen) -> None:
    _mark(bench, "evidence")


def _against(bench: WorkbenchScreen) -> None:
    _mark(bench, "evidence", "opposes")


def _assumption(bench: WorkbenchScreen) -> None:
    _mark(bench, "assumption")


def _towards(words: str, alone: str) -> Callable[[WorkbenchScreen], str]:
    def hint(bench: WorkbenchScreen) -> str:
        """Say what it marks and for which claim; that it is pinned is said once, by `e`."""
        target = bench.target
        if target is None:
            return alone
        is_first = words.startswith("evidence")
        return words.format(target.label) + (", pinned" * (is_first and bool(bench.aim.pinned)))

    return hint


async def _supplied(bench: WorkbenchScreen) -> None:
    """Write down an assumption that the text does not state."""
    target = bench.target
    claim = target.label if target else "the text"
    words = await ask(bench.app, f"What does {claim} assume that the text does not say?")
    if not words or not words.strip():
        return
    from argmap.edit import add_statement

    new = fresh_id()
    if target is None:
        bench.do(add_statement(bench.map, new, "assumption", words.strip()))
    else:
        ids = (new, fresh_id())
        do(bench, mark(bench.map, ids, "assumption", (), target.id, text=words.strip()))
    bench.select(new)


def _main(bench: WorkbenchScreen) -> None:
    own = bench.statement
    words = f"{own.label} is {'not the main claim any more' if own.main else 'the main claim now'}"
    do(bench, set_main_claim(bench.map, None if own.main else own.id), words)


def _pin_words(bench: WorkbenchScreen) -> str:
    if bench.aim.pinned is not None:
        return f"unpin {bench.aim.label}"
    claim = to_be_pinned(bench)
    return f"pin {claim.label}" if claim else "pin"


def _needs_aim(bench: WorkbenchScreen) -> str:
    return "" if to_be_pinned(bench) is not None else "select a claim first; marks then go to it"


def _needs_claim(bench: WorkbenchScreen) -> str:
    if bench.selected is None:
        return "select a claim first"
    return "" if bench.statement.kind == "claim" else "only a claim can be the main claim"


async def _remove(bench: WorkbenchScreen) -> None:
    if bench.marked:
        await remove_rows(bench, bench.marked)
        return
    label = bench.statement.label
    row = bench.outline.at if bench.context == "map" else None
    bench.do(remove_statement(bench.map, bench.statement.id))
    if row is not None:
        bench.outline.move_to(row)  # what follows takes its place
    bench.say(f"removed {label} · {bench.app.key('workbench.undo')} undoes it")


def _extend(bench: WorkbenchScreen) -> None:
    bench.do(add_passage(bench.map, bench.statement.id, _passage(bench)))


async def _who(bench: WorkbenchScreen) -> None:
    if bench.marked:
        await attribute_rows(bench, bench.marked)
        return
    attributions = bench.map.attributions_of.get(bench.statement.id, [])
    await ask_who(bench, attributions[0] if len(attributions) == 1 else None)


async def _tags(bench: WorkbenchScreen) -> None:
    if bench.marked:
        await tag_rows(bench, bench.marked)
        return
    statement = bench.statement

    def changed(argument_map: ArgumentMap, typed: str) -> Operation:
        tags = tuple(dict.fromkeys(t.strip() for t in typed.split(",") if t.strip()))
        return change_statement(argument_map, statement.id, tags=tags)

    title = f"Tags of {statement.label}, with commas"
    await save_words(bench, title, ", ".join(statement.tags), changed)


ACTIONS = (
    Action("workbench.mark-claim", "mark a claim", "c", _claim,
           hint="claim", rank=1, is_pointed=True),
    Action("workbench.mark-evidence", "mark evidence for the claim", "e", _evidence,
           hint=_towards("evidence for {}", "evidence"), rank=2, is_pointed=True),
    Action("workbench.mark-against", "mark evidence against the claim", "r", _against,
           hint=_towards("against {}", "against"), rank=3, is_pointed=True),
    Action("workbench.mark-assumption", "mark an assumption", "a", _assumption,
           hint=_towards("{} assumes", "assumption"), rank=4, is_pointed=True),
    Action("workbench.supply-assumption", "add an assumption that the text leaves out", "A",
           _supplied),
    Action("workbench.pin", "keep marking for this claim, or stop", "t", turn_pin, _needs_aim,
           hint=_pin_words, rank=7, is_pointed=True),
    Action("workbench.say-who", "attribute it to a source: who says so", "w", _who, needs_selection,
           hint="who", rank=5, is_pointed=True, takes_several=True),
    Action("workbench.main-claim", "make it the main claim", "asterisk", _main, _needs_claim,
           is_pointed=True),
    Action("workbench.add-passage", "add these words to the selected statement", "plus",
           _extend, needs_selection, is_pointed=True),
    Action("workbench.tags", "tag it", "number_sign", _tags, needs_selection, hint="tag",
           takes_several=True),
    Action("workbench.remove", "remove the selected statement", "d,delete", _remove,
           needs_selection, hint="remove", is_pointed=True, takes_several=True),
)  # fmt: skip

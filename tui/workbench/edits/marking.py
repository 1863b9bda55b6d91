"""Actions that mark statements in the text, attribute, tag and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.compound import add_passage, mark
from argmap.edit.verbs import (
    add_statement,
    change_statement,
    link,
    remove_statement,
    set_main_claim,
)
from argmap.model.document import Passage, passage_at
from store import fresh_id
from tui.actions.action import Action
from tui.core.places import RowPlace
from tui.core.selection import needs_selection
from tui.dialogs.conflicts import ask_and_save
from tui.dialogs.prompts import ask

from .confirmation import do_and_confirm
from .pinning import claim_to_pin, toggle_pin

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.vocabulary import Kind, Stance
    from tui.core.workspace import Workspace


def _passage(work: Workspace) -> Passage:
    return passage_at(work.map.document.text, *work.host.here.words)


def _mark(work: Workspace, kind: Kind, stance: Stance = "supports") -> None:
    """Mark the words under the cursor, or link a statement already marked there."""
    passage = _passage(work)
    target = work.target if kind != "claim" else None
    if target is not None and any(_is_same_place(passage, own) for own in target.passages):
        work.host.say(f"{target.label} is marked on these words; mark its {kind} on others")
        return
    existing = _same_mark(work, kind, passage)
    if existing is None:
        ids = (fresh_id(), fresh_id())
        towards = target.id if target else None
        operation = mark(work.map, ids, kind, [passage], towards, stance)
        if target is None:
            work.do(operation, select=ids[0])
        else:
            do_and_confirm(work, operation, select=ids[0])
        return
    label = work.map.statements[existing].label
    linked = any(s.conclusion == target.id for s in work.map.inferences_from.get(existing, ())) \
        if target else True  # fmt: skip
    work.select(existing)
    if target is None or linked:
        work.host.say(f"{label} is already marked on these words")
        return
    operation = link(work.map, fresh_id(), [existing], target.id, stance)
    do_and_confirm(work, operation)


def _is_same_place(one: Passage, other: Passage) -> bool:
    """Return whether two passages are equal but for surrounding blanks."""
    return _trimmed(one) == _trimmed(other)


def _trimmed(passage: Passage) -> tuple[int, int]:
    words = passage.words
    start = passage.start + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _same_mark(work: Workspace, kind: Kind, passage: Passage) -> str | None:
    for id_ in work.session.coverage.statements_at(passage.start, passage.end):
        statement = work.map.statements[id_]
        if statement.kind == kind and passage in statement.passages:
            return id_
    return None


def _claim(work: Workspace) -> None:
    _mark(work, "claim")


def _evidence(work: Workspace) -> None:
    _mark(work, "evidence")


def _against(work: Workspace) -> None:
    _mark(work, "evidence", "opposes")


def _assumption(work: Workspace) -> None:
    _mark(work, "assumption")


def _hint_for(words: str, alone: str) -> Callable[[Workspace], str]:
    def hint(work: Workspace) -> str:
        """Return the footer hint, with the claim; only evidence for it mentions a pin."""
        target = work.target
        if target is None:
            return alone
        is_first = words.startswith("evidence")
        return words.format(target.label) + (", pinned" * (is_first and bool(work.aim.pinned)))

    return hint


async def _supplied(work: Workspace) -> None:
    """Add an assumption that the text does not state."""
    target = work.target
    claim = target.label if target else "the text"
    words = await ask(work.host, f"What does {claim} assume without saying so?")
    if not words or not words.strip():
        return
    new = fresh_id()
    if target is None:
        work.do(add_statement(work.map, new, "assumption", words.strip()), select=new)
    else:
        ids = (new, fresh_id())
        operation = mark(work.map, ids, "assumption", (), target.id, text=words.strip())
        do_and_confirm(work, operation, select=new)


def _main(work: Workspace) -> None:
    own = work.statement
    words = f"{own.label} is {'no longer' if own.main else 'now'} the main claim"
    do_and_confirm(work, set_main_claim(work.map, None if own.main else own.id), words)


def _pin_words(work: Workspace) -> str:
    if work.aim.pinned is not None:
        return f"unpin {work.aim.label}"
    claim = claim_to_pin(work)
    return f"pin {claim.label}" if claim else "pin"


def _needs_aim(work: Workspace) -> str:
    return "" if claim_to_pin(work) is not None else "select a claim to pin first"


def _needs_claim(work: Workspace) -> str:
    if work.selected is None:
        return "select a claim first"
    return "" if work.statement.kind == "claim" else "only a claim can be the main claim"


async def _remove(work: Workspace) -> None:
    if work.ticked:
        from .ticked_rows import remove_rows

        await remove_rows(work, work.ticked)
        return
    label = work.statement.label
    here = work.host.here
    row = here.row_number if here.context == "map" else None
    work.do(remove_statement(work.map, work.statement.id))
    if row is not None:
        work.host.show_place(RowPlace(row))  # the next row moves up to this number
    work.host.say(f"removed {label} · {work.host.key('workbench.undo')} undoes it")


def _extend(work: Workspace) -> None:
    work.do(add_passage(work.map, work.statement.id, _passage(work)))


async def _who(work: Workspace) -> None:
    if work.ticked:
        from .ticked_rows import attribute_rows

        await attribute_rows(work, work.ticked)
        return
    from tui.dialogs.ask_attribution import ask_attribution

    attributions = work.map.attributions_of.get(work.statement.id, [])
    await ask_attribution(work, attributions[0] if len(attributions) == 1 else None)


async def _tags(work: Workspace) -> None:
    if work.ticked:
        from .ticked_rows import tag_rows

        await tag_rows(work, work.ticked)
        return
    statement = work.statement

    def changed(argument_map: ArgumentMap, typed: str) -> Operation:
        tags = tuple(dict.fromkeys(t.strip() for t in typed.split(",") if t.strip()))
        return change_statement(argument_map, statement.id, tags=tags)

    title = f"Tags of {statement.label}, separated by commas"
    await ask_and_save(work, title, ", ".join(statement.tags), changed)


ACTIONS = (
    Action("workbench.mark-claim", "mark a claim", "c", _claim,
           hint="claim", rank=1, is_pointed=True),
    Action("workbench.mark-evidence", "mark evidence for the claim", "e", _evidence,
           hint=_hint_for("evidence for {}", "evidence"), rank=2, is_pointed=True),
    Action("workbench.mark-against", "mark evidence against the claim", "r", _against,
           hint=_hint_for("against {}", "against"), rank=3, is_pointed=True),
    Action("workbench.mark-assumption", "mark an assumption", "a", _assumption,
           hint=_hint_for("{} assumes", "assumption"), rank=4, is_pointed=True),
    Action("workbench.supply-assumption", "add an unstated assumption", "A", _supplied),
    Action("workbench.pin", "pin the claim that new evidence is for, or unpin it", "t", toggle_pin,
           _needs_aim, hint=_pin_words, rank=7, is_pointed=True),
    Action("workbench.say-who", "attribute to a source: who says so", "w", _who, needs_selection,
           hint="who", rank=5, is_pointed=True, takes_several=True),
    Action("workbench.main-claim", "set or clear the main claim", "asterisk", _main, _needs_claim,
           is_pointed=True),
    Action("workbench.add-passage", "add this passage to the selected statement", "plus",
           _extend, needs_selection, is_pointed=True),
    Action("workbench.tags", "edit tags", "number_sign", _tags, needs_selection, hint="tag",
           takes_several=True),
    Action("workbench.remove", "remove the selected statement", "d,delete", _remove,
           needs_selection, hint="remove", is_pointed=True, takes_several=True),
)  # fmt: skip

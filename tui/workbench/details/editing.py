"""Opening and clearing a field of the details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.edit.verbs import change_statement, remove_attribution, remove_inference, set_main_claim
from argmap.model.vocabulary import KINDS, NATURES
from tui.core.places import FieldPlace, TextPlace
from tui.dialogs.conflicts import save
from tui.dialogs.prompts import pick
from tui.workbench.edits.confirmation import do_and_confirm

if TYPE_CHECKING:
    from argmap.model.map import Operation
    from tui.core.workspace import Workspace
    from tui.views.fields import Field

_ACTIONS: Final = {
    "tags": "workbench.tags",
    "letter": "workbench.sources",
    "number": "workbench.number",
    "history": "workbench.history",
    "passages": "workbench.add-passage",
}
"""The id of the action that opens a field, for fields opened by an action."""

_TITLES: Final = {"kind": "Kind of statement", "nature": "Kind of claim"}


async def open_field(work: Workspace, field: Field) -> None:
    """Edit *field* of the selected statement, or go to the statement it names."""
    word, id_ = field.about
    statement = work.statement
    if word in {"text", "note"}:
        work.host.show_place(FieldPlace(statement.id, word))
    elif word == "kind":
        await _choose_value(work, "kind", KINDS, statement.kind)
    elif word == "nature":
        await _choose_value(work, "nature", NATURES, statement.nature)
    elif word == "stated":
        work.do(change_statement(work.map, statement.id, stated=not statement.stated))
    elif word == "who":
        from tui.dialogs.ask_attribution import ask_attribution

        await ask_attribution(work, work.map.attributions.get(id_))
    elif word == "passage":
        start, end = map(int, id_.split("-"))
        work.host.show_place(TextPlace((start, end)))
    elif word == "inference":
        work.select(_statement_reached(work, work.map.inferences[id_].conclusion))
    elif word == "premise":
        work.select(work.map.inferences[id_].premises[0])
    elif word in _ACTIONS:
        await work.host.act(_ACTIONS[word])


def clear_field(work: Workspace, field: Field) -> None:
    """Clear *field*, or remove the link, passage or attribution that it shows."""
    word, id_ = field.about
    statement = work.statement
    operation: Operation | None = None
    if word in {"note", "nature"}:
        operation = change_statement(work.map, statement.id, **{word: None})
    elif word == "tags":
        operation = change_statement(work.map, statement.id, tags=())
    elif word == "kind" and statement.main:
        operation = set_main_claim(work.map, None)
    elif word == "who" and id_:
        operation = remove_attribution(work.map, id_)
    elif word in {"inference", "premise"}:
        operation = remove_inference(work.map, id_)
    elif word == "passage":
        place = tuple(map(int, id_.split("-")))
        rest = tuple(p for p in statement.passages if (p.start, p.end) != place)
        operation = change_statement(work.map, statement.id, passages=rest)
    if operation is None:
        work.host.say("this field cannot be cleared")
    else:
        do_and_confirm(work, operation)


async def _choose_value(
    work: Workspace, key: str, words: tuple[str, ...], current: str | None
) -> None:
    from tui.dialogs.pick import Choice

    statement, base = work.statement, work.map
    choices = [Choice(word, word) for word in words]
    chosen = await pick(work.host, f"{_TITLES[key]}: {statement.label}", choices, current=current)
    if chosen is None or chosen == current:
        return
    values: dict[str, object] = {key: chosen}
    if key == "kind":
        stated = bool(statement.passages) if chosen == "assumption" else None
        values |= {"stated": stated}
        if chosen != "claim":
            values |= {"nature": None, "main_item": None}
    await save(work, change_statement(base, statement.id, **values))


def _statement_reached(work: Workspace, target: str) -> str:
    """Return *target*, or the statement at the end of the inferences it leads to."""
    seen: set[str] = set()
    while target not in work.map.statements and target not in seen:
        seen.add(target)
        target = work.map.inferences[target].conclusion
    return target if target in work.map.statements else work.statement.id

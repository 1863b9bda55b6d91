"""What opening, keeping and clearing a field of the details does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from argmap.edit import (
    change_statement,
    link,
    remove_attribution,
    remove_inference,
    set_main_claim,
)
from argmap.errors import ArgmapError
from argmap.marking import move_to
from argmap.model.statement import Statement
from argmap.model.words import KINDS, NATURES
from store.fresh_ids import fresh_id
from tui.asking import pick
from tui.attributing import ask_who
from tui.confirming import do
from tui.core.places import Field as Place
from tui.core.places import Pane, Words
from tui.deciding import save
from tui.marked_edits import move_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import Operation
    from tui.core.workspace import Workspace
    from tui.fields import Field
    from tui.panes.details import DetailsPane
    from tui.panes.editor import Editor

_ACTIONS: Final = {
    "tags": "workbench.tags",
    "letter": "workbench.sources",
    "number": "workbench.number",
    "history": "workbench.history",
    "passages": "workbench.add-passage",
}
"""For the fields that are opened by an action, its id."""


async def open_field(work: Workspace, field: Field) -> None:
    """Edit *field* of the selected statement, or go where it leads."""
    word, id_ = field.about
    statement = work.statement
    if word in {"text", "note"}:
        work.host.turn_to(Place(statement.id, word))
    elif word == "kind":
        await _choose(work, "kind", KINDS, statement.kind)
    elif word == "nature":
        await _choose(work, "nature", NATURES, statement.nature)
    elif word == "stated":
        work.do(change_statement(work.map, statement.id, stated=not statement.stated))
    elif word == "who":
        await ask_who(work, work.map.attributions.get(id_))
    elif word == "passage":
        start, end = map(int, id_.split("-"))
        work.host.turn_to(Words((start, end)))
    elif word == "inference":
        work.select(_shown(work, work.map.inferences[id_].conclusion))
    elif word == "premise":
        work.select(work.map.inferences[id_].premises[0])
    elif word in _ACTIONS:
        await work.host.act(_ACTIONS[word])


def clear_field(work: Workspace, field: Field) -> None:
    """Clear *field*, or take away what it names."""
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
        work.host.say("this cannot be cleared")
    else:
        do(work, operation)


def keep_words(details: DetailsPane, kept: Editor.Kept) -> None:
    """Keep what was typed; the editor stays open where somebody else has changed the same."""
    work = details.work
    statement, words = work.map.statements.get(kept.entity), kept.words.strip()
    now = str(getattr(statement, kept.field) or "") if statement else ""
    if statement is not None and details.contest(kept, now):
        return
    _leave_editor(details)
    if words == kept.base.strip():
        return
    if statement is None:
        _save_words(work, words, "the statement is gone")
    elif kept.field == "text" and not words:
        work.host.say("a statement needs words; they stay as they were")
    elif words != now:
        try:
            work.do(change_statement(work.map, kept.entity, **{kept.field: words or None}))
        except ArgmapError as error:
            _save_words(work, words, str(error))


def drop_words(details: DetailsPane, undecided: str) -> None:
    """Forget what was typed; words that the reader did not decide about go to the clipboard."""
    _leave_editor(details)
    if undecided:
        _save_words(details.work, undecided, "kept somebody else's words")


def give_back(details: DetailsPane, refused: Operation, why: str) -> None:
    """Say why *refused* is not saved; words that it would have kept are there to be kept again."""
    work = details.work
    told = f"{refused.label}: not saved. {why}"
    for id_, field, words in _typed(refused):
        statement = work.map.statements.get(id_)
        if statement is None or details.is_editing:
            _save_words(work, words, told)
            return
        if getattr(statement, field) != words:
            work.host.turn_to(Place(id_, field, typed=words))
    work.host.say(told, is_bad=True)


def _leave_editor(details: DetailsPane) -> None:
    """Close the editor; the focus goes back to where it came from, if it is still there."""
    if details.close_editor():
        details.work.host.turn_to(Pane(details.came_from))


def _typed(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Yield statement, field and words of what *operation* changes in statements."""
    for change in operation.changes:
        before, after = change.before, change.after
        if isinstance(before, Statement) and isinstance(after, Statement):
            for field in ("text", "note"):
                words = getattr(after, field)
                if words and words != getattr(before, field):
                    yield after.id, field, words


def move_under(work: Workspace, inference: str | None, statement: str, onto: str) -> None:
    """Let what stands by *inference* lead to *onto*; what stood for itself supports it."""
    if statement == onto:
        return
    if inference is not None and work.map.inferences[inference].conclusion == onto:
        labels = (work.map.statements[id_].label for id_ in (statement, onto))
        work.host.say(" is already under ".join(labels))
    elif inference is not None:
        do(work, move_to(work.map, inference, onto))
    else:
        operation = link(work.map, fresh_id(), [statement], onto, "supports")
        do(work, operation, f"{operation.label} now")


def drop_row(work: Workspace, inference: str | None, statement: str, onto: str) -> None:
    """Move the row that was dragged onto *onto*; if it is marked, all marked ones."""
    rows = work.marked
    if any(row.statement == statement for row in rows):
        work.host.begin(partial(move_rows, work, rows, onto))
    else:
        move_under(work, inference, statement, onto)


def _save_words(work: Workspace, words: str, why: str) -> None:
    work.host.copy(words)
    work.host.say(f"{why}; the words are on the clipboard", is_bad=True)


async def _choose(work: Workspace, key: str, words: tuple[str, ...], current: str | None) -> None:
    from tui.dialogs.pick import Choice

    statement, base = work.statement, work.map
    choices = [Choice(word, word) for word in words]
    chosen = await pick(work.host, f"{key} of {statement.label}", choices, current=current)
    if chosen is None or chosen == current:
        return
    values: dict[str, object] = {key: chosen}
    if key == "kind":
        stated = bool(statement.passages) if chosen == "assumption" else None
        values |= {"stated": stated}
        if chosen != "claim":
            values |= {"nature": None, "main_item": None}
    await save(work, change_statement(base, statement.id, **values))


def _shown(work: Workspace, target: str) -> str:
    """Return the statement that *target* is, or that the inference *target* leads to in the end."""
    seen: set[str] = set()
    while target not in work.map.statements and target not in seen:
        seen.add(target)
        target = work.map.inferences[target].conclusion
    return target if target in work.map.statements else work.statement.id

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
from argmap.model.rating import Rating
from argmap.model.statement import Statement
from argmap.model.words import KINDS, NATURES
from store.fresh_ids import fresh_id
from tui.asking import pick
from tui.attributing import ask_who
from tui.background import run_aside
from tui.confirming import do
from tui.deciding import save
from tui.marked_edits import move_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import Operation
    from tui.fields import Field
    from tui.panes.editor import Editor
    from tui.screens.workbench import WorkbenchScreen

_ACTIONS: Final = {
    "tags": "workbench.tags",
    "letter": "workbench.sources",
    "number": "workbench.number",
    "history": "workbench.history",
    "passages": "workbench.add-passage",
}
"""For the fields that are opened by an action, its id."""


async def open_field(bench: WorkbenchScreen, field: Field) -> None:
    """Edit *field* of the selected statement, or go where it leads."""
    word, id_ = field.about
    statement = bench.statement
    if word in {"text", "note"}:
        bench.edit(word)
    elif word == "kind":
        await _choose(bench, "kind", KINDS, statement.kind)
    elif word == "nature":
        await _choose(bench, "nature", NATURES, statement.nature)
    elif word == "stated":
        bench.do(change_statement(bench.map, statement.id, stated=not statement.stated))
    elif word == "who":
        await ask_who(bench, bench.map.attributions.get(id_))
    elif word == "passage":
        start, end = map(int, id_.split("-"))
        bench.text.go_to((start, end), centred=True)
        bench.show_pane("text")
    elif word == "inference":
        bench.select(_shown(bench, bench.map.inferences[id_].conclusion))
    elif word == "premise":
        bench.select(bench.map.inferences[id_].premises[0])
    elif word in _ACTIONS:
        await bench.app.act(_ACTIONS[word])


def clear_field(bench: WorkbenchScreen, field: Field) -> None:
    """Clear *field*, or take away what it names."""
    word, id_ = field.about
    statement = bench.statement
    operation: Operation | None = None
    if word in {"note", "nature"}:
        operation = change_statement(bench.map, statement.id, **{word: None})
    elif word == "tags":
        operation = change_statement(bench.map, statement.id, tags=())
    elif word == "kind" and statement.main:
        operation = set_main_claim(bench.map, None)
    elif word == "who" and id_:
        operation = remove_attribution(bench.map, id_)
    elif word in {"inference", "premise"}:
        operation = remove_inference(bench.map, id_)
    elif word == "passage":
        place = tuple(map(int, id_.split("-")))
        rest = tuple(p for p in statement.passages if (p.start, p.end) != place)
        operation = change_statement(bench.map, statement.id, passages=rest)
    if operation is None:
        bench.say("this cannot be cleared")
    else:
        do(bench, operation)


def edit_words(
    bench: WorkbenchScreen, statement: str, field: str, typed: str | None = None
) -> None:
    """Select *statement*, an id, and open the editor on the words of its *field*.

    *typed* is what was typed before somebody else changed them.
    """
    words = str(getattr(bench.map.statements[statement], field) or "")
    bench.came_from = bench.panes.active
    bench.select(statement)
    bench.show_pane("details")
    run_aside(bench, partial(bench.details.edit, statement, field, words, typed=typed))


def keep_words(bench: WorkbenchScreen, kept: Editor.Kept) -> None:
    """Keep what was typed; the editor stays open where somebody else has changed the same."""
    statement, words = bench.map.statements.get(kept.entity), kept.words.strip()
    now = str(getattr(statement, kept.field) or "") if statement else ""
    if statement is not None and bench.details.contest(kept, now):
        return
    bench.leave_editor()
    if words == kept.base.strip():
        return
    if statement is None:
        _save_words(bench, words, "the statement is gone")
    elif kept.field == "text" and not words:
        bench.say("a statement needs words; they stay as they were")
    elif words != now:
        try:
            bench.do(change_statement(bench.map, kept.entity, **{kept.field: words or None}))
        except ArgmapError as error:
            _save_words(bench, words, str(error))


def drop_words(bench: WorkbenchScreen, undecided: str) -> None:
    """Forget what was typed; words that the reader did not decide about go to the clipboard."""
    bench.leave_editor()
    if undecided:
        _save_words(bench, undecided, "kept somebody else's words")


def give_back(bench: WorkbenchScreen, refused: Operation, why: str) -> None:
    """Say why *refused* is not saved; words that it would have kept are there to be kept again."""
    told = f"{refused.label}: not saved. {why}"
    _ask_again(bench, refused)
    for id_, field, words in _typed(refused):
        statement = bench.map.statements.get(id_)
        if statement is None or bench.details.is_editing:
            _save_words(bench, words, told)
            return
        if getattr(statement, field) != words:
            edit_words(bench, id_, field, typed=words)
    bench.app.say(told, is_bad=True)


def _ask_again(bench: WorkbenchScreen, refused: Operation) -> None:
    """Take a screen that asks for ratings back to the one that was refused.

    It has gone on to the next question meanwhile, which the same key would answer.
    """
    from tui.screens.heat import HeatScreen
    from tui.screens.rating import RatingScreen

    screen = bench.app.screen
    ratings = [c.after for c in refused.changes if isinstance(c.after, Rating)]
    if ratings and isinstance(screen, RatingScreen | HeatScreen):
        screen.round.map = bench.map
        screen.round.ask_again(ratings[0])
        screen.show()


def _typed(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Yield statement, field and words of what *operation* changes in statements."""
    for change in operation.changes:
        before, after = change.before, change.after
        if isinstance(before, Statement) and isinstance(after, Statement):
            for field in ("text", "note"):
                words = getattr(after, field)
                if words and words != getattr(before, field):
                    yield after.id, field, words


def move_under(bench: WorkbenchScreen, inference: str | None, statement: str, onto: str) -> None:
    """Let what stands by *inference* lead to *onto*; what stood for itself supports it."""
    if statement == onto:
        return
    if inference is not None and bench.map.inferences[inference].conclusion == onto:
        labels = (bench.map.statements[id_].label for id_ in (statement, onto))
        bench.say(" is already under ".join(labels))
    elif inference is not None:
        do(bench, move_to(bench.map, inference, onto))
    else:
        operation = link(bench.map, fresh_id(), [statement], onto, "supports")
        do(bench, operation, f"{operation.label} now")


def drop_row(bench: WorkbenchScreen, inference: str | None, statement: str, onto: str) -> None:
    """Move the row that was dragged onto *onto*; if it is marked, all marked ones."""
    rows = bench.marked
    if any(row.statement == statement for row in rows):
        run_aside(bench, partial(move_rows, bench, rows, onto))
    else:
        move_under(bench, inference, statement, onto)


def _save_words(bench: WorkbenchScreen, words: str, why: str) -> None:
    bench.app.copy_to_clipboard(words)
    bench.app.say(f"{why}; the words are on the clipboard", is_bad=True)


async def _choose(
    bench: WorkbenchScreen, key: str, words: tuple[str, ...], current: str | None
) -> None:
    from tui.dialogs.pick import Choice

    statement, base = bench.statement, bench.map
    choices = [Choice(word, word) for word in words]
    chosen = await pick(bench.app, f"{key} of {statement.label}", choices, current=current)
    if chosen is None or chosen == current:
        return
    values: dict[str, object] = {key: chosen}
    if key == "kind":
        stated = bool(statement.passages) if chosen == "assumption" else None
        values |= {"stated": stated}
        if chosen != "claim":
            values |= {"nature": None, "main_item": None}
    await save(bench, change_statement(base, statement.id, **values))


def _shown(bench: WorkbenchScreen, target: str) -> str:
    """Return the statement that *target* is, or that the inference *target* leads to in the end."""
    seen: set[str] = set()
    while target not in bench.map.statements and target not in seen:
        seen.add(target)
        target = bench.map.inferences[target].conclusion
    return target if target in bench.map.statements else bench.statement.id

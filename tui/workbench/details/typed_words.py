"""Text typed into the details: saved, discarded, or returned after a refused edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.verbs import change_statement
from argmap.errors import ArgmapError
from argmap.model.statement import Statement
from tui.core.places import FieldPlace, WholePane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import Operation
    from tui.core.workspace import Workspace
    from tui.widgets.editor import Editor

    from .pane import DetailsPane


def save_typed_words(details: DetailsPane, kept: Editor.Kept) -> None:
    """Save the typed text; the editor stays open after another user's edit of it."""
    work = details.work
    statement, words = work.map.statements.get(kept.entity), kept.words.strip()
    now = str(getattr(statement, kept.field) or "") if statement else ""
    if statement is not None and details.contest(kept, now):
        return
    _leave_editor(details)
    if words == kept.base.strip():
        return
    if statement is None:
        _save_words(work, words, "the statement was removed")
    elif kept.field == "text" and not words:
        work.host.say("a statement cannot be empty; its old text stays")
    elif words != now:
        try:
            work.do(change_statement(work.map, kept.entity, **{kept.field: words or None}))
        except ArgmapError as error:
            _save_words(work, words, str(error))


def discard_typed_words(details: DetailsPane, undecided: str) -> None:
    """Discard the typed text; text in an undecided conflict goes to the clipboard."""
    _leave_editor(details)
    if undecided:
        _save_words(details.work, undecided, "kept the other edit")


def return_refused_words(details: DetailsPane, refused: Operation, why: str) -> None:
    """Say *why* an edit was refused, and put its text back into the editor.

    Text goes to the clipboard instead if its statement was removed or the editor is in use.
    """
    work = details.work
    message = f"not saved: {refused.label}. {why}"
    for id_, field, words in _changed_words(refused):
        statement = work.map.statements.get(id_)
        if statement is None or details.is_editing:
            _save_words(work, words, message)
            return
        if getattr(statement, field) != words:
            work.host.show_place(FieldPlace(id_, field, typed=words))
    work.host.say(message, is_bad=True)


def _leave_editor(details: DetailsPane) -> None:
    """Close the editor, and focus the pane that it was opened from."""
    if details.close_editor():
        details.work.host.show_place(WholePane(details.came_from))


def _changed_words(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Yield the id, field and new text of each text or note that *operation* changes."""
    for change in operation.changes:
        before, after = change.before, change.after
        if isinstance(before, Statement) and isinstance(after, Statement):
            for field in ("text", "note"):
                words = getattr(after, field)
                if words and words != getattr(before, field):
                    yield after.id, field, words


def _save_words(work: Workspace, words: str, why: str) -> None:
    work.host.copy(words)
    work.host.say(f"{why}; your text is on the clipboard", is_bad=True)

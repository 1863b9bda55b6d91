"""Saving what a person was asked for while somebody else may have saved the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.rebase import rebase
from argmap.errors import ArgmapError, EditConflictError
from argmap.text.display import visible_lines
from store.rows import stored_entity

from .prompts import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Entity, Operation
    from store import Store
    from tui.core.host import Asker
    from tui.core.workspace import Workspace


async def save(work: Workspace, operation: Operation) -> bool:
    """Do *operation* and wait until it is on disk; tell whether it is.

    Where somebody else has changed the same since, the reader decides whose stays.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: somebody else has removed what it is about.
    """
    while True:
        try:
            await work.session.do_and_save(operation)
        except EditConflictError as error:
            if not error.yours:
                raise
            mine = rebase(operation, work.map.entity, overwrite=True)
            if not await confirm_overwrite(work.host, error):
                return False
            operation = mine
        else:
            work.announce_undo(operation)
            return True


async def ask_and_save(
    work: Workspace,
    title: str,
    words: str,
    changed: Callable[[ArgumentMap, str], Operation],
) -> None:
    """Ask for a line, and save it; where somebody else has changed it since, ask again.

    Args:
        work: The open document.
        title: What is asked.
        words: What the line holds now.
        changed: Returns the operation that a map and what was typed make.

    Raises:
        EditError: the map does not allow it; the words are on the clipboard.
        EditConflictError: somebody else has removed what it is about; the words are there too.
    """
    base, note = work.map, ""
    while True:
        typed = await ask(work.host, title, words, note)
        if typed is None:
            return
        try:
            operation = changed(base, typed)
            await work.session.do_and_save(operation)
        except EditConflictError as error:
            if not error.yours:
                work.host.copy(typed)
                raise
            base, words, note = work.map, typed, f"{error.what}\nenter saves yours over it"
        except ArgmapError:
            work.host.copy(typed)
            raise
        else:
            work.announce_undo(operation)
            return


def check_still_there(work: Workspace, base: ArgumentMap, *ids: str) -> None:
    """Refuse to go on where a statement or inference of *base* is not on the map any more.

    Raises:
        EditConflictError: one of *ids* was removed since.
    """
    for id_ in ids:
        was = base.statements.get(id_) or base.inferences.get(id_)
        if was is not None and work.map.entity(was.type, id_) is None:
            message = f"{was.label} was removed meanwhile by another user"
            raise EditConflictError(message)


async def confirm_overwrite(asker: Asker, conflict: EditConflictError) -> bool:
    """Ask whether one's own is to be saved over what somebody else has saved."""
    from .pick import Choice, PickDialog

    choices = [Choice("yours", "save yours over it"), Choice("theirs", "keep theirs")]
    hint = f"{conflict.what}\nyours: {conflict.yours}\nenter selects · esc keeps theirs"
    dialog = PickDialog(
        "Somebody else changed this too", choices, hint=visible_lines(hint), preselects=False
    )
    return await asker.ask(dialog) == "yours"


def rebase_over(operation: Operation, store: Store) -> Operation:
    """Return *operation* over whatever *store* has now, as the reader wants it."""

    def there(type_: str, id_: str) -> Entity | None:
        landed = stored_entity(store, type_, id_)
        return landed.entity if landed else None

    with store.reading():
        return rebase(operation, there, overwrite=True)

"""Saving what a person was asked for while somebody else may have saved the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.errors import ArgmapError, EditConflictError
from argmap.rebasing import rebased
from argmap.text import visible_lines
from store.loading import landed_entity
from tui.asking import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Entity, Operation
    from store import Store
    from tui.app import ArgmapApp
    from tui.screens.workbench import WorkbenchScreen


async def save(bench: WorkbenchScreen, operation: Operation) -> bool:
    """Do *operation* and wait until it is on disk; tell whether it is.

    Where somebody else has changed the same since, the reader decides whose stays.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: somebody else has removed what it is about.
    """
    while True:
        try:
            await bench.session.land(operation)
        except EditConflictError as error:
            if not error.yours:
                raise
            mine = rebased(operation, bench.map.entity, over=True)
            if not await is_insisted(bench.app, error):
                return False
            operation = mine
        else:
            bench.tell_undo(operation)
            return True


async def save_words(
    bench: WorkbenchScreen,
    title: str,
    words: str,
    changed: Callable[[ArgumentMap, str], Operation],
) -> None:
    """Ask for a line, and save it; where somebody else has changed it since, ask again.

    Args:
        bench: The open document.
        title: What is asked.
        words: What the line holds now.
        changed: Returns the operation that a map and what was typed make.

    Raises:
        EditError: the map does not allow it; the words are on the clipboard.
        EditConflictError: somebody else has removed what it is about; the words are there too.
    """
    base, note = bench.map, ""
    while True:
        typed = await ask(bench.app, title, words, note)
        if typed is None:
            return
        try:
            operation = changed(base, typed)
            await bench.session.land(operation)
        except EditConflictError as error:
            if not error.yours:
                bench.app.copy_to_clipboard(typed)
                raise
            base, words, note = bench.map, typed, f"{error.what}\nenter saves yours over it"
        except ArgmapError:
            bench.app.copy_to_clipboard(typed)
            raise
        else:
            bench.tell_undo(operation)
            return


def refuse_removed(bench: WorkbenchScreen, base: ArgumentMap, *ids: str) -> None:
    """Refuse to go on where a statement or inference of *base* is not on the map any more.

    Raises:
        EditConflictError: one of *ids* was removed since.
    """
    for id_ in ids:
        was = base.statements.get(id_) or base.inferences.get(id_)
        if was is not None and bench.map.entity(was.type, id_) is None:
            message = f"{was.label} was removed meanwhile by somebody else"
            raise EditConflictError(message)


async def is_insisted(app: ArgmapApp, conflict: EditConflictError) -> bool:
    """Ask whether one's own is to be saved over what somebody else has saved."""
    from tui.dialogs.pick import Choice, PickDialog

    choices = [Choice("yours", "save yours over it"), Choice("theirs", "keep theirs")]
    hint = f"{conflict.what}\nyours: {conflict.yours}\nenter selects · esc keeps theirs"
    dialog = PickDialog(
        "Somebody else changed this too", choices, hint=visible_lines(hint), preselects=False
    )
    return await app.push_screen_wait(dialog) == "yours"


def insisted(operation: Operation, store: Store) -> Operation:
    """Return *operation* over whatever *store* has now, as the reader wants it."""

    def there(type_: str, id_: str) -> Entity | None:
        landed = landed_entity(store, type_, id_)
        return landed.entity if landed else None

    with store.reading():
        return rebased(operation, there, over=True)

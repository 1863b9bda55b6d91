"""Save an answer while another user or process may have changed the same entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Save *operation* and wait for the disk; return whether it was saved.

    If another user has changed the same field, the reader decides which value is kept.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: another user has removed the entity that it changes.
    """
    while True:
        try:
            await work.session.do_and_save(operation)
        except EditConflictError as error:
            if not error.yours:
                raise
            from argmap.edit.rebase import rebase

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
    """Ask for a line and save it; ask again if another user has changed it meanwhile.

    Args:
        work: The open document.
        title: The title of the dialog.
        words: The line as it is now.
        changed: Returns the operation for a map and the typed line.

    Raises:
        EditError: the map does not allow it; the line is copied to the clipboard.
        EditConflictError: another user has removed the entity; the line is copied as well.
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
            base, words, note = work.map, typed, f"{error.what}\nenter overwrites it with yours"
        except ArgmapError:
            work.host.copy(typed)
            raise
        else:
            work.announce_undo(operation)
            return


def check_still_there(work: Workspace, base: ArgumentMap, *ids: str) -> None:
    """Check that the statements and inferences *ids* of *base* are still on the map.

    Raises:
        EditConflictError: one of them was removed after *base* was read.
    """
    for id_ in ids:
        was = base.statements.get(id_) or base.inferences.get(id_)
        if was is not None and work.map.entity(was.type, id_) is None:
            message = f"{was.label} was removed meanwhile by another user or process"
            raise EditConflictError(message)


async def confirm_overwrite(asker: Asker, conflict: EditConflictError) -> bool:
    """Return whether the reader wants to overwrite another user's change."""
    from .pick import Choice, PickDialog

    choices = [Choice("yours", "overwrite it with yours"), Choice("theirs", "keep theirs")]
    hint = f"{conflict.what}\nyours: {conflict.yours}\nenter selects · esc keeps theirs"
    dialog = PickDialog(
        "Another user or process changed this too",
        choices,
        hint=visible_lines(hint),
        preselects=False,
    )
    return await asker.ask(dialog) == "yours"


def rebase_over(operation: Operation, store: Store) -> Operation:
    """Return *operation* rebased onto the state of *store*, winning every conflict."""

    def latest(type_: str, id_: str) -> Entity | None:
        landed = stored_entity(store, type_, id_)
        return landed.entity if landed else None

    with store.reading():
        from argmap.edit.rebase import rebase

        return rebase(operation, latest, overwrite=True)

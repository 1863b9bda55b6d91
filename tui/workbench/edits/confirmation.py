"""Saying in the line at the top what an edit has done, where the screen may not show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model.map import Operation
    from tui.core.workspace import Workspace


def do_and_confirm(
    work: Workspace, operation: Operation, words: str = "", *, select: str | None = None
) -> None:
    """Do *operation*, and say at the top what it did: *words*, else its label.

    *select* is the id of what it makes and that is to be selected.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: somebody else has changed the same since *operation* was made.
    """
    work.do(operation, select=select)
    confirm(work, operation, words)


def confirm(work: Workspace, operation: Operation, words: str = "") -> None:
    """Say at the top what *operation*, which was just done, did, and how it is undone."""
    if operation.changes:
        work.host.say_in_heading(
            f"{words or operation.label} · {work.host.key('workbench.undo')} undoes"
        )

"""Confirming an edit in the heading, for edits that the screen may not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model.map import Operation
    from tui.core.workspace import Workspace


def do_and_confirm(
    work: Workspace, operation: Operation, words: str = "", *, select: str | None = None
) -> None:
    """Apply *operation*, and confirm it in the heading by *words*, else by its label.

    *select* is the id of a new statement to select.

    Raises:
        EditError: the map does not allow the operation.
        EditConflictError: another user or process has changed the same entity since *operation*
            was made.
    """
    work.do(operation, select=select)
    confirm(work, operation, words)


def confirm(work: Workspace, operation: Operation, words: str = "") -> None:
    """Show the effect of an operation in the heading, with the key that undoes it."""
    if operation.changes:
        work.host.say_in_heading(
            f"{words or operation.label} · {work.host.key('workbench.undo')} undoes it"
        )

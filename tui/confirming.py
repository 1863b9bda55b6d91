"""Saying in the line at the top what an edit has done, where the screen may not show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model.map import Operation
    from tui.screens.workbench import WorkbenchScreen


def do(bench: WorkbenchScreen, operation: Operation, words: str = "") -> None:
    """Do *operation*, and say at the top what it did: *words*, else its label.

    Raises:
        EditError: the map does not allow it.
        EditConflictError: somebody else has changed the same since *operation* was made.
    """
    bench.do(operation)
    confirm(bench, operation, words)


def confirm(bench: WorkbenchScreen, operation: Operation, words: str = "") -> None:
    """Say at the top what *operation*, which was just done, did, and how it is undone."""
    if operation.changes:
        bench.tell(f"{words or operation.label} · {bench.app.key('workbench.undo')} undoes")

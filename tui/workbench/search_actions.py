"""Actions of the search line of a document."""

from __future__ import annotations

from typing import Protocol

from tui.actions.action import Action


class SearchField(Protocol):
    """A line with search words."""

    def accept(self) -> None:
        """Go to the current match."""

    def leave(self) -> None:
        """Leave the search."""


def _go(line: SearchField) -> None:
    line.accept()


def _leave(line: SearchField) -> None:
    line.leave()


ACTIONS = (
    Action("searching.go", "go to the match", "enter", _go, hint="go there", rank=1),
    Action("searching.leave", "leave search", "escape", _leave, hint="leave search",
           rank=2),
)  # fmt: skip

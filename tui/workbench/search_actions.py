"""What the keys do in the line in which one types what to search for on a document."""

from __future__ import annotations

from typing import Protocol

from tui.actions.action import Action


class Searching(Protocol):
    """A line in which words are typed that are looked for."""

    def take(self) -> None:
        """Go on reading where the words were found."""

    def leave(self) -> None:
        """Forget the search."""


def _go(line: Searching) -> None:
    line.take()


def _leave(line: Searching) -> None:
    line.leave()


ACTIONS = (
    Action("searching.go", "go to the match", "enter", _go, hint="go there", rank=1),
    Action("searching.leave", "leave search", "escape", _leave, hint="leave search",
           rank=2),
)  # fmt: skip

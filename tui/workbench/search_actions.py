"""What the keys do in the line in which one types what to search for on a document."""

from __future__ import annotations

from typing import Protocol

from tui.actions.action import Action


class SearchField(Protocol):
    """A line in which words are typed that are looked for."""

    def accept(self) -> None:
        """Go on reading where the words were found."""

    def leave(self) -> None:
        """Forget the search."""


def _go(line: SearchField) -> None:
    line.accept()


def _leave(line: SearchField) -> None:
    line.leave()


ACTIONS = (
    Action("searching.go", "go to the match", "enter", _go, hint="go there", rank=1),
    Action("searching.leave", "leave search", "escape", _leave, hint="leave search",
           rank=2),
)  # fmt: skip

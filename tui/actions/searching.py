"""What the keys do in the line in which one types what to search for on a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action

if TYPE_CHECKING:
    from tui.search_line import SearchLine


def _go(line: SearchLine) -> None:
    line.take()


def _leave(line: SearchLine) -> None:
    line.leave()


ACTIONS = (
    Action("searching.go", "go to what is found", "enter", _go, hint="go there", rank=1),
    Action("searching.leave", "leave the search", "escape", _leave, hint="leave the search",
           rank=2),
)  # fmt: skip

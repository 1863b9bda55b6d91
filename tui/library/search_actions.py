"""Actions of the search line of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.action import Action
from tui.widgets.focusing import focus

from .actions import clear_search, needs_row

if TYPE_CHECKING:
    from .actions import LibraryView


async def _open(library: LibraryView) -> None:
    await library.open_match()


def _list(library: LibraryView) -> None:
    focus(library.table)


ACTIONS = (
    Action("finding.open", "open the selected result", "enter", _open, hint="open", rank=1),
    Action("finding.list", "go to the list", "down", _list, needs_row, hint="go to the list",
           rank=2),
    Action("finding.clear", "leave search", "escape", clear_search, hint="leave search",
           rank=3),
)  # fmt: skip

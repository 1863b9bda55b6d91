"""Actions of a list: move, search, and go to the statement of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

if TYPE_CHECKING:
    from collections.abc import Callable


class LineList(Protocol):
    """The lines of a list, with a cursor."""

    @property
    def chosen(self) -> int | None:
        """The number of the line under the cursor, from 0; None if there is none."""

    def go(self) -> None:
        """Go to the statement of the line under the cursor."""

    def find(self) -> None:
        """Open the search field."""

    def move(self, by: int) -> None:
        """Move the cursor *by* lines down, or up if it is negative."""

    def move_to_end(self, *, last: bool) -> None:
        """Move to the last line, or to the first."""

    def leave(self) -> None:
        """Close the search, or return to the map."""


def _open(screen: LineList) -> None:
    screen.go()


def _find(screen: LineList) -> None:
    screen.find()


def _moves(by: int) -> Callable[[LineList], None]:
    def run(screen: LineList) -> None:
        screen.move(by)

    return run


def _ends(*, last: bool) -> Callable[[LineList], None]:
    def run(screen: LineList) -> None:
        screen.move_to_end(last=last)

    return run


def _back(screen: LineList) -> None:
    screen.leave()


def _needs_line(screen: LineList) -> str:
    return "" if screen.chosen is not None else "the list has no lines"


ACTIONS = (
    Action("list.open", "go to the statement of the line", "enter", _open, _needs_line,
           hint="go there", rank=1),
    Action("list.find", "search the list", "slash", _find, hint="find", rank=2),
    Action("list.next", "move to the next line", "j,down", _moves(1)),
    Action("list.previous", "move to the previous line", "k,up", _moves(-1)),
    Action("list.page-down", "move 6 lines down", "pagedown,ctrl+d", _moves(6)),
    Action("list.page-up", "move 6 lines up", "pageup,ctrl+u", _moves(-6)),
    Action("list.first", "move to the first line", "g,home", _ends(last=False)),
    Action("list.last", "move to the last line", "G,end", _ends(last=True)),
    Action("list.leave", "leave the search, or return to the map", "escape,q", _back,
           hint="back", rank=3),
)  # fmt: skip

"""A list of findings, of origins, or of what falls: moving in it, and going where a line leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

if TYPE_CHECKING:
    from collections.abc import Callable


class LineList(Protocol):
    """The lines of a list, with a cursor."""

    @property
    def chosen(self) -> int | None:
        """The number of the line under the cursor."""

    def go(self) -> None:
        """Go to what the line under the cursor is about."""

    def find(self) -> None:
        """Type words that the lines should have."""

    def move(self, by: int) -> None:
        """Go *by* lines on, or back."""

    def move_to_end(self, *, last: bool) -> None:
        """Go to the last line, or to the first."""

    def leave(self) -> None:
        """Go back to the whole list, then to the map."""


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
    return "" if screen.chosen is not None else "there is no line to go to"


ACTIONS = (
    Action("list.open", "go there", "enter", _open, _needs_line, hint="go there", rank=1),
    Action("list.find", "find", "slash", _find, hint="find", rank=2),
    Action("list.next", "next line", "j,down", _moves(1)),
    Action("list.previous", "previous line", "k,up", _moves(-1)),
    Action("list.page-down", "a few lines down", "pagedown,ctrl+d", _moves(6)),
    Action("list.page-up", "a few lines up", "pageup,ctrl+u", _moves(-6)),
    Action("list.first", "the first line", "g,home", _ends(last=False)),
    Action("list.last", "the last line", "G,end", _ends(last=True)),
    Action("list.leave", "back to the whole list, then to the map", "escape,q", _back,
           hint="back", rank=3),
)  # fmt: skip

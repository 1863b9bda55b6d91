"""A list of findings, of origins, or of what falls: moving in it, and going where a line leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.listing import ListingScreen


def _open(screen: ListingScreen) -> None:
    screen.go()


def _find(screen: ListingScreen) -> None:
    screen.find()


def _moves(by: int) -> Callable[[ListingScreen], None]:
    def run(screen: ListingScreen) -> None:
        screen.move(by)

    return run


def _ends(*, last: bool) -> Callable[[ListingScreen], None]:
    def run(screen: ListingScreen) -> None:
        screen.move_to_end(last=last)

    return run


def _back(screen: ListingScreen) -> None:
    screen.leave()


def _needs_line(screen: ListingScreen) -> str:
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

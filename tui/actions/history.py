"""The history: going back to any operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Action

if TYPE_CHECKING:
    from tui.screens.history import HistoryScreen


async def _go(screen: HistoryScreen) -> None:
    await screen.go_back()


async def _undo(screen: HistoryScreen) -> None:
    await screen.session.undo()
    await screen.read()


async def _redo(screen: HistoryScreen) -> None:
    await screen.session.redo()
    await screen.read()


def _next(screen: HistoryScreen) -> None:
    screen.list.action_cursor_down()


def _previous(screen: HistoryScreen) -> None:
    screen.list.action_cursor_up()


def _leave(screen: HistoryScreen) -> None:
    screen.app.pop_screen()


def _needs_some(screen: HistoryScreen) -> str:
    return "" if screen.logged else "nothing has been done yet"


ACTIONS = (
    Action("history.go", "go to how it stood after this", "enter", _go, _needs_some,
           hint="go there", rank=1),
    Action("history.undo", "undo one", "u", _undo, hint="undo", rank=2),
    Action("history.redo", "redo one", "U,ctrl+y,ctrl+r", _redo, hint="redo", rank=3),
    Action("history.next", "down", "j", _next),
    Action("history.previous", "up", "k", _previous),
    Action("history.leave", "back", "escape,q", _leave, hint="back", rank=4),
)  # fmt: skip

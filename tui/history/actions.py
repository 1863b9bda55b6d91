"""Actions of the history: undo or redo all operations up to the highlighted one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

if TYPE_CHECKING:
    from store.log import LoggedOperation
    from tui.core.program import Program
    from tui.document.session import Session
    from tui.widgets.choice_list import ChoiceList


class HistoryView(Protocol):
    """The operations of a document, newest first."""

    session: Session
    logged: list[LoggedOperation]
    list: ChoiceList

    @property
    def app(self) -> Program:
        """The app that shows the screen."""

    async def read(self) -> None:
        """Read the history again."""

    async def go_to_operation(self) -> None:
        """Undo or redo up to the highlighted operation."""


async def _go(screen: HistoryView) -> None:
    await screen.go_to_operation()


async def _undo(screen: HistoryView) -> None:
    logged = await screen.session.undo()
    await screen.read()
    screen.app.say(f"undone: {logged.label} · {screen.app.key('history.redo')} redoes it")


async def _redo(screen: HistoryView) -> None:
    logged = await screen.session.redo()
    await screen.read()
    screen.app.say(f"redone: {logged.label}")


def _next(screen: HistoryView) -> None:
    screen.list.action_cursor_down()


def _previous(screen: HistoryView) -> None:
    screen.list.action_cursor_up()


async def _leave(screen: HistoryView) -> None:
    await screen.app.leave_screen()


def _needs_some(screen: HistoryView) -> str:
    return "" if screen.logged else "there are no operations yet"


ACTIONS = (
    Action("history.go", "undo or redo up to this operation", "enter", _go, _needs_some,
           hint="go to this state", rank=1),
    Action("history.undo", "undo one operation", "u", _undo, hint="undo", rank=2),
    Action("history.redo", "redo one operation", "U,ctrl+y,ctrl+r", _redo, hint="redo", rank=3),
    Action("history.next", "next operation", "j", _next),
    Action("history.previous", "previous operation", "k", _previous),
    Action("history.leave", "back to the document", "escape,q", _leave, hint="back", rank=4),
)  # fmt: skip

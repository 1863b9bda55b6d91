"""The details: moving between fields, and editing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action
from tui.editing import clear_field, open_field

if TYPE_CHECKING:
    from tui.panes.details import DetailsPane


def _next(pane: DetailsPane) -> None:
    pane.list.move(1)


def _previous(pane: DetailsPane) -> None:
    pane.list.move(-1)


async def _open(pane: DetailsPane) -> None:
    field = pane.list.field
    if field is not None:
        await open_field(pane.work, field)


def _clear(pane: DetailsPane) -> None:
    field = pane.list.field
    if field is not None:
        clear_field(pane.work, field)


def _needs_field(pane: DetailsPane) -> str:
    return "" if pane.list.field is not None else "select a statement first"


def _leave(pane: DetailsPane) -> None:
    pane.work.step_out()


ACTIONS = (
    Action("details.next", "next field", "j,down", _next),
    Action("details.previous", "previous field", "k,up", _previous),
    Action("details.open", "edit the field, or go where it leads", "enter,i,f2", _open,
           _needs_field, hint="edit", rank=1, is_pointed=True),
    Action("details.clear", "clear the field, or unlink what it names", "backspace", _clear,
           _needs_field, hint="clear", rank=2, is_pointed=True),
    Action("details.leave", "leave the list you follow, or what-if mode", "escape", _leave),
)  # fmt: skip

"""Actions in the details: move between fields, and edit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

from .editing import clear_field, open_field

if TYPE_CHECKING:
    from tui.core.workspace import Workspace
    from tui.widgets.field_list import FieldList


class Details(Protocol):
    """The fields of the selected statement."""

    work: Workspace
    list: FieldList


def _next(pane: Details) -> None:
    pane.list.move(1)


def _previous(pane: Details) -> None:
    pane.list.move(-1)


async def _open(pane: Details) -> None:
    field = pane.list.field
    if field is not None:
        await open_field(pane.work, field)


def _clear(pane: Details) -> None:
    field = pane.list.field
    if field is not None:
        clear_field(pane.work, field)


def _needs_field(pane: Details) -> str:
    return "" if pane.list.field is not None else "select a statement first"


def _leave(pane: Details) -> None:
    pane.work.step_out()


ACTIONS = (
    Action("details.next", "next field", "j,down", _next),
    Action("details.previous", "previous field", "k,up", _previous),
    Action("details.open", "edit the field, or go to the statement it names", "enter,i,f2", _open,
           _needs_field, hint="edit", rank=1, is_pointed=True),
    Action("details.clear", "clear the field, or remove its link", "backspace", _clear,
           _needs_field, hint="clear", rank=2, is_pointed=True),
    Action("details.leave", "leave the list or what-if mode", "escape", _leave),
)  # fmt: skip

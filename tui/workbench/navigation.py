"""Showing a place within the panes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.core.background import run_in_background
from tui.core.places import FieldPlace, RowPlace, TextPlace, WholePane

if TYPE_CHECKING:
    from tui.core.places import PanePlace

    from .panes import Panes


def show_place(panes: Panes, place: PanePlace) -> None:
    """Focus the pane of *place*, and scroll there."""
    match place:
        case WholePane(name):
            panes.focus_pane(name)
        case TextPlace(stretch):
            panes.text.go_to(stretch, centred=True)
            panes.focus_pane("text")
        case RowPlace(number):
            panes.outline.move_to(number)
        case FieldPlace():
            _edit(panes, place)


def _edit(panes: Panes, field: FieldPlace) -> None:
    """Select the statement of *field*, and open the editor on its text."""
    work, details = panes.work, panes.details
    words = str(getattr(work.map.statements[field.statement], field.name) or "")
    details.came_from = panes.active
    work.select(field.statement)
    panes.focus_pane("details")
    edit = partial(details.edit, field.statement, field.name, words, typed=field.typed)
    run_in_background(panes.screen, edit)

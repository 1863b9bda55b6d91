"""The map of the workbench as an outline: it takes keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings

from .actions import ACTIONS
from .outline_pane import OutlinePane

if TYPE_CHECKING:
    from textual.binding import BindingType


class MapOutline(OutlinePane):
    """The outline in which one moves, and which one edits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

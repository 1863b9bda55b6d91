"""The map of the workbench as boxes: it takes keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings
from tui.workbench.map.actions import ACTIONS

from .pane import BoxesPane

if TYPE_CHECKING:
    from textual.binding import BindingType


class MapBoxes(BoxesPane):
    """The boxes in which one moves, and which one edits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

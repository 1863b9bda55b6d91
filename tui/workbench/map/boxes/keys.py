"""The boxes of the map, with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings
from tui.workbench.map.actions import ACTIONS

from .pane import BoxesPane

if TYPE_CHECKING:
    from textual.binding import BindingType


class MapBoxes(BoxesPane):
    """The boxes in which the reader moves and edits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

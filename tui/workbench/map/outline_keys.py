"""The outline of the map, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings

from .actions import ACTIONS
from .outline_pane import OutlinePane

if TYPE_CHECKING:
    from textual.binding import BindingType


class MapOutline(OutlinePane):
    """The outline in which the reader moves and edits."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

"""The text pane of the workbench: it takes keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings
from tui.text.pane import TextPane

from .actions import ACTIONS

if TYPE_CHECKING:
    from textual.binding import BindingType


class ReadingPane(TextPane):
    """The text that one reads and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

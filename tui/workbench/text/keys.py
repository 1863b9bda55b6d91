"""The text pane with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.actions.action import bindings
from tui.text.pane import TextPane

from .actions import ACTIONS

if TYPE_CHECKING:
    from textual.binding import BindingType


class ReadingPane(TextPane):
    """The text pane in which the reader moves and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

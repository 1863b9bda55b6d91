"""Messages that more than one pane sends."""

from __future__ import annotations

from textual.message import Message


class MenuAsked(Message):
    """The reader pressed the other mouse button."""

    def __init__(self, x: int, y: int) -> None:
        """Say where: *x* and *y* are cells of the screen."""
        super().__init__()
        self.x, self.y = x, y

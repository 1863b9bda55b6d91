"""Messages that several panes send."""

from __future__ import annotations

from textual.message import Message


class MenuAsked(Message):
    """The reader clicked with the right mouse button."""

    def __init__(self, x: int, y: int) -> None:
        """The click was at column *x* and row *y* of the screen."""
        super().__init__()
        self.x, self.y = x, y

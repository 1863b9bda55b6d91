"""The editor over a field of the details. It is loaded when something is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

if TYPE_CHECKING:
    from textual import events


class Editor(TextArea):
    """Where a field's words are typed: enter keeps them, escape does not."""

    DEFAULT_CSS = """
    Editor {
        display: none;
        layer: above;
        height: auto;
        min-height: 3;
        max-height: 12;
        border: round $accent;
        padding: 0;
    }
    """

    class Kept(Message):
        """The words are to be kept."""

        def __init__(self, field: str, words: str) -> None:
            super().__init__()
            self.field, self.words = field, words

    class Dropped(Message):
        """The words are to be forgotten."""

    def __init__(self) -> None:
        """Wait, unseen, for something to edit."""
        super().__init__("", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.field = ""
        """What is edited; empty while nothing is."""
        self.border_subtitle = "enter keeps · esc leaves"

    def open(self, field: str, words: str, row: int) -> None:
        """Edit *words* of the field called *field*, over row *row* of the pane."""
        self.field = field
        self.border_title = field
        self.load_text(words)
        self.styles.offset = (0, row)
        self.display = True
        self.focus()
        self.move_cursor(self.document.end)

    def close(self) -> None:
        """Go out of sight. It is never removed: Textual would draw it once more then."""
        self.field = ""
        self.display = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key in {"enter", "escape"}:
            event.stop()
            event.prevent_default()
            kept = event.key == "enter"
            self.post_message(self.Kept(self.field, self.text) if kept else self.Dropped())
            return
        if event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        await super()._on_key(event)

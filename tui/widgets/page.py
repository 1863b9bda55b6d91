"""The text field of many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from argmap.text.decoding import normal_lines
from argmap.text.display import signed_lines, unsigned

if TYPE_CHECKING:
    from textual import events


class Page(TextArea):
    """A text field of many lines; hidden characters are shown as signs.

    A terminal would obey a pasted escape sequence when it is drawn. `words` has the characters
    themselves, which are shown as signs such as ⟦U+202E⟧.
    """

    @property
    def words(self) -> str:
        """The text."""
        return unsigned(self.text)

    def on_paste(self, event: events.Paste) -> None:
        """Insert text pasted in the terminal."""
        event.stop()
        event.prevent_default()  # Textual's handler would insert it again
        self._insert_pasted(event.text)

    def action_paste(self) -> None:
        """Insert text copied in the program; Textual calls this for its key."""
        self._insert_pasted(self.app.clipboard)

    def _insert_pasted(self, text: str) -> None:
        pasted = signed_lines(normal_lines(text))
        start, end = sorted(self.selection)
        self.replace(pasted, start, end, maintain_selection_offset=False)

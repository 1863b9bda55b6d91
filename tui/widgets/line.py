"""The text field of one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region
from textual.widgets import Input

from argmap.text.display import signed, unsigned

if TYPE_CHECKING:
    from textual import events

_LINE_ENDS = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]\s*")


class LineInput(Input):
    """A text field of one line. In pasted text, line ends become spaces.

    Textual's own field silently drops everything after the first line end. Hidden characters are
    shown as signs, such as ⟦U+202E⟧; `words` has the characters themselves.
    """

    _width = 0
    """The width before the last resize, in columns."""

    @property
    def words(self) -> str:
        """The text."""
        return unsigned(self.value)

    @words.setter
    def words(self, words: str) -> None:
        """Show *words*, with the cursor at their end."""
        self.value = signed(words)
        self.cursor_position = len(self.value)

    def on_paste(self, event: events.Paste) -> None:
        """Insert text pasted in the terminal."""
        self._insert_pasted(event.text)
        event.stop()
        event.prevent_default()  # Textual's handler would insert the first line again

    def action_paste(self) -> None:
        """Insert text copied in the program; Textual calls this for its key."""
        self._insert_pasted(self.app.clipboard)

    def _insert_pasted(self, text: str) -> None:
        start, end = sorted(self.selection)
        pasted = join_lines(text, is_first=not self.value[:start].strip(),
                              is_last=not self.value[end:].strip())  # fmt: skip
        self.replace(signed(pasted), start, end)
        self.call_after_refresh(self._show_cursor)  # Textual scrolls before it knows the new width

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor visible when a count next to the field takes room from it.

        A field that is laid out for the first time shows the beginning of its text.
        """
        if self.has_focus and event.size.width < self._width:
            self.call_after_refresh(self._show_cursor)
        self._width = event.size.width

    def _show_cursor(self) -> None:
        """Scroll to the cursor."""
        before = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(before, 0, 1, 1), animate=False, force=True)


def join_lines(text: str, *, is_first: bool = True, is_last: bool = True) -> str:
    """Return *text* on one line, with single spaces for line ends and tabs.

    Args:
        text: The pasted text.
        is_first: True if no words precede it, so that it needs no space there.
        is_last: True if no words follow it.
    """
    joined = _LINE_ENDS.sub(" ", text)
    if is_first:
        joined = joined.lstrip()
    return joined.rstrip() if is_last else joined

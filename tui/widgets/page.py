"""The field of many lines in which a person types or pastes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from argmap.text.decoding import normal_lines
from argmap.text.display import signed_lines, unsigned

if TYPE_CHECKING:
    from textual import events


class Page(TextArea):
    """A field of many lines: what is pasted keeps its line ends, and shows what would act.

    A terminal would obey a pasted escape sequence when it is drawn. Hidden characters are
    shown as signs, such as ⟦U+202E⟧; `words` has the characters themselves.
    """

    @property
    def words(self) -> str:
        """What is typed."""
        return unsigned(self.text)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take in what the terminal pastes."""
        event.stop()
        event.prevent_default()  # Textual would put it in a second time
        self._take_in(event.text)

    def action_paste(self) -> None:
        """Take in what was copied in the program; Textual calls this for its key."""
        self._take_in(self.app.clipboard)

    def _take_in(self, text: str) -> None:
        pasted = signed_lines(normal_lines(text))
        start, end = sorted(self.selection)
        self.replace(pasted, start, end, maintain_selection_offset=False)

"""Dialogs that ask for a line, such as a path or tags, or for a long pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from argmap.text.display import signed, unsigned, visible, visible_lines
from tui.look.signs import drawn
from tui.widgets.line import LineInput
from tui.widgets.page import Page

from .dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.suggester import Suggester


class AskDialog(Dialog[str | None]):
    """Asks for one line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("tab", "complete", "accept the suggestion", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        hint: str = "enter accepts · esc cancels",
        suggester: Suggester | None = None,
        note: str = "",
    ) -> None:
        """Ask under *title* for a line that begins as *value*; *note* is shown above it."""
        super().__init__()
        self._title, self._value, self._hint, self._suggester = title, value, hint, suggester
        self._note = note

    def compose(self) -> ComposeResult:
        """Lay out the note, the line and the hint."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            if self._note:
                yield Static(Content(drawn(visible_lines(self._note))))
            yield LineInput(signed(self._value), suggester=self._suggester, select_on_focus=False)
            yield Static(Content(drawn(self._hint)), classes="hint")

    def action_complete(self) -> None:
        """Accept the suggestion, as tab does in a shell."""
        line = self.query_one(LineInput)
        line.action_end()
        line.action_cursor_right()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Answer with the typed line."""
        self.dismiss(unsigned(event.value))


class PasteDialog(Dialog[str | None]):
    """Takes a pasted or typed text of any length."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("ctrl+s", "keep", "continue", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PasteDialog {
        & > Vertical { width: 90%; height: 90%; }
        & Page, & Page:focus {
            height: 1fr; border: none; background: $surface; padding: 0;
        }
    }
    """

    def __init__(self, text: str = "") -> None:
        """Begin with *text*, which was pasted before."""
        super().__init__()
        self._begun = text

    def compose(self) -> ComposeResult:
        """Lay out the text area."""
        with Vertical() as box:
            box.border_title = Content("Paste the op-ed, with its title on the first line")
            yield Page(self._begun, soft_wrap=True, show_line_numbers=False)
            yield Static(Content(drawn("^s continues · esc cancels")))

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(Page).words)

"""A few words typed in: a path, a search, tags; or many: a pasted text."""

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
    """Asks for one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("tab", "complete", "complete what is typed", show=False, priority=True),
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
        """Ask *title*, with *value* there to begin with, under a *note* if there is one."""
        super().__init__()
        self._title, self._value, self._hint, self._suggester = title, value, hint, suggester
        self._note = note

    def compose(self) -> ComposeResult:
        """Show the line and what to do with it."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            if self._note:
                yield Static(Content(drawn(visible_lines(self._note))))
            yield LineInput(signed(self._value), suggester=self._suggester, select_on_focus=False)
            yield Static(Content(drawn(self._hint)), classes="hint")

    def action_complete(self) -> None:
        """Take the suggestion, as a shell does."""
        line = self.query_one(LineInput)
        line.action_end()
        line.action_cursor_right()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Answer with what was typed."""
        self.dismiss(unsigned(event.value))


class PasteDialog(Dialog[str | None]):
    """Takes a text of any length, pasted or typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("ctrl+s", "keep", "go on", show=False, priority=True),
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
        """Show the page."""
        with Vertical() as box:
            box.border_title = Content("Paste the op-ed, its title in the first line")
            yield Page(self._begun, soft_wrap=True, show_line_numbers=False)
            yield Static(Content(drawn("^s goes on · esc cancels")))

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(Page).words)

"""The editor over a field of the details, imported when a field is first edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from argmap.text.display import signed_lines, visible_lines
from tui.look.signs import drawn

from .editor_actions import ACTIONS
from .page import Page

if TYPE_CHECKING:
    from textual import events

    from tui.core.program import Program


class Editor(Page):
    """A text field over a field of the details: enter saves, escape cancels."""

    app: Program
    key_context = "editor"
    DEFAULT_CSS = """
    Editor {
        display: none;
        layer: above;
        height: auto;
        min-height: 3;
        max-height: 12;
        border: round $accent;
        padding: 0;
        &:focus { border: round $accent; }
    }
    """

    class Kept(Message):
        """The reader wants to save the words in a field of a statement or source.

        `base` is the text of the field when the reader last saw it.
        """

        def __init__(self, entity: str, field: str, words: str, base: str) -> None:
            super().__init__()
            self.entity, self.field, self.words, self.base = entity, field, words, base

    class Dropped(Message):
        """The reader cancelled the edit.

        `undecided` are words that were dropped because another user's or process's edit stays.
        """

        def __init__(self, undecided: str = "") -> None:
            super().__init__()
            self.undecided = undecided

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__("", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.entity = ""
        """Id of the edited statement or source."""
        self.field = ""
        """Name of the edited field; empty while none is."""
        self.base = ""
        """Text of the field when the reader last saw it."""
        self.is_contested = False
        """True while the reader has to choose between their words and another edit."""
        self.notice = Static(classes="notice")
        """Shows the words of the other edit."""

    def open(self, entity: str, field: str, words: str, row: int) -> None:
        """Edit *words* in a field of *entity*, an id, at row *row* of the pane."""
        self.entity, self.field = entity, field
        self.base, self.is_contested = words, False
        self.notice.display = False
        self.border_title = field
        self.load_text(signed_lines(words))
        self.styles.offset = (0, row)
        self.display = True
        self.focus()
        self.move_cursor(self.document.end)

    def contest(self, theirs: str, typed: str | None = None) -> None:
        """Stay open, and show *theirs*, the words that another edit has saved.

        Enter then overwrites them. *typed* replaces the text of the editor.
        """
        self.base, self.is_contested = theirs, True
        if typed is not None:
            self.load_text(signed_lines(typed))
            self.move_cursor(self.document.end)
        words = f"“{visible_lines(theirs)}”" if theirs else "nothing"
        notice = f"Another user or process changed this to {words}"
        self.notice.update(
            Content(drawn(f"{notice}\nenter overwrites it with yours · esc keeps it"))
        )
        self.notice.display = True
        self.focus()

    def close(self) -> None:
        """Hide the editor. It is never removed: Textual would draw it once more."""
        self.field = ""
        self.display = self.notice.display = False

    async def on_key(self, event: events.Key) -> None:
        """Run the editor's action for a key; other keys belong to the text area."""
        await self.app.act_on_key(event, ACTIONS)

    def keep(self) -> None:
        """Send the words to be saved."""
        self.post_message(self.Kept(self.entity, self.field, self.words, self.base))

    def drop(self) -> None:
        """Cancel the edit."""
        self.post_message(self.Dropped())

    def on_blur(self) -> None:
        """Save the words when the focus moves, but not when the terminal loses it.

        A contested edit is dropped: leaving it is no decision to overwrite another edit.
        """
        if self.field and self.app.app_focus:
            if self.is_contested:
                self.post_message(self.Dropped(self.words))
            else:
                self.keep()

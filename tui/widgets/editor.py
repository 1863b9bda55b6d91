"""The editor over a field of the details. It is loaded when something is edited."""

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
    """Where a field's words are typed: enter keeps them, escape does not."""

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
        """The words are to be kept, in a field of a statement or a source, by its id.

        `base` is what the field held when its words were last shown to the reader.
        """

        def __init__(self, entity: str, field: str, words: str, base: str) -> None:
            super().__init__()
            self.entity, self.field, self.words, self.base = entity, field, words, base

    class Dropped(Message):
        """The words are to be forgotten; `undecided` are those that somebody else's stay over."""

        def __init__(self, undecided: str = "") -> None:
            super().__init__()
            self.undecided = undecided

    def __init__(self) -> None:
        """Wait, unseen, for something to edit."""
        super().__init__("", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.entity = ""
        """The id of that of which a field is edited."""
        self.field = ""
        """What is edited; empty while nothing is."""
        self.base = ""
        """What the field held when its words were last shown to the reader."""
        self.is_contested = False
        """True while the reader has to decide between the typed words and somebody else's."""
        self.notice = Static(classes="notice")
        """Shows somebody else's words."""

    def open(self, entity: str, field: str, words: str, row: int) -> None:
        """Edit *words* of a field of *entity*, an id, over row *row* of the pane."""
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
        """Stay open on what is typed, and show *theirs*, which somebody else has saved.

        Enter then saves over it. *typed* takes the place of what is in the editor.
        """
        self.base, self.is_contested = theirs, True
        if typed is not None:
            self.load_text(signed_lines(typed))
            self.move_cursor(self.document.end)
        words = f"“{visible_lines(theirs)}”" if theirs else "nothing"
        said = f"Somebody else changed this to {words}"
        self.notice.update(Content(drawn(f"{said}\nenter saves yours over it · esc keeps theirs")))
        self.notice.display = True
        self.focus()

    def close(self) -> None:
        """Go out of sight. It is never removed: Textual would draw it once more then."""
        self.field = ""
        self.display = self.notice.display = False

    async def on_key(self, event: events.Key) -> None:
        """Do what the key is for here; other keys are the text area's."""
        await self.app.act_on_key(event, ACTIONS)

    def keep(self) -> None:
        """Send the words to be kept."""
        self.post_message(self.Kept(self.entity, self.field, self.words, self.base))

    def drop(self) -> None:
        """Say that the words are to be forgotten."""
        self.post_message(self.Dropped())

    def on_blur(self) -> None:
        """Keep the words when the reader goes elsewhere; not when the terminal loses the focus.

        To go elsewhere is no decision to save over what somebody else has saved.
        """
        if self.field and self.app.app_focus:
            if self.is_contested:
                self.post_message(self.Dropped(self.words))
            else:
                self.keep()

"""The line in which one types what to look for, and what it has found."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import ArgumentMap
    from argmap.sentences import Stretch
    from tui.panes.together import Panes


class SearchLine(Horizontal):
    """Typed words are looked for in the text or in the statements, at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]
    DEFAULT_CSS = """
    SearchLine {
        height: 1; display: none; background: $panel;
        & Input, & Input:focus {
            border: none; height: 1; width: 1fr; padding: 0; background: $panel;
        }
        & Static { width: auto; padding: 0 1; color: $foreground 70%; }
    }
    """

    class Typed(Message):
        """Other words are looked for now; none at all when the line was left."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Taken(Message):
        """The reader goes on with what was found."""

    def __init__(self) -> None:
        """Begin without words."""
        super().__init__()
        self.words = ""
        self.count = 0
        """How many places there are."""
        self.at = 0

    def compose(self) -> ComposeResult:
        """Show a sign, the line and the count."""
        yield Static("/")
        yield Input(select_on_focus=False)
        yield Static("", id="count")

    def open(self) -> None:
        """Begin a search; the old words go."""
        self.display = True
        line = self.query_one(Input)
        line.value = ""
        line.focus()
        self.show(0, 0)

    def show(self, at: int, count: int) -> None:
        """Show that place *at*, from 0, of *count* is the one under the cursor."""
        self.at, self.count = at, count
        words = "" if not self.words else f"{at + 1} of {count:,}" if count else "nowhere"
        self.query_one("#count", Static).update(Content(words))

    def next(self, by: int) -> None:
        """Go to the next place, or back."""
        self.at = (self.at + by) % self.count if self.count else 0
        self.display = True
        self.show(self.at, self.count)
        self.post_message(self.Taken())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        event.stop()
        self.words = event.value
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on reading where the words were found."""
        event.stop()
        self.display = bool(self.words)
        self.post_message(self.Taken())

    def action_leave(self) -> None:
        """Forget the search; Textual calls this for its key."""
        self.leave()

    def leave(self) -> None:
        """Forget the search, if there is one."""
        if self.display:
            self.words = ""
            self.display = False
            self.show(0, 0)
            self.post_message(self.Typed(""))


async def look_for(words: str, panes: Panes, line: SearchLine) -> list[str]:
    """Show in the active pane where *words* are, and in *line* how often.

    Returns:
        The ids of the statements that have them, if the map is looked through.
    """
    found: list[str] = []
    if panes.active == "map":
        found = await asyncio.to_thread(statements_with, panes.session.map, words)
        line.show(0, len(found))
    else:
        text = panes.session.map.document.text
        matches = await asyncio.to_thread(places_in, text, words)
        panes.text.show_matches(matches)
        start = panes.text.cursor.head[0]
        first = next((n for n, (begin, _) in enumerate(matches) if begin >= start), 0)
        line.show(first, len(matches))
    if not line.display:
        panes.active_view.focus()
    return found


def places_in(text: str, words: str) -> list[Stretch]:
    """Return where *text* has *words*; capitals are meant, white space stands for any."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    flags = re.NOFLAG if any(map(str.isupper, words)) else re.IGNORECASE
    return [m.span() for m in re.finditer(r"\s+".join(parts), text, flags)]


def statements_with(argument_map: ArgumentMap, words: str) -> list[str]:
    """Return the ids of the statements that hold every one of *words*, or are called so."""
    parts = words.casefold().split()
    return [
        s.id
        for s in argument_map.statements.values()
        if parts and all(p in f"{s.label} {s.text} {s.note or ''}".casefold() for p in parts)
    ]

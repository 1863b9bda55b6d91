"""The search line of a document, with its matches."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from argmap.text.display import unsigned
from tui.views.matches import places_in, statements_with
from tui.widgets.focusing import focus

from .search_actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.widgets import Static

    from argmap.text.sentences import Stretch
    from tui.core.program import Program
    from tui.core.workspace import Workspace
    from tui.widgets.line import LineInput

    from .panes import Panes


NOTHING: Final = "no matches in this pane"
"""The message of a search without matches."""

CONTEXT: Final = "searching"
"""The context of its keys, as the action table names it."""


class SearchLine(Horizontal):
    """A line that searches the text or the statements while the reader types."""

    app: Program
    DEFAULT_CSS = """
    SearchLine {
        height: 1; display: none; background: $panel;
        & LineInput, & LineInput:focus {
            border: none; height: 1; width: 1fr; padding: 0; background: $panel;
        }
        & Static { width: auto; padding: 0 1; color: $foreground 70%; }
    }
    """

    class Typed(Message):
        """The search words have changed; empty when the search was left."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Accepted(Message):
        """The reader has accepted a match, or stepped to another one."""

    def __init__(self, work: Workspace) -> None:
        """Create an empty search on the document of *work*."""
        super().__init__()
        self.work = work
        self.words = ""
        self._line: LineInput | None = None
        self._count: Static | None = None
        self.places: list[str | Stretch] = []
        """The matches: ids of statements, or stretches of the text."""
        self.at = 0
        """The number of the current match, from 0."""
        self.is_settled = True
        """False until the typed words have been searched for."""

    async def open(self) -> None:
        """Open the line for a new search."""
        if self._line is None:  # created on first use, so that the first frame comes sooner
            from textual.widgets import Static

            from tui.widgets.line import LineInput

            self._line, self._count = LineInput(select_on_focus=False), Static()
            self._line.key_context = CONTEXT  # type: ignore[attr-defined]  # whose keys the bottom line shows
            await self.mount(Static("/"), self._line, self._count)
        self.display = True
        self._line.value = ""
        focus(self._line)
        self.show([], 0)

    @property
    def place(self) -> str | Stretch | None:
        """The current match; None if there are no matches."""
        return self.places[self.at] if self.places else None

    def show(self, places: Sequence[str | Stretch], at: int) -> None:
        """Show *places* as the matches, with number *at*, from 0, as the current one."""
        self.places, self.at, self.is_settled = list(places), at, True
        count = len(places)
        words = "" if not self.words else f"{at + 1} of {count:,}" if count else NOTHING
        if self._count is not None:
            self._count.update(Content(words))

    def next(self, by: int) -> None:
        """Step *by* matches forward, or back if negative, wrapping at the ends."""
        self.display = True
        self.show(self.places, (self.at + by) % max(1, len(self.places)))
        self.post_message(self.Accepted())

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Search for the words typed so far."""
        event.stop()
        self.words, self.is_settled = unsigned(event.value), False
        self.post_message(self.Typed(self.words))

    async def on_key(self, event: events.Key) -> None:
        """Run the action of a search key; other keys edit the line."""
        await self.app.act_on_key(event, ACTIONS)

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Accept the current match."""
        event.stop()
        self.accept()

    def accept(self) -> None:
        """Go to the current match."""
        self.display = bool(self.words)
        self.post_message(self.Accepted())

    def leave(self) -> None:
        """Leave the search, if there is one."""
        if self.display:
            self.words = ""
            self.display = False
            self.show([], 0)
            self.post_message(self.Typed(""))


async def search_active_pane(words: str, panes: Panes, line: SearchLine) -> None:
    """Search the active pane for *words*; show the matches in the pane and in *line*."""
    if panes.active == "map":
        line.show(await asyncio.to_thread(statements_with, panes.session.map, words), 0)
    else:
        text = panes.session.map.document.text
        matches = await asyncio.to_thread(places_in, text, words)
        panes.text.show_matches(matches)
        start = panes.text.cursor.head[0]
        first = next((n for n, (begin, _) in enumerate(matches) if begin >= start), 0)
        line.show(matches, first)
    if not line.display:
        focus(panes.active_view)


async def go_to_match(panes: Panes, line: SearchLine) -> None:
    """Go to the current match, searching first if the typed words are still pending."""
    if not line.is_settled:
        await search_active_pane(line.words, panes, line)
    focus(panes.active_view)
    place = line.place
    if isinstance(place, str):
        line.work.select(place)
    elif place is not None:
        panes.text.go_to(panes.text.sentence_at(place[0]), centred=True)

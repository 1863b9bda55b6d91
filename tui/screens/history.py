"""The history of a document: every operation, and the way back to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from argmap.text import counted, visible
from tui.actions import bindings_for
from tui.bars import Heading, KeyLine
from tui.choice_list import ChoiceList
from tui.signs import drawn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from store import Logged
    from tui.app import ArgmapApp
    from tui.session import Session


class HistoryScreen(Screen[None]):
    """Lists the operations, newest first; the state the document is in is marked."""

    app: ArgmapApp
    context = "history"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("history")]
    DEFAULT_CSS = """
    HistoryScreen {
        & OptionList, & OptionList:focus {
            height: 1fr; border: none; background: $background; padding: 1 2;
        }
    }
    """

    def __init__(self, session: Session) -> None:
        """Show the history of the document of *session*."""
        super().__init__()
        self.session = session
        self.logged: list[Logged] = []
        self.list = ChoiceList()
        self._keys = KeyLine()
        self._heading = Heading()

    def compose(self) -> ComposeResult:
        """Hold the heading, the list and the keys."""
        yield self._heading
        yield self.list
        yield self._keys

    async def on_mount(self) -> None:
        """Read the history."""
        self._keys.show()
        with self.app.explaining():
            await self.read()

    async def read(self) -> None:
        """Read the history again, with the cursor where it was."""
        self.logged = await self.session.history()
        options = self.list
        at = options.highlighted or 0
        options.clear_options()
        current = next((n for n, o in enumerate(self.logged) if o.state != "undone"), None)
        for number, logged in enumerate(self.logged):
            sign = "▸" if number == current else " "
            undone = "  undone" if logged.state == "undone" else ""
            words = f"{drawn(sign)} {logged.at[:16].replace('T', ' ')}  {visible(logged.label)}"
            style = "dim" if undone else ""
            options.add_option(Option(Content.assemble((words, style), (undone, "dim italic"))))
        if self.logged:
            options.highlighted = min(at, len(self.logged) - 1)
        title = self.session.map.document.title
        self._heading.show("history", title, counted(len(self.logged), "operation"))

    async def go_back(self) -> None:
        """Undo everything after the operation under the cursor, or redo up to it."""
        at = self.list.highlighted
        if at is None:
            return
        wanted, number = self.logged[at], 0
        try:
            if wanted.state == "undone":
                is_there = False
                while not is_there:
                    is_there = (await self.session.redo()).seq == wanted.seq
                    number += 1
            else:
                for logged in self.logged[:at]:
                    if logged.state != "undone":
                        await self.session.undo()
                        number += 1
        finally:
            await self.read()
        verb = "done again" if wanted.state == "undone" else "undone"
        self.app.say(f"{number} {verb}; this is how it stood after: {wanted.label}")

    async def on_option_list_option_selected(self) -> None:
        """Go back to what was chosen."""
        await self.app.act("history.go")

"""The history screen of a document, which lists its operations and can return to each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from argmap.errors import ArgmapError
from argmap.text.display import counted, visible
from store.log import data_version
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.look.cells import wrapped
from tui.look.signs import drawn
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.choice_list import ChoiceList

from .actions import ACTIONS

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from store.log import LoggedOperation
    from tui.core.program import Program
    from tui.document.session import Session

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks for changes by other processes."""

_INDENT: Final = 20
"""Cells to the left of an operation's words, for its sign and its time."""

_MARGIN: Final = 7
"""Cells on both sides of the rows: the padding of the list and its scroll bar."""


class HistoryScreen(Screen[None]):
    """Lists the operations, newest first, with a sign at the current state."""

    app: Program
    context = "history"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    HistoryScreen {
        & OptionList, & OptionList:focus {
            height: 1fr; border: none; background: $background; background-tint: transparent;
            padding: 1 2;
            & > .option-list--option-highlighted {
                background: $foreground 14%; color: $foreground; text-style: none;
            }
        }
    }
    """

    def __init__(self, session: Session) -> None:
        """Show the history of the document of *session*."""
        super().__init__()
        self.session = session
        self.logged: list[LoggedOperation] = []
        self.list = ChoiceList()
        self._shown: list[Content] = []
        """The rows that the list shows now."""
        self._version: int | None = None
        """The version of the database when the history was read last."""
        self._keys = KeyLine()
        self._heading = HeadingLine()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the list and the keys."""
        yield self._heading
        yield self.list
        yield self._keys

    async def on_mount(self) -> None:
        """Read the history, and check regularly whether another process has written."""
        self.list.focus()
        with self.app.reporting_errors():
            await self.read()
        self.set_interval(POLL_INTERVAL, partial(run_in_background, self, self._poll, "poll"))

    def on_resize(self) -> None:
        """Wrap the rows for the new width."""
        self._show(self.logged)

    async def read(self) -> None:
        """Read the history again, with the cursor on the same operation."""
        self._version = await self.session.database.read(data_version)
        self._show(await self.session.history())

    async def _poll(self) -> None:
        """Read the history again if the database has changed."""
        try:
            version = await self.session.database.read(data_version)
        except ArgmapError as error:
            self._heading.show("history", self.session.map.document.title, str(error))
            return
        if self._version not in (None, version):
            run_in_background(self, self.read, "read")

    def _show(self, logged: list[LoggedOperation]) -> None:
        """Show *logged* if it has changed; keep the cursor and the scroll position."""
        options, at = self.list, self.list.highlighted or 0
        chosen = self.logged[at].seq if at < len(self.logged) else None
        current = next((n for n, o in enumerate(logged) if o.state != "undone"), None)
        width = max(10, self.size.width - _INDENT - _MARGIN)
        rows = [_row(o, is_current=n == current, width=width) for n, o in enumerate(logged)]
        self.logged = logged
        if rows != self._shown:
            self._shown, top = rows, options.scroll_offset.y
            with self.app.batch_update():
                options.clear_options()
                options.add_options(map(Option, rows))
                seqs = [o.seq for o in logged]
                kept = seqs.index(chosen) if chosen in seqs else min(at, len(seqs) - 1)
                options.highlighted = kept if seqs else None
                options.scroll_to(y=top, animate=False)
        title = self.session.map.document.title
        self._heading.show("history", title, counted(len(self.logged), "operation"))
        self._keys.show()

    async def go_to_operation(self) -> None:
        """Undo every operation after the highlighted one, or redo up to it."""
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
        verb = "redone" if wanted.state == "undone" else "undone"
        self.app.say(
            f"{counted(number, 'operation')} {verb}; the document is now as it was after:"
            f" {wanted.label}"
        )

    async def on_option_list_option_selected(self) -> None:
        """Return to the selected operation."""
        await self.app.act("history.go")


def _row(logged: LoggedOperation, *, is_current: bool, width: int) -> Content:
    """Return the row of an operation, its words wrapped to the right of its time."""
    is_undone = logged.state == "undone"
    sign = drawn("▸") if is_current else " "
    time = logged.at[:16].replace("T", " ")
    state = "" if logged.state == "done" else f"  ({logged.state})"
    lines = wrapped(f"{drawn(visible(logged.label))}{state}", width)
    words = f"\n{'':{_INDENT}}".join(lines)
    return Content.assemble(
        (f"{sign} ", "bold $accent"), (f"{time}  ", "dim"), (words, "dim" if is_undone else "")
    )

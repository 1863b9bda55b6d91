"""A screen with an open document: messages, questions and ways to other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from tui.core.background import run_in_background
from tui.widgets.bars import HeadingLine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import ModalScreen

    from tui.core.places import ScreenPlace
    from tui.core.program import Program
    from tui.core.workspace import Workspace

T = TypeVar("T")


class HostScreen(Screen[None]):
    """A `tui.core.host.Host` that delegates to the app and to its heading."""

    app: Program
    work: Workspace

    def __init__(self) -> None:
        """Create the screen with an empty heading."""
        super().__init__()
        self._heading = HeadingLine()

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Show a short message in the corner."""
        self.app.say(words, is_bad=is_bad)

    def say_in_heading(self, words: str) -> None:
        """Show a short message in the heading, and clear the corner."""
        self.app.clear_notifications()
        self._heading.say(words)

    def clear_notice(self) -> None:
        """Clear the message in the corner."""
        self.app.clear_notifications()

    def key(self, id_: str) -> str:
        """Return the first key of the action *id_*, as people write it."""
        return self.app.key(id_)

    def copy(self, words: str) -> None:
        """Copy *words* to the clipboard."""
        self.app.copy(words)

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog* and return its answer; None if it was cancelled."""
        return await self.app.ask(dialog)

    async def act(self, id_: str) -> None:
        """Run the action *id_*."""
        await self.app.act(id_)

    async def go(self, place: ScreenPlace) -> None:
        """Show the screen at *place*."""
        await self.app.go(place, self.work)

    def begin(self, work: Callable[[], Awaitable[None]], replacing: str = "") -> None:
        """Start *work* in the background."""
        run_in_background(self, work, replacing)

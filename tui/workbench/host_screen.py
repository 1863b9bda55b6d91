"""A screen on which a document is open: how it says, asks and goes where verbs want to."""

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
    """Passes to the app, and to its heading, what `tui.core.host.Host` promises."""

    app: Program
    work: Workspace

    def __init__(self) -> None:
        """Begin with an empty heading."""
        super().__init__()
        self._heading = HeadingLine()

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Say a few words in a corner."""
        self.app.say(words, is_bad=is_bad)

    def say_in_heading(self, words: str) -> None:
        """Say a few words at the top, in place of what is said in a corner."""
        self.app.clear_notifications()
        self._heading.say(words)

    def clear_notice(self) -> None:
        """Take back what is said in a corner."""
        self.app.clear_notifications()

    def key(self, id_: str) -> str:
        """Return the first key of an action as a person reads it."""
        return self.app.key(id_)

    def copy(self, words: str) -> None:
        """Put *words* on the clipboard."""
        self.app.copy(words)

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog*, and return its answer."""
        return await self.app.ask(dialog)

    async def act(self, id_: str) -> None:
        """Do the action called *id_*."""
        await self.app.act(id_)

    async def go(self, place: ScreenPlace) -> None:
        """Show another screen."""
        await self.app.go(place, self.work)

    def begin(self, work: Callable[[], Awaitable[None]], replacing: str = "") -> None:
        """Begin *work* in the background."""
        run_in_background(self, work, replacing)

"""The line at the top, which says where one is, and the line of keys at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from argmap.text import visible
from tui.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import RenderResult

    from tui.archive import Archive

MOST_KEYS = 7
"""Keys in the bottom line, the one for help among them."""


def how_saved(archive: Archive, trouble: str) -> str:
    """Return in a few words whether every edit is on disk, or why not.

    Args:
        archive: The database.
        trouble: The sentence of an error that keeps edits waiting; empty where none does.
    """
    if archive.lost:
        return f"{archive.lost} not saved"
    if trouble:
        return trouble.rsplit(": ", 1)[-1].split(";", maxsplit=1)[0]
    return f"saving {archive.unsaved}" if archive.unsaved else "saved"


class Heading(Widget):
    """What is open at the left, how it stands at the right."""

    DEFAULT_CSS = """
    Heading { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        """Begin with the program's name alone."""
        super().__init__()
        self._title, self._about, self._right = "", "", ""

    def show(self, title: str, about: str, right: str) -> None:
        """Show all three; *about* is left out where there is no room."""
        if (title, about, right) != (self._title, self._about, self._right):
            self._title, self._about, self._right = title, about, right
            self.refresh()

    def render(self) -> RenderResult:
        """Draw the line."""
        width = self.size.width
        right = Content(f"{drawn(visible(self._right))} ")
        left = Content.assemble((" argmap ", "bold $primary"), " ", (visible(self._title), "bold"))
        room = width - right.cell_length
        about = Content.assemble("   ", (visible(self._about), "dim"))
        if self._about and left.cell_length + about.cell_length + 2 <= room:
            left += about
        if left.cell_length + 1 > room:
            left = left.truncate(max(0, room - 1), ellipsis=True)
        return left + Content(" " * max(0, room - left.cell_length)) + right


class KeyLine(Widget):
    """The keys that matter where the focus is; each can be clicked."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """
    PALETTE: ClassVar[tuple[str, str, str]] = ("^p", "palette", "everywhere.palette")

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []
        self._places: list[tuple[int, int, str]] = []

    def show(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show *keys*: for each the key, what it does in a word or two, and the action's id."""
        if list(keys) != self._keys:
            self._keys = list(keys)
            self.refresh()

    def render(self) -> RenderResult:
        """Draw as many keys as there is room for; help and the palette stay."""
        width, place = self.size.width, 1
        self._places = []
        line = Content(" ")
        *own, help_ = self._keys or [("", "", "")]
        kept = _fitting(own, width - 2 - _width(help_) - _width(self.PALETTE))
        for key, words, action in [*kept, help_]:
            hint = _hint(key, words)
            line += hint + Content("   ")
            self._places.append((place, place + hint.cell_length, action))
            place += hint.cell_length + 3
        right = _hint(self.PALETTE[0], self.PALETTE[1])
        if place + right.cell_length + 1 <= width:
            line += Content(" " * (width - 1 - place - right.cell_length)) + right + Content(" ")
            self._places.append((width - 1 - right.cell_length, width, self.PALETTE[2]))
        return line

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for start, end, action in self._places:
            if start <= event.x < end:
                await self.run_action(f"app.act({action!r})")


def _hint(key: str, words: str) -> Content:
    return Content.assemble((drawn(key), "bold $accent"), " ", visible(words))


def _width(hint: tuple[str, str, str]) -> int:
    return _hint(hint[0], hint[1]).cell_length + 3


def _fitting(keys: list[tuple[str, str, str]], room: int) -> list[tuple[str, str, str]]:
    kept = []
    for key in keys:
        room -= _width(key)
        if room < 0:
            break
        kept.append(key)
    return kept

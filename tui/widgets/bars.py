"""The heading line at the top of a screen, and the line of keys at the bottom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widget import Widget

from argmap.text.display import visible
from tui.actions.action import context_of
from tui.look.key_names import is_typed, key_name
from tui.look.signs import drawn

from .jump_places import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import RenderResult
    from textual.timer import Timer

    from tui.actions.action import Action
    from tui.core.program import Program
    from tui.document.database_threads import DatabaseThreads
    from tui.document.session import Session

MOST_KEYS = 9
"""Maximum number of keys in the bottom line, with the one for help."""

MESSAGE_SECONDS = 4
"""Seconds for which a message stays in the heading line."""

LEAST_LEFT = 12
"""Minimum number of columns for the title at the left, however long a message is."""

WIDE_GAP = 3
"""Columns between two keys if there is room for all."""
NARROW_GAP = 2
"""Columns between two keys if there is not room for all."""


class HeadingLine(Widget):
    """The title of the screen at the left, its status at the right."""

    DEFAULT_CSS = """
    HeadingLine { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        """Start with the program's name alone."""
        super().__init__()
        self._title, self._about, self._right = "", "", ""
        self._said = ""
        """Message shown for a while in place of `_right`."""
        self._silence: Timer | None = None

    def show(self, title: str, about: str, right: str) -> None:
        """Show *title* and *about* at the left and *right* at the right.

        *about* is left out if there is no room for it.
        """
        if (title, about, right) != (self._title, self._about, self._right):
            self._title, self._about, self._right = title, about, right
            self.refresh()

    def say(self, words: str) -> None:
        """Show *words* at the right for a while; unlike a toast, they cover nothing."""
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(MESSAGE_SECONDS, self.clear_notice)
        self._set_said(words)

    def clear_notice(self) -> None:
        """Remove the message, after a change or when its time is over."""
        if self._said:
            self._set_said("")

    def _set_said(self, words: str) -> None:
        self._said = words
        self.refresh()

    def show_session(self, session: Session, trouble: str) -> None:
        """Show the open document, its share of mapped text, and whether it is saved.

        Args:
            session: The open document.
            trouble: The error that keeps edits waiting; empty if none does.
        """
        if trouble:
            self._said = ""
        document = session.map.document
        about = " · ".join(filter(None, (document.author, document.publisher, document.published)))
        stand = f"{session.coverage.share:.0%} mapped · {_how_saved(session.database, trouble)}"
        self.show(document.title, about, stand if session.is_loaded else "reading the map…")

    def render(self) -> RenderResult:
        """Draw the line."""
        width = self.size.width
        words, style = (self._said, "$accent") if self._said else (self._right, "")
        right = Content.assemble((drawn(visible(words)), style), " ")
        if right.cell_length > width - LEAST_LEFT:
            right = right.truncate(max(0, width - LEAST_LEFT), ellipsis=True)
        left = Content.assemble((" argmap ", "bold $primary"), " ", (visible(self._title), "bold"))
        room = width - right.cell_length
        about = Content.assemble("   ", (visible(self._about), "dim"))
        if self._about and left.cell_length + about.cell_length + 2 <= room:
            left += about
        if left.cell_length + 1 > room:
            left = left.truncate(max(0, room - 1), ellipsis=True)
        return left + Content(" " * max(0, room - left.cell_length)) + right


class Hint(NamedTuple):
    """A key in the bottom line."""

    key: str
    words: str
    """Its action in a word or two."""
    action: str
    """Id of its action."""

    @property
    def content(self) -> Content:
        """The key and the words as they are drawn."""
        return Content.assemble((drawn(self.key), "bold $accent"), " ", visible(self.words))

    @property
    def width(self) -> int:
        """Width in columns."""
        return self.content.cell_length


class KeyLine(Widget):
    """The most useful keys where the focus is; each can be clicked."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """
    app: Program

    def __init__(self) -> None:
        """Start without keys."""
        super().__init__()
        self._keys: list[Hint] = []
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Update the keys whenever the focus moves."""
        self.watch(self.screen, "focused", self.show, init=False)

    def show(self) -> None:
        """List the keys that work on the screen now."""
        keys = self._hints()
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _hints(self) -> list[Hint]:
        """Return the most useful keys here, then those for help and the palette."""
        screen, context = self.screen, context_of(self.screen)
        has_ticks = bool(getattr(screen, "ticked", ()))
        actions = [
            a
            for a in self.app.reachable(context)
            if (a.rank or (has_ticks and a.takes_several))
            and self._key(a)
            and a.words(screen)
            and not a.refusal(screen)
        ]
        actions.sort(
            key=lambda a: (
                has_ticks and not a.takes_several,
                a.context != context,
                context == "map"
                and a.id.startswith("workbench.mark-"),  # last here: they mark the text
                a.rank,
            )
        )
        own = [a for a in actions if a.context != "everywhere"][: MOST_KEYS - 1]
        shown = [*own, *map(self.app.action, ("everywhere.help", "everywhere.palette"))]
        return [Hint(self._key(a) or self.app.key(a.id), a.words(screen), a.id) for a in shown]

    def _key(self, action: Action) -> str:
        """Return the first key that runs *action* here; empty if a field takes them all."""
        focused = self.screen.focused
        # A letter is typed into a text field, and runs no action there.
        is_typing = focused is not None and focused.check_consume_key("a", "a")
        keys = self.app.keys_of(action).split(",")
        return next((key_name(k) for k in keys if not (is_typing and is_typed(k))), "")

    def render(self) -> RenderResult:
        """Draw the keys that fit; help always stays, the palette may be left out."""
        width, place = self.size.width, 1
        self._places = []
        line = Content(" ")
        if not self._keys:
            return line
        *own, help_, palette = self._keys
        everything = sum(hint.width + WIDE_GAP for hint in self._keys)
        gap = WIDE_GAP if everything <= width else NARROW_GAP
        for hint in [*_fitting(own, gap, width - 2 - help_.width), help_]:
            line += hint.content + Content(" " * gap)
            self._places.append((place, place + hint.width, hint.action))
            place += hint.width + gap
        if place + palette.width + 1 <= width:
            line += Content(" " * (width - 1 - place - palette.width)) + palette.content
            line += Content(" ")
            self._places.append((width - 1 - palette.width, width, palette.action))
        return line

    def jump_targets(self) -> Iterator[Target]:
        """Yield the keys in the line."""
        for start, _, action in self._places:
            yield Target(0, start, partial(self.run_action, f"app.act({action!r})"))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show the action of the key under the mouse in a tooltip."""
        under = [action for start, end, action in self._places if start <= event.x < end]
        tooltip = self.app.tip(under[0]) if under else None
        if tooltip != self.tooltip:
            self.tooltip = tooltip

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the key under the mouse."""
        for start, end, action in self._places:
            if start <= event.x < end:
                await self.run_action(f"app.act({action!r})")


def _fitting(hints: list[Hint], gap: int, room: int) -> list[Hint]:
    kept = []
    for hint in hints:
        room -= hint.width + gap
        if room < 0:
            break
        kept.append(hint)
    return kept


def _how_saved(database: DatabaseThreads, trouble: str) -> str:
    if database.lost:
        return f"{database.lost} not saved"
    if trouble:  # only the reason fits: drop the path before it and the advice after it
        return trouble.rsplit(": ", 1)[-1].split(";", maxsplit=1)[0]
    return f"saving {database.unsaved}" if database.unsaved else "saved"

"""An action with its keys, and how a screen or a widget binds a table of them.

Nothing here knows which tables there are: `tui.shell.keys.registry` gathers them, above all
screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

MOVING: Final = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab",
     "ctrl+up", "ctrl+down"}
)  # fmt: skip
"""Keys that move a cursor on every screen: an action that has one of them only moves."""


def _never(_: Any) -> str:  # noqa: ANN401  (any subject)
    return ""


@frozen
class Action:
    """Something a person can do, with its key."""

    id: str
    """The context and a name, such as `text.mark-claim`."""
    title: str
    """A verb and what it does it to, in lower case."""
    keys: str
    """One key or several, with commas, as Textual names them."""
    run: Callable[[Any], Awaitable[None] | None]
    """Does it, to its subject."""
    refused: Callable[[Any], str] = _never
    """A sentence that says why it is not possible now; empty where it is."""
    hint: str | Callable[[Any], str] = ""
    """Its words in the footer, if it may stand there."""
    rank: int = 0
    """Its place in the footer, from 1; 0 leaves it out."""
    is_pointed: bool = False
    """True where the mouse menu of what it points at has it."""
    takes_several: bool = False
    """True where it takes all that is marked, or is about the marks; the footer then has it."""
    part: str = ""
    """What of the screen it works on, as the screen's `part` names it; empty for its context's."""

    @property
    def context(self) -> str:
        """Where its key works."""
        return self.id.split(".", 1)[0]

    def subject(self, screen: Any) -> Any:  # noqa: ANN401  (any screen, and any part of one)
        """Return what it works on while *screen* is shown.

        That is the app for what works everywhere, a part of a screen that has parts, else the
        screen, which an action knows by a protocol.
        """
        if self.context == "everywhere":
            return screen.app
        part = getattr(screen, "part", None)
        return part(self.part or self.context) if part else screen

    def refusal(self, screen: Any) -> str:  # noqa: ANN401  (any screen)
        """Return why it is not possible on *screen* now; empty where it is."""
        return self.refused(self.subject(screen))

    def words(self, screen: Any) -> str:  # noqa: ANN401  (any screen)
        """Return what the footer calls it on *screen*."""
        return self.hint(self.subject(screen)) if callable(self.hint) else self.hint


def bindings(table: Iterable[Action]) -> list[Binding]:
    """Return the key bindings of *table*, the actions of one context."""
    return [Binding(a.keys, f"app.act({a.id!r})", a.title, id=a.id, show=False) for a in table]


def action_of(table: Iterable[Action], key: str, keys_of: Callable[[Action], str]) -> Action | None:
    """Return the action of *table* that *key* does; None where there is none.

    Args:
        table: The actions of one context.
        key: As Textual names it.
        keys_of: Returns the keys of an action as the user has set them, with commas.
    """
    return next((action for action in table if key in keys_of(action).split(",")), None)


def context_of(screen: Any) -> str:  # noqa: ANN401  (any screen, and dialogs)
    """Return which keys work on *screen*: those of its own context, or only those everywhere.

    A field that one types in has keys of its own, and takes the letters.
    """
    focused = getattr(screen, "focused", None)
    own: str = getattr(focused, "key_context", "")
    return own or getattr(screen, "context", "everywhere")


def is_moving(action: Action) -> bool:
    """Tell whether *action* only moves a cursor, by the keys that it has."""
    return not MOVING.isdisjoint(action.keys.split(","))

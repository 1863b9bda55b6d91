"""An action with its keys, and the key bindings of a table of actions.

Nothing here knows the tables: `tui.shell.keys.registry` gathers them, above all screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

MOVING: Final = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab",
     "ctrl+up", "ctrl+down"}
)  # fmt: skip
"""Keys that move a cursor on every screen; an action with one of them only moves."""


def _never(_: Any) -> str:  # noqa: ANN401  (any subject)
    return ""


class Action(NamedTuple):
    """A command of the workbench, with its keys."""

    id: str
    """The context and a name, such as `text.mark-claim`."""
    title: str
    """A verb and its object, in lower case."""
    keys: str
    """One key or several with commas, by Textual's names."""
    run: Callable[[Any], Awaitable[None] | None]
    """Runs the action on its subject."""
    refused: Callable[[Any], str] = _never
    """Returns the reason why the action is not possible now; empty if it is."""
    hint: str | Callable[[Any], str] = ""
    """The words for the footer; an action without them is not listed there."""
    rank: int = 0
    """Place in the footer, from 1; 0 leaves it out."""
    is_pointed: bool = False
    """True to list it in the mouse menu of the row or field under the mouse."""
    takes_several: bool = False
    """True if it takes all ticked rows or changes ticks; then the footer lists it."""
    part: str = ""
    """The name of the part of the screen on which it works; empty for that of its context."""

    @property
    def context(self) -> str:
        """The context in which its key works."""
        return self.id.split(".", 1)[0]

    def subject(self, screen: Any) -> Any:  # noqa: ANN401  (any screen, and any part of one)
        """Return the object that the action works on while *screen* is shown.

        That is the app for actions that work everywhere, a part of a screen that has parts, else
        the screen, which the action knows by a protocol.
        """
        if self.context == "everywhere":
            return screen.app
        part = getattr(screen, "part", None)
        return part(self.part or self.context) if part else screen

    def refusal(self, screen: Any) -> str:  # noqa: ANN401  (any screen)
        """Return the reason why it is not possible on *screen* now; empty if it is."""
        return self.refused(self.subject(screen))

    def words(self, screen: Any) -> str:  # noqa: ANN401  (any screen)
        """Return its words in the footer of *screen*; empty if it is not listed."""
        return self.hint(self.subject(screen)) if callable(self.hint) else self.hint


def bindings(table: Iterable[Action]) -> list[Binding]:
    """Return the key bindings of *table*, the actions of one context."""
    return [Binding(a.keys, f"app.act({a.id!r})", a.title, id=a.id, show=False) for a in table]


def action_of(table: Iterable[Action], key: str, keys_of: Callable[[Action], str]) -> Action | None:
    """Return the action of *table* that has *key*; None if none has.

    Args:
        table: The actions of one context.
        key: Textual's name of the key.
        keys_of: Returns the keys of an action as the user has set them, with commas.
    """
    return next((action for action in table if key in keys_of(action).split(",")), None)


def context_of(screen: Any) -> str:  # noqa: ANN401  (any screen, and dialogs)
    """Return the context whose keys work on *screen*, a screen or a dialog.

    A text field has its own context, because it takes the letters.
    """
    focused = getattr(screen, "focused", None)
    own: str = getattr(focused, "key_context", "")
    return own or getattr(screen, "context", "everywhere")


def is_moving(action: Action) -> bool:
    """Return whether *action* only moves a cursor, judging by its keys."""
    return not MOVING.isdisjoint(action.keys.split(","))

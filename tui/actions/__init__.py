"""The one table of actions: bindings, footer, palette, help and menus are made from it.

Each module here has `ACTIONS`. No second place lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

WITHIN: Final[Mapping[str, tuple[str, ...]]] = {
    "everywhere": (),
    "library": ("everywhere",),
    "finding": ("everywhere",),
    "searching": ("everywhere",),
    "editor": ("everywhere",),
    "history": ("everywhere",),
    "list": ("everywhere",),
    "export": ("everywhere",),
    "rating": ("everywhere",),
    "heat": ("everywhere",),
    "sources": ("everywhere",),
    "workbench": ("everywhere",),
    "text": ("workbench", "everywhere"),
    "map": ("workbench", "everywhere"),
    "details": ("workbench", "everywhere"),
}
"""Where a key works, and what works there too."""

TITLES: Final[Mapping[str, str]] = {
    "text": "In the text",
    "map": "In the map",
    "details": "In the details",
    "workbench": "On a document",
    "editor": "While editing",
    "searching": "While searching",
    "library": "In the library",
    "finding": "While searching the library",
    "history": "In the history",
    "list": "In a list of findings, origins or what falls",
    "export": "On the export screen",
    "rating": "While rating",
    "heat": "On the heat map",
    "sources": "Among the sources",
    "everywhere": "Everywhere",
}
"""Headings for the contexts, in the order in which they are listed."""


MOVING: Final = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab",
     "ctrl+up", "ctrl+down"}
)  # fmt: skip
"""Keys that move a cursor on every screen: an action that has one of them only moves."""


def _never(_: Any) -> str:  # noqa: ANN401  (any screen)
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
    """Does it, on the screen that has the context."""
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

    @property
    def context(self) -> str:
        """Where its key works."""
        return self.id.split(".", 1)[0]

    def words(self, screen: Any) -> str:  # noqa: ANN401  (any screen)
        """Return what the footer calls it on *screen*."""
        return self.hint(screen) if callable(self.hint) else self.hint


@cache
def actions() -> dict[str, Action]:
    """Return every action by its id, in the order in which they are listed."""
    found: dict[str, Action] = {}
    for module in pkgutil.iter_modules(__path__):
        for action in importlib.import_module(f"{__name__}.{module.name}").ACTIONS:
            found[action.id] = action
    order = list(TITLES)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1].context)))


def context_of(screen: Any) -> str:  # noqa: ANN401  (any screen, and dialogs)
    """Return which keys work on *screen*: those of its own context, or only those everywhere.

    A field that one types in has keys of its own, and takes the letters.
    """
    focused = getattr(screen, "focused", None)
    own: str = getattr(focused, "key_context", "")
    return own or getattr(screen, "context", "everywhere")


def bindings_for(context: str) -> list[Binding]:
    """Return the key bindings of *context* alone."""
    return [
        Binding(a.keys, f"app.act({a.id!r})", a.title, id=a.id, show=False)
        for a in actions().values()
        if a.context == context
    ]


def reachable(context: str) -> list[Action]:
    """Return what works in *context*, its own actions first."""
    chain = (context, *WITHIN[context])
    return [a for name in chain for a in actions().values() if a.context == name]


def is_moving(action: Action) -> bool:
    """Tell whether *action* only moves a cursor, by the keys that it has."""
    return not MOVING.isdisjoint(action.keys.split(","))


def action_of(context: str, key: str, keys_of: Callable[[Action], str]) -> Action | None:
    """Return the action of *context* alone that *key* does; None where there is none.

    For fields that take keys before any binding does.

    Args:
        context: Where the key is pressed.
        key: As Textual names it.
        keys_of: Returns the keys of an action as the user has set them, with commas.
    """
    own = (action for action in actions().values() if action.context == context)
    return next((action for action in own if key in keys_of(action).split(",")), None)


def clashes(keys: Mapping[str, str]) -> list[str]:
    """Return a sentence for each key that would mean two things at once.

    Args:
        keys: The keys of each action, by id, with commas.
    """
    found = []
    for context in WITHIN:
        taken: dict[str, str] = {}
        for action in reversed(reachable(context)):
            for key in keys.get(action.id, action.keys).split(","):
                other = taken.get(key)
                if other and other != action.id:
                    found.append(f"{key} would mean both {other} and {action.id}")
                taken[key] = action.id
    return list(dict.fromkeys(found))

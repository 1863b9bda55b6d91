"""All actions, gathered from the table of each context: for the palette, the help, the settings.

Only what is above all screens imports this. A screen or a widget binds its own table and asks
the app about other keys.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from tui.actions import (
    details,
    editor,
    export,
    finding,
    heat,
    history,
    library,
    listing,
    map,  # noqa: A004  (the context is called so)
    rating,
    searching,
    sources,
    text,
    workbench,
)
from tui.commands import everywhere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.commands.action import Action

TABLES: Final[Mapping[str, tuple[Action, ...]]] = {
    "text": text.ACTIONS,
    "map": map.ACTIONS,
    "details": details.ACTIONS,
    "workbench": workbench.ACTIONS,
    "editor": editor.ACTIONS,
    "searching": searching.ACTIONS,
    "library": library.ACTIONS,
    "finding": finding.ACTIONS,
    "history": history.ACTIONS,
    "list": listing.ACTIONS,
    "export": export.ACTIONS,
    "rating": rating.ACTIONS,
    "heat": heat.ACTIONS,
    "sources": sources.ACTIONS,
    "everywhere": everywhere.ACTIONS,
}
"""The actions of each context, in the order in which they are listed."""

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
"""Headings for the contexts, in the same order."""

_IN_PANES: Final = ("text", "map", "details")

WITHIN: Final[Mapping[str, tuple[str, ...]]] = {
    context: ("workbench", "everywhere")
    if context in _IN_PANES
    else ("everywhere",) * (context != "everywhere")
    for context in TABLES
}
"""Where a key works, and what works there too."""


@cache
def actions() -> dict[str, Action]:
    """Return every action by its id, in the order in which they are listed."""
    return {action.id: action for table in TABLES.values() for action in table}


def reachable(context: str) -> list[Action]:
    """Return what works in *context*, its own actions first."""
    return [action for name in (context, *WITHIN[context]) for action in TABLES[name]]


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

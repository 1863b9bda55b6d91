"""All actions, gathered from the table of each context.

Only the shell imports this. A screen or widget binds its own table, and asks the app about other
keys.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from tui.actions import everywhere as everywhere_actions
from tui.widgets import editor_actions
from tui.workbench import actions as workbench_actions
from tui.workbench import search_actions as searching_actions
from tui.workbench.details import actions as details_actions
from tui.workbench.map import actions as map_actions
from tui.workbench.text import actions as text_actions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.actions.action import Action

_OF_WORKBENCH: Final[Mapping[str, tuple[Action, ...]]] = {
    "text": text_actions.ACTIONS,
    "map": map_actions.ACTIONS,
    "details": details_actions.ACTIONS,
    "workbench": workbench_actions.ACTIONS,
    "editor": editor_actions.ACTIONS,
    "searching": searching_actions.ACTIONS,
    "everywhere": everywhere_actions.ACTIONS,
}
"""The actions of each context that an open document has, in listing order."""

TITLES: Final[Mapping[str, str]] = {
    "text": "In the text",
    "map": "In the map",
    "details": "In the details",
    "workbench": "In an open document",
    "editor": "While editing",
    "searching": "While searching a document",
    "library": "In the library",
    "finding": "While searching the library",
    "history": "On the history screen",
    "list": "In a list: findings, provenance, what falls",
    "export": "On the export screen",
    "rating": "On the rating screen",
    "heat": "On the heat map",
    "sources": "On the sources screen",
    "everywhere": "Everywhere",
}
"""The headings of the contexts, in the same order."""

_IN_PANES: Final = ("text", "map", "details")

WITHIN: Final[Mapping[str, tuple[str, ...]]] = {
    context: ("workbench", "everywhere")
    if context in _IN_PANES
    else ("everywhere",) * (context != "everywhere")
    for context in TITLES
}
"""For each context, the wider contexts whose keys work there too."""


@cache
def _of_other_screens() -> Mapping[str, tuple[Action, ...]]:
    """Return the actions of all other contexts, which the first frame does without."""
    from tui.export import actions as export_actions
    from tui.history import actions as history_actions
    from tui.library import actions as library_actions
    from tui.library import search_actions as find_actions
    from tui.lists import actions as list_actions
    from tui.rating.heat import actions as heat_actions
    from tui.rating.sheet import actions as rating_actions
    from tui.sources import actions as sources_actions

    return {
        "library": library_actions.ACTIONS,
        "finding": find_actions.ACTIONS,
        "history": history_actions.ACTIONS,
        "list": list_actions.ACTIONS,
        "export": export_actions.ACTIONS,
        "rating": rating_actions.ACTIONS,
        "heat": heat_actions.ACTIONS,
        "sources": sources_actions.ACTIONS,
    }


def table(context: str) -> tuple[Action, ...]:
    """Return the actions of *context* alone, in listing order."""
    return _OF_WORKBENCH.get(context) or _of_other_screens()[context]


@cache
def actions() -> dict[str, Action]:
    """Return all actions by id, in listing order."""
    return {action.id: action for context in TITLES for action in table(context)}


@cache
def action_called(id_: str) -> Action:
    """Return the action *id_*, which begins with its context and a dot."""
    return next(action for action in table(id_.partition(".")[0]) if action.id == id_)


def reachable(context: str) -> list[Action]:
    """Return the actions whose keys work in *context*, those of *context* first."""
    return [action for name in (context, *WITHIN[context]) for action in table(name)]


def find_clashes(keys: Mapping[str, str]) -> list[str]:
    """Return a sentence for each key that is set for two actions.

    Args:
        keys: The keys of each action by id, separated by commas; others keep their defaults.
    """
    sentences = []
    for context in WITHIN:
        taken: dict[str, str] = {}
        for action in reversed(reachable(context)):
            for key in keys.get(action.id, action.keys).split(","):
                other = taken.get(key)
                if other and other != action.id:
                    sentences.append(f"{key} is set for both {other} and {action.id}")
                taken[key] = action.id
    return list(dict.fromkeys(sentences))

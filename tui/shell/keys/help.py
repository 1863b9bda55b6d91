"""The list of keys and signs; enter runs the chosen action.

Titles of keys come from their `Action`, headings from `registry`, signs from `legend`. A screen
adds its own sentences by `help_lines`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tui.actions.action import Action, context_of
from tui.look.key_names import key_name

from .menus import choice_from_action
from .registry import TITLES, reachable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding
    from textual.screen import Screen

    from tui.core.program import Program
    from tui.dialogs.dialog import Dialog
    from tui.dialogs.pick import Choice

_BINDING: Final = "binding "
"""The start of the id of a choice for a key of a dialog."""

HELP_HINT: Final = "type words or a key to search · enter runs it · esc cancels"


async def show_help(app: Program) -> None:
    """List all keys that work here, then the signs; enter runs the action of a key.

    If the screen has `help_lines`, a heading and sentences, they come above the keys.
    """
    from tui.dialogs.dialog import Dialog

    from .key_dialog import KeysDialog

    screen = app.screen
    if isinstance(screen, KeysDialog):
        screen.dismiss(None)
        return
    choices = _sentences(*getattr(screen, "help_lines", ("",)))
    if isinstance(screen, Dialog):
        choices += _choices_of_dialog(screen)
    choices += [choice_from_action(app, a, TITLES[a.context]) for a in _available(screen)]
    chosen = await app.push_screen_wait(
        KeysDialog(
            "Keys and signs", partial(_find_in_help, choices), hint=HELP_HINT, preselects=False
        )
    )
    if chosen is None:
        return
    if chosen.startswith(_BINDING):
        await screen.run_action(chosen.removeprefix(_BINDING))
    else:
        await app.act(chosen)


def _available(screen: Screen[object]) -> list[Action]:
    """Return the actions whose keys work on *screen*."""
    from tui.dialogs.dialog import WORK_IN_DIALOGS, Dialog

    actions = reachable(context_of(screen))
    return [a for a in actions if not isinstance(screen, Dialog) or a.id in WORK_IN_DIALOGS]


def _choices_of_dialog(dialog: Dialog[object]) -> list[Choice]:
    """Return the keys of *dialog* itself as choices."""

    def choice(binding: Binding) -> Choice:
        from tui.dialogs.pick import Choice

        keys = binding.key.split(",")
        shown = " ".join(map(key_name, keys))
        action = f"{_BINDING}{binding.action}"
        return Choice(action, binding.description, shown, "In this dialog", keys=keys)

    return [choice(binding) for binding in dialog.own_bindings()]


def _find_in_help(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the keys that match *typed*, then the signs that match it."""
    from tui.dialogs.pick import matching_choices

    from .action_search import find_actions

    lines = [choice for choice in choices if not choice.is_possible and not typed]
    keys = find_actions([choice for choice in choices if choice.is_possible], typed)
    return [*lines, *keys, *matching_choices(_signs(), typed)]


def _signs() -> list[Choice]:
    """Return the legend as choices that cannot be chosen."""
    from tui.dialogs.pick import Choice

    from .legend import LEGEND

    return [
        Choice(f"sign {heading} {sign}", f"{sign:5} {words}", "", heading, is_possible=False)
        for heading, signs in LEGEND.items()
        for sign, words in signs.items()
    ]


def _sentences(heading: str, *sentences: str) -> list[Choice]:
    """Return *sentences* as choices above the list, under their *heading*."""
    from tui.dialogs.pick import Choice

    return [
        Choice(f"line {number}", words, heading=heading, is_possible=False, is_whole=True)
        for number, words in enumerate(sentences)
    ]

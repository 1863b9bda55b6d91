"""Lists of actions to choose from: the help, the palette, the menu under the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tui.actions.action import Action, context_of, is_moving
from tui.core.background import run_aside
from tui.look.key_names import key_name

from .registry import TITLES, reachable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import Binding
    from textual.screen import Screen

    from tui.core.program import Program
    from tui.dialogs.dialog import Dialog
    from tui.dialogs.pick import Choice

FIRST: Final = (
    "workbench.mark-claim",
    "workbench.mark-evidence",
    "workbench.mark-against",
    "workbench.mark-assumption",
    "workbench.say-who",
    "workbench.support",
    "workbench.oppose",
)
"""Actions that come first in the palette, however seldom they are used: mark, who, link."""

UNRANKED: Final = 98
"""Where the palette has actions that are never in the footer."""

_BINDING: Final = "binding "
"""How the id of a choice begins that stands for a key of a dialog."""


async def show_help(app: Program) -> None:
    """List every key that works here, then the signs; enter does what the key does.

    A screen that has `help_lines`, a heading and what is below it, has them above the keys.
    """
    from tui.dialogs.dialog import Dialog

    from .key_dialog import KeysDialog

    screen = app.screen
    if isinstance(screen, KeysDialog):
        screen.dismiss(None)
        return
    choices = _lines(*getattr(screen, "help_lines", ("",)))
    if isinstance(screen, Dialog):
        choices += _choices_of_dialog(screen)
    choices += [_choice(app, a, TITLES[a.context]) for a in _listed(screen)]
    chosen = await app.push_screen_wait(
        KeysDialog(
            "Keys and signs", partial(_found_in_help, choices), hint=HELP_HINT, preselects=False
        )
    )
    if chosen is None:
        return
    if chosen.startswith(_BINDING):
        await screen.run_action(chosen.removeprefix(_BINDING))
    else:
        await app.act(chosen)


HELP_HINT: Final = "type words or a key to find it · enter does it · esc cancels"


async def show_palette(app: Program, uses: Mapping[str, int]) -> None:
    """List what is possible now, what is used most first, by how often *uses* says."""
    from tui.dialogs.pick import PickDialog

    from .action_search import find_actions

    screen = app.screen
    found = [
        a
        for a in reachable(context_of(screen))
        if not a.refusal(screen) and a.id != "everywhere.palette"
    ]
    found.sort(key=partial(_order_by_use, uses))
    choices = [_choice(app, a) for a in found]
    dialog = PickDialog(
        "Actions", partial(find_actions, choices), hint="enter does it · esc cancels"
    )
    chosen = await app.push_screen_wait(dialog)
    if chosen is not None:
        await app.act(chosen)


def show_menu(app: Program, x: int, y: int) -> None:
    """Offer what can be done with what is under the mouse, at column *x* and row *y*."""
    from tui.dialogs.pick import MenuDialog

    screen = app.screen
    choices = [
        _choice(app, a)
        for a in reachable(context_of(screen))
        if a.is_pointed and not a.refusal(screen)
    ]

    async def choose() -> None:
        chosen = await app.push_screen_wait(MenuDialog("", choices, x, y))
        if chosen is not None:
            await app.act(chosen)

    run_aside(app, choose)


async def choose_theme(app: Program) -> str:
    """Choose the colours, each shown while the cursor is on it; return what they are called."""
    from tui.dialogs.pick import Choice, PickDialog

    before = app.theme
    own = [t for t in app.available_themes if t.startswith("argmap-")]
    others = [t for t in app.available_themes if not t.startswith(("argmap-", "textual-"))]
    choices = [Choice(t, t.replace("-", " ")) for t in (*own, *sorted(others))]
    show = partial(setattr, app, "theme")
    chosen = await app.push_screen_wait(
        PickDialog("Colour theme", choices, previewed=show, current=before)
    )
    app.theme = chosen or before
    return app.theme


def _listed(screen: Screen[object]) -> list[Action]:
    """Return the actions whose keys work on *screen*."""
    from tui.dialogs.dialog import WORK_IN_DIALOGS, Dialog

    found = reachable(context_of(screen))
    return [a for a in found if not isinstance(screen, Dialog) or a.id in WORK_IN_DIALOGS]


def _choices_of_dialog(dialog: Dialog[object]) -> list[Choice]:
    """Return the keys that *dialog* itself has, with its title over them."""

    def choice(binding: Binding) -> Choice:
        from tui.dialogs.pick import Choice

        keys = binding.key.split(",")
        shown = " ".join(map(key_name, keys))
        action = f"{_BINDING}{binding.action}"
        return Choice(action, binding.description, shown, "In this dialog", keys=keys)

    return [choice(binding) for binding in dialog.own_bindings()]


def _found_in_help(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the keys that *typed* finds, and below them the signs that it finds."""
    from tui.dialogs.pick import found

    from .action_search import find_actions

    lines = [choice for choice in choices if not choice.is_possible and not typed]
    keys = find_actions([choice for choice in choices if choice.is_possible], typed)
    return [*lines, *keys, *found(_signs(), typed)]


def _signs() -> list[Choice]:
    """Return the legend of the signs, which can be read and not chosen."""
    from tui.dialogs.pick import Choice

    from .legend import LEGEND

    return [
        Choice(f"sign {heading} {sign}", f"{sign:5} {words}", "", heading, is_possible=False)
        for heading, signs in LEGEND.items()
        for sign, words in signs.items()
    ]


def _lines(heading: str, *sentences: str) -> list[Choice]:
    """Return *sentences* to be read above the list, under their *heading*."""
    from tui.dialogs.pick import Choice

    return [
        Choice(f"line {number}", words, heading=heading, is_possible=False, is_whole=True)
        for number, words in enumerate(sentences)
    ]


def _order_by_use(uses: Mapping[str, int], action: Action) -> tuple[int, bool, int, int]:
    """Return the place of *action* in the palette.

    First comes marking and linking, then what is used most, then what the footer has, and
    last what only moves a cursor, which nobody looks up.
    """
    place = FIRST.index(action.id) if action.id in FIRST else len(FIRST)
    rank = action.rank or (UNRANKED + (action.context == "everywhere"))
    return place, is_moving(action), -uses.get(action.id, 0), rank


def _choice(app: Program, action: Action, heading: str = "") -> Choice:
    from tui.dialogs.pick import Choice

    keys = app.keys_of(action).split(",")
    return Choice(action.id, action.title, " ".join(map(key_name, keys)), heading, keys=keys)

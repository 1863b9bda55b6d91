"""Lists of actions and themes: the palette, the menu under the mouse, the themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tui.actions.action import Action, context_of, is_moving
from tui.core.background import run_in_background
from tui.look.key_names import key_name

from .registry import reachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.core.program import Program
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
"""Actions that always come first in the palette: mark, attribute, link."""

UNRANKED: Final = 98
"""The rank in the palette of actions that are never in the footer."""


async def show_palette(app: Program, uses: Mapping[str, int]) -> None:
    """List the actions that are possible now, and run the chosen one.

    Args:
        app: The program.
        uses: How often each action was run, by id; frequent ones come first.
    """
    from tui.dialogs.pick import PickDialog

    from .action_search import find_actions

    screen = app.screen
    possible = [
        a
        for a in reachable(context_of(screen))
        if not a.refusal(screen) and a.id != "everywhere.palette"
    ]
    possible.sort(key=partial(_order_by_use, uses))
    choices = [choice_from_action(app, a) for a in possible]
    dialog = PickDialog(
        "Actions", partial(find_actions, choices), hint="enter runs it · esc cancels"
    )
    chosen = await app.push_screen_wait(dialog)
    if chosen is not None:
        await app.act(chosen)


def show_menu(app: Program, x: int, y: int) -> None:
    """Open the menu of actions for the item under the mouse, at column *x*, row *y*."""
    from tui.dialogs.pick import MenuDialog

    screen = app.screen
    choices = [
        choice_from_action(app, a)
        for a in reachable(context_of(screen))
        if a.is_pointed and not a.refusal(screen)
    ]

    async def choose() -> None:
        chosen = await app.push_screen_wait(MenuDialog("", choices, x, y))
        if chosen is not None:
            await app.act(chosen)

    run_in_background(app, choose)


async def choose_theme(app: Program) -> str:
    """Ask for a theme, previewing each one, and return the name of the chosen one."""
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


def _order_by_use(uses: Mapping[str, int], action: Action) -> tuple[int, bool, int, int]:
    """Return the sort key of *action* in the palette.

    Marking and linking come first, then actions by use, then those of the footer. Those that only
    move a cursor come last: readers do not look them up.
    """
    place = FIRST.index(action.id) if action.id in FIRST else len(FIRST)
    rank = action.rank or (UNRANKED + (action.context == "everywhere"))
    return place, is_moving(action), -uses.get(action.id, 0), rank


def choice_from_action(app: Program, action: Action, heading: str = "") -> Choice:
    """Return *action* with its keys as a choice under *heading*."""
    from tui.dialogs.pick import Choice

    keys = app.keys_of(action).split(",")
    return Choice(action.id, action.title, " ".join(map(key_name, keys)), heading, keys=keys)

"""Lists of actions to choose from: the help, the palette, the menu under the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.actions import TITLES, Action, context_of, reachable
from tui.background import run_aside
from tui.key_names import key_name

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import ArgmapApp
    from tui.dialogs.pick import Choice


async def show_help(app: ArgmapApp) -> None:
    """List every key that works here; enter does what it does.

    A screen that has `help_lines`, a heading and what is below it, has them above the keys.
    """
    from tui.dialogs.pick import Choice

    found = reachable(context_of(app.screen))
    heading, *told = getattr(app.screen, "help_lines", [""])
    lines = [
        Choice(f"help-{number}", line, heading=heading, is_possible=False, is_whole=True)
        for number, line in enumerate(told)
    ]
    await _choose(app, "keys", [*lines, *(_choice(app, a, TITLES[a.context]) for a in found)])


async def show_palette(app: ArgmapApp) -> None:
    """List what is possible now."""
    found = [a for a in reachable(context_of(app.screen)) if not a.refused(app.screen)]
    found.sort(key=lambda a: a.context != "workbench")
    await _choose(app, "what to do", [_choice(app, a) for a in found])


def show_menu(app: ArgmapApp, screen: Screen[None], x: int, y: int) -> None:
    """Offer what can be done with what is under the mouse, at column *x* and row *y*."""
    from tui.dialogs.pick import Choice, MenuDialog

    choices = [
        Choice(a.id, a.title, app.key(a.id))
        for a in reachable(context_of(screen))
        if a.is_pointed and not a.refused(screen)
    ]

    async def choose() -> None:
        chosen = await app.push_screen_wait(MenuDialog("", choices, x, y))
        if chosen is not None:
            await app.act(chosen)

    run_aside(app, choose)


async def choose_theme(app: ArgmapApp) -> None:
    """Choose the colours, each shown while the cursor is on it."""
    from tui.dialogs.pick import Choice, PickDialog

    before = app.theme
    own = [t for t in app.available_themes if t.startswith("argmap-")]
    others = [t for t in app.available_themes if not t.startswith(("argmap-", "textual-"))]
    choices = [Choice(t, t.replace("-", " ")) for t in (*own, *sorted(others))]
    show = partial(setattr, app, "theme")
    chosen = await app.push_screen_wait(
        PickDialog("colours", choices, previewed=show, current=before)
    )
    app.theme = app.state.theme = chosen or before


def _choice(app: ArgmapApp, action: Action, note: str = "") -> Choice:
    from tui.dialogs.pick import Choice

    keys = " ".join(key_name(key) for key in app.keys_of(action).split(","))
    return Choice(action.id, action.title, keys, note)


async def _choose(app: ArgmapApp, title: str, choices: list[Choice]) -> None:
    from tui.dialogs.pick import PickDialog

    chosen = await app.push_screen_wait(PickDialog(title, choices))
    if chosen is not None:
        await app.act(chosen)

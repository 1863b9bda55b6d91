"""What works on every screen: help, palette, looks, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Action
from tui.menus import choose_theme, show_help, show_palette

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import ArgmapApp


def _app(screen: Screen[object]) -> ArgmapApp:
    return screen.app  # type: ignore[return-value]  # there is one app


async def _help(screen: Screen[object]) -> None:
    await show_help(_app(screen))


async def _palette(screen: Screen[object]) -> None:
    await show_palette(_app(screen))


async def _theme(screen: Screen[object]) -> None:
    await choose_theme(_app(screen))


async def _tour(screen: Screen[object]) -> None:
    await _app(screen).begin_tour()


def _skip(screen: Screen[object]) -> None:
    from tui.tour import running

    tour = running(_app(screen))
    if tour is not None:
        tour.skip()


def _needs_tour(screen: Screen[object]) -> str:
    from tui.tour import running

    app = _app(screen)
    begins = f"{app.key('everywhere.tour')} begins the tour; then there are steps to skip"
    return "" if running(app) else begins


def _suspend(screen: Screen[object]) -> None:
    _app(screen).action_suspend_process()


async def _quit(screen: Screen[object]) -> None:
    await _app(screen).leave()


ACTIONS = (
    Action("everywhere.help", "all keys", "question_mark,f1", _help, hint="keys", rank=99),
    Action("everywhere.palette", "the palette of actions", "ctrl+p", _palette, hint="palette"),
    Action("everywhere.theme", "change the colours", "T", _theme),
    Action("everywhere.tour", "take the tour, or end it", "f4", _tour),
    Action("everywhere.tour-skip", "skip a step of the tour", "f5", _skip, _needs_tour),
    Action("everywhere.suspend", "go to the shell; fg there comes back", "ctrl+z", _suspend),
    Action("everywhere.quit", "leave argmap", "ctrl+q", _quit),
)

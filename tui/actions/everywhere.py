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


async def _jump(screen: Screen[object]) -> None:
    from tui.jump_mode import jump

    await jump(_app(screen))


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
    Action(
        "everywhere.help",
        "list all keys and signs",
        "question_mark,f1",
        _help,
        hint="keys",
        rank=99,
    ),
    Action("everywhere.palette", "find an action and do it", "ctrl+p", _palette, hint="palette"),
    Action(
        "everywhere.jump",
        "jump: type the letters of a place on the screen",
        "ctrl+o,apostrophe",
        _jump,
    ),
    Action("everywhere.theme", "change the colour theme", "T", _theme),
    Action("everywhere.tour", "take the tour, or end it", "f4", _tour),
    Action("everywhere.tour-skip", "skip a step of the tour", "f5", _skip, _needs_tour),
    Action("everywhere.suspend", "suspend argmap; fg in the shell resumes it", "ctrl+z", _suspend),
    Action("everywhere.quit", "quit argmap", "ctrl+q", _quit),
)

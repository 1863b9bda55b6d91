"""The open document: panes, undo and redo, search, copying, other screens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.actions import Action
from tui.background import run_aside
from tui.listing import go_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.workbench import WorkbenchScreen


def _pane(name: str) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.show_pane(name)

    return run


def _next_pane(bench: WorkbenchScreen) -> None:
    bench.panes.turn(1)


def _previous_pane(bench: WorkbenchScreen) -> None:
    bench.panes.turn(-1)


def _maximise(bench: WorkbenchScreen) -> None:
    bench.panes.maximise_active()


async def _boxes(bench: WorkbenchScreen) -> None:
    await bench.panes.turn_boxes()


def _wider(by: int) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.panes.widen(by)

    return run


async def _undo(bench: WorkbenchScreen) -> None:
    logged = await bench.session.undo()
    bench.tell(f"undone: {logged.label} · {bench.app.key('workbench.redo')} redoes")


async def _redo(bench: WorkbenchScreen) -> None:
    logged = await bench.session.redo()
    bench.tell(f"redone: {logged.label}")


async def _search(bench: WorkbenchScreen) -> None:
    await bench.search.open()


def _match(by: int) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        if bench.search.places:
            bench.search.next(by)
        else:
            run_aside(bench, partial(go_on, bench, by), "list")

    return run


async def _copy(bench: WorkbenchScreen) -> None:
    from tui.copying import copy

    await copy(bench)


async def _history(bench: WorkbenchScreen) -> None:
    from tui.screens.history import HistoryScreen

    await bench.app.push_screen(HistoryScreen(bench.session))


async def _document(bench: WorkbenchScreen) -> None:
    from tui.documents import edit_opened

    await edit_opened(bench)


async def _export(bench: WorkbenchScreen) -> None:
    from tui.screens.export import ExportScreen

    await bench.app.push_screen(ExportScreen(bench.map))


async def _library(bench: WorkbenchScreen) -> None:
    await bench.app.show_library()


def _has_matches(bench: WorkbenchScreen) -> str:
    if bench.search.places or bench.trail.is_on:
        return ""
    return "search for something first, or go to a finding"


ACTIONS = (
    Action("workbench.undo", "undo", "u", _undo, hint="undo", rank=8),
    Action("workbench.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("workbench.search", "search", "slash", _search, hint="search", rank=9),
    Action("workbench.next-match", "next match, or line of the list you follow", "n", _match(1),
           _has_matches),
    Action("workbench.previous-match", "previous match, or line of the list", "N", _match(-1),
           _has_matches),
    Action("workbench.text", "go to the text", "1", _pane("text")),
    Action("workbench.map", "go to the map", "2", _pane("map")),
    Action("workbench.details", "go to the details", "3", _pane("details")),
    Action("workbench.next-pane", "next pane", "tab", _next_pane),
    Action("workbench.previous-pane", "previous pane", "shift+tab", _previous_pane),
    Action("workbench.maximise", "maximise or restore the pane", "z", _maximise),
    Action("workbench.wider", "make this pane wider", "greater_than_sign", _wider(4)),
    Action("workbench.narrower", "make this pane narrower", "less_than_sign", _wider(-4)),
    Action("workbench.boxes", "switch the map between outline and boxes", "m", _boxes),
    Action("workbench.copy", "copy to the clipboard", "y", _copy),
    Action("workbench.history", "show the history", "Y", _history),
    Action("workbench.document", "edit title, author, publisher, date, address", "E", _document),
    Action("workbench.export", "export the map", "X", _export),
    Action("workbench.library", "go to the library", "O,q", _library),
)  # fmt: skip

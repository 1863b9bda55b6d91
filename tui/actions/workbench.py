"""The open document: panes, undo and redo, search, copying, other screens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.actions import judging, linking, marking
from tui.actions.other_screens import EXPORT, HEAT, HISTORY, LIBRARY, RATE, SOURCES
from tui.background import run_aside
from tui.commands.action import Action
from tui.listing import go_on
from tui.selection import needs_selection

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


async def _document(bench: WorkbenchScreen) -> None:
    from tui.documents import edit_opened

    await edit_opened(bench)


async def _number(bench: WorkbenchScreen) -> None:
    from tui.admiralty import ask_number

    await ask_number(bench)


def _needs_evidence(bench: WorkbenchScreen) -> str:
    if bench.selected is None:
        return needs_selection(bench)
    return "" if bench.statement.kind == "evidence" else "a number is for evidence; select some"


def _has_matches(bench: WorkbenchScreen) -> str:
    if bench.search.places or bench.trail.is_on:
        return ""
    return "search for something first, or go to a finding"


ACTIONS = (
    HEAT,
    *judging.ACTIONS,
    *linking.ACTIONS,
    *marking.ACTIONS,
    RATE,
    SOURCES,
    Action("workbench.number", "give the evidence its Admiralty number: how credible it is", "C",
           _number, _needs_evidence, is_pointed=True),
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
    HISTORY,
    Action("workbench.document", "edit title, author, publisher, date, address", "E", _document),
    EXPORT,
    LIBRARY,
)  # fmt: skip

"""Actions on an open document: panes, undo and redo, search, copy, other screens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.actions.action import Action
from tui.core.places import WholePane
from tui.core.selection import needs_selection
from tui.lists import analysis_actions
from tui.lists.entries import go_to_next_line

from .edits import linking, marking
from .other_screens import EXPORT, HEAT, HISTORY, LIBRARY, RATE, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.core.workspace import Workspace

    from .panes import Panes
    from .search import SearchLine


def _pane(name: str) -> Callable[[Workspace], None]:
    def run(work: Workspace) -> None:
        work.host.show_place(WholePane(name))

    return run


def _next_pane(panes: Panes) -> None:
    panes.focus_neighbour(1)


def _previous_pane(panes: Panes) -> None:
    panes.focus_neighbour(-1)


def _maximise(panes: Panes) -> None:
    panes.maximise_active()


async def _boxes(panes: Panes) -> None:
    await panes.toggle_boxes()


def _wider(by: int) -> Callable[[Panes], None]:
    def run(panes: Panes) -> None:
        panes.widen(by)

    return run


async def _undo(work: Workspace) -> None:
    logged = await work.session.undo()
    work.host.say_in_heading(
        f"undone: {logged.label} · {work.host.key('workbench.redo')} redoes it"
    )


async def _redo(work: Workspace) -> None:
    logged = await work.session.redo()
    work.host.say_in_heading(f"redone: {logged.label}")


async def _search(line: SearchLine) -> None:
    await line.open()


def _match(by: int) -> Callable[[SearchLine], None]:
    def run(line: SearchLine) -> None:
        if line.places:
            line.next(by)
        else:
            line.work.host.begin(partial(go_to_next_line, line.work, by), "list")

    return run


async def _copy(work: Workspace) -> None:
    from .clipboard import copy

    await copy(work)


async def _document(work: Workspace) -> None:
    from tui.dialogs.add_document import edit_open_document

    await edit_open_document(work)


async def _number(work: Workspace) -> None:
    from tui.dialogs.admiralty import ask_number

    await ask_number(work)


def _needs_evidence(work: Workspace) -> str:
    if work.selected is None:
        return needs_selection(work)
    return (
        ""
        if work.statement.kind == "evidence"
        else "only evidence is rated for credibility; select some evidence"
    )


def _has_matches(line: SearchLine) -> str:
    if line.places or line.work.followed_list.is_on:
        return ""
    key = line.work.host.key
    search, findings = key("workbench.search"), key("workbench.findings")
    return f"nothing to step through; {search} searches, {findings} lists the findings"


ACTIONS = (
    HEAT,
    *analysis_actions.ACTIONS,
    *linking.ACTIONS,
    *marking.ACTIONS,
    RATE,
    SOURCES,
    Action("workbench.number", "rate how credible the evidence is: 1–6 (Admiralty)", "C",
           _number, _needs_evidence, is_pointed=True),
    Action("workbench.undo", "undo", "u", _undo, hint="undo", rank=8),
    Action("workbench.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("workbench.search", "search", "slash", _search, hint="search", rank=9, part="search"),
    Action("workbench.next-match", "next match, or next item of the list", "n", _match(1),
           _has_matches, part="search"),
    Action("workbench.previous-match", "previous match, or previous item of the list", "N",
           _match(-1), _has_matches, part="search"),
    Action("workbench.text", "go to the text", "1", _pane("text")),
    Action("workbench.map", "go to the map", "2", _pane("map")),
    Action("workbench.details", "go to the details", "3", _pane("details")),
    Action("workbench.next-pane", "next pane", "tab", _next_pane, part="panes"),
    Action("workbench.previous-pane", "previous pane", "shift+tab", _previous_pane, part="panes"),
    Action("workbench.maximise", "maximise or restore the pane", "z", _maximise, part="panes"),
    Action("workbench.wider", "widen the pane", "greater_than_sign", _wider(4),
           part="panes"),
    Action("workbench.narrower", "narrow the pane", "less_than_sign", _wider(-4),
           part="panes"),
    Action("workbench.boxes", "show the map as boxes, or as an outline", "m", _boxes,
           part="panes"),
    Action("workbench.copy", "copy to the clipboard", "y", _copy),
    HISTORY,
    Action("workbench.document", "edit title, author, publisher, date, URL", "E", _document),
    EXPORT,
    LIBRARY,
)  # fmt: skip

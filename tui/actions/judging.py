"""Judging a map: its findings, where its evidence comes from, what would fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Action
from tui.listing import open_list, step_out
from tui.selection import needs_claim, needs_selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.listing import ListingScreen
    from tui.screens.workbench import WorkbenchScreen


async def _findings(bench: WorkbenchScreen) -> None:
    await open_list(bench, "findings")


async def _provenance(bench: WorkbenchScreen) -> None:
    from tui.judging import claim_followed

    await open_list(bench, "provenance", claim_followed(bench))


async def _suppose(bench: WorkbenchScreen) -> None:
    from tui.judging import toggle_at_hand

    await toggle_at_hand(bench)


async def _suppose_source(bench: WorkbenchScreen) -> None:
    from tui.judging import toggle_source

    await toggle_source(bench)


async def _what_falls(bench: WorkbenchScreen) -> None:
    await open_list(bench, "what-falls")


def _needs_sources(bench: WorkbenchScreen) -> str:
    return "" if bench.map.sources else "say who says something first; there is no source"


def _needs_supposing(bench: WorkbenchScreen) -> str:
    key = bench.app.key("workbench.what-if")
    return "" if bench.panes.supposing.is_on else f"{key} on a statement supposes that it is gone"


def _leave(bench: WorkbenchScreen) -> None:
    step_out(bench)


def _open(screen: ListingScreen) -> None:
    screen.go()


def _find(screen: ListingScreen) -> None:
    screen.find()


def _moves(by: int) -> Callable[[ListingScreen], None]:
    def run(screen: ListingScreen) -> None:
        screen.move(by)

    return run


def _ends(*, last: bool) -> Callable[[ListingScreen], None]:
    def run(screen: ListingScreen) -> None:
        screen.move_to_end(last=last)

    return run


def _back(screen: ListingScreen) -> None:
    screen.leave()


def _needs_line(screen: ListingScreen) -> str:
    return "" if screen.chosen is not None else "there is no line to go to"


ACTIONS = (
    Action("workbench.findings", "list the findings, or go back to them: gaps, circles, origins",
           "F", _findings),
    Action("workbench.provenance", "provenance: see the origins of the evidence for the claim",
           "P", _provenance, needs_claim, is_pointed=True),
    Action("workbench.what-if", "what-if mode: suppose it is gone, or bring it back", "W",
           _suppose, needs_selection, is_pointed=True),
    Action("workbench.what-if-source", "what-if mode: suppose a source is gone, or bring it back",
           "Q", _suppose_source, _needs_sources, is_pointed=True),
    Action("workbench.what-falls", "what-if mode: list everything that falls", "D",
           _what_falls, _needs_supposing, is_pointed=True),
    Action("details.leave", "leave the list you follow, or what-if mode", "escape", _leave),
    Action("list.open", "go there", "enter", _open, _needs_line, hint="go there", rank=1),
    Action("list.find", "find", "slash", _find, hint="find", rank=2),
    Action("list.next", "next line", "j,down", _moves(1)),
    Action("list.previous", "previous line", "k,up", _moves(-1)),
    Action("list.page-down", "a few lines down", "pagedown,ctrl+d", _moves(6)),
    Action("list.page-up", "a few lines up", "pageup,ctrl+u", _moves(-6)),
    Action("list.first", "the first line", "g,home", _ends(last=False)),
    Action("list.last", "the last line", "G,end", _ends(last=True)),
    Action("list.leave", "back to the whole list, then to the map", "escape,q", _back,
           hint="back", rank=3),
)  # fmt: skip

"""Judging a map: its findings, where its evidence comes from, what would fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Action
from tui.selection import needs_claim, needs_selection

if TYPE_CHECKING:
    from tui.screens.workbench import WorkbenchScreen


async def _findings(bench: WorkbenchScreen) -> None:
    from tui.judging import show_findings

    await show_findings(bench)


async def _provenance(bench: WorkbenchScreen) -> None:
    from tui.judging import show_provenance

    await show_provenance(bench)


async def _suppose(bench: WorkbenchScreen) -> None:
    from tui.judging import toggle_at_hand

    await toggle_at_hand(bench)


async def _suppose_source(bench: WorkbenchScreen) -> None:
    from tui.judging import toggle_source

    await toggle_source(bench)


async def _what_falls(bench: WorkbenchScreen) -> None:
    from tui.judging import show_what_if

    await show_what_if(bench)


def _needs_sources(bench: WorkbenchScreen) -> str:
    return "" if bench.map.sources else "say who says something first; there is no source"


def _needs_supposing(bench: WorkbenchScreen) -> str:
    key = bench.app.key("workbench.what-if")
    return "" if bench.panes.supposing.is_on else f"{key} on a statement supposes that it is gone"


def _leave(bench: WorkbenchScreen) -> None:
    bench.panes.leave_supposing()


ACTIONS = (
    Action("workbench.findings", "see the findings: gaps, circles, single origins", "F",
           _findings),
    Action("workbench.provenance", "see where the evidence for the claim comes from: its origins",
           "P", _provenance, needs_claim, is_pointed=True),
    Action("workbench.what-if", "what if it is gone: suppose so, or that it is there again", "W",
           _suppose, needs_selection, is_pointed=True),
    Action("workbench.what-if-source", "what if a source is gone: suppose so, or that it is there",
           "Q", _suppose_source, _needs_sources, is_pointed=True),
    Action("workbench.what-falls", "list what falls with what is supposed to be gone", "D",
           _what_falls, _needs_supposing, is_pointed=True),
    Action("details.leave", "out of what is supposed", "escape", _leave),
)  # fmt: skip

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


async def _what_if(bench: WorkbenchScreen) -> None:
    from tui.judging import show_what_if

    await show_what_if(bench)


ACTIONS = (
    Action("workbench.findings", "see what the map shows: gaps, circles, single origins", "F",
           _findings),
    Action("workbench.provenance", "see where the evidence for the claim comes from", "P",
           _provenance, needs_claim, is_pointed=True),
    Action("workbench.what-if", "see what would fall without it", "W", _what_if, needs_selection,
           is_pointed=True),
)  # fmt: skip

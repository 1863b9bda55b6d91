"""Judging a map: its findings, where its evidence comes from, what would fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.action import Action
from tui.core.selection import needs_claim, needs_selection

from .entries import open_list

if TYPE_CHECKING:
    from tui.core.workspace import Workspace


async def _findings(work: Workspace) -> None:
    await open_list(work, "findings")


async def _provenance(work: Workspace) -> None:
    from .origins import claim_followed

    await open_list(work, "provenance", claim_followed(work))


async def _suppose(work: Workspace) -> None:
    from .origins import toggle_selected

    await toggle_selected(work)


async def _suppose_source(work: Workspace) -> None:
    from .origins import toggle_source

    await toggle_source(work)


async def _what_falls(work: Workspace) -> None:
    await open_list(work, "what-falls")


def _needs_sources(work: Workspace) -> str:
    return "" if work.map.sources else "say who says something first; there is no source"


def _needs_supposing(work: Workspace) -> str:
    key = work.host.key("workbench.what-if")
    return "" if work.what_if_mode.is_on else f"{key} on a statement supposes that it is gone"


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
)  # fmt: skip

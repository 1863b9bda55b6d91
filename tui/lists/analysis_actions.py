"""Actions that show the findings or the origins, or use what-if mode."""

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


async def _toggle(work: Workspace) -> None:
    from .origins import toggle_selected

    await toggle_selected(work)


async def _toggle_source(work: Workspace) -> None:
    from .origins import toggle_source

    await toggle_source(work)


async def _what_falls(work: Workspace) -> None:
    await open_list(work, "what-falls")


def _needs_sources(work: Workspace) -> str:
    return "" if work.map.sources else "the map has no sources yet; attribute a statement first"


def _needs_what_if_mode(work: Workspace) -> str:
    key = work.host.key("workbench.what-if")
    return "" if work.what_if_mode.is_on else f"what-if mode is off; {key} starts it"


ACTIONS = (
    Action("workbench.findings", "list the findings, or return to them: gaps, circles, origins",
           "F", _findings),
    Action("workbench.provenance", "provenance: see the origins of the evidence for the claim",
           "P", _provenance, needs_claim, is_pointed=True),
    Action("workbench.what-if", "what-if mode: remove it, or put it back", "W",
           _toggle, needs_selection, is_pointed=True),
    Action("workbench.what-if-source", "what-if mode: remove a source, or put it back",
           "Q", _toggle_source, _needs_sources, is_pointed=True),
    Action("workbench.what-falls", "what-if mode: list everything that falls", "D",
           _what_falls, _needs_what_if_mode, is_pointed=True),
)  # fmt: skip

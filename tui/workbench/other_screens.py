"""Actions that lead from an open document to other screens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from argmap.analysis.grading import assessor_shown
from tui.actions.action import Action
from tui.core.places import (
    ExportPlace,
    HeatMapPlace,
    HistoryPlace,
    LibraryPlace,
    RatingPlace,
    SourcesPlace,
)
from tui.core.selection import claim_in_view

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from tui.core.workspace import Workspace


async def _rate(work: Workspace) -> None:
    await work.host.go(RatingPlace(work.rubric, starting_claim(work)))


def starting_claim(work: Workspace) -> str:
    """Return the id of the claim to rate first.

    That is the selected claim, else the claim that the selected statement supports, else the first
    claim of the map.
    """
    target = claim_in_view(work)
    return (target or next(s for s in work.map.ordered_statements if s.kind == "claim")).id


def needs_claims(work: Workspace) -> str:
    """Return why nothing can be rated; empty if there is a claim."""
    # With every key, the footer asks this: a main claim spares it a look at all statements.
    argument_map = work.map
    has_claim = argument_map.main_claim is not None or any(
        s.kind == "claim" for s in argument_map.statements.values()
    )
    if not has_claim:
        return "nothing to rate yet: mark a claim first"
    return ""


async def _heat(work: Workspace) -> None:
    rubric = work.rubric
    own = work.rater.assessor
    groups = await asyncio.to_thread(_by_assessor, work.map, rubric)
    assessor = assessor_shown(groups, own) or own
    await work.host.go(HeatMapPlace(rubric, assessor, starting_claim(work)))


def _by_assessor(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, list[Rating]]:
    """Return the ratings of statements under *rubric*, grouped by assessor."""
    groups: dict[str, list[Rating]] = {}
    for rating in argument_map.ratings.values():
        if (rating.rubric, rating.version) == (rubric.id, rubric.version) and rating.statement:
            groups.setdefault(rating.assessor, []).append(rating)
    return groups


async def _sources(work: Workspace) -> None:
    """Show the sources, with the cursor on the source of the selected statement."""
    attributions = work.map.attributions_of.get(work.selected or "", ())
    source = next((a.chain[-1] for a in attributions if a.chain), None)
    await work.session.wait_until_saved()
    await work.host.go(SourcesPlace(source))


async def _history(work: Workspace) -> None:
    await work.host.go(HistoryPlace())


async def _export(work: Workspace) -> None:
    await work.host.go(ExportPlace())


async def _library(work: Workspace) -> None:
    await work.host.go(LibraryPlace())


RATE: Final = Action(
    "workbench.rate", "rate the claims, and see what limits each grade", "R", _rate,
    needs_claims, hint="rate", rank=6, is_pointed=True,
)  # fmt: skip
HEAT: Final = Action(
    "workbench.heat", "show all ratings and grades as a heat map", "M", _heat, needs_claims,
    is_pointed=True,
)  # fmt: skip
SOURCES: Final = Action(
    "workbench.sources", "show all sources and their reliability", "S",
    _sources,
)  # fmt: skip
HISTORY: Final = Action("workbench.history", "show the history", "Y", _history)
EXPORT: Final = Action("workbench.export", "export the map", "X", _export)
LIBRARY: Final = Action("workbench.library", "go to the library", "O,q", _library)

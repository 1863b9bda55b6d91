"""The ways from an open document to the other screens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from argmap.grading import assessor_shown
from tui.commands.action import Action
from tui.selection import claim_in_view

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from tui.screens.workbench import WorkbenchScreen


async def _rate(bench: WorkbenchScreen) -> None:
    from tui.grades import rubric_at_work
    from tui.screens.rating import RatingScreen

    rubric = rubric_at_work(bench.map, bench.app.rubric)
    await bench.app.push_screen(RatingScreen(bench, rubric, claim_at_hand(bench)))


def claim_at_hand(bench: WorkbenchScreen) -> str:
    """Return the id of the claim that is selected or served, else of the first one."""
    target = claim_in_view(bench)
    return (target or next(s for s in bench.map.ordered_statements if s.kind == "claim")).id


def needs_claims(bench: WorkbenchScreen) -> str:
    """Return why nothing can be rated; empty where something can."""
    if not any(s.kind == "claim" for s in bench.map.statements.values()):
        return "mark a claim first; there is nothing to rate"
    return ""


async def _heat(bench: WorkbenchScreen) -> None:
    from tui.grades import rubric_at_work
    from tui.screens.heat import HeatScreen

    rubric = rubric_at_work(bench.map, bench.app.rubric)
    own = bench.app.assessor
    groups = await asyncio.to_thread(_by_assessor, bench.map, rubric)
    who = assessor_shown(groups, own) or own
    await bench.app.push_screen(HeatScreen(bench, rubric, who, claim_at_hand(bench)))


def _by_assessor(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, list[Rating]]:
    """Return the ratings of statements under *rubric*, by assessor."""
    groups: dict[str, list[Rating]] = {}
    for rating in argument_map.ratings.values():
        if (rating.rubric, rating.version) == (rubric.id, rubric.version) and rating.statement:
            groups.setdefault(rating.assessor, []).append(rating)
    return groups


async def _sources(bench: WorkbenchScreen) -> None:
    """Show the sources, with the cursor on the innermost one of what is selected."""
    from tui.screens.sources import SourcesScreen

    said = bench.map.attributions_of.get(bench.selected or "", ())
    wanted = next((each.chain[-1] for each in said if each.chain), None)
    await bench.session.settled()
    await bench.app.push_screen(SourcesScreen(bench.session.archive, wanted))


async def _history(bench: WorkbenchScreen) -> None:
    from tui.screens.history import HistoryScreen

    await bench.app.push_screen(HistoryScreen(bench.session))


async def _export(bench: WorkbenchScreen) -> None:
    from tui.screens.export import ExportScreen

    await bench.app.push_screen(ExportScreen(bench.map))


async def _library(bench: WorkbenchScreen) -> None:
    await bench.app.show_library()


RATE: Final = Action(
    "workbench.rate", "rate the claims, and see why each is graded as it is", "R", _rate,
    needs_claims, hint="rate", rank=6, is_pointed=True,
)  # fmt: skip
HEAT: Final = Action(
    "workbench.heat", "see all answers and grades as a heat map", "M", _heat, needs_claims,
    is_pointed=True,
)  # fmt: skip
SOURCES: Final = Action(
    "workbench.sources", "see the sources of all documents, and how reliable they are", "S",
    _sources,
)  # fmt: skip
HISTORY: Final = Action("workbench.history", "show the history", "Y", _history)
EXPORT: Final = Action("workbench.export", "export the map", "X", _export)
LIBRARY: Final = Action("workbench.library", "go to the library", "O,q", _library)

"""Actions of the heat map: move the cursor, answer, and choose the assessor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import visible
from tui.actions.action import Action
from tui.core.places import RatingPlace
from tui.dialogs.prompts import pick
from tui.rating.sheet.actions import answer_actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.rating.answer_views import GridView


def _moves(rows: int, columns: int = 0) -> Callable[[GridView], None]:
    def run(screen: GridView) -> None:
        screen.move(rows, columns)

    return run


def _pages(by: float) -> Callable[[GridView], None]:
    def run(screen: GridView) -> None:
        screen.move(int(screen.page * by))

    return run


def _to_end(by: int) -> Callable[[GridView], None]:
    def run(screen: GridView) -> None:
        screen.move(by * len(screen.round.claims))

    return run


async def _rate(screen: GridView) -> None:
    round_ = screen.round
    await screen.work.host.go(RatingPlace(round_.rubric, round_.claim, round_.criterion))


async def _assessor(screen: GridView) -> None:
    from argmap.analysis.grade_report import assessors_of
    from tui.dialogs.pick import Choice

    own = screen.work.rater.assessor
    others = [who for who in assessors_of(screen.work.map) if who != own]
    choices = [Choice(own, visible(own), "you"), *(Choice(who, visible(who)) for who in others)]
    chosen = await pick(
        screen.work.host, "Whose answers to show", choices, current=screen.round.assessor
    )
    if chosen is not None:
        screen.show_round(screen.round.with_assessor(chosen))


def _leave(screen: GridView) -> None:
    screen.leave()


ACTIONS = (
    *answer_actions("heat"),
    Action("heat.down", "next claim", "j,down", _moves(1)),
    Action("heat.up", "previous claim", "k,up", _moves(-1)),
    Action("heat.right", "next criterion", "l,right", _moves(0, 1)),
    Action("heat.left", "previous criterion", "h,left", _moves(0, -1)),
    Action("heat.page-down", "page down", "pagedown,ctrl+d", _pages(0.8)),
    Action("heat.page-up", "page up", "pageup,ctrl+u", _pages(-0.8)),
    Action("heat.first", "first claim", "g,home", _to_end(-1)),
    Action("heat.last", "last claim", "G,end", _to_end(1)),
    Action("heat.rate", "rate the claim on the rating sheet", "enter", _rate,
           hint="rate", rank=4),
    Action("heat.assessor", "show another assessor's answers, or your own", "a", _assessor,
           hint="assessor", rank=7),
    Action("heat.leave", "back to the map", "escape,q", _leave, hint="back", rank=4),
)  # fmt: skip

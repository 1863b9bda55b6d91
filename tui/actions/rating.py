"""Rating: the answers, and the ways from one question to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from argmap.edit import change_statement
from argmap.refusals import supports_directly
from argmap.text import visible
from store.clock import now
from tui.actions import Action
from tui.asking import pick
from tui.deciding import save, save_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.words import State
    from tui.screens.heat import HeatScreen
    from tui.screens.rating import RatingScreen
    from tui.screens.workbench import WorkbenchScreen


async def _rate(bench: WorkbenchScreen) -> None:
    from tui.grades import rubric_at_work
    from tui.screens.rating import RatingScreen

    rubric = rubric_at_work(bench.map, bench.app.rubric)
    await bench.app.push_screen(RatingScreen(bench, rubric, claim_at_hand(bench)))


def claim_at_hand(bench: WorkbenchScreen) -> str:
    """Return the id of the claim that is selected or served, else of the first one."""
    target = bench.target
    return (target or next(s for s in bench.map.ordered_statements if s.kind == "claim")).id


def needs_claims(bench: WorkbenchScreen) -> str:
    """Return why nothing can be rated; empty where something can."""
    if not any(s.kind == "claim" for s in bench.map.statements.values()):
        return "mark a claim first; there is nothing to rate"
    return ""


Answering: TypeAlias = "RatingScreen | HeatScreen"
"""A screen that takes answers to what its `round` asks."""


def _level(level: int) -> Callable[[Answering], None]:
    def run(screen: Answering) -> None:
        screen.answer(level)

    return run


def _has_level(level: int) -> Callable[[Answering], str]:
    def refused(screen: Answering) -> str:
        asked = screen.round.asked
        has = "" if level <= asked.top else f"{asked.title} has the levels 0 to {asked.top}"
        return _is_others(screen) or has

    return refused


def _is_others(screen: Answering) -> str:
    who = screen.round.assessor
    if who == screen.app.assessor:
        return ""
    return f"these are the answers of {who}; {screen.app.key('heat.assessor')} shows yours"


def _levels(screen: Answering) -> str:
    return f"to {screen.round.asked.top} level"


def _state(state: State) -> Callable[[Answering], None]:
    def run(screen: Answering) -> None:
        screen.answer(state)

    return run


async def _because(screen: Answering) -> None:
    rating = screen.round.ratings_of(screen.round.claim)[screen.round.criterion]
    title = f"why {rating.answer}?".replace("_", " ")
    await save_words(screen.bench, title, rating.because or "", screen.round.reasoning(now()))
    screen.show()
    there = screen.bench.map.ratings.get(rating.id)
    if there is not None and there.answer != rating.answer:
        answer = str(there.answer).replace("_", " ")
        screen.app.say(
            f"somebody else has answered {answer} meanwhile; see that the reason still fits",
            is_bad=True,
        )


def _needs_answer(screen: Answering) -> str:
    answered = screen.round.ratings_of(screen.round.claim)
    needs = "" if screen.round.criterion in answered else "answer first; the reason comes with it"
    return _is_others(screen) or needs


async def _rubric(screen: Answering) -> None:
    from tui.rubrics import choose_rubric

    rubric = await choose_rubric(screen.bench, screen.round.rubric)
    if rubric is not None:
        screen.turn(screen.round.under(rubric))


async def _undo(screen: Answering) -> None:
    logged = await screen.bench.session.undo()
    screen.show()
    screen.app.say(f"undone: {logged.label}")


async def _redo(screen: Answering) -> None:
    logged = await screen.bench.session.redo()
    screen.show()
    screen.app.say(f"done again: {logged.label}")


def answering(context: str) -> tuple[Action, ...]:
    """Return the actions by which the screen with *context* takes answers."""
    return (
        Action(f"{context}.level-0", "level 0", "0", _level(0), _is_others, hint=_levels, rank=1),
        *(Action(f"{context}.level-{n}", f"level {n}", str(n), _level(n), _has_level(n))
          for n in range(1, 7)),
        Action(f"{context}.cannot-judge", "cannot judge: the record gives no basis", "x",
               _state("cannot_judge"), _is_others, hint="cannot judge", rank=2),
        Action(f"{context}.not-applicable", "not applicable: it cannot apply to this claim", "n",
               _state("not_applicable"), _is_others, hint="does not apply", rank=3),
        Action(f"{context}.clear", "take the answer back", "minus", _state("not_rated"),
               _is_others, hint="clear", rank=6),
        Action(f"{context}.because", "say why", "b", _because, _needs_answer),
        Action(f"{context}.rubric", "judge under another rubric", "r", _rubric),
        Action(f"{context}.undo", "undo", "u", _undo),
        Action(f"{context}.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    )  # fmt: skip


def _next(screen: RatingScreen) -> None:
    if not screen.round.go_on():
        screen.app.say("that was the last one")
    screen.show()


def _previous(screen: RatingScreen) -> None:
    if not screen.round.go_back():
        screen.app.say("this is the first one")
    screen.show()


def _claim(by: int) -> Callable[[RatingScreen], None]:
    def run(screen: RatingScreen) -> None:
        screen.round.go_to_claim(by)
        screen.show()

    return run


def _turn(screen: RatingScreen) -> None:
    screen.round.is_across = not screen.round.is_across
    screen.show()


def _guide(screen: RatingScreen) -> None:
    screen.shows_guide = not screen.shows_guide
    screen.show()


async def _item(screen: RatingScreen) -> None:
    """Choose the main item among the evidence, what supports the claim first."""
    from tui.dialogs.pick import Choice

    bench, claim, base = screen.bench, screen.round.statement, screen.bench.map
    evidence = [s for s in bench.map.ordered_statements if s.kind == "evidence"]
    near = {s.id for s in evidence if supports_directly(bench.map, s.id, claim.id)}
    evidence.sort(key=lambda s: s.id not in near)
    choices = [
        Choice(s.id, f"{visible(s.label)} {visible(s.text)}",
               f"{'supports' if s.id in near else 'does not support'} {claim.label}")
        for s in evidence
    ]  # fmt: skip
    if not choices:
        screen.app.say("there is no evidence on the map; with none, directness is 0")
        return
    title = f"which item does the text lean on most for {claim.label}?"
    chosen = await pick(screen.app, title, choices, current=claim.main_item)
    if chosen is not None:
        await save(bench, change_statement(base, claim.id, main_item=chosen))
        screen.show()


def _leave(screen: RatingScreen) -> None:
    screen.leave()


ACTIONS = (
    Action("workbench.rate", "rate the claims, and see why each is graded as it is", "R", _rate,
           needs_claims, hint="rate", rank=3, is_pointed=True),
    *answering("rating"),
    Action("rating.next", "next criterion", "j,down,enter", _next),
    Action("rating.previous", "previous criterion", "k,up", _previous),
    Action("rating.next-claim", "next claim", "tab,right_square_bracket", _claim(1)),
    Action("rating.previous-claim", "previous claim", "shift+tab,left_square_bracket", _claim(-1)),
    Action("rating.item", "choose the main item", "i", _item, hint="main item", rank=4),
    Action("rating.across", "one criterion across all claims, or claim by claim", "m", _turn),
    Action("rating.guide", "how to rate, or back to the sheet", "g", _guide, hint="how to", rank=7),
    Action("rating.leave", "back to the map", "escape,q", _leave, hint="back", rank=5),
)  # fmt: skip

"""Rating: the answers, and the ways from one question to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import change_statement
from argmap.text import visible
from tui.actions import Action
from tui.asking import ask, pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.words import State
    from tui.screens.rating import RatingScreen
    from tui.screens.workbench import WorkbenchScreen


async def _rate(bench: WorkbenchScreen) -> None:
    from tui.grades import rubric_at_work
    from tui.screens.rating import RatingScreen

    rubric = rubric_at_work(bench.map, bench.app.rubric)
    target = bench.target
    claims = [s for s in bench.map.ordered_statements if s.kind == "claim"]
    await bench.app.push_screen(RatingScreen(bench, rubric, (target or claims[0]).id))


def _needs_claims(bench: WorkbenchScreen) -> str:
    if not any(s.kind == "claim" for s in bench.map.statements.values()):
        return "mark a claim first; there is nothing to rate"
    return ""


def _level(level: int) -> Callable[[RatingScreen], None]:
    def run(screen: RatingScreen) -> None:
        screen.answer(level)

    return run


def _has_level(level: int) -> Callable[[RatingScreen], str]:
    def refused(screen: RatingScreen) -> str:
        asked = screen.round.asked
        return "" if level <= asked.top else f"{asked.title} has the levels 0 to {asked.top}"

    return refused


def _levels(screen: RatingScreen) -> str:
    return f"to {screen.round.asked.top} level"


def _state(state: State) -> Callable[[RatingScreen], None]:
    def run(screen: RatingScreen) -> None:
        screen.answer(state)

    return run


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

    bench, claim = screen.bench, screen.round.statement
    near = {
        premise
        for inference in bench.map.inferences_to.get(claim.id, ())
        if inference.stance == "supports"
        for premise in inference.premises
    }
    evidence = [s for s in bench.map.ordered_statements if s.kind == "evidence"]
    evidence.sort(key=lambda s: s.id not in near)
    choices = [
        Choice(s.id, f"{visible(s.label)} {visible(s.text)}",
               f"supports {claim.label}" if s.id in near else "")
        for s in evidence
    ]  # fmt: skip
    if not choices:
        screen.app.say("there is no evidence on the map; with none, directness is 0")
        return
    title = f"which item does the text lean on most for {claim.label}?"
    chosen = await pick(screen.app, title, choices, current=claim.main_item)
    if chosen is not None:
        bench.do(change_statement(bench.map, claim.id, main_item=chosen))
        screen.show()


async def _because(screen: RatingScreen) -> None:
    rating = screen.round.ratings_of(screen.round.claim)[screen.round.criterion]
    words = await ask(screen.app, f"why {rating.answer}?".replace("_", " "), rating.because or "")
    if words is not None:
        screen.because(words)


def _needs_answer(screen: RatingScreen) -> str:
    answered = screen.round.ratings_of(screen.round.claim)
    return "" if screen.round.criterion in answered else "answer first; the reason comes with it"


async def _undo(screen: RatingScreen) -> None:
    logged = await screen.bench.session.undo()
    screen.show()
    screen.app.say(f"undone: {logged.label}")


async def _redo(screen: RatingScreen) -> None:
    logged = await screen.bench.session.redo()
    screen.show()
    screen.app.say(f"done again: {logged.label}")


def _leave(screen: RatingScreen) -> None:
    screen.leave()


ACTIONS = (
    Action("workbench.rate", "rate the claims", "R", _rate, _needs_claims, hint="rate", rank=6,
           is_pointed=True),
    Action("rating.level-0", "level 0", "0", _level(0), hint=_levels, rank=1),
    *(Action(f"rating.level-{n}", f"level {n}", str(n), _level(n), _has_level(n))
      for n in range(1, 7)),
    Action("rating.cannot-judge", "cannot judge: the record gives no basis", "x",
           _state("cannot_judge"), hint="cannot judge", rank=2),
    Action("rating.not-applicable", "not applicable: it cannot apply to this claim", "n",
           _state("not_applicable"), hint="does not apply", rank=3),
    Action("rating.clear", "take the answer back", "minus", _state("not_rated"),
           hint="clear", rank=6),
    Action("rating.next", "next criterion", "j,down,enter", _next),
    Action("rating.previous", "previous criterion", "k,up", _previous),
    Action("rating.next-claim", "next claim", "tab,right_square_bracket", _claim(1)),
    Action("rating.previous-claim", "previous claim", "shift+tab,left_square_bracket", _claim(-1)),
    Action("rating.item", "choose the main item", "i", _item, hint="main item", rank=4),
    Action("rating.because", "say why", "b", _because, _needs_answer),
    Action("rating.across", "one criterion across all claims, or claim by claim", "m", _turn),
    Action("rating.guide", "how to rate, or back to the sheet", "g", _guide, hint="how to", rank=7),
    Action("rating.undo", "undo", "u", _undo),
    Action("rating.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("rating.leave", "back to the map", "escape,q", _leave, hint="back", rank=5),
)  # fmt: skip

"""Actions of the rating sheet: answer, give a reason, and move between questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.edit.verbs import change_statement
from argmap.host.clock import now
from argmap.text.display import visible
from tui.actions.action import Action
from tui.dialogs.conflicts import ask_and_save, save
from tui.dialogs.prompts import pick
from tui.rating.undo import redo, undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.rating import Rating
    from argmap.model.vocabulary import State
    from tui.rating.answer_views import AnswerView, QuestionView


BESIDE_FROM: Final = 120
"""Width of a screen, in cells, from which the text is shown next to the sheet."""

_WIDE: Final = 120
"""Width, in cells, from which the footer names the answer of a reason."""


def _level(level: int) -> Callable[[AnswerView], None]:
    def run(screen: AnswerView) -> None:
        screen.answer(level)

    return run


def _has_level(level: int) -> Callable[[AnswerView], str]:
    def refused(screen: AnswerView) -> str:
        asked = screen.round.asked
        has = "" if level <= asked.top else f"{asked.title} has levels 0 to {asked.top}"
        return _cannot_answer(screen) or has

    return refused


def _is_others(screen: AnswerView) -> str:
    who = screen.round.assessor
    if who == screen.work.rater.assessor:
        return ""
    return f"these are the answers of {who}; {screen.work.host.key('heat.assessor')} shows yours"


def _cannot_answer(screen: AnswerView) -> str:
    """Return why no answer can be given, such as on a closing card; empty if one can."""
    if _is_others(screen):
        return _is_others(screen)
    if not screen.is_asking:
        return (
            f"these are the rules; {screen.work.host.key('rating.guide')} returns to the question"
        )
    if not screen.round.is_closed:
        return ""
    return f"{screen.round.statement.label} is done; {screen.next_step_words}"


def _levels(screen: AnswerView) -> str:
    return f"to {screen.round.asked.top} answer"


def _state(state: State) -> Callable[[AnswerView], None]:
    def run(screen: AnswerView) -> None:
        screen.answer(state)

    return run


async def _because(screen: AnswerView) -> None:
    round_ = screen.round
    assert round_.reason_target is not None  # noqa: S101  (the action has looked)
    claim, criterion = round_.reason_target
    rating = round_.ratings_of(claim)[criterion]
    label, title = round_.map.statements[claim].label, round_.rubric.criteria[criterion].title
    asked = f"{label}, {title}: why {_in_words(rating)}?"
    await ask_and_save(screen.work, asked, rating.because or "", round_.reason_setter(now()))
    screen.show()
    saved = screen.work.map.ratings.get(rating.id)
    if saved is not None and saved.answer != rating.answer:
        screen.work.host.say(
            f"another user or process changed the answer to {_in_words(saved)};"
            " check that the reason still fits",
            is_bad=True,
        )


def _in_words(rating: Rating) -> str:
    return str(rating.answer).replace("_", " ")


def _why(screen: AnswerView) -> str:
    """Return the footer words for a reason, with the answer that it belongs to."""
    round_ = screen.round
    if round_.reason_target is None:
        return "reason"
    claim, criterion = round_.reason_target
    words = _in_words(round_.ratings_of(claim)[criterion])
    if screen.size.width < _WIDE:
        return f"reason for {words}"
    return f"give a reason for {round_.rubric.criteria[criterion].title}, {words}"


def _needs_answer(screen: AnswerView) -> str:
    if _is_others(screen) or screen.round.reason_target is not None:
        return _is_others(screen)
    if screen.round.is_closed:
        return (
            f"{screen.work.host.key('rating.previous')} goes back to the answer, to give a reason"
        )
    return "answer first, then give the reason"


async def _rubric(screen: AnswerView) -> None:
    from tui.rating.choose_rubric import choose_rubric

    rubric = await choose_rubric(screen.work, screen.round.rubric)
    if rubric is not None:
        screen.show_round(screen.round.with_rubric(rubric))


def answer_actions(context: str) -> tuple[Action, ...]:
    """Return the actions that give answers on the screen with *context*."""
    return (
        Action(f"{context}.level-0", "answer with level 0", "0", _level(0), _cannot_answer,
               hint=_levels, rank=1),
        *(Action(f"{context}.level-{n}", f"answer with level {n}", str(n), _level(n), _has_level(n))
          for n in range(1, 7)),
        Action(f"{context}.cannot-judge", "cannot judge: the text gives no basis", "x",
               _state("cannot_judge"), _cannot_answer, hint="cannot judge", rank=2),
        Action(f"{context}.not-applicable", "does not apply to this claim", "n",
               _state("not_applicable"), _cannot_answer, hint="does not apply", rank=3),
        Action(f"{context}.clear", "clear the answer", "minus", _state("not_rated"),
               _cannot_answer, hint="clear", rank=8),
        Action(f"{context}.because", "give a reason for the answer", "b", _because,
               _needs_answer, hint=_why, rank=5),
        Action(f"{context}.rubric", "choose another rubric", "r", _rubric),
        Action(f"{context}.undo", "undo", "u", undo),
        Action(f"{context}.redo", "redo", "U,ctrl+y,ctrl+r", redo),
    )  # fmt: skip


def _next(screen: QuestionView) -> None:
    if screen.shows_rules:
        screen.scroll_rules(1)
        return
    screen.round.go_on()
    screen.show()


def _needs_next(screen: QuestionView) -> str:
    round_ = screen.round
    is_last = round_.is_closed and (round_.is_across or round_.next_open_claim is None)
    if is_last and not screen.shows_rules:
        return f"no other claim is left to rate; {screen.next_step_words}"
    return ""


def _next_words(screen: QuestionView) -> str:
    if screen.shows_rules:
        return "more"
    if not screen.round.is_closed:
        return "next question"
    following = screen.round.next_open_claim
    return f"go to {screen.work.map.statements[following].label}" if following else "next claim"


def _previous(screen: QuestionView) -> None:
    if screen.shows_rules:
        screen.scroll_rules(-1)
        return
    if not screen.round.go_back():
        screen.work.host.say("this is the first question")
    screen.show()


def _claim(by: int) -> Callable[[QuestionView], None]:
    def run(screen: QuestionView) -> None:
        screen.shows_rules = False
        screen.round.go_to_claim(by)
        screen.show()

    return run


def _turn(screen: QuestionView) -> None:
    screen.round.toggle_order()
    is_across = screen.round.is_across
    screen.say_in_heading("one question across all claims" if is_across else "claim by claim")
    screen.show()


def _guide(screen: QuestionView) -> None:
    screen.toggle_rules()


def _pages(by: int) -> Callable[[QuestionView], None]:
    def run(screen: QuestionView) -> None:
        if screen.shows_rules:
            screen.scroll_rules(by)
        else:
            screen.scroll_text(by)

    return run


def _shows_no_text(screen: QuestionView) -> str:
    if screen.shows_rules or screen.size.width >= BESIDE_FROM:
        return ""
    return f"the text needs {BESIDE_FROM} columns; this screen has {screen.size.width}"


async def _item(screen: QuestionView) -> None:
    """Ask for the main item among the evidence that supports the claim."""
    from tui.dialogs.pick import Choice
    from tui.rating.round import find_direct_evidence

    work, claim, base = screen.work, screen.round.statement, screen.work.map
    choices = [
        Choice(s.id, f"{visible(s.label)} {visible(s.text)}")
        for s in find_direct_evidence(base, claim)
    ]
    if not choices:
        screen.work.host.say(
            f"no evidence supports {claim.label} directly; link evidence to it on the map first"
            " (without any, directness is 0)"
        )
        return
    title = f"Which evidence does the text rely on most for {claim.label}?"
    chosen = await pick(screen.work.host, title, choices, current=claim.main_item)
    if chosen is not None:
        await save(work, change_statement(base, claim.id, main_item=chosen))
        screen.show()


def _back_words(screen: QuestionView) -> str:
    return "back to the question" if screen.shows_rules else "back"


def _leave(screen: QuestionView) -> None:
    screen.leave()


ACTIONS = (
    *answer_actions("rating"),
    Action("rating.next", "next question, or next claim after a grade", "enter,j,down", _next,
           _needs_next, hint=_next_words, rank=7),
    Action("rating.previous", "previous question", "k,up", _previous),
    Action("rating.next-claim", "next claim", "right_square_bracket,tab,right,l", _claim(1)),
    Action("rating.previous-claim", "previous claim", "left_square_bracket,shift+tab,left,h",
           _claim(-1)),
    Action("rating.text-down", "scroll the text down", "pagedown,ctrl+d", _pages(1),
           _shows_no_text),
    Action("rating.text-up", "scroll the text up", "pageup,ctrl+u", _pages(-1), _shows_no_text),
    Action("rating.item", "choose the main item", "i", _item, hint="main item", rank=6),
    Action("rating.across", "rate claim by claim, or one question across all claims", "m", _turn),
    Action("rating.guide", "show or hide the rules of the rubric", "g", _guide),
    Action("rating.leave", "back to the map", "escape,q", _leave, hint=_back_words, rank=4),
)  # fmt: skip

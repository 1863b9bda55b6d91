"""A round of rating through claims and criteria, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from argmap.analysis.grade_report import report_grade
from argmap.edit.verbs import rate
from argmap.errors import EditConflictError, EditError
from argmap.host.clock import now
from argmap.model.map import supports_directly
from argmap.model.rating import Rating
from argmap.records.ids import rating_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.analysis.grade_report import GradeReport
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.rubric import Criterion, Rubric
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import Answer
    from tui.core.workspace import Workspace

_CARD: Final = ""
"""The closing card, in place of a criterion of a claim."""


@define
class Round:
    """One assessor's round through the claims of a map under one rubric.

    It goes through the criteria of a claim, or through the claims for one criterion, which
    lowers halo effects; each criterion then begins with another claim.

    Source: Winke and others on halo and order effects in rated rubrics.
    """

    map: ArgumentMap
    rubric: Rubric
    assessor: str
    claim: str
    """The id of the current claim."""
    criterion: str = ""
    """The id of the current criterion; the rubric's first to begin with."""
    is_across: bool = field(default=False)
    """True if one criterion is asked for all claims before the next criterion."""
    is_closed: bool = field(default=False)
    """True if the grade is shown in place of a question, so that no key can answer."""
    just_answered: tuple[str, str] | None = field(default=None, init=False)
    """The claim and criterion of the last answer, until the assessor moves elsewhere."""
    _listed: tuple[ArgumentMap, list[str]] | None = field(default=None, init=False, repr=False)
    """A cache: the map, and the ids of its claims that can be rated."""

    def __attrs_post_init__(self) -> None:
        self.criterion = self.criterion or self.criteria[0]

    @property
    def claims(self) -> list[str]:
        """The ids of the claims that can be rated, in the order of their labels."""
        if self._listed is None or self._listed[0] is not self.map:
            claims = [s.id for s in self.map.ordered_statements if self.rubric.applies(s)]
            self._listed = self.map, claims
        return self._listed[1]

    @property
    def place(self) -> int:
        """The index of the current claim in `claims`."""
        return self.claims.index(self.claim)

    @property
    def criteria(self) -> list[str]:
        """The ids of the criteria, in the order of the rubric."""
        return list(self.rubric.criteria)

    @property
    def statement(self) -> Statement:
        """The current claim."""
        return self.map.statements[self.claim]

    @property
    def asked(self) -> Criterion:
        """The current criterion."""
        return self.rubric.criteria[self.criterion]

    @property
    def shown_state(self) -> tuple[object, ...]:
        """A value that changes with the question or grade that is shown."""
        shown = self.claim, self.criterion, self.is_closed
        return self.rubric.name, self.assessor, *shown, self.just_answered

    def ratings_of(self, claim: str) -> dict[str, Rating]:
        """Return the assessor's ratings of *claim*, an id, by criterion."""
        key = (self.rubric.id, self.rubric.version, self.assessor)
        return {
            r.criterion: r
            for r in self.map.ratings_of.get(claim, ())
            if (r.rubric, r.version, r.assessor) == key
        }

    @property
    def answers(self) -> dict[str, Answer]:
        """The assessor's answers on the current claim, by criterion."""
        return {name: rating.answer for name, rating in self.ratings_of(self.claim).items()}

    def grade_report(self, claim: str) -> GradeReport:
        """Return the grade that the assessor's answers on *claim*, an id, make."""
        answers = {name: rating.answer for name, rating in self.ratings_of(claim).items()}
        return report_grade(answers, self.map.statements[claim].nature, self.rubric)

    def answer(self, answer: Answer, at: str, because: str | None = None) -> Operation:
        """Return the operation that saves *answer* to the current question.

        Args:
            answer: A level or a state.
            at: The time, with its zone.
            because: The reason; None keeps the earlier reason.

        Raises:
            ModelError: the criterion has no such level.
        """
        old = self.ratings_of(self.claim).get(self.criterion)
        rating = Rating(
            id=rating_id(
                self.claim, self.rubric.id, self.rubric.version, self.criterion, self.assessor
            ),
            rubric=self.rubric.id,
            version=self.rubric.version,
            criterion=self.criterion,
            assessor=self.assessor,
            answer=answer,
            statement=self.claim,
            because=because if because is not None or old is None else old.because,
            at=at,
        )
        return rate(self.map, [rating])

    @property
    def reason_target(self) -> tuple[str, str] | None:
        """The claim and criterion of the answer that a reason is for, or None.

        Right after an answer it is that one, although the next question is shown already.
        """
        if self.just_answered is not None:
            claim, criterion = self.just_answered
        elif self.is_closed:
            return None
        else:
            claim, criterion = self.claim, self.criterion
        is_there = claim in self.map.statements and criterion in self.ratings_of(claim)
        return (claim, criterion) if is_there else None

    def reason_setter(self, at: str) -> Callable[[ArgumentMap, str], Operation]:
        """Return a function that sets the reason of the answer at `reason_target`.

        It takes a map and the reason, and raises `EditError` if the map has no such answer.
        """
        assert self.reason_target is not None  # noqa: S101  (the action has looked)
        asked = (self.rubric, self.assessor, *self.reason_target)

        def change_reason(argument_map: ArgumentMap, words: str) -> Operation:
            target = Round(argument_map, *asked)
            rating = target.ratings_of(target.claim).get(target.criterion)
            if rating is None:
                message = f"there is no answer on {target.criterion} any more; answer first"
                raise EditError(message)
            return rate(argument_map, [evolve(rating, because=words.strip() or None, at=at)])

        return change_reason

    def start_claim(self) -> None:
        """Ask the first open criterion of the claim, or show its grade if none is open."""
        following = self._open_after(-1)
        self.is_closed, self.just_answered = following is None, None
        self.criterion = following or self.criteria[-1]

    def advance(self, answer: Answer) -> None:
        """Go on after an answer: to the claim's next open criterion, or to its grade.

        Across all claims, go to the next claim. After a cleared answer, ask the same again.
        """
        self.just_answered = None
        if answer == "not_rated":
            return
        answered = self.claim, self.criterion
        if self.is_across:
            self.is_closed = not self.go_on() or self.is_closed
        else:
            following = self._open_after(self.criteria.index(self.criterion))
            self.is_closed = following is None
            self.criterion = following or self.criterion
        self.just_answered = answered

    def go_on(self) -> bool:
        """Go to the next question or closing card; return whether there is one.

        From the card of a claim, go to the next claim that has an open criterion.
        """
        if self.is_closed and not self.is_across:
            following = self.next_open_claim
            if following is not None:
                self.claim = following
                self.start_claim()
            return following is not None
        return self._go(1)

    def go_back(self) -> bool:
        """Go to the previous question or closing card; return whether there is one."""
        if self.is_closed and self.criterion not in self.grade_report(self.claim).implied:
            self.go_to(self.claim, self.criterion)
            return True
        return self._go(-1)

    def go_to(self, claim: str, criterion: str) -> None:
        """Ask *criterion* of *claim*, both ids."""
        self.claim, self.criterion = claim, criterion
        self.is_closed, self.just_answered = False, None

    def ask_again(self, rating: Rating) -> None:
        """Go back to the question that *rating* answers, if the round has it."""
        if rating.statement in self.claims and rating.criterion in self.criteria:
            self.go_to(rating.statement, rating.criterion)

    def with_rubric(self, rubric: Rubric) -> Round:
        """Return a round under *rubric*, at the same claim."""
        return Round(self.map, rubric, self.assessor, self.claim, is_across=self.is_across)

    def with_assessor(self, assessor: str) -> Round:
        """Return a round of *assessor*, at the same claim and criterion."""
        return Round(self.map, self.rubric, assessor, self.claim, self.criterion, self.is_across)

    def toggle_order(self) -> None:
        """Switch between one criterion across all claims and claim by claim."""
        self.is_across = not self.is_across
        self.go_to(self.claim, self.criterion)

    def go_to_claim(self, by: int) -> None:
        """Move *by* claims, wrapping round at the end."""
        self.claim = self.claim_after(by)
        if self.is_across:
            self.go_to(self.claim, self.criterion)
        else:
            self.start_claim()

    def claim_after(self, by: int) -> str:
        """Return the id of the claim *by* places away, wrapping round at the end."""
        claims = self.claims
        return claims[(claims.index(self.claim) + by) % len(claims)]

    @property
    def next_open_claim(self) -> str | None:
        """The id of the next claim with an open criterion; None if all are done.

        It wraps round at the end: rating may have begun at any claim, so that earlier ones can
        still be open.
        """
        here = self.place
        others = (*self.claims[here + 1 :], *self.claims[:here])
        return next((claim for claim in others if self._open_criteria_of(claim)), None)

    @property
    def open_criteria(self) -> list[str]:
        """The ids of the claim's criteria that have no answer and are not implied."""
        return self._open_criteria_of(self.claim)

    def _open_criteria_of(self, claim: str) -> list[str]:
        implied = self.grade_report(claim).implied
        answered = {n for n, r in self.ratings_of(claim).items() if r.answer != "not_rated"}
        return [name for name in self.criteria if name not in answered and name not in implied]

    def _open_after(self, number: int) -> str | None:
        """Return the first open criterion after criterion *number*, or None."""
        later = self.criteria[number + 1 :]
        return next((name for name in self.open_criteria if name in later), None)

    def _go(self, by: int) -> bool:
        places = self._places()
        here = places.index((self.claim, _CARD if self.is_closed else self.criterion))
        for claim, criterion in places[here + by :: by] if here + by >= 0 else []:
            if criterion not in self.grade_report(claim).implied:
                self.go_to(claim, criterion or self.criteria[-1])
                self.is_closed = criterion == _CARD
                return True
        return False

    def _places(self) -> list[tuple[str, str]]:
        """Return every claim with every criterion, in the order of the questions.

        Claim by claim, the closing card of each claim follows its criteria; across all claims,
        one card comes at the end.
        """
        claims, criteria = self.claims, self.criteria
        if not self.is_across:
            return [(claim, name) for claim in claims for name in (*criteria, _CARD)]
        places = [
            (claims[(number + first) % len(claims)], criterion)
            for first, criterion in enumerate(criteria)
            for number in range(len(claims))
        ]
        return [*places, (places[-1][0], _CARD)]


def find_direct_evidence(argument_map: ArgumentMap, claim: Statement) -> list[Statement]:
    """Return the evidence that supports *claim* directly."""
    return [
        statement
        for statement in argument_map.ordered_statements
        if statement.kind == "evidence" and supports_directly(argument_map, statement.id, claim.id)
    ]


def save_answer(
    work: Workspace, round_: Round, answer: Answer, report: Callable[[str], None]
) -> bool:
    """Save *answer* to the current question; return whether it was saved.

    If another user has answered since the screen was drawn, *report* is called with their
    answer, and the same key pressed again overwrites it.

    Raises:
        ModelError: the criterion has no such level.
        EditError: the claim was removed.
        EditConflictError: another user has removed the claim.
    """
    operation = round_.answer(answer, now())
    try:
        work.do(operation)
    except EditConflictError as error:
        if not error.yours:
            raise
        report(str(error))
        return False
    finally:
        round_.map = work.map
    return True

"""Going through claims and criteria to rate them: the current question, and the next one."""

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
"""The closing card, where a criterion of a claim is expected."""


@define
class Round:
    """One assessor's way through the claims of a map under one rubric.

    It goes through the criteria of a claim, or through the claims for one criterion, which
    lowers halo effects; each criterion then begins with another claim.

    Source: Winke and others on halo and order effects in rated rubrics.
    """

    map: ArgumentMap
    rubric: Rubric
    assessor: str
    claim: str
    """The id of the claim that is rated."""
    criterion: str = ""
    """The id of the criterion that is asked for; the first one to begin with."""
    is_across: bool = field(default=False)
    """True where one criterion is asked of all claims before the next."""
    is_closed: bool = field(default=False)
    """True where the grade is shown in place of a question, so that no key can answer."""
    just_answered: tuple[str, str] | None = field(default=None, init=False)
    """The claim and criterion of the last answer, until the assessor moves elsewhere."""
    _listed: tuple[ArgumentMap, list[str]] | None = field(default=None, init=False, repr=False)
    """The claims that can be rated, and of which map they are."""

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
        """The number of the claim among those that can be rated, from 0."""
        return self.claims.index(self.claim)

    @property
    def criteria(self) -> list[str]:
        """The ids of the criteria, in the order of the rubric."""
        return list(self.rubric.criteria)

    @property
    def statement(self) -> Statement:
        """The claim that is rated."""
        return self.map.statements[self.claim]

    @property
    def asked(self) -> Criterion:
        """The criterion that is asked for."""
        return self.rubric.criteria[self.criterion]

    @property
    def shown_state(self) -> tuple[object, ...]:
        """What is shown now: the rubric, the claim, and its question or its grade."""
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
        """The assessor's answers on the claim that is rated, by criterion."""
        return {name: rating.answer for name, rating in self.ratings_of(self.claim).items()}

    def grade_report(self, claim: str) -> GradeReport:
        """Return the grade that the assessor's answers on *claim*, an id, make."""
        answers = {name: rating.answer for name, rating in self.ratings_of(claim).items()}
        return report_grade(answers, self.map.statements[claim].nature, self.rubric)

    def answer(self, answer: Answer, at: str, because: str | None = None) -> Operation:
        """Return the operation that gives *answer* to what is asked.

        Args:
            answer: A level or a state.
            at: The time, with its zone.
            because: The reason; None keeps the one that was given before.

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
        """The claim and criterion whose answer a reason would be for; None where there is none.

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
        """Return a function that sets the reason for the answer at `reason_target` on a map.

        It raises `EditError` where there is no answer on the map any more.
        """
        assert self.reason_target is not None  # noqa: S101  (the action has looked)
        asked = (self.rubric, self.assessor, *self.reason_target)

        def change_reason(argument_map: ArgumentMap, words: str) -> Operation:
            there = Round(argument_map, *asked)
            rating = there.ratings_of(there.claim).get(there.criterion)
            if rating is None:
                message = f"there is no answer on {there.criterion} any more; answer first"
                raise EditError(message)
            return rate(argument_map, [evolve(rating, because=words.strip() or None, at=at)])

        return change_reason

    def start_claim(self) -> None:
        """Ask what is open of the claim, or show its grade where nothing is."""
        following = self._open_after(-1)
        self.is_closed, self.just_answered = following is None, None
        self.criterion = following or self.criteria[-1]

    def advance(self, answer: Answer) -> None:
        """Go on from what was just answered: to the next open criterion of the claim, else close.

        Across all claims, go to the next claim. An answer that is taken back is asked again.
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
        """Go to the next question or closing card; tell whether there was one.

        From the card of a claim, go to what is open of the next one that is not done.
        """
        if self.is_closed and not self.is_across:
            following = self.next_open_claim
            if following is not None:
                self.claim = following
                self.start_claim()
            return following is not None
        return self._go(1)

    def go_back(self) -> bool:
        """Go to the previous question or closing card; tell whether there was one."""
        if self.is_closed and self.criterion not in self.grade_report(self.claim).implied:
            self.go_to(self.claim, self.criterion)
            return True
        return self._go(-1)

    def go_to(self, claim: str, criterion: str) -> None:
        """Ask *criterion* of *claim*, both ids."""
        self.claim, self.criterion = claim, criterion
        self.is_closed, self.just_answered = False, None

    def ask_again(self, rating: Rating) -> None:
        """Go back to what *rating* answers."""
        if rating.statement in self.claims and rating.criterion in self.criteria:
            self.go_to(rating.statement, rating.criterion)

    def with_rubric(self, rubric: Rubric) -> Round:
        """Return the way under *rubric*, at the same claim."""
        return Round(self.map, rubric, self.assessor, self.claim, is_across=self.is_across)

    def with_assessor(self, assessor: str) -> Round:
        """Return the way of *assessor*, at the same claim and criterion."""
        return Round(self.map, self.rubric, assessor, self.claim, self.criterion, self.is_across)

    def toggle_order(self) -> None:
        """Ask one criterion of all claims from now on, or claim by claim again."""
        self.is_across = not self.is_across
        self.go_to(self.claim, self.criterion)

    def go_to_claim(self, by: int) -> None:
        """Go *by* claims on, or back, round the end."""
        self.claim = self.claim_after(by)
        if self.is_across:
            self.go_to(self.claim, self.criterion)
        else:
            self.start_claim()

    def claim_after(self, by: int) -> str:
        """Return the id of the claim *by* claims on, or back, round the end."""
        claims = self.claims
        return claims[(claims.index(self.claim) + by) % len(claims)]

    @property
    def next_open_claim(self) -> str | None:
        """The id of the next claim with an open criterion, round the end; None where all are done.

        Rating may have begun at any claim, so that those before it can still be open.
        """
        here = self.place
        others = (*self.claims[here + 1 :], *self.claims[:here])
        return next((claim for claim in others if self._open_criteria_of(claim)), None)

    @property
    def open_criteria(self) -> list[str]:
        """The ids of the criteria of the claim that have no answer and are not implied."""
        return self._open_criteria_of(self.claim)

    def _open_criteria_of(self, claim: str) -> list[str]:
        implied = self.grade_report(claim).implied
        answered = {n for n, r in self.ratings_of(claim).items() if r.answer != "not_rated"}
        return [name for name in self.criteria if name not in answered and name not in implied]

    def _open_after(self, number: int) -> str | None:
        """Return the first open criterion after criterion *number*; None where there is none."""
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
        """Return every claim with every criterion, in the order in which they are asked.

        Claim by claim, the closing card of each claim comes after its criteria; across all
        claims, one card comes at the end.
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
    """Return the evidence that supports *claim* itself: what its main item can be."""
    return [
        statement
        for statement in argument_map.ordered_statements
        if statement.kind == "evidence" and supports_directly(argument_map, statement.id, claim.id)
    ]


def save_answer(
    work: Workspace, round_: Round, answer: Answer, tell: Callable[[str], None]
) -> bool:
    """Give *answer* to what *round_* asks; tell whether it was given.

    Where somebody else has answered since the screen was drawn, *tell* is called with what they
    answered, and the same key once more answers over it.

    Raises:
        ModelError: the criterion has no such level.
        EditError: the claim is not there any more.
        EditConflictError: somebody else has removed the claim.
    """
    operation = round_.answer(answer, now())
    try:
        work.do(operation)
    except EditConflictError as error:
        if not error.yours:
            raise
        tell(str(error))
        return False
    finally:
        round_.map = work.map
    return True

"""Going through claims and criteria to rate them: where one is, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, evolve, field

from argmap.claim_grades import judged
from argmap.edit import rate
from argmap.errors import EditConflictError, EditError
from argmap.model.rating import Rating
from argmap.records.identity import rating_id
from store.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.claim_grades import Judged
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.rubric import Criterion, Rubric
    from argmap.model.statement import Statement
    from argmap.model.words import Answer
    from tui.bars import Heading
    from tui.screens.workbench import WorkbenchScreen


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

    def judged(self, claim: str) -> Judged:
        """Return what the assessor's answers on *claim*, an id, come to."""
        answers = {name: rating.answer for name, rating in self.ratings_of(claim).items()}
        return judged(answers, self.map.statements[claim].nature, self.rubric)

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

    def reasoning(self, at: str) -> Callable[[ArgumentMap, str], Operation]:
        """Return what gives the reason for the answer to what is asked now, on a map.

        It raises `EditError` where there is no answer on the map any more.
        """
        asked = (self.rubric, self.assessor, self.claim, self.criterion)

        def reasoned(argument_map: ArgumentMap, words: str) -> Operation:
            there = Round(argument_map, *asked)
            rating = there.ratings_of(there.claim).get(there.criterion)
            if rating is None:
                message = f"there is no answer on {there.criterion} any more; answer first"
                raise EditError(message)
            return rate(argument_map, [evolve(rating, because=words.strip() or None, at=at)])

        return reasoned

    def go_on(self) -> bool:
        """Go to what is to be answered next; tell whether there was anything."""
        return self._go(1)

    def go_back(self) -> bool:
        """Go to what is answered before."""
        return self._go(-1)

    def ask_again(self, rating: Rating) -> None:
        """Go back to what *rating* answers."""
        if rating.statement in self.claims and rating.criterion in self.criteria:
            self.claim, self.criterion = rating.statement, rating.criterion

    def under(self, rubric: Rubric) -> Round:
        """Return the way under *rubric*, at the same claim."""
        return Round(self.map, rubric, self.assessor, self.claim, is_across=self.is_across)

    def by(self, assessor: str) -> Round:
        """Return the way of *assessor*, at the same claim and criterion."""
        return Round(self.map, self.rubric, assessor, self.claim, self.criterion, self.is_across)

    def go_to_claim(self, by: int) -> None:
        """Go *by* claims on, or back, round the end."""
        claims = self.claims
        self.claim = claims[(claims.index(self.claim) + by) % len(claims)]
        if not self.is_across:
            self.criterion = self._first_open()

    def _first_open(self) -> str:
        """Return the first criterion of the claim that is neither answered nor implied."""
        answered, implied = self.ratings_of(self.claim), self.judged(self.claim).implied
        is_open = (name for name in self.criteria if name not in answered and name not in implied)
        return next(is_open, self.criteria[0])

    def _go(self, by: int) -> bool:
        places = self._places()
        here = places.index((self.claim, self.criterion))
        for claim, criterion in places[here + by :: by] if here + by >= 0 else []:
            if criterion not in self.judged(claim).implied:
                self.claim, self.criterion = claim, criterion
                return True
        return False

    def _places(self) -> list[tuple[str, str]]:
        """Return every claim with every criterion, in the order in which they are asked."""
        claims, criteria = self.claims, self.criteria
        if not self.is_across:
            return [(claim, criterion) for claim in claims for criterion in criteria]
        return [
            (claims[(number + first) % len(claims)], criterion)
            for first, criterion in enumerate(criteria)
            for number in range(len(claims))
        ]


def answered(bench: WorkbenchScreen, round_: Round, answer: Answer, heading: Heading) -> bool:
    """Give *answer* to what *round_* asks; tell whether it was given.

    Where somebody else has answered since the screen was drawn, *heading* says what, and the
    same key once more answers over it.

    Raises:
        ModelError: the criterion has no such level.
        EditError: the claim is not there any more.
        EditConflictError: somebody else has removed the claim.
    """
    operation = round_.answer(answer, now())
    try:
        bench.do(operation)
    except EditConflictError as error:
        if not error.yours:
            raise
        heading.say(str(error))
        return False
    finally:
        round_.map = bench.map
    return True

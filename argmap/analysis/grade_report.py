"""Grade reports: the grade of each claim by each assessor, with the reasons for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .grading import grade_of_answers, implications, weights_of
from .sensitivity import Sensitivity, describe_lift, find_lift, sensitivity, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Implication, Rubric
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import Answer, Nature

    from .grading import Grade


@frozen
class GradeReport:
    """A grade with the rules, sensitivity and advice behind it."""

    grade: Grade
    implied: Mapping[str, Implication]
    """The criteria that are implied not to apply, each with the rule that implies it."""
    sensitivity: Sensitivity
    lift: str | None
    """The step that would raise the grade, as a sentence; None if no step can."""


@frozen
class ClaimGrade:
    """One claim as one assessor has rated it."""

    claim: Statement
    assessor: str | None
    """None if the document has no ratings."""
    ratings: Mapping[str, Rating]
    """The ratings by criterion, including those that a rule overrides."""
    report: GradeReport


def claim_grades(
    argument_map: ArgumentMap, rubric: Rubric, assessor: str | None = None
) -> list[ClaimGrade]:
    """Return one grade for each claim and each assessor who rated anything in the document.

    Args:
        argument_map: The map whose claims are graded.
        rubric: Only ratings under it, in its version, count.
        assessor: The only assessor whose grades are wanted; None for all.

    Returns:
        In the order of labels, then of assessors. Without any rating, one grade for each claim
        with the assessor None.
    """
    everyone = assessors_of(argument_map)
    wanted: list[str | None] = [who for who in everyone if assessor in (None, who)]
    known: dict[tuple[frozenset[tuple[str, Answer]], Nature | None], GradeReport] = {}
    found = []
    wanted = wanted or [None]
    for claim in argument_map.ordered_statements:
        if claim.kind != "claim":
            continue
        own = _under(rubric, argument_map.ratings_of.get(claim.id, ()))
        for who in wanted:
            ratings = {r.criterion: r for r in own if r.assessor == who}
            answers = {name: rating.answer for name, rating in ratings.items()}
            key = (frozenset(answers.items()), claim.nature)
            if key not in known:
                known[key] = report_grade(answers, claim.nature, rubric)
            found.append(ClaimGrade(claim, who, ratings, known[key]))
    return found


def report_grade(
    answers: Mapping[str, Answer], nature: Nature | None, rubric: Rubric
) -> GradeReport:
    """Return the grade report on *answers*, which are by criterion."""
    now = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    steps = steps_of(answers, nature, rubric)
    lift = find_lift(answers, nature, rubric, steps)
    return GradeReport(
        now,
        implications(answers, nature, rubric),
        sensitivity(answers, nature, rubric, steps),
        None if lift is None else describe_lift(lift, now, rubric),
    )


def assessors_of(argument_map: ArgumentMap) -> list[str]:
    """Return the assessors of the document and its statements under any rubric, by name."""
    ratings = (r for r in argument_map.ratings.values() if r.source is None)
    return sorted({rating.assessor for rating in ratings})


def describe_rule(rule: Implication) -> str:
    """Return the condition of a rule in words, such as `directness is 0`."""
    if rule.criterion is not None:
        return f"{rule.criterion} is {rule.answer}"
    return f"the kind of claim is {' or '.join(rule.nature)}"


def describe_implied(rule: Implication, rubric: Rubric) -> str:
    """Return the condition of a rule with the words of the level that it names."""
    if rule.criterion is None or rule.answer is None:
        return describe_rule(rule)
    criterion = rubric.criteria[rule.criterion]
    return f"{criterion.title} is {rule.answer}, “{criterion.levels[rule.answer]}”"


def _under(rubric: Rubric, ratings: Iterable[Rating]) -> list[Rating]:
    return [r for r in ratings if (r.rubric, r.version) == (rubric.id, rubric.version)]

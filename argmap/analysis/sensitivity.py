"""The sensitivity of a grade to single answers and weights, and the step that raises it.

Source: the method is argmap's own: each answer is changed by one level, and each weight is
multiplied by a half and by one and a half. Nothing is random, so the same answers always have
the same result.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from .grading import (
    effective_levels,
    exact,
    grade_of_answers,
    implications,
    limiting_block,
    weights_of,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from argmap.model.rubric import Block, Criterion, Rubric
    from argmap.model.vocabulary import Answer, Nature

    from .grading import BlockGrade, Grade

Way = Literal["step", "open", "cap", "near", "rate"]
FACTORS: Final = (Fraction(1, 2), Fraction(3, 2))
"""The factors that each weight is multiplied by."""


@frozen
class Flip:
    """A change of one answer or one weight that changes the grade."""

    criterion: str
    change: int | Fraction
    """A step of one level, -1 or 1, or the factor by which a weight is multiplied."""
    after: Grade


@frozen
class Sensitivity:
    """The steps and weights that would change a grade, and its distance from the nearest cut."""

    steps: tuple[Flip, ...]
    """Steps that change the grade, in the order of the rubric, down before up."""
    weights: tuple[Flip, ...]
    """Weights that change the grade, in the order of the rubric, the smaller factor first."""
    margin: Fraction | None
    """Distance from the score of the limiting block to the nearest cut, 0 to 100.

    None if there is no such score. The lowest cut is 0, which no score can fall below,
    and does not count.
    """

    @property
    def is_fragile(self) -> bool:
        """True if a single step of one answer changes the grade."""
        return bool(self.steps)


@frozen
class Lift:
    """The change that would raise a grade: one criterion, at one level."""

    way: Way
    """How it raises the grade.

    `step` raises it; `open` widens its range; `cap` and `near` are the first of several steps,
    against a cap or towards the next cut; `rate` is a first answer.
    """
    criterion: Criterion
    level: int
    block: Block
    after: Grade
    """The grade after the change."""


def sensitivity(
    answers: Mapping[str, Answer],
    nature: Nature | None,
    rubric: Rubric,
    steps: Sequence[Flip] | None = None,
) -> Sensitivity:
    """Return the sensitivity of the grade of *answers*, by criterion.

    *steps* is the result of `steps_of` for them, if it is known already.
    """
    weights = weights_of(rubric)
    now = grade_of_answers(answers, nature, rubric, weights)
    word = now.format(rubric)
    heavier = (
        Flip(name, by, grade_of_answers(answers, nature, rubric, weights | {name: weight * by}))
        for name, weight in weights.items()
        for by in FACTORS
    )
    return Sensitivity(
        flips_among(steps_of(answers, nature, rubric) if steps is None else steps, now, rubric),
        tuple(flip for flip in heavier if flip.after.format(rubric) != word),
        _margin(_deciding(now, rubric), rubric),
    )


def steps_of(
    answers: Mapping[str, Answer], nature: Nature | None, rubric: Rubric
) -> tuple[Flip, ...]:
    """Return the grade after each possible step of one level of one answer that counts.

    Criteria that a step makes applicable again are open: their old answers were given for a
    claim to which they did not apply.

    Returns:
        In the order of the rubric, down before up.
    """
    weights, implied = weights_of(rubric), implications(answers, nature, rubric).keys()
    found = []
    known: dict[Hashable, BlockGrade] = {}
    for name, level in effective_levels(answers, nature, rubric).items():
        for step in (-1, 1):
            if 0 <= level + step <= rubric.criteria[name].top:
                stepped = {**answers, name: level + step}
                freed = implied - implications(stepped, nature, rubric).keys()
                kept = {key: answer for key, answer in stepped.items() if key not in freed}
                after = grade_of_answers(kept, nature, rubric, weights, known)
                found.append(Flip(name, step, after))
    return tuple(found)


def flips_among(steps: Sequence[Flip], now: Grade, rubric: Rubric) -> tuple[Flip, ...]:
    """Return the *steps* that change the grade *now*; empty if the grade is robust."""
    word = now.format(rubric)
    return tuple(flip for flip in steps if flip.after.format(rubric) != word)


def find_lift(
    answers: Mapping[str, Answer],
    nature: Nature | None,
    rubric: Rubric,
    steps: Sequence[Flip] | None = None,
) -> Lift | None:
    """Return the change that would raise the grade of *answers*, by criterion.

    Args:
        answers: By criterion.
        nature: The nature of the claim.
        rubric: The rubric of the answers.
        steps: The result of `steps_of` for them, if it is known already.

    Returns:
        None if the claim is not gradable or has the highest grade.
    """
    now = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    if now.range is None or now.band == len(rubric.bands) - 1:
        return None
    if now.band is None:
        return _first_answer(now, answers, nature, rubric)
    band, top = now.band, now.range[1]
    found = steps_of(answers, nature, rubric) if steps is None else steps
    ups = {step.criterion: step.after for step in found if step.change == 1}
    higher = [name for name, after in ups.items() if after.band is not None and after.band > band]
    opened = [name for name, after in ups.items() if after.band is None and _reach(after) > top]
    if higher:
        return _lift("step", higher[0], answers, ups[higher[0]], rubric)
    if opened:
        return _lift("open", opened[0], answers, ups[opened[0]], rubric)
    nearest = _first_of_several(now, answers, ups, rubric)
    return nearest or _first_answer(now, answers, nature, rubric)


def describe_lift(lift: Lift, now: Grade, rubric: Rubric) -> str:
    """Return *lift* in one sentence, with the words of its level."""
    title, level = lift.criterion.title, lift.level
    words = f"“{lift.criterion.levels[level]}”"
    if lift.way == "step":
        return f"{title} at {level} would raise the grade to {lift.after.format(rubric)}: {words}"
    if lift.way == "open":
        return f"{title} at {level} would allow a higher grade once more is rated: {words}"
    if lift.way == "rate":
        return f"Rate {title} next, which weighs most; its best level is {level}: {words}"
    several = f"No single step raises the grade; {title} at {level}"
    before, after = now.blocks[lift.block.id], lift.after.blocks[lift.block.id]
    if lift.way == "cap":
        return f"{several} would loosen the cap on {lift.block.title}: {words}"
    if before.score is None or after.score is None:
        return f"{several} is the first step: {words}"
    next_ = 1 + (before.band or 0)
    goal = (
        f" ({rubric.bands[next_]}: {rubric.cuts[next_ - 1]:g})" if next_ < len(rubric.bands) else ""
    )
    scores = f"{float(before.score):.2f} to {float(after.score):.2f}{goal}"
    return f"{several} would raise {lift.block.title} from {scores}: {words}"


def _reach(found: Grade) -> int:
    return -1 if found.range is None else found.range[1]


def _deciding(now: Grade, rubric: Rubric) -> BlockGrade:
    limiting = limiting_block(now, rubric)
    return now.blocks[limiting.id if limiting else rubric.combination.base]


def _margin(block: BlockGrade, rubric: Rubric) -> Fraction | None:
    score, cuts = block.score, [exact(cut) for cut in rubric.cuts[1:]]
    if score is None or not cuts:
        return None
    return min(abs(score - cut) for cut in cuts)


def _first_answer(
    now: Grade, answers: Mapping[str, Answer], nature: Nature | None, rubric: Rubric
) -> Lift | None:
    """Return a first answer to the heaviest open criterion; unassessed blocks take precedence."""
    implied = implications(answers, nature, rubric)
    combined = {rubric.combination.base, *(limit.block for limit in rubric.combination.limits)}
    is_open = {
        c.id: (now.blocks[block.id].state == "not_assessed", c.weight)
        for block in rubric.blocks
        if block.id in combined
        for c in block.criteria
        if c.id not in implied and answers.get(c.id, "not_rated") in ("not_rated", "cannot_judge")
    }
    if not is_open:
        return None
    name = max(is_open, key=lambda criterion: is_open[criterion])
    asked = {**answers, name: rubric.criteria[name].top - 1}
    best = {**answers, name: rubric.criteria[name].top}
    after = grade_of_answers(best, nature, rubric, weights_of(rubric))
    return _lift("rate", name, asked, after, rubric)


def _first_of_several(
    now: Grade, answers: Mapping[str, Answer], ups: Mapping[str, Grade], rubric: Rubric
) -> Lift | None:
    """Return the most effective step in the block that limits the grade, if there is one."""
    deciding = _deciding(now, rubric)
    block = next(block for block in rubric.blocks if now.blocks[block.id] is deciding)
    for cap in sorted(deciding.caps, key=lambda cap: rubric.bands.index(cap.band)):
        if cap.criterion in ups:
            return _lift("cap", cap.criterion, answers, ups[cap.criterion], rubric)
    steps = {c.id: c.weight / c.top for c in block.criteria if c.id in ups}
    if not steps:
        return None
    name = max(steps, key=lambda criterion: steps[criterion])
    return _lift("near", name, answers, ups[name], rubric)


def _lift(way: Way, name: str, answers: Mapping[str, Answer], after: Grade, rubric: Rubric) -> Lift:
    """Return the lift that raises one answer by one level."""
    level, criterion = answers[name], rubric.criteria[name]
    assert isinstance(level, int)  # noqa: S101  (only levels are lifted)
    block = next(block for block in rubric.blocks if criterion in block.criteria)
    return Lift(way, criterion, level + 1, block, after)

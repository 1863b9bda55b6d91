"""How far a grade hangs on single answers and weights, and what would lift it.

Source: every step of one level and every weight by a half and by one and a half;
nothing is drawn at random, so that the same answers tell the same.
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
"""What each weight is multiplied by."""


@frozen
class Flip:
    """A change of one answer or one weight that changes the grade."""

    criterion: str
    change: int | Fraction
    """A step of one level, -1 or 1, or the factor of a weight."""
    after: Grade


@frozen
class Sensitivity:
    """What a grade hangs on."""

    steps: tuple[Flip, ...]
    """In the order of the rubric, down before up."""
    weights: tuple[Flip, ...]
    """In the order of the rubric, the smaller weight first."""
    margin: Fraction | None
    """From the score of the block that limits the grade to the nearest cut, 0 to 100.

    None where there is no such score. The lowest cut is 0, which no score can fall below,
    and does not count.
    """

    @property
    def is_fragile(self) -> bool:
        """True where one step of one answer changes the grade."""
        return bool(self.steps)


@frozen
class Lift:
    """What would lift a grade: one criterion, at one level."""

    way: Way
    """A step that lifts the grade; one that opens it to more answers; the first of several
    steps, where a cap holds the grade or where its score does; or a first answer.
    """
    criterion: Criterion
    level: int
    block: Block
    after: Grade
    """What the grade would be then."""


def sensitivity(
    answers: Mapping[str, Answer],
    nature: Nature | None,
    rubric: Rubric,
    steps: Sequence[Flip] | None = None,
) -> Sensitivity:
    """Return what the grade of *answers*, by criterion, hangs on.

    *steps* is what `steps_of` returns for them, where that is known already.
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

    What was implied, and is so no longer, is open: nobody answered it for such a claim.

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
    """Return those *steps* that change the grade *now*; none where it is robust."""
    word = now.format(rubric)
    return tuple(flip for flip in steps if flip.after.format(rubric) != word)


def lift_of(
    answers: Mapping[str, Answer],
    nature: Nature | None,
    rubric: Rubric,
    steps: Sequence[Flip] | None = None,
) -> Lift | None:
    """Return what would lift the grade of *answers*, by criterion.

    Args:
        answers: By criterion.
        nature: What the claim is.
        rubric: What the answers are under.
        steps: What `steps_of` returns for them, where that is known already.

    Returns:
        None where the claim is not gradable or the grade is the highest.
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
    """Return *lift* in one sentence, with the words of the level that it asks for."""
    title, level = lift.criterion.title, lift.level
    words = f"“{lift.criterion.levels[level]}”"
    if lift.way == "step":
        return f"{title} at {level} would make it {lift.after.format(rubric)}: {words}"
    if lift.way == "open":
        return f"{title} at {level} would let it rise once more is rated: {words}"
    if lift.way == "rate":
        return f"{title} is the weightiest open answer; at best, {level}: {words}"
    several = f"No single step lifts it; {title} at {level}"
    before, after = now.blocks[lift.block.id], lift.after.blocks[lift.block.id]
    if lift.way == "cap":
        return f"{several} would loosen what caps {lift.block.title}: {words}"
    if before.score is None or after.score is None:
        return f"{several} comes first: {words}"
    next_ = 1 + (before.band or 0)
    goal = (
        f" ({rubric.bands[next_]}: {rubric.cuts[next_ - 1]:g})" if next_ < len(rubric.bands) else ""
    )
    scores = f"{float(before.score):.2f} to {float(after.score):.2f}{goal}"
    return f"{several} takes {lift.block.title} from {scores}: {words}"


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
    """Return the weightiest criterion that is open, in the blocks that lack answers first."""
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
    """Return the step that does most for the block that limits the grade, if it has one."""
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
    """Return a lift by one level above that of *answers*."""
    level, criterion = answers[name], rubric.criteria[name]
    assert isinstance(level, int)  # noqa: S101  (only levels are lifted)
    block = next(block for block in rubric.blocks if criterion in block.criteria)
    return Lift(way, criterion, level + 1, block, after)

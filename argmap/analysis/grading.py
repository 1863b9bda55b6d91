"""Grading: compute a grade from ratings and a rubric. Grades are never stored.

Source: the combination is argmap's own; weakest-link caps follow GRADE's
downgrading, and unknown answers leave an interval instead of a midpoint.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from functools import cache
from math import lcm
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Block, Cap, Implication, Rubric
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import Answer, Nature

Weight = int | Fraction
"""The weight of a criterion. Whole numbers stay integers, which are faster than fractions."""
GradeState = Literal["final", "provisional", "not_assessed", "not_applicable"]
NOT_ASSESSED: Final = "Not assessed"
NOT_GRADABLE: Final = "Not gradable"


class BlockGrade(NamedTuple):
    """The result of one block of a rubric. Bands are counted from 0, the lowest."""

    state: GradeState
    coverage: Fraction = Fraction(0)
    """Weight of the rated criteria as a share of the applicable ones, 0 to 1."""
    low: Fraction = Fraction(0)
    """The score, 0 to 100, if every open answer were the worst."""
    high: Fraction = Fraction(0)
    band_low: int = 0
    band_high: int = 0
    score: Fraction | None = None
    """The score, 0 to 100; None if too little is rated."""
    band: int | None = None
    caps: tuple[Cap, ...] = ()
    """The caps that lowered the band: the strictest one for each criterion."""


class Grade(NamedTuple):
    """The grade of one claim from one assessor's answers."""

    state: GradeState
    blocks: Mapping[str, BlockGrade]
    band: int | None = None
    """The grade, counted from 0; None if there is none."""
    range: tuple[int, int] | None = None
    """The lowest and highest possible band; None if the claim is not gradable."""
    limited_by: str | None = None
    """The id of the block that limits the grade; for the base block, `Rubric.base_name`."""

    def format(self, rubric: Rubric) -> str:
        """Return the grade as a word of *rubric*, or why there is none."""
        if self.band is not None:
            return rubric.bands[self.band]
        return NOT_GRADABLE if self.state == "not_applicable" else NOT_ASSESSED


def grade(ratings: Iterable[Rating], nature: Nature | None, rubric: Rubric) -> Grade:
    """Return the grade of one claim from one assessor's *ratings*.

    Args:
        ratings: At most one for each criterion; missing ones count as not rated.
        nature: The nature of the claim, which decides which criteria apply.
        rubric: The rubric of the ratings.

    Returns:
        Bands with the interval that the open answers leave.
    """
    answers = {rating.criterion: rating.answer for rating in ratings}
    return grade_of_answers(answers, nature, rubric, weights_of(rubric))


@cache
def exact(number: float) -> Fraction:
    """Return the exact fraction that the decimals of *number* mean."""
    return Fraction(str(number))


def weights_of(rubric: Rubric) -> dict[str, Weight]:
    """Return the exact weight of each criterion."""
    exactly = {name: exact(c.weight) for name, c in rubric.criteria.items()}
    return {name: int(w) if w.denominator == 1 else w for name, w in exactly.items()}


def grade_of_answers(
    answers: Mapping[str, Answer],
    nature: Nature | None,
    rubric: Rubric,
    weights: Mapping[str, Weight],
    known: dict[Hashable, BlockGrade] | None = None,
) -> Grade:
    """Return the grade of a claim from *answers* and *weights*.

    Args:
        answers: By criterion.
        nature: The nature of the claim.
        rubric: The rubric of the answers.
        weights: By criterion.
        known: Block grades from earlier calls with the same rubric and weights; new ones are
            added. Similar sets of answers share most of their blocks.
    """
    implied = frozenset(implications(answers, nature, rubric))
    graded = {} if known is None else known
    blocks = {}
    for block in rubric.blocks:
        key = (block.id, *((answers.get(c.id), c.id in implied) for c in block.criteria))
        if key not in graded:
            graded[key] = _block_grade(block, answers, implied, rubric, weights)
        blocks[block.id] = graded[key]
    base = blocks[rubric.combination.base]
    if base.state == "not_applicable":
        return Grade("not_applicable", blocks)
    limits = [
        (limit.block, blocks[limit.block], limit.raised_by)
        for limit in rubric.combination.limits
        if blocks[limit.block].state != "not_applicable"
    ]
    top = len(rubric.bands) - 1
    low = min([base.band_low, *(min(top, b.band_low + up) for _, b, up in limits)])
    high = min([base.band_high, *(min(top, b.band_high + up) for _, b, up in limits)])
    states = {base.state, *(block.state for _, block, _ in limits)}
    if "not_assessed" in states:
        if low != high:
            return Grade("not_assessed", blocks, range=(low, high))
        is_limited = (base.band_low, base.band_high) != (low, low)
        culprit = next((n for n, b, up in limits if b.band_high + up <= low), None)
        limited = culprit if is_limited and culprit else rubric.base_name
        return Grade("provisional", blocks, low, (low, high), limited)
    band = min([base.band or 0, *(min(top, (b.band or 0) + up) for _, b, up in limits)])
    culprit = next((name for name, b, up in limits if (b.band or 0) + up == band), None)
    limited = culprit if culprit and band < (base.band or 0) else rubric.base_name
    return Grade(
        "final" if states == {"final"} else "provisional", blocks, band, (low, high), limited
    )


def is_gradable(nature: Nature | None, rubric: Rubric) -> bool:
    """Return whether *rubric* can grade a claim of this *nature*."""
    return grade_of_answers({}, nature, rubric, weights_of(rubric)).state != "not_applicable"


def implications(
    answers: Mapping[str, Answer], nature: Nature | None, rubric: Rubric
) -> dict[str, Implication]:
    """Return the criteria that are implied not to apply, each with the first rule that implies it.

    The implied state overrides an answer to the criterion, but the answer is kept.
    """
    found: dict[str, Implication] = {}
    for rule in rubric.implies:
        by_answer = rule.criterion is not None and answers.get(rule.criterion) == rule.answer
        if by_answer or (nature is not None and nature in rule.nature):
            block = (b for b in rubric.blocks if b.id == rule.not_applicable_block)
            for name in (*rule.not_applicable, *(c.id for b in block for c in b.criteria)):
                found.setdefault(name, rule)
    return found


def effective_levels(
    answers: Mapping[str, Answer], nature: Nature | None, rubric: Rubric
) -> dict[str, int]:
    """Return the levels that count, in the order of the rubric: those rated and not overridden."""
    implied = implications(answers, nature, rubric)
    counting = (name for name in rubric.criteria if name not in implied)
    return {name: level for name in counting if isinstance(level := answers.get(name), int)}


def graded_claims(argument_map: ArgumentMap, rubric: Rubric) -> set[str]:
    """Return the ids of claims that have a grade under *rubric* by any assessor."""
    return {
        claim.id
        for claim in argument_map.statements.values()
        for ratings in by_assessor(argument_map, claim, rubric).values()
        if grade(ratings, claim.nature, rubric).band is not None
    }


def by_assessor(
    argument_map: ArgumentMap, claim: Statement, rubric: Rubric
) -> dict[str, list[Rating]]:
    """Return the ratings of *claim* under *rubric*, in its version, by assessor."""
    groups: dict[str, list[Rating]] = {}
    for rating in argument_map.ratings_of.get(claim.id, ()):
        if (rating.rubric, rating.version) == (rubric.id, rubric.version):
            groups.setdefault(rating.assessor, []).append(rating)
    return groups


def assessor_shown(
    groups: Mapping[str, Sequence[Rating]], preferred: str | None = None
) -> str | None:
    """Return the assessor whose grade is shown: *preferred* if they are among *groups*.

    Otherwise the one who answered most criteria, and of several the first by name. None if the
    claim has no ratings.
    """
    if preferred in groups:
        return preferred
    return min(groups, key=lambda name: (-len(groups[name]), name), default=None)


def limiting_block(found: Grade, rubric: Rubric) -> Block | None:
    """Return the block that limits a grade; None for the highest grade or without a grade."""
    if found.limited_by is None or found.band == len(rubric.bands) - 1:
        return None
    named = {block.id: block for block in rubric.blocks}
    limits = {limit.block for limit in rubric.combination.limits}
    return named[found.limited_by if found.limited_by in limits else rubric.combination.base]


def _block_grade(
    block: Block,
    answers: Mapping[str, Answer],
    implied: frozenset[str],
    rubric: Rubric,
    weights: Mapping[str, Weight],
) -> BlockGrade:
    applicable = [
        c for c in block.criteria
        if c.id not in implied and answers.get(c.id) != "not_applicable"
    ]  # fmt: skip
    if not applicable:
        return BlockGrade("not_applicable")
    levels = {c.id: a for c in applicable if isinstance(a := answers.get(c.id), int)}
    # One denominator for all, so that only the results are fractions.
    common = lcm(*(c.top for c in applicable))
    whole = common * sum(weights[c.id] for c in applicable)
    rated = common * sum(weights[name] for name in levels)
    earned = sum(
        weights[c.id] * levels[c.id] * (common // c.top) for c in applicable if c.id in levels
    )
    low, high = Fraction(100 * earned, whole), Fraction(100 * (earned + whole - rated), whole)
    worst = {c.id: levels.get(c.id, 0) for c in applicable}
    best = {c.id: levels.get(c.id, c.top) for c in applicable}
    band_low, _ = _capped(block, worst, low, rubric)
    band_high, best_caps = _capped(block, best, high, rubric)
    coverage = Fraction(rated, whole)
    score = band = None
    caps: tuple[Cap, ...] = ()
    if coverage >= exact(rubric.minimum_coverage):
        score = Fraction(100 * earned, rated)
        band, caps = _capped(block, levels, score, rubric)
    elif band_low == band_high:
        band, caps = band_low, best_caps
    state: GradeState = "not_assessed" if band is None else "provisional"
    state = "final" if coverage == 1 else state
    return BlockGrade(state, coverage, low, high, band_low, band_high, score, band, caps)


def _capped(
    block: Block, levels: Mapping[str, int], score: Fraction, rubric: Rubric
) -> tuple[int, tuple[Cap, ...]]:
    """Return the band of *score* after the block's caps, and the caps that lowered it.

    Of several caps on one criterion, only the one with the lowest band is returned and, of those,
    the one for the lowest level: it alone decides.
    """
    band = bisect_right(rubric.cuts, score, key=exact)
    lowest: dict[str, tuple[int, int, Cap]] = {}
    for cap in block.caps:
        if levels.get(cap.criterion, cap.at_most + 1) > cap.at_most:
            continue
        place = rubric.bands.index(cap.band)
        known = lowest.get(cap.criterion)
        if place < band and (known is None or (place, cap.at_most) < known[:2]):
            lowest[cap.criterion] = (place, cap.at_most, cap)
    return min([band, *(found[0] for found in lowest.values())]), tuple(
        found[2] for found in lowest.values()
    )

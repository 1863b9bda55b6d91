"""Agreement between assessors: on levels beyond chance, and on states as plain counts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Answer

FEWEST_UNITS: Final = 10
"""The fewest units whose agreement is meaningful."""

ROUNDS: Final = 1000
"""Bootstrap samples for an interval."""

MOST_DRAWN: Final = 1000
"""The most units that are drawn one by one; above that, the count of each pattern is drawn."""

_SEED: Final = 1
_PAIR: Final = 2

CONSENSUS: Final = "consensus"
"""The assessor name, in any letter case, for the answers that were agreed on after rating."""

Unit = tuple[int, ...]
"""The levels that two or more assessors gave one criterion of one claim, sorted."""

Answers = Mapping[str, "Answer"]
"""The answers to one criterion of one claim, by assessor."""


@frozen
class Agreement:
    """The agreement of assessors on one criterion, or on one block."""

    block: str
    """The id of the block."""
    criterion: str | None
    """The id of the criterion; None for all criteria of the block together."""
    title: str
    """The title of the criterion, or of the block."""
    units: int
    """Number of claims and criteria that two or more assessors rated with a level."""
    same: Fraction | None
    """Share of the pairs of levels that are equal, 0 to 1; None if there are no pairs."""
    alpha: Fraction | None
    """Ordinal alpha, at most 1; None if all levels are equal, because alpha is then undefined."""
    interval: tuple[float, float] | None
    """The 95 % bootstrap interval of alpha; None if no sample has an alpha."""
    states: tuple[int, int]
    """Among the pairs of answers with at least one state, the number of equal ones, and of all."""
    kappa: Fraction | None
    """Quadratic weighted kappa; None unless exactly two assessors gave these criteria a level.

    Also None if both always gave the same level, so that kappa is not defined.
    """

    @property
    def is_few(self) -> bool:
        """True if there are too few units to say much."""
        return self.units < FEWEST_UNITS


def agreements(
    argument_map: ArgumentMap, rubric: Rubric, without: Iterable[str] = ()
) -> list[Agreement]:
    """Return the agreement on each block and criterion that two or more assessors rated.

    Only levels are compared by alpha and kappa; states are not numbers and are counted apart.
    A consensus is derived from the others' answers, so it is left out.

    Args:
        argument_map: The map of one document.
        rubric: Only answers under it, in its version, are compared.
        without: Other assessors to leave out.

    Returns:
        In the order of the rubric, each block before its criteria.

    Source: Krippendorff 2004, chapter 11; the intervals by bootstrap over units.
    """
    answers = _answers(argument_map, rubric, frozenset(without))
    found = []
    for block in rubric.blocks:
        own = [criterion.id for criterion in block.criteria]
        rated = [name for name in own if any(len(each) > 1 for each in answers.get(name, ()))]
        together = [each for name in own for each in answers.get(name, ())]
        if rated:
            found.append(agreement_of(together, block.id, None, block.title))
        for name in rated:
            title = rubric.criteria[name].title
            found.append(agreement_of(answers[name], block.id, name, title))
    return found


def compared_assessors(
    argument_map: ArgumentMap, rubric: Rubric, without: Iterable[str] = ()
) -> list[str]:
    """Return the names of the assessors under *rubric*, sorted, without a consensus."""
    left_out = frozenset(without)
    ratings = argument_map.ratings.values()
    return sorted({r.assessor for r in ratings if _is_compared(r, rubric, left_out)})


def agreement_of(
    answers: Iterable[Answers], block: str = "", criterion: str | None = None, title: str = ""
) -> Agreement:
    """Return the agreement in *answers*, one mapping for each unit.

    A unit that only one assessor answered is not compared. Its assessor still counts as one who
    rated if the answer is a level.
    """
    answers = list(answers)
    levels = [{who: a for who, a in each.items() if isinstance(a, int)} for each in answers]
    compared = [each for each in levels if len(each) > 1]
    patterns = Counter(tuple(sorted(each.values())) for each in compared)
    who_rated = sorted({who for each in levels for who in each})
    return Agreement(
        block,
        criterion,
        title,
        patterns.total(),
        _same(patterns),
        alpha_of(patterns),
        _interval(patterns),
        _states([list(each.values()) for each in answers]),
        _kappa([(each[who_rated[0]], each[who_rated[1]]) for each in compared])
        if len(who_rated) == _PAIR
        else None,
    )


def alpha_of(patterns: Mapping[Unit, int]) -> Fraction | None:
    """Return ordinal alpha of units, given as the number of each pattern of levels.

    None if no unit has a pair or all levels are equal.

    Source: Krippendorff 2004: alpha is 1 - D_o/D_e, with ordinal differences.
    """
    counts: Counter[int] = Counter()
    for unit, times in patterns.items():
        for level in unit:
            counts[level] += times
    total = counts.total()
    distance = _distances(counts)
    observed = sum(
        (
            Fraction(times * sum(distance[a, b] for a in unit for b in unit), len(unit) - 1)
            for unit, times in patterns.items()
        ),
        Fraction(0),
    )
    expected = sum(counts[a] * counts[b] * distance[a, b] for a in counts for b in counts)
    return 1 - (total - 1) * observed / expected if expected else None


def _distances(counts: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """Return four times the ordinal difference between any two levels, as whole numbers."""
    levels = sorted(counts)
    found = {}
    for a in levels:
        for b in levels:
            low, high = min(a, b), max(a, b)
            between = sum(counts[c] for c in levels if low <= c <= high)
            found[a, b] = (2 * between - counts[a] - counts[b]) ** 2 if a != b else 0
    return found


def _kappa(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Return quadratic weighted kappa of the levels that two assessors gave.

    Source: Cohen 1968: 1 - D_o/D_e, where each assessor keeps the shares of their own levels.
    """
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs)
    expected = sum(first[a] * second[b] * (a - b) ** 2 for a in first for b in second)
    return 1 - Fraction(len(pairs) * observed, expected) if expected else None


def _answers(
    argument_map: ArgumentMap, rubric: Rubric, left_out: frozenset[str]
) -> dict[str, list[Answers]]:
    """Return the answers about each target, by criterion."""
    units: dict[tuple[str, str], dict[str, Answer]] = {}
    for target, ratings in argument_map.ratings_of.items():
        for rating in ratings:
            if _is_compared(rating, rubric, left_out):
                units.setdefault((rating.criterion, target), {})[rating.assessor] = rating.answer
    found: dict[str, list[Answers]] = {}
    for (criterion, _), answers in sorted(units.items()):
        found.setdefault(criterion, []).append(answers)
    return found


def _is_compared(rating: Rating, rubric: Rubric, left_out: frozenset[str]) -> bool:
    return (
        (rating.rubric, rating.version) == (rubric.id, rubric.version)
        and rating.answer != "not_rated"
        and rating.assessor not in left_out
        and rating.assessor.strip().casefold() != CONSENSUS
    )


def _same(patterns: Mapping[Unit, int]) -> Fraction | None:
    pairs = sum(n * len(unit) * (len(unit) - 1) for unit, n in patterns.items())
    alike = sum(n * (unit.count(a) - 1) for unit, n in patterns.items() for a in unit)
    return Fraction(alike, pairs) if pairs else None


def _states(answers: Iterable[Sequence[Answer]]) -> tuple[int, int]:
    """Count the equal pairs with a state, and all pairs with one; a state never equals a level."""
    alike = pairs = 0
    for each in answers:
        given = Counter("level" if isinstance(a, int) else a for a in each)
        levels = given.pop("level", 0)
        states = given.total()
        alike += sum(n * (n - 1) // 2 for n in given.values())
        pairs += states * (states - 1) // 2 + states * levels
    return alike, pairs


def _interval(patterns: Counter[Unit]) -> tuple[float, float] | None:
    """Return the bounds of alpha in 95 of 100 samples that have one.

    The seed is fixed, so that the same answers have the same interval.
    """
    # With few units the same samples come up again and again, and alpha is slow to compute.
    draws = Counter(frozenset(each.items()) for each in _drawn(patterns))
    alphas = sorted(
        float(alpha)
        for draw, times in draws.items()
        if (alpha := alpha_of(dict(draw))) is not None
        for _ in range(times)
    )
    if not alphas:
        return None
    edge = len(alphas) // 40
    return alphas[edge], alphas[-1 - edge]


def _drawn(patterns: Counter[Unit]) -> Iterator[Counter[Unit]]:
    """Yield samples of as many units as there are, drawn with a fixed seed."""
    chance = random.Random(_SEED)  # noqa: S311  (no secret)
    units = sorted(patterns)
    weights = [patterns[unit] for unit in units]
    total = sum(weights)
    for _ in range(ROUNDS if len(units) > 1 else len(units)):  # one pattern gives one sample
        if total <= MOST_DRAWN:
            yield Counter(chance.choices(units, weights, k=total))
        else:
            times = (max(0, round(chance.gauss(weight, sqrt(weight)))) for weight in weights)
            yield Counter({unit: n for unit, n in zip(units, times, strict=True) if n})

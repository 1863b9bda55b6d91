"""How far assessors agree: on levels beyond what chance would give, and on states plainly."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.words import Answer

FEWEST_UNITS: Final = 10
"""Units below which agreement says little."""

ROUNDS: Final = 1000
"""Times that the units are drawn anew for an interval."""

MOST_DRAWN: Final = 1000
"""Units up to which each is drawn; of more, how often each pattern comes is drawn."""

_SEED: Final = 1

Unit = tuple[int, ...]
"""The levels that two or more assessors gave one criterion of one claim, sorted."""


@frozen
class Agreement:
    """How far the assessors of some criteria agree."""

    title: str
    """Of the criterion, or of the block whose criteria these are."""
    units: int
    """Criteria of claims that two or more rated with a level."""
    same: Fraction | None
    """The part of the pairs of levels that are equal, 0 to 1; None where there is no pair."""
    alpha: Fraction | None
    """At most 1; None where all levels are equal, so that nothing is left to chance."""
    interval: tuple[float, float] | None
    """Of alpha, 95 in 100; None where there are too few units, or no alpha in most draws."""
    states: tuple[int, int]
    """Pairs of answers of which one is no level: how many are alike, and how many there are."""

    @property
    def is_few(self) -> bool:
        """True where there are too few units to say much."""
        return self.units < FEWEST_UNITS


def agreements(argument_map: ArgumentMap, rubric: Rubric) -> list[Agreement]:
    """Return the agreement on each block and each criterion that two or more rated.

    Only levels are compared by alpha; states are no numbers, and are counted apart.

    Source: Krippendorff 2004, chapter 11; the intervals by drawing units anew.
    """
    answers = _answers(argument_map, rubric)
    found = []
    for block in rubric.blocks:
        own = [criterion.id for criterion in block.criteria]
        rated = [name for name in own if answers.get(name)]
        together = [each for name in rated for each in answers[name]]
        if together:
            found.append(agreement_of(block.title, together))
        if len(rated) > 1:
            found += [agreement_of(rubric.criteria[n].title, answers[n]) for n in rated]
    return found


def agreement_of(title: str, answers: Iterable[Sequence[Answer]]) -> Agreement:
    """Return the agreement in *answers*: for each unit those of two or more assessors."""
    answers = list(answers)
    levels = [sorted(a for a in each if isinstance(a, int)) for each in answers]
    patterns = Counter(tuple(unit) for unit in levels if len(unit) > 1)
    return Agreement(
        title,
        patterns.total(),
        _same(patterns),
        alpha_of(patterns),
        _interval(patterns) if patterns.total() >= FEWEST_UNITS else None,
        _states(answers),
    )


def alpha_of(patterns: Mapping[Unit, int]) -> Fraction | None:
    """Return ordinal alpha of units, given by how often each pattern of levels comes.

    None where nothing is paired or no level differs.

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
    """Return four times the ordinal difference of each two levels: whole numbers throughout."""
    levels = sorted(counts)
    found = {}
    for a in levels:
        for b in levels:
            low, high = min(a, b), max(a, b)
            between = sum(counts[c] for c in levels if low <= c <= high)
            found[a, b] = (2 * between - counts[a] - counts[b]) ** 2 if a != b else 0
    return found


def _answers(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, list[list[Answer]]]:
    """Return for each criterion the answers of each claim that two or more gave."""
    found: dict[str, list[list[Answer]]] = {}
    for claim in argument_map.ordered_statements:
        given: dict[str, list[Answer]] = {}
        for rating in argument_map.ratings_of.get(claim.id, ()):
            is_answer = rating.answer != "not_rated"
            if is_answer and (rating.rubric, rating.version) == (rubric.id, rubric.version):
                given.setdefault(rating.criterion, []).append(rating.answer)
        for name, answers in given.items():
            if len(answers) > 1:
                found.setdefault(name, []).append(answers)
    return found


def _same(patterns: Mapping[Unit, int]) -> Fraction | None:
    pairs = sum(n * len(unit) * (len(unit) - 1) for unit, n in patterns.items())
    alike = sum(n * (unit.count(a) - 1) for unit, n in patterns.items() for a in unit)
    return Fraction(alike, pairs) if pairs else None


def _states(answers: Iterable[Sequence[Answer]]) -> tuple[int, int]:
    """Count pairs in which a state stands; a level beside it is another answer."""
    alike = pairs = 0
    for each in answers:
        given = Counter("level" if isinstance(a, int) else a for a in each)
        levels = given.pop("level", 0)
        states = given.total()
        alike += sum(n * (n - 1) // 2 for n in given.values())
        pairs += states * (states - 1) // 2 + states * levels
    return alike, pairs


def _interval(patterns: Counter[Unit]) -> tuple[float, float] | None:
    """Return between what alpha lies in 95 of 100 draws; the same for the same answers."""
    drawn = (alpha_of(each) for each in _drawn(patterns))
    alphas = sorted(float(alpha) for alpha in drawn if alpha is not None)
    if len(alphas) <= ROUNDS // 2:
        return None
    edge = len(alphas) // 40
    return alphas[edge], alphas[-1 - edge]


def _drawn(patterns: Counter[Unit]) -> Iterator[Counter[Unit]]:
    """Yield as many units as there are, drawn anew each time with a fixed seed."""
    chance = random.Random(_SEED)  # noqa: S311  (no secret)
    units = sorted(patterns)
    weights = [patterns[unit] for unit in units]
    total = sum(weights)
    for _ in range(ROUNDS if len(units) > 1 else 0):
        if total <= MOST_DRAWN:
            yield Counter(chance.choices(units, weights, k=total))
        else:
            times = (max(0, round(chance.gauss(weight, sqrt(weight)))) for weight in weights)
            yield Counter({unit: n for unit, n in zip(units, times, strict=True) if n})

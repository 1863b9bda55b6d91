"""Agreement between assessors: published figures, a count by pairs, and what is no level."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_strategies import RUBRIC, rating, statement, with_all

from argmap.agreement import FEWEST_UNITS, MOST_DRAWN, agreement_of, agreements, alpha_of

KRIPPENDORFF = (
    "12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.",
)  # fmt: skip
"""Four observers of twelve units, from Krippendorff 2011; ordinal alpha is .815."""


def units_of(rows: tuple[str, ...]) -> list[list[int]]:
    columns = zip(*(row.replace(" ", "") for row in rows), strict=True)
    return [[int(level) for level in column if level != "."] for column in columns]


def alpha_by_pairs(units: list[list[int]]) -> float | None:
    """Work out ordinal alpha as the specification puts it, pair by pair."""
    paired = [unit for unit in units if len(unit) > 1]
    n = Counter(level for unit in paired for level in unit)

    def delta(c: int, k: int) -> float:
        low, high = min(c, k), max(c, k)
        return float((sum(n[g] for g in range(low, high + 1)) - (n[c] + n[k]) / 2) ** 2)

    observed = sum(delta(a, b) / (len(u) - 1) for u in paired for a, b in permutations(u, 2))
    every = [level for unit in paired for level in unit]
    expected = sum(delta(a, b) for a, b in permutations(every, 2))
    return 1 - (len(every) - 1) * observed / expected if expected else None


def test_a_published_example_comes_out() -> None:
    found = agreement_of("", units_of(KRIPPENDORFF))
    assert found.alpha is not None
    assert (round(float(found.alpha), 3), found.units) == (0.815, 11)


@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), max_size=8))
def test_alpha_is_what_pair_by_pair_finds(units: list[list[int]]) -> None:
    found, tried = agreement_of("", units).alpha, alpha_by_pairs(units)
    assert (found is None) == (tried is None)
    assert found is None or float(found) == pytest.approx(tried)


def test_levels_that_are_all_equal_leave_alpha_undefined() -> None:
    found = agreement_of("", [[3, 3]] * 20)
    assert (found.alpha, found.interval, found.same) == (None, None, Fraction(1))


def test_an_interval_is_the_same_for_the_same_answers_and_holds_alpha() -> None:
    few = [[0, 0], [1, 1], [2, 3], [4, 4], [3, 3]]
    for times in (2, MOST_DRAWN):
        one, other = (agreement_of("", few * times) for _ in range(2))
        assert one == other
        assert one.interval is not None
        assert one.interval[0] <= float(one.alpha or 0) <= one.interval[1]
    wide, narrow = (agreement_of("", few * times).interval for times in (2, MOST_DRAWN))
    assert wide is not None
    assert narrow is not None
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_too_few_units_have_no_interval() -> None:
    units = [[0, 1], [2, 2]] * (FEWEST_UNITS // 2)
    assert not agreement_of("", units).is_few
    few = agreement_of("", units[1:])
    assert few.is_few
    assert few.interval is None


def test_states_are_no_numbers_and_are_counted_apart() -> None:
    found = agreement_of(
        "", [["cannot_judge", "cannot_judge"], ["cannot_judge", 0], [0, 0], [4, 4]]
    )
    assert (found.units, found.alpha, found.states) == (2, Fraction(1), (1, 2))


def test_only_what_two_rated_under_the_rubric_is_compared() -> None:
    given_ = {
        "r1": rating("r1", "c1", "fit", 3, "amy"),
        "r2": rating("r2", "c1", "fit", 3, "ben"),
        "r3": rating("r3", "c1", "directness", 1, "amy"),
        "r4": rating("r4", "c2", "fit", 1, "ben"),
        "r5": rating("r5", "c2", "directness", "not_rated", "ben"),
        "r6": rating("r6", "c2", "directness", 2, "amy"),
    }
    m = with_all([statement("c1", "C1"), statement("c2", "C2")], [], ratings=given_)
    found = agreements(m, RUBRIC)
    assert [(each.units, each.same) for each in found] == [(1, Fraction(1))]
    assert agreements(with_all([statement("c1", "C1")], []), RUBRIC) == []


def test_singles_play_no_part() -> None:
    assert (
        alpha_of(Counter({(0, 1): 1, (2, 2): 1})) == agreement_of("", [[0, 1], [2, 2], [4]]).alpha
    )

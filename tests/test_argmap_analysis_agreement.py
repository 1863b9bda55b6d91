"""Agreement between assessors: published figures, a count by pairs, and states."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.examples import FEW
from support.strategies.maps import RUBRIC, rating, statement, with_all

from argmap.analysis.agreement import (
    FEWEST_UNITS,
    MOST_DRAWN,
    Agreement,
    agreement_of,
    agreements,
    alpha_of,
    compared_assessors,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.model.vocabulary import Answer

KRIPPENDORFF = (
    "12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.",
)  # fmt: skip
"""Four observers of twelve units, from Krippendorff 2011; ordinal alpha is .815."""


def units_of(rows: tuple[str, ...]) -> list[list[int]]:
    columns = zip(*(row.replace(" ", "") for row in rows), strict=True)
    return [[int(level) for level in column if level != "."] for column in columns]


def agreement(units: Iterable[Sequence[Answer]]) -> Agreement:
    """Return the agreement in *units*, each with the answers of a1, a2 and so on."""
    return agreement_of([{f"a{n}": a for n, a in enumerate(unit)} for unit in units])


def alpha_by_pairs(units: list[list[int]]) -> float | None:
    """Compute ordinal alpha as the specification defines it, pair by pair."""
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
    found = agreement(units_of(KRIPPENDORFF))
    assert found.alpha is not None
    assert (round(float(found.alpha), 3), found.units) == (0.815, 11)


@FEW
@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), max_size=8))
def test_alpha_is_what_pair_by_pair_finds(units: list[list[int]]) -> None:
    found, tried = agreement(units).alpha, alpha_by_pairs(units)
    assert (found is None) == (tried is None)
    assert found is None or float(found) == pytest.approx(tried)


def test_levels_that_are_all_equal_leave_alpha_undefined() -> None:
    found = agreement([[3, 3]] * 20)
    assert (found.alpha, found.interval, found.same) == (None, None, Fraction(1))


def test_an_interval_is_the_same_for_the_same_answers_and_holds_alpha() -> None:
    few = [[0, 0], [1, 1], [2, 3], [4, 4], [3, 3]]
    for times in (2, MOST_DRAWN):
        one, other = (agreement(few * times) for _ in range(2))
        assert one == other
        assert one.interval is not None
        assert one.interval[0] <= float(one.alpha or 0) <= one.interval[1]
    wide, narrow = (agreement(few * times).interval for times in (2, MOST_DRAWN))
    assert wide is not None
    assert narrow is not None
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_too_few_units_are_said_to_be_and_have_an_interval_all_the_same() -> None:
    units = [[0, 1], [2, 2]] * (FEWEST_UNITS // 2)
    assert not agreement(units).is_few
    few = agreement(units[1:])
    assert few.is_few
    assert few.interval is not None
    assert few.interval[0] < few.interval[1] <= 1


def test_one_unit_has_one_interval_and_none_where_no_draw_has_an_alpha() -> None:
    assert agreement([[0, 4]]).interval == (0.0, 0.0)
    assert agreement([[3, 3]]).interval is None
    assert agreement([]).interval is None


@FEW
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=3), max_size=6))
def test_there_is_an_interval_wherever_there_is_an_alpha(units: list[list[int]]) -> None:
    found = agreement(units)
    assert (found.alpha is None) == (found.interval is None)


@FEW
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8))
def test_kappa_is_what_the_table_of_two_assessors_gives(pairs: list[tuple[int, int]]) -> None:
    n, levels = len(pairs), range(5)
    table = Counter(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(table[i, j] * (i - j) ** 2 for i in levels for j in levels)
    expected = sum(first[i] * second[j] * (i - j) ** 2 for i in levels for j in levels)
    kappa = agreement(pairs).kappa
    assert kappa == (1 - Fraction(observed * n, expected) if expected else None)


def test_kappa_is_of_exactly_two() -> None:
    two = [{"amy": 1, "ben": 2}, {"amy": 3, "ben": 3}]
    assert agreement_of(two).kappa is not None
    assert agreement_of([*two, {"amy": 1, "cleo": 1}]).kappa is None
    assert agreement_of([*two, {"cleo": 1}]).kappa is None
    assert agreement_of([*two, {"amy": 4}]).kappa == agreement_of(two).kappa
    assert agreement_of([*two, {"cleo": "cannot_judge"}]).kappa == agreement_of(two).kappa


def test_states_are_no_numbers_and_are_counted_apart() -> None:
    found = agreement([["cannot_judge", "cannot_judge"], ["cannot_judge", 0], [0, 0], [4, 4]])
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
    assert [(e.block, e.criterion, e.units, e.same) for e in found] == [
        ("evidence_quality", None, 1, Fraction(1)), ("evidence_quality", "fit", 1, Fraction(1)),
    ]  # fmt: skip
    assert agreements(with_all([statement("c1", "C1")], []), RUBRIC) == []


def test_singles_play_no_part() -> None:
    assert alpha_of(Counter({(0, 1): 1, (2, 2): 1})) == agreement([[0, 1], [2, 2], [4]]).alpha


@pytest.mark.parametrize("name", ["consensus", "Consensus", " CONSENSUS "])
def test_a_consensus_and_who_is_left_out_are_not_compared(name: str) -> None:
    whole = [
        rating(f"r-{who}", "c1", "fit", level, who)
        for who, level in {"amy": 1, "ben": 2, "cleo": 4, name: 2}.items()
    ]
    m = with_all([statement("c1", "C1")], [], ratings={r.id: r for r in whole})
    assert compared_assessors(m, RUBRIC) == ["amy", "ben", "cleo"]
    assert agreements(m, RUBRIC)[0].kappa is None
    alone = evolve(m, ratings={r.id: r for r in whole[:2]})
    assert agreements(m, RUBRIC, ["cleo"]) == agreements(alone, RUBRIC)
    assert agreements(m, RUBRIC, ["cleo", "ben"]) == []

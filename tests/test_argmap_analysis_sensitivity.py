"""The sensitivity of a grade, and the step that would raise it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from support.oracles.grading import expected_flips
from support.strategies.grading import SHIPPED, content_of, judged, natures

from argmap.analysis.grading import Grade, grade_of_answers, weights_of
from argmap.analysis.sensitivity import Lift, Sensitivity, describe_lift, find_lift, sensitivity
from argmap.model.rubric import Block, Cap, Combination, Criterion, Rubric

if TYPE_CHECKING:
    from argmap.model.vocabulary import Answer, Nature

    Answers = dict[str, Answer]
    RatedCase = tuple[Rubric, dict[str, Answer]]

FIXTURE = Path(__file__).parents[1].parent / "shared" / "fixtures" / "grading.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FIXTURE.read_text()) if FIXTURE.exists() else []
RUBRIC = SHIPPED["evidence-attribution"]
FULL: dict[str, Answer] = dict.fromkeys(RUBRIC.criteria, 4)


def graded(answers: dict[str, Answer], nature: Nature | None = None) -> Grade:
    return grade_of_answers(answers, nature, RUBRIC, weights_of(RUBRIC))


def told(found: Sensitivity, rubric: Rubric) -> tuple[list[Any], list[Any]]:
    return (
        [[f.criterion, f.change, f.after.format(rubric)] for f in found.steps],
        [[f.criterion, f"x{float(f.change):g}", f.after.format(rubric)] for f in found.weights],
    )


def lifted(answers: dict[str, Answer], nature: Nature | None = None) -> tuple[Lift, str]:
    found = find_lift(answers, nature, RUBRIC)
    assert found is not None
    return found, describe_lift(found, graded(answers, nature), RUBRIC)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_a_worked_example_flips_where_it_says_and_nowhere_else(example: dict[str, Any]) -> None:
    answers = {k: v for block in example["ratings"].values() for k, v in block.items()}
    expected = example["expected"]
    found = sensitivity(answers, example["nature"], RUBRIC)
    assert told(found, RUBRIC) == (expected["single_step_flips"], expected["weight_flips"])
    assert found.is_fragile == bool(expected["single_step_flips"])


@given(judged(), natures)
def test_flips_are_what_trying_each_step_and_weight_gives(
    case: RatedCase, nature: Nature | None
) -> None:
    rubric, answers = case
    found = sensitivity(answers, nature, rubric)
    assert told(found, rubric) == expected_flips(answers, nature, content_of(rubric))


@pytest.mark.parametrize(
    ("answers", "margin"),
    [
        (FULL, 20),
        (FULL | {"corroboration": 1}, Fraction(5, 4)),
        (FULL | {"directness": 0}, Fraction(10)),
        (FULL | {"identification": 0}, 40),
        ({}, None),
        (dict.fromkeys(FULL, "not_applicable"), None),
    ],
)
def test_the_margin_is_from_the_score_to_the_nearest_cut_that_can_be_crossed(
    answers: dict[str, Answer], margin: Fraction | None
) -> None:
    assert sensitivity(answers, None, RUBRIC).margin == margin


def test_the_margin_is_that_of_the_block_that_limits_the_grade() -> None:
    answers = FULL | {"identification": 2, "access": 0, "interest": 0, "traceability": 0}
    assert graded(answers).limited_by == "attribution"
    assert sensitivity(answers, None, RUBRIC).margin == Fraction(15, 2)  # from 32.5 to 40


def test_a_step_that_raises_the_grade_is_described_with_the_words_of_its_level() -> None:
    found, words = lifted(FULL | {"corroboration": 1})
    assert (found.way, found.criterion.id, found.level) == ("step", "corroboration", 2)
    assert words.startswith("Independent corroboration at 2 would raise the grade to Strong: “")
    assert RUBRIC.criteria["corroboration"].levels[2] in words


def test_a_step_that_only_opens_the_grade_to_more_answers_says_so() -> None:
    answers: dict[str, Answer] = {"directness": 0, "specificity": 4, "contrary": 4}
    found, words = lifted(answers | dict.fromkeys(["identification"], 4))
    assert (found.way, found.criterion.id, found.level) == ("open", "directness", 1)
    assert "once more is rated" in words


def test_where_several_steps_are_needed_the_cap_comes_first() -> None:
    found, words = lifted(FULL | {"contrary": 0, "corroboration": 0})
    assert (found.way, found.criterion.id, found.level) == ("cap", "corroboration", 1)
    start = "No single step raises the grade; Independent corroboration at 1 would loosen the cap"
    assert words.startswith(start)


def test_where_no_cap_applies_the_heaviest_step_is_described_with_both_scores() -> None:
    found, words = lifted(dict.fromkeys(FULL, 2))
    assert (found.way, found.criterion.id, found.level) == ("near", "directness", 3)
    assert "would raise Evidence quality from 50.00 to 56.25 (Moderate: 60): “" in words


def test_a_step_on_a_short_scale_is_worth_more_of_its_weight() -> None:
    scales = (("long", 3, 6), ("short", 1, 1), ("full", 6, 2))
    criteria = tuple(
        Criterion(name, name.title(), weight, tuple(str(level) for level in range(top + 1)))
        for name, weight, top in scales
    )
    block = Block("b", "B", criteria)
    rubric = Rubric("own", "1", "Own", (block,), ("Low", "High", "Top"), (0, 99), Combination("b"))
    found = find_lift({"long": 0, "short": 0, "full": 2}, None, rubric)
    assert found is not None
    assert (found.way, found.criterion.id) == ("near", "short")


def test_the_lowest_cap_comes_first() -> None:
    levels = tuple("01234")
    criteria = tuple(Criterion(name, name.upper(), 1, levels) for name in "abc")
    caps = (Cap("a", 0, "Mid"), Cap("b", 2, "Low"))
    block = Block("x", "X", criteria, caps)
    bands, cuts = ("Low", "Mid", "High"), (0, 30)
    rubric = Rubric("own", "1", "Own", (block,), bands, cuts, Combination("x"))
    found = find_lift({"a": 0, "b": 0, "c": 4}, None, rubric)
    assert found is not None
    assert (found.way, found.criterion.id) == ("cap", "b")


def test_a_step_that_opens_a_grade_without_raising_its_reach_lifts_nothing() -> None:
    evidence: dict[str, Answer] = {
        "directness": 2, "fit": 2, "corroboration": 1, "specificity": 2, "contrary": 2,
    }  # fmt: skip
    now = graded(evidence | {"identification": 0})
    assert (now.format(RUBRIC), now.range) == ("Limited", (1, 2))
    found, _ = lifted(evidence | {"identification": 0})
    assert (found.way, found.criterion.id) == ("near", "directness")


def test_an_open_answer_of_the_block_that_lacks_answers_comes_first() -> None:
    rest = {name: level for name, level in FULL.items() if name != "directness"}
    lacking: Answers = dict.fromkeys(["access", "traceability", "fidelity"], "not_rated")
    found, _ = lifted(rest | lacking)
    assert (found.way, found.criterion.id) == ("rate", "access")


def test_where_too_little_is_rated_the_heaviest_open_criterion_is_named() -> None:
    found, words = lifted({"directness": 3, "identification": 4, "access": 4, "traceability": 4})
    assert (found.way, found.criterion.id, found.level) == ("rate", "corroboration", 4)
    assert RUBRIC.criteria["corroboration"].levels[4] in words


@pytest.mark.parametrize(
    ("answers", "nature"),
    [(FULL, None), (FULL, "value"), (dict.fromkeys(FULL, "not_applicable"), None)],
)
def test_the_highest_grade_and_none_at_all_cannot_be_lifted(
    answers: dict[str, Answer], nature: Nature | None
) -> None:
    assert find_lift(answers, nature, RUBRIC) is None


@given(judged(), natures)
def test_a_lift_is_one_step_that_raises_the_grade_as_described(
    case: RatedCase, nature: Nature | None
) -> None:
    rubric, answers = case
    now = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    found = find_lift(answers, nature, rubric)
    is_highest = now.range is None or now.band == len(rubric.bands) - 1
    assert (found is None) == is_highest
    if found is None:
        return
    assert found.criterion.levels[found.level] in describe_lift(found, now, rubric)
    if found.way != "rate":
        assert answers[found.criterion.id] == found.level - 1
    if found.way == "step":
        assert found.after.band is not None
        assert now.band is not None
        assert found.after.band > now.band

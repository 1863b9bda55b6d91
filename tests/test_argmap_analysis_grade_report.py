"""The grades of a map: which claims, which assessors, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from support.strategies.grading import SHIPPED
from support.strategies.maps import RUBRIC, rating, small_map

from argmap.analysis.grade_report import (
    ClaimGrade,
    assessors_of,
    claim_grades,
    describe_rule,
    report_grade,
)
from argmap.model.rating import Rating
from argmap.model.rubric import Implication

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap


def with_ratings(*ratings: Rating) -> ArgumentMap:
    return evolve(small_map(), ratings={r.id: r for r in ratings})


def who_and_what(found: list[ClaimGrade]) -> list[tuple[str, str | None]]:
    return [(each.claim.label, each.assessor) for each in found]


def test_claims_come_by_label_and_then_by_assessor() -> None:
    argument_map = with_ratings(
        rating("r-1", "s-stay", "fit", 1, "bob"), rating("r-2", "s-toll", "fit", 2, "amy")
    )
    found = claim_grades(argument_map, RUBRIC)
    assert who_and_what(found) == [("C1", "amy"), ("C1", "bob"), ("C2", "amy"), ("C2", "bob")]
    assert [len(each.ratings) for each in found] == [1, 0, 0, 1]


def test_a_claim_without_ratings_has_no_assessor() -> None:
    found = claim_grades(with_ratings(), RUBRIC)
    assert who_and_what(found) == [("C1", None), ("C2", None)]
    assert found[0].report == report_grade({}, "factual", RUBRIC)


def test_one_assessor_alone_is_given_where_asked_for() -> None:
    argument_map = with_ratings(
        rating("r-1", "s-toll", "fit", 1, "bob"), rating("r-2", "s-toll", "fit", 2, "amy")
    )
    assert who_and_what(claim_grades(argument_map, RUBRIC, "bob")) == [
        ("C1", "bob"), ("C2", "bob"),
    ]  # fmt: skip
    assert {each.assessor for each in claim_grades(argument_map, RUBRIC, "eve")} == {None}


def test_who_rated_the_document_has_rated_something_in_it_and_of_a_source_not() -> None:
    own = {"rubric": RUBRIC.id, "version": RUBRIC.version, "criterion": "fit", "answer": 1}
    argument_map = with_ratings(
        Rating(id="a", assessor="dora", document="toll", **own),  # type: ignore[arg-type]  # the model checks
        Rating(id="b", assessor="saul", source="reports", **own),  # type: ignore[arg-type]  # as above
    )
    assert assessors_of(argument_map) == ["dora"]


def test_ratings_under_another_rubric_or_version_do_not_count() -> None:
    older = evolve(rating("r-1", "s-toll", "directness", 0), version="0.9")
    quick = evolve(rating("r-2", "s-toll", "directness", 0), rubric="quick-look", version="1.0")
    argument_map = with_ratings(older, quick)
    [first, _] = claim_grades(argument_map, RUBRIC)
    assert (first.assessor, first.ratings, first.report.grade.band) == ("amy", {}, None)
    [first, _] = claim_grades(argument_map, SHIPPED["quick-look"])
    assert first.report.grade.band == 0


def test_claims_with_the_same_answers_and_other_natures_are_graded_apart() -> None:
    whole = small_map()
    fair = evolve(whole.statements["s-stay"], nature="value")
    argument_map = evolve(whole, statements={**whole.statements, fair.id: fair}, ratings={})
    grades = [each.report.grade.format(RUBRIC) for each in claim_grades(argument_map, RUBRIC)]
    assert grades == ["Not assessed", "Not gradable"]


def test_a_rule_is_described_by_its_condition() -> None:
    assert describe_rule(Implication("fit", 2)) == "fit is 2"
    by_nature = Implication(nature=("value", "definition"))
    assert describe_rule(by_nature) == "the kind of claim is value or definition"

"""Grades show their assessor and range, and are recomputed only when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from attrs import define, evolve
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from support.drivers.workbench import TEXT, driving
from support.strategies.maps import AT, RUBRIC, inference, rating, statement, with_all

from argmap.analysis.grading import grade
from argmap.analysis.what_if import what_if
from argmap.edit.verbs import change_statement, rate
from argmap.model.vocabulary import STATES
from tui.document.rater import Rater
from tui.views.fields import fields_of
from tui.views.grade_cells import bar, cells_of, column, first_fitting, forms_of, forms_of_change
from tui.views.grades import AssessorGrade, Grades, grade_claim, rubric_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import Answer
    from tui.document.session import Session

STRONG = dict.fromkeys(RUBRIC.criteria, 4)


@define
class Open:
    """The parts of an open document that grades need."""

    map: ArgumentMap


def rated(**answers: Mapping[str, Answer]) -> ArgumentMap:
    """Return a map in which assessors have given *answers* to the one claim."""
    found = [rating(f"{who}-{name}", "s", name, answer, who)
             for who, each in answers.items() for name, answer in each.items()]  # fmt: skip
    return with_all([statement("s", "C1", nature="factual")], ratings={r.id: r for r in found})


def shown(preferred: str = "amy", **answers: Mapping[str, Answer]) -> AssessorGrade:
    found = grade_claim(rated(**answers), "s", RUBRIC, preferred)
    assert found is not None
    return found


def grades_of(argument_map: ArgumentMap, preferred: Rater) -> tuple[Grades, Open]:
    session = Open(argument_map)
    return Grades(cast("Session", session), preferred), session


# Whose


def test_a_claim_that_nobody_has_rated_has_no_grade() -> None:
    assert grade_claim(rated(), "s", RUBRIC, "amy") is None


def test_the_grade_is_that_of_the_assessor_at_work_however_little_they_rated() -> None:
    found = shown(amy={"directness": 0}, bob=STRONG)
    assert (found.words.split("\n")[0], found.other) == ("Unsupported, provisional", "")


def test_where_only_others_rated_theirs_is_shown_with_the_name_of_who_rated_most() -> None:
    found = shown("zoe", amy={"directness": 0}, bob=STRONG)
    assert found.other == "bob"
    assert found.words.splitlines()[:2] == ["Strong, final", "rated by bob"]
    assert not any("bob" in form for form in forms_of(found))


def test_a_rating_under_a_rubric_that_is_not_at_work_gives_no_grade() -> None:
    whole = rated(amy=STRONG)
    newer = evolve(RUBRIC, version="999")
    whole = evolve(whole, rubrics={**whole.rubrics, (newer.id, newer.version): newer})
    assert rubric_in_use(whole, None) == RUBRIC  # the only one that it is rated under
    assert rubric_in_use(evolve(whole, ratings={}), None) is newer
    assert grade_claim(whole, "s", newer, "amy") is None
    chosen = rubric_in_use(whole, (RUBRIC.id, RUBRIC.version))
    assert grade_claim(whole, "s", chosen, "amy") is not None


def test_a_chosen_rubric_that_the_map_does_not_know_leaves_the_default_one() -> None:
    assert rubric_in_use(rated(), ("gone", "1")) == RUBRIC


# What is worked out again


def test_a_grade_is_kept_until_what_it_follows_from_changes() -> None:
    preferred = Rater("amy", Path())
    grades, session = grades_of(rated(amy=STRONG), preferred)
    first = grades.grade_of("s")
    assert grades.grade_of("s") is first
    session.map = session.map.apply(change_statement(session.map, "s", text="Other words."))
    assert grades.grade_of("s") is first
    again = rating("amy-directness", "s", "directness", 0, "amy")
    session.map = session.map.apply(rate(session.map, [evolve(again, at=AT)]))
    lower = grades.grade_of("s")
    assert lower is not first
    assert lower is not None
    assert lower.words.startswith("Unsupported")


def test_a_change_of_nature_assessor_or_rubric_is_a_change_of_grade() -> None:
    preferred = Rater("amy", Path())
    grades, session = grades_of(rated(amy=STRONG, bob={"directness": 0}), preferred)
    first = grades.grade_of("s")
    session.map = session.map.apply(change_statement(session.map, "s", nature="value"))
    other = grades.grade_of("s")
    assert other is not first
    preferred.assessor = "bob"
    assert (grades.grade_of("s") or shown()).ratings["directness"].assessor == "bob"
    preferred.rubric = ("quick-look", "1.0")
    assert grades.grade_of("s") is None


# As words


def test_the_details_tell_the_grade_its_range_and_what_holds_it() -> None:
    whole = rated(amy=STRONG | {"corroboration": 1})
    grades, _ = grades_of(whole, Rater("amy", Path()))
    found = fields_of(whole, whole.statements["s"], (), grades)
    assert [f.text for f in found if f.id == "grade"] == [
        "Moderate, final\nrated by you\nlimited by corroboration"
    ]


def test_a_range_is_shown_unless_it_is_one_band() -> None:
    words = shown(amy=dict.fromkeys(list(STRONG)[:-2], 4)).words
    assert "could be Limited to Strong" in words.splitlines()
    assert "could be" not in shown(amy=STRONG).words


def test_what_holds_a_grade_is_the_criterion_of_its_cap_else_its_block() -> None:
    assert shown(amy=STRONG | {"corroboration": 1}).limit == "corroboration"
    assert shown(amy=STRONG | {"identification": 0, "access": 0}).limit == "attribution"
    assert shown(amy=dict.fromkeys(STRONG, 2)).limit == "evidence quality"
    assert shown(amy={"fit": 3}).limit == ""


# As cells


def test_too_little_is_no_low_grade_and_what_cannot_apply_is_neither() -> None:
    bands = len(RUBRIC.bands)
    low = shown(amy=dict.fromkeys(STRONG, 0)).grade
    little = shown(amy={"fit": 3}).grade
    none = shown(amy=dict.fromkeys(STRONG, "not_applicable")).grade
    assert [bar(each, bands) for each in (low, little, none)] == ["▱▱▱▱ ", "····", "–"]
    assert bar(shown(amy=STRONG).grade, bands) == "▰▰▰▰ "


def test_a_grade_is_its_word_and_its_cells_where_there_is_room_else_its_cells() -> None:
    answers: dict[str, Answer] = dict.fromkeys(list(STRONG)[:-2], 4)
    found = shown("zoe", bob=answers | {"corroboration": 1})
    assert list(forms_of(found)) == ["Moderate ▰▰▰▱~", "▰▰▰▱~"]
    assert [first_fitting(forms_of(found), room) for room in (14, 13, 5, 4)] == [
        "Moderate ▰▰▰▱~", "▰▰▰▱~", "▰▰▰▱~", "",
    ]  # fmt: skip
    assert not first_fitting((), 40)


@given(
    st.dictionaries(
        st.sampled_from(list(STRONG)), st.one_of(st.integers(0, 4), st.sampled_from(STATES)),
        min_size=1,
    )
)  # fmt: skip
def test_every_grade_fills_its_column(answers: dict[str, Answer]) -> None:
    found = shown(amy=answers)
    assert cell_len(cells_of(found)) == column(RUBRIC) == 5


def test_the_grade_that_is_shown_is_that_of_the_answers() -> None:
    whole = rated(amy={"directness": 3, "fit": 4})
    found = grade_claim(whole, "s", RUBRIC, "amy")
    assert found is not None
    assert found.grade == grade(whole.ratings.values(), "factual", RUBRIC)


# On the screen


async def test_a_claim_in_the_map_has_its_grade_once_it_is_rated(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "2")
        assert "▱" not in driver.seen
        await driver.press("R", "0", "escape")
        assert "C1 The toll pays fo" in driver.lines[driver.row_of("▱▱▱▱~")]
        await driver.press("m")
        assert "● C1 " in driver.lines[driver.row_of("▱▱▱▱~")]
        await driver.press("m", "u")
        assert "▱" not in driver.seen


async def test_the_details_say_in_words_who_graded_and_the_map_does_not(path: Path) -> None:
    async with driving(path, size=(200, 50)) as driver:
        driver.bench.work.select(driver.labelled("C8").id)
        await driver.settle()
        assert driver.row_of("not graded yet") == driver.row_of("grade") + 1
        for words in ("could be Weak to Moderate", "rated by demo"):
            assert words in driver.seen
        driver.app.rater.assessor = "demo"
        driver.bench.work.select(driver.bench.work.selected)
        await driver.settle()
        assert "rated by you" in driver.seen
        assert "could be Weak to Moderate" in driver.seen


async def test_the_grade_comes_right_after_the_words_of_the_claim(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        assert [field.id for field in driver.bench.details.list.fields[:2]] == ["text", "grade"]


async def test_a_narrow_map_keeps_the_words_of_its_claims(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("2")
        for label in ("C4", "C6", "C7"):
            words = driver.labelled(label).text
            line = next(row for row in driver.lines if f" {label} " in row)
            assert words[:12] in line or "on E3" in line
            assert "▰" in line


# Before and after


def test_a_claim_that_loses_its_last_item_says_so_with_its_grade_before_and_after() -> None:
    whole = rated(amy=STRONG)
    item = statement("e", "E1", "evidence")
    whole = evolve(whole, statements={**whole.statements, "e": item},
                   inferences={"i": inference("i", "I1", ["e"], "s")})  # fmt: skip
    (outcome,) = what_if(whole, [item], RUBRIC, preferred="amy").claims
    own = list(forms_of_change(outcome, RUBRIC, "amy"))
    assert own[0] == "1→0 items, 0→0 origins ∅ Strong→Unsupported ▰▰▰▰→▱▱▱▱"
    assert own[-1] == "∅ ▱▱▱▱"
    assert all("∅" in form for form in own)
    assert "amy:" in forms_of_change(outcome, RUBRIC, "zoe")[0]
    (unrated,) = what_if(evolve(whole, ratings={}), [item], RUBRIC).claims
    assert list(forms_of_change(unrated, RUBRIC, "amy"))[1:] == ["0→0 origins ∅", "∅"]


def test_the_grade_that_is_lost_is_that_of_the_assessor_at_work() -> None:
    whole = rated(amy={"directness": 3}, bob=STRONG)
    for who in ("amy", "bob"):
        (outcome,) = what_if(whole, [], RUBRIC, preferred=who).claims
        assert outcome.assessor == who
    (outcome,) = what_if(whole, [], RUBRIC, preferred="zoe").claims
    assert outcome.assessor == "bob"

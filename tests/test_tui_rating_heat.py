"""The heat map: the content of its cells, the layout of its columns, and answering in it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.new_databases import with_example
from support.drivers.workbench import AT, TEXT, Driver, driving
from support.strategies.maps import RUBRIC, rating, statement, with_all

from argmap.analysis.grading import grade, implications
from argmap.formats.registry import import_formats
from argmap.model.rubric import Block, Criterion, Rubric
from argmap.model.vocabulary import STATES
from argmap.rubrics import shipped_rubrics
from store import ImportFile, ImportOptions, import_records
from tui.rating.heat.cells import LABEL, NARROWEST, heat_row, lay_out
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import Answer
    from tui.rating.heat.screen import HeatScreen

CRITERIA = list(RUBRIC.criteria)
ANSWERS = st.dictionaries(
    st.sampled_from(CRITERIA), st.one_of(st.integers(0, 4), st.sampled_from(STATES))
)


def screen_of(driver: Driver) -> HeatScreen:
    return cast("HeatScreen", driver.app.screen)


def as_demo(path: Path) -> ArgmapApp:
    """Return the program on the worked example, for the assessor who has rated it."""
    return ArgmapApp(path, document=with_example(path, AT), assessor="demo")


def rated(answers: dict[str, Answer]) -> ArgumentMap:
    found = [rating(f"r-{name}", "s", name, answer) for name, answer in answers.items()]
    return with_all([statement("s", "C1", nature="factual")], ratings={r.id: r for r in found})


def signs(answers: dict[str, Answer]) -> dict[str, str]:
    row = heat_row(rated(answers), "s", RUBRIC, "amy")
    return dict(zip(CRITERIA, (sign for sign, _ in row.cells), strict=True))


# Cells


def test_each_answer_and_each_state_has_a_sign_of_its_own() -> None:
    given_: list[Answer] = [0, 1, 2, 3, 4, *STATES]
    found = signs({"fit": 3, "specificity": 0})
    assert (found["fit"], found["specificity"], found["currency"]) == ("3", "0", "·")
    own = [signs({"specificity": answer})["specificity"] for answer in given_]
    overridden = signs({"directness": 0, "fit": 3})
    own += [overridden["fit"], overridden["corroboration"]]
    assert own == ["0", "1", "2", "3", "4", "·", "?", "–", "3°", "°"]
    assert len(set(own)) == len(own)


@given(ANSWERS)
def test_only_levels_that_count_are_tinted_and_the_grade_is_theirs(
    answers: dict[str, Answer],
) -> None:
    whole = rated(answers)
    row = heat_row(whole, "s", RUBRIC, "amy")
    implied = implications(answers, "factual", RUBRIC)
    counting = [isinstance(answers.get(name), int) and name not in implied for name in CRITERIA]
    assert [tint is not None for _, tint in row.cells] == counting
    assert row.standing.grade == grade(whole.ratings.values(), "factual", RUBRIC)


def test_the_answers_of_others_are_not_in_it() -> None:
    row = heat_row(rated({"fit": 3}), "s", RUBRIC, "bob")
    assert {sign for sign, _ in row.cells} == {"·"}


def test_the_highest_level_has_the_strongest_tint_however_many_there_are() -> None:
    criteria = (Criterion("yes", "Yes", 1, ("no", "yes")), Criterion("all", "All", 1, ("a",) * 7))
    small = evolve(RUBRIC, id="own", blocks=(Block("evidence_quality", "B", criteria),),
                   implies=(), combination=evolve(RUBRIC.combination, limits=()))  # fmt: skip
    found = [
        evolve(rating(f"r-{name}", "s", "fit", level), rubric="own", criterion=name)
        for name, level in (("yes", 1), ("all", 6))
    ]
    whole = with_all([statement("s", "C1")], ratings={r.id: r for r in found})
    assert [tint for _, tint in heat_row(whole, "s", small, "amy").cells] == [4, 4]


# Columns


@given(
    st.sampled_from(shipped_rubrics()), st.integers(20, 250), st.integers(0, 10), st.integers(0, 10)
)
def test_the_columns_fill_the_width_with_the_current_one_in_view(
    rubric: Rubric, width: int, at: int, first: int
) -> None:
    at, first = at % len(rubric.criteria), first % len(rubric.criteria)
    found = lay_out(rubric, width, at, first)
    assert at in found.numbers
    assert found.numbers[-1] < len(rubric.criteria)
    assert found.cell >= NARROWEST
    assert found.label + found.grade + sum(map(found.cells_of, found.numbers)) == width
    assert found.label >= min(LABEL, width - found.grade - 2 * found.cell)


def test_a_small_screen_shows_all_eleven_criteria() -> None:
    assert lay_out(RUBRIC, 78, 0).shown == len(CRITERIA)


def test_what_was_seen_stays_where_it_is_until_the_cursor_leaves_it() -> None:
    narrow = lay_out(RUBRIC, 40, 0)
    assert narrow.shown < len(CRITERIA)
    moved = lay_out(RUBRIC, 40, 10, narrow.first)
    assert moved.first > 0
    assert lay_out(RUBRIC, 40, 9, moved.first).first == moved.first


@given(st.integers(20, 200), st.integers(0, 10))
def test_a_column_is_found_where_it_is_drawn(width: int, at: int) -> None:
    found = lay_out(RUBRIC, width, at)
    place = found.label
    for number in found.numbers:
        for x in range(place, place + found.cells_of(number)):
            assert found.number_at(x) == number
        place += found.cells_of(number)
    assert found.number_at(place) is None
    assert found.number_at(found.label - 1) is None


# On the screen


async def test_the_cell_under_the_cursor_is_described_in_words(path: Path) -> None:
    async with driving(path, app=as_demo(path), size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("M", "l", "l")
        assert "[1▂]" in driver.lines[driver.row_of("● C4 ")]
        seen = " ".join(driver.seen.split())
        assert "C4 The night boat carries nine passengers on average." in seen
        assert "Independent corroboration How many independent origins say so? 3 of 11" in seen
        assert "1 One identified origin, however many items repeat it." in seen
        assert "because A memo and three outlets, one origin" in seen
        assert "Grade Limited, final; rated by you; limited by evidence quality" in seen


async def test_an_overridden_answer_is_shown_with_what_overrides_it(path: Path) -> None:
    async with driving(path, app=as_demo(path)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("M", "0")
        assert " 1° " in driver.lines[driver.row_of("● C4 ")]
        await driver.press("l")
        seen = " ".join(driver.seen.split())
        assert "does not apply: Directness is 0, “Nothing is offered" in seen
        assert "the answer 1 is kept but does not count" in seen


async def test_answers_are_given_taken_back_and_explained_in_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "M", "3", "4", "x", "n")
        work = screen_of(driver).work
        claim = screen_of(driver).round.claim
        given_ = {r.criterion: r.answer for r in work.map.ratings_of[claim]}
        assert given_ == {
            "directness": 3, "fit": 4, "corroboration": "cannot_judge",
            "specificity": "not_applicable",
        }  # fmt: skip
        assert screen_of(driver).round.criterion == "contrary"
        await driver.press("h", "minus", "u", "h", "h", "h", "b")
        await driver.type("a survey")
        await driver.press("enter")
        assert "because a survey" in driver.seen
        row = driver.lines[driver.row_of("● C1 ")].split()
        assert "?" in row
        assert "–" in row


async def test_rating_from_it_begins_at_the_cell_and_comes_back_to_the_claim(path: Path) -> None:
    async with driving(path, app=as_demo(path)) as driver:
        await driver.press("2", "g", "M", "j", "j", "l", "enter")
        assert "Does the main item support exactly this claim?" in driver.seen
        assert "C3  The memo" in driver.seen
        await driver.press("tab", "escape")
        assert screen_of(driver).round.statement.label == "C4"
        await driver.press("escape")
        assert driver.bench.work.statement.label == "C4"


async def test_where_only_others_rated_it_shows_theirs_and_takes_no_answer(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("M", "3")
        assert driver.said == ["these are the answers of demo; a shows yours"]
        assert "answers of demo" in driver.seen
        await driver.press("a")
        await driver.type("reader")
        await driver.press("enter", "3")
        ratings = screen_of(driver).work.map.ratings.values()
        assert [r.answer for r in ratings if r.assessor == "reader"] == [3]


async def test_a_narrow_screen_goes_sideways_and_the_claims_stay(path: Path) -> None:
    async with driving(path, app=as_demo(path), size=(44, 24)) as driver:
        await driver.press("M")
        assert "fide" not in driver.seen
        await driver.press(*["l"] * 10)
        assert "fideli" in driver.seen
        assert "directness" not in driver.seen
        assert " C4 " in driver.seen


async def test_only_the_claims_in_view_are_graded(path: Path) -> None:
    records = ['{"type": "document", "id": "many", "title": "Many", "text": "A text."}']
    records += [
        f'{{"type": "statement", "kind": "claim", "document": "many", "label": "C{n}",'
        f' "text": "Claim {n}."}}'
        for n in range(1, 1001)
    ]
    file = ImportFile("x", import_formats()["jsonl"], BytesIO("\n".join(records).encode()))
    import_records(path, [file], ImportOptions("tess", AT))
    async with driving(path, app=ArgmapApp(path, document="many")) as driver:
        await driver.press("M", "G")
        assert "C1000" in driver.seen
        assert len(screen_of(driver).grid._rows) < 200  # noqa: SLF001  (no other way to see it)
        await driver.press("g")
        assert " C1 " in driver.seen


async def test_a_click_goes_to_a_cell_and_two_rate_it(path: Path) -> None:
    async with driving(path, app=as_demo(path)) as driver:
        await driver.press("M")
        row = driver.row_of(" C6 ")
        column = driver.lines[row].index(" 3▆") + 1
        await driver.pilot.click(offset=(column, row))
        await driver.settle()
        assert "[3▆]" in driver.lines[row]
        assert screen_of(driver).round.statement.label == "C6"
        await driver.pilot.click(offset=(column, row), times=2)
        await driver.settle()
        assert "How many independent origins say so?" in driver.seen


async def test_without_claims_there_is_no_heat_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("M")
        assert driver.said == ["nothing to rate yet: mark a claim first"]


async def test_a_claim_that_goes_meanwhile_leaves_the_others(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "M")
        await driver.press("u")
        assert "● C2 " not in driver.seen
        assert screen_of(driver).round.statement.label == "C1"

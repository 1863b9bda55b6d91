"""Rating by keys, one criterion at a time, with the grade shown after each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.workbench import TEXT, Driver, driving
from support.strategies.maps import AT, RUBRIC, small_map

from argmap.analysis.answer_signs import sign_for_answer
from argmap.model.vocabulary import STATES
from tui.core import settling
from tui.look.sheet_rows import width_of, words_of
from tui.rating.round import Round
from tui.rating.sheet.card import card_rows
from tui.rating.sheet.guide import rules_rows
from tui.rating.sheet.rows import question_rows
from tui.text.pane import TextPane

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.vocabulary import Answer
    from tui.rating.sheet.screen import RatingScreen

CRITERIA = tuple(RUBRIC.criteria)


def screen_of(driver: Driver) -> RatingScreen:
    return cast("RatingScreen", driver.app.screen)


def answers(driver: Driver, label: str) -> dict[str, Answer]:
    work = screen_of(driver).work
    claim = work.map.by_label[label]
    return {r.criterion: r.answer for r in work.map.ratings_of.get(claim.id, ())}


def plain_round(**values: object) -> Round:
    return Round(small_map(), RUBRIC, "amy", "s-toll", **values)  # type: ignore[arg-type]  # fields


# By keys


async def test_a_claim_is_rated_by_digits_and_the_next_criterion_comes_at_once(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3", "4", "x", "n")
        assert answers(driver, "C1") == {
            "directness": 3, "fit": 4, "corroboration": "cannot_judge",
            "specificity": "not_applicable",
        }  # fmt: skip
        assert screen_of(driver).round.criterion == "contrary"
        assert "Contrary evidence" in driver.seen
        assert "5 of 11" in driver.seen


async def test_a_bare_assertion_goes_on_to_what_is_open_of_the_same_claim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "k", "R", "0")
        assert answers(driver, "C1") == {"directness": 0}
        assert screen_of(driver).round.statement.label == "C1"
        assert screen_of(driver).round.criterion == "specificity"
        seen = " ".join(driver.seen.split())
        assert "Grade Unsupported, provisional; limited by evidence quality" in seen
        await driver.press("3", "1", "0")
        assert screen_of(driver).round.is_closed
        assert "Directness at 0 allows Unsupported at most" in driver.seen


async def test_all_levels_of_a_criterion_are_in_view_with_the_claim_on_a_small_screen(
    path: Path,
) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("R")
        for _ in CRITERIA:
            seen = " ".join(driver.seen.split())
            assert "The night boat carries nine passengers on average." in seen
            for sentence in screen_of(driver).round.asked.levels:
                assert " ".join(sentence.split()) in seen, sentence
            assert "Main item E3" in seen
            assert "Grade" in seen
            await driver.press("j")


@pytest.mark.parametrize("turns", [0, 20, 500])
async def test_the_passage_is_a_third_from_the_top_however_late_the_text_is_laid_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    monkeypatch.setattr(settling, "START_TURNS", turns)
    async with driving(path, size=(120, 34)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("R")
        pane = driver.app.screen.query_one(TextPane)
        row = pane.layout_.row_of(pane.cursor.head[0])
        height = pane.scrollable_content_region.height
        assert 0 < pane.scroll_offset.y == row - height // 3 < pane.max_scroll_y


async def test_an_answer_is_taken_back_undone_and_done_again(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3", "k", "minus")
        assert answers(driver, "C1") == {"directness": "not_rated"}
        await driver.press("u")
        assert answers(driver, "C1") == {"directness": 3}
        await driver.press("u")
        assert answers(driver, "C1") == {}
        await driver.press("U")
        assert answers(driver, "C1") == {"directness": 3}


async def test_a_reason_stays_with_its_answer(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "b")
        assert driver.said == ["answer first, then give the reason"]
        await driver.press("3", "k", "b")
        await driver.type("a report is named")
        await driver.press("enter")
        assert "because a report is named" in driver.seen
        await driver.press("2")
        (only,) = screen_of(driver).round.ratings_of(screen_of(driver).round.claim).values()
        assert (only.answer, only.because) == (2, "a report is named")


async def test_the_main_item_is_chosen_among_what_supports_the_claim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "R")
        assert "Main item: not chosen yet" in driver.seen
        await driver.press("i", "enter")
        assert "Main item E1  Reports say that traffic fell by a fifth." in driver.seen
        assert "Drivers adapt." in driver.seen


async def test_what_does_not_support_the_claim_is_not_offered_as_its_main_item(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c", "R")
        assert "Main item: no evidence supports C2 directly" in driver.seen
        await driver.press("i")
        assert driver.said[-1].startswith("no evidence supports C2 directly; link evidence to it")
        await driver.press("tab")
        assert "Main item: not chosen yet" in driver.seen


async def test_one_criterion_goes_across_all_claims(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "1", "k", "R", "m", "3", "2")
        assert answers(driver, "C1") == {"directness": 3}
        assert answers(driver, "C2") == {"directness": 2}
        assert screen_of(driver).round.criterion == "fit"
        assert screen_of(driver).round.statement.label == "C2"


async def test_a_missing_level_is_refused_with_a_message(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "6")
        assert driver.said == ["Directness has levels 0 to 4"]
        assert answers(driver, "C1") == {}


async def test_leaving_comes_back_to_the_claim_that_was_rated_last(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "R", "tab", "escape")
        assert driver.bench.work.statement.label == "C1"


async def test_without_claims_there_is_nothing_to_rate(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("R")
        assert driver.said == ["nothing to rate yet: mark a claim first"]


# The way through


def way_through(round_: Round) -> list[tuple[str, str]]:
    """Return claims and criteria in order of appearance, in at most one round.

    A closing card is called "card".
    """
    seen = [(round_.claim, round_.criterion)]
    while round_.go_on():
        place = round_.claim, "card" if round_.is_closed else round_.criterion
        if place in seen:
            break
        seen.append(place)
    return seen


def test_claim_by_claim_every_criterion_is_asked_once_and_a_card_closes_each_claim() -> None:
    asked = (*CRITERIA, "card")
    expected = [(claim, name) for claim in ("s-toll", "s-stay") for name in asked]
    assert way_through(plain_round()) == expected


def test_across_each_criterion_begins_with_another_claim_and_a_card_comes_at_the_end() -> None:
    *seen, last = way_through(plain_round(is_across=True))
    assert len(set(seen)) == len(seen) == 2 * len(CRITERIA)
    assert [claim for claim, name in seen if name == "directness"] == ["s-toll", "s-stay"]
    assert [claim for claim, name in seen if name == "fit"] == ["s-stay", "s-toll"]
    assert last == (seen[-1][0], "card")


def test_the_way_back_is_the_way_there() -> None:
    round_ = plain_round()
    assert not round_.go_back()
    assert round_.go_on()
    assert round_.go_back()
    assert round_.criterion == "directness"


def test_what_is_implied_is_passed_over() -> None:
    whole = small_map().apply(plain_round().answer(0, AT))
    round_ = Round(whole, RUBRIC, "amy", "s-toll")
    assert round_.go_on()
    assert round_.criterion == "specificity"


@pytest.mark.parametrize(
    ("answer", "sign"), [(None, "·"), (3, "3"), *zip(STATES, ("·", "?", "–"), strict=True)]
)
def test_each_state_has_a_sign_of_its_own(answer: Answer | None, sign: str) -> None:
    assert sign_for_answer(answer) == sign
    is_kept = sign not in "·–"
    assert sign_for_answer(answer, is_implied=True) == (f"{sign}°" if is_kept else "°")


# The sheet


@given(
    st.integers(8, 130),
    st.integers(6, 60),
    st.dictionaries(
        st.sampled_from(CRITERIA), st.one_of(st.integers(0, 4), st.sampled_from(STATES))
    ),
    st.sampled_from(CRITERIA),
)
def test_a_sheet_fits_its_place_whatever_was_answered(
    width: int, height: int, given_: dict[str, Answer], asked: str
) -> None:
    whole = small_map()
    for name, answer in given_.items():
        whole = whole.apply(Round(whole, RUBRIC, "amy", "s-toll", name).answer(answer, AT))
    round_ = Round(whole, RUBRIC, "amy", "s-toll", asked)
    for rows in (
        question_rows(round_, str, width, height, "suggested 1: one origin"),
        question_rows(round_, str, width, height, has_text=True),
        card_rows(round_, str, width, height),
    ):
        assert len(rows) <= height
        if width >= 20:  # on less, what is too wide is cut where it is drawn
            assert all(width_of(row) <= width for row in rows)


def test_the_rules_show_the_instructions_of_the_rubric() -> None:
    words = " ".join(" ".join(map(words_of, rules_rows(RUBRIC, 70))).split())
    for sentence in RUBRIC.instructions:
        assert " ".join(sentence.split()[:6]) in words


async def test_the_sheet_says_in_words_what_an_answer_follows_from(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "j", "3", "k", "k", "0")
        screen_of(driver).round.go_to(screen_of(driver).round.claim, "fit")
        screen_of(driver).show()
        await driver.settle()
        seen = " ".join(driver.seen.split())
        assert "° does not apply: Directness is 0, “Nothing is offered beyond" in seen
        assert "the answer 3 is kept but does not count" in seen


async def test_the_sheet_says_what_makes_other_criteria_not_apply(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "k", "R", "0")
        assert "° does not apply, because directness is 0" in driver.seen

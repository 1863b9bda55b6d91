"""Rating stops between claims, undo shows the answer it changes, and the mouse answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from support.drivers.new_databases import with_example
from support.drivers.workbench import AT, TEXT, Driver, driving
from support.strategies.maps import RUBRIC

from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.vocabulary import Answer
    from tui.rating.heat.screen import HeatScreen
    from tui.rating.sheet.screen import RatingScreen

ELEVEN = "3", "3", "2", "3", "2", "3", "3", "3", "2", "3", "3"
"""An answer to each criterion."""


def screen_of(driver: Driver) -> RatingScreen:
    return cast("RatingScreen", driver.app.screen)


def heat_of(driver: Driver) -> HeatScreen:
    return cast("HeatScreen", driver.app.screen)


def answers(driver: Driver, label: str) -> dict[str, Answer]:
    work = screen_of(driver).work
    claim = work.map.by_label[label]
    return {r.criterion: r.answer for r in work.map.ratings_of.get(claim.id, ())}


def asked(driver: Driver) -> tuple[str, str]:
    round_ = screen_of(driver).round
    return round_.statement.label, "card" if round_.is_closed else round_.criterion


TWO_CLAIMS = "j", "c", "j", "c", "1", "k", "R"
"""Keys that mark two claims and begin to rate the first."""


# The closing card


async def test_after_the_last_answer_a_card_says_the_grade_and_why_and_enter_goes_on(
    path: Path,
) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press(*TWO_CLAIMS, *ELEVEN)
        assert asked(driver) == ("C1", "card")
        for words in ("Moderate", "Why", "What limits it", "What would raise it", "goes to C2"):
            assert words in driver.seen, words
        await driver.press("enter")
        assert asked(driver) == ("C2", "directness")


async def test_nothing_covers_the_grade_after_the_first_answer(path: Path) -> None:
    app = ArgmapApp(path, document=with_example(path, AT))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press("2", "j", "R", "1")
        assert "Directness: 1 · u undoes it" in driver.lines[0]
        assert not app.screen.query("Toast")
        assert "Grade  not graded yet" in driver.seen
    app.database.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_stray_answers_on_the_card_rate_nothing_and_say_which_key_goes_on(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, TEXT, size=size) as driver:
        await driver.press(*TWO_CLAIMS, *ELEVEN)
        before = answers(driver, "C1")
        await driver.press("1", "0", "x", "n", "minus")
        assert driver.said == ["C1 is done; enter goes to C2"]
        assert answers(driver, "C1") == before
        assert answers(driver, "C2") == {}


async def test_a_step_back_from_the_card_asks_the_last_question_again(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO_CLAIMS, *ELEVEN, "up")
        assert asked(driver) == ("C1", "fidelity")
        await driver.press("4")
        assert answers(driver, "C1")["fidelity"] == 4
        assert asked(driver) == ("C1", "card")


async def test_a_claim_that_is_done_already_shows_its_card(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO_CLAIMS, *ELEVEN, "enter", "left_square_bracket")
        assert asked(driver) == ("C1", "card")
        await driver.press("escape", "R", "4")
        assert answers(driver, "C1")["directness"] == 3


async def test_the_last_claim_ends_with_a_card_that_leads_back_to_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", *ELEVEN, "enter")
        assert driver.said == ["no other claim is left to rate; esc goes back to the map"]
        assert "on to" not in driver.lines[-1]
        assert asked(driver) == ("C1", "card")


async def test_the_card_leads_to_claims_before_it_that_are_open_and_past_those_that_are_done(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "j", "c", "j", "c", "1", "k", "R", *ELEVEN)
        assert asked(driver) == ("C2", "card")
        await driver.press("left_square_bracket", *ELEVEN)
        assert asked(driver) == ("C1", "card")
        assert "enter goes to C3" in driver.seen
        assert "go to C3" in driver.lines[-1]
        await driver.press("enter")
        assert asked(driver) == ("C3", "directness")


async def test_the_card_of_the_last_claim_leads_to_the_first_that_is_open(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO_CLAIMS, "escape", "j", "R", *ELEVEN)
        assert asked(driver) == ("C2", "card")
        assert "enter goes to C1" in driver.seen
        await driver.press("enter")
        assert asked(driver) == ("C1", "directness")


async def test_the_card_says_which_questions_are_open_and_a_click_asks_one(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO_CLAIMS, "3", *["j"] * 10)
        assert asked(driver) == ("C1", "card")
        assert "Not rated yet: Fit, " in driver.seen
        row = driver.row_of("Not rated yet: ")
        await driver.pilot.click(offset=(driver.lines[row].index("Fit"), row))
        await driver.settle()
        assert asked(driver) == ("C1", "fit")


async def test_a_value_claim_shows_why_it_has_no_grade(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C2").id)
        await driver.press("R", "3", "2", "2", "2", "2")
        assert "A value claim has no evidence quality to grade." in driver.seen


async def test_across_all_claims_stray_answers_after_the_last_rate_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "m", *ELEVEN)
        before = answers(driver, "C1")
        await driver.press("0", "1")
        assert driver.said == ["C1 is done; esc goes back to the map"]
        assert answers(driver, "C1") == before


async def test_no_answer_is_given_behind_the_rules(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "g", "3")
        assert driver.said == ["these are the rules; g returns to the question"]
        assert answers(driver, "C1") == {}
        await driver.press("escape", "3")
        assert answers(driver, "C1") == {"directness": 3}


async def test_the_rules_can_be_read_to_their_end_on_a_small_screen(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("j", "c", "R", "g")
        assert "Rate the claim as the text states it." in driver.seen
        assert "back to the question" in driver.lines[-1]
        await driver.press("j", "j", "j", "j")
        assert "falls short of the claim." in driver.seen
        assert driver.said == ["end of the rules; g returns to the question"]
        await driver.press("k", "k", "k", "k", "g")
        assert asked(driver) == ("C1", "directness")


@pytest.mark.parametrize("keys", [(), ("3",), ELEVEN, ("g",)], ids=["begun", "on", "done", "rules"])
async def test_the_footer_says_how_to_leave_and_where_the_help_is(
    path: Path, keys: tuple[str, ...]
) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press(*TWO_CLAIMS, *keys)
        assert "esc back" in driver.lines[-1]
        assert "? " in driver.lines[-1]


async def test_the_card_says_who_rated(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press(*TWO_CLAIMS)
        assert "rater: reader" in driver.lines[0]
        await driver.press(*ELEVEN)
        assert "rated by reader" in driver.seen


async def test_the_suggested_level_of_corroboration_is_whole_on_a_small_screen(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("R", "j", "j")
        await driver.until(lambda: "nothing suggested" in driver.seen)
        seen = " ".join(driver.seen.split())
        assert "no items of its own; 3 origins and 2 unidentified behind its sub-claims" in seen
        for sentence in screen_of(driver).round.asked.levels:
            assert sentence in seen


# Reasons


async def test_right_after_an_answer_the_reason_is_for_that_answer(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3")
        assert "b give a reason for Directness, 3" in driver.lines[-1]
        await driver.press("b")
        assert "C1, Directness: why 3?" in driver.seen
        await driver.type("named")
        await driver.press("enter")
        round_ = screen_of(driver).round
        reasons = {name: r.because for name, r in round_.ratings_of(round_.claim).items()}
        assert reasons == {"directness": "named"}
        assert asked(driver) == ("C1", "fit")


async def test_after_a_move_the_reason_is_for_what_is_shown(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3", "4", "k", "b")
        assert "C1, Fit: why 4?" in driver.seen
        await driver.press("escape", "down", "b")
        assert driver.said == ["answer first, then give the reason"]


async def test_on_the_card_the_reason_is_for_the_last_answer(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", *ELEVEN, "b")
        assert "C1, Fidelity of certainty: why 3?" in driver.seen


# Undo and redo


async def test_undo_goes_to_the_answer_that_it_takes_back_and_names_it(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press(*TWO_CLAIMS, "3", "4", "tab", "k", "u")
        assert asked(driver) == ("C1", "fit")
        assert "undone: C1, Fit: 4 → not rated" in driver.lines[0]
        await driver.press("tab", "U")
        assert asked(driver) == ("C1", "fit")
        assert "redone: C1, Fit: not rated → 4" in driver.lines[0]


async def test_undo_on_the_card_goes_back_to_the_question(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO_CLAIMS, *ELEVEN, "u")
        assert asked(driver) == ("C1", "fidelity")


async def test_undoing_a_reason_says_so(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3", "b")
        await driver.type("named")
        await driver.press("enter", "u")
        assert asked(driver) == ("C1", "directness")
        assert "undone: C1, Directness: the reason for 3" in driver.lines[0]


async def test_undoing_the_claim_itself_leads_back_to_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "u")
        assert "the claim was removed" in driver.said
        assert driver.app.screen.__class__.__name__ == "WorkbenchScreen"


async def test_undo_in_the_heat_map_goes_to_the_cell_that_it_changes(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "1", "k", "M", "3", "j", "l", "l", "u")
        round_ = heat_of(driver).round
        assert (round_.statement.label, round_.criterion) == ("C1", "directness")
        assert "undone: C1, Directness: 3 → not rated" in driver.lines[0]


async def test_a_row_of_the_heat_map_that_is_done_takes_no_stray_answer(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "1", "k", "M", *ELEVEN)
        before = answers(driver, "C1")
        assert "C1 is done; j goes to the next claim" in driver.lines[0]
        await driver.press("1")
        assert driver.said == ["C1 is done; j goes to the next claim"]
        assert answers(driver, "C1") == before
        await driver.press("j", "1")
        assert answers(driver, "C2") == {"fidelity": 1}


# The mouse, and the text beside it


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_click_on_a_level_answers_and_one_on_a_criterion_asks_it(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, TEXT, size=size) as driver:
        await driver.press("j", "c", "R")
        row = driver.row_of("2 The item reports")
        await driver.pilot.click(offset=(driver.lines[row].index("item"), row + 1))
        await driver.settle()
        assert answers(driver, "C1") == {"directness": 2}
        row = driver.row_of("▸" if size[0] > 80 else "Evidence quality") - (size[0] > 80)
        await driver.pilot.click(offset=(driver.lines[row].index("2"), row))
        await driver.settle()
        assert asked(driver) == ("C1", "directness")
        await driver.press("u")
        assert answers(driver, "C1") == {}


async def test_a_click_over_a_column_of_the_heat_map_goes_there(path: Path) -> None:
    app = ArgmapApp(path, document=with_example(path, AT), assessor="demo")
    async with driving(path, app=app) as driver:
        await driver.press("M")
        row = driver.row_of("traceability")
        await driver.pilot.click(offset=(driver.lines[row].index("traceability"), row))
        await driver.settle()
        assert heat_of(driver).round.criterion == "traceability"


async def test_a_wide_screen_shows_the_text_with_the_rated_passages(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("R")
        assert "Nine must be right" in driver.seen
        for criterion in RUBRIC.criteria.values():
            assert criterion.title in driver.seen
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "Nine must be right" not in driver.seen
        assert "Directness  How close does the evidence come" in driver.seen


async def test_the_text_next_to_the_question_can_be_scrolled(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("R", "pagedown", "pagedown")
        assert "At twenty to midnight" not in driver.seen
        await driver.press("pageup", "pageup")
        assert "At twenty to midnight" in driver.seen
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        await driver.press("pagedown")
        assert driver.said == ["the text needs 120 columns; this screen has 80"]


async def test_the_help_begins_with_how_to_rate_and_runs_a_key(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("j", "c", "R", "question_mark")
        assert driver.row_of("press the digit") < driver.row_of("answer with level 0")
        await driver.type("level 3")
        await driver.press("enter")
        assert answers(driver, "C1") == {"directness": 3}


# Without colour


async def test_levels_differ_by_shape_and_every_sign_has_a_word(path: Path) -> None:
    app = ArgmapApp(path, document=with_example(path, AT), assessor="demo")
    async with driving(path, app=app, size=(80, 24)) as driver:
        await driver.press("M")
        row = driver.lines[driver.row_of("● C6 ")]
        assert all(cell in row for cell in ("0▁", "1▂", "2▄", "3▆", "4█"))
        legend = driver.lines[driver.row_of("levels 0▁ to 4█")]
        for words in ("· not rated", "? cannot judge", "– does not apply", "° ruled out"):
            assert words in legend
        for name in RUBRIC.criteria:
            assert name in driver.seen

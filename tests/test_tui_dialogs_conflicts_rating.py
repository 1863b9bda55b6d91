"""When two people rate and link the same claim, differences are shown and one decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from support.drivers.interfering import (
    WAYS,
    bench_of,
    claim,
    is_same_everywhere,
    meanwhile,
    on_disk,
    setting,
    told,
)
from support.drivers.workbench import TEXT, Driver, driving

from argmap.edit.compound import mark
from argmap.edit.verbs import change_inference, remove_inference, remove_statement
from argmap.model.map import Change, Operation
from argmap.model.rating import Rating
from argmap.records.ids import rating_id
from tui.rating.sheet.screen import POLL_INTERVAL

if TYPE_CHECKING:
    from pathlib import Path

    from tui.rating.sheet.screen import RatingScreen


# Ratings


def answer_of(driver: Driver, criterion: str = "directness") -> object:
    ratings = on_disk(driver).ratings.values()
    return next((r.answer for r in ratings if r.criterion == criterion), None)


def answering(driver: Driver, answer: int, because: str | None = None) -> Operation:
    """Return the operation of a namesake of the assessor who answers the first question."""
    asked = cast("RatingScreen", driver.app.screen).round
    key = (asked.claim, asked.rubric.id, asked.rubric.version, asked.criterion, asked.assessor)
    there = on_disk(driver).ratings.get(rating_id(*key))
    new = Rating(rating_id(*key), *key[1:4], key[4], answer, key[0], because=because)
    return Operation("rated C1", (Change(there, new),))


async def test_an_answer_of_another_user_is_shown_at_the_top(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tui.rating.sheet.screen.POLL_INTERVAL", 3600
    )  # the screen is drawn no more
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R")
        await meanwhile(driver, answering(driver, 3), is_followed=True)
        await driver.press("1")
        assert "was changed meanwhile" in driver.lines[0]
        assert "“3”" in driver.lines[0]
        assert answer_of(driver) == 3
        await driver.press("1")
        assert answer_of(driver) == 1


@pytest.mark.parametrize(
    "keys", [("R", "1", "b"), ("M", "question_mark")], ids=["rating", "heat map"]
)
async def test_a_dialog_over_a_removed_claim_stays_until_it_is_left(
    path: Path, keys: tuple[str, ...]
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", *keys)
        dialog = driver.app.screen
        await meanwhile(
            driver, remove_statement(on_disk(driver), claim(driver).id), is_followed=True
        )
        await driver.pilot.pause(2 * POLL_INTERVAL)
        assert driver.app.screen is dialog
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is bench_of(driver), "the way back to the map")


@pytest.mark.parametrize("answers", [(), ("2", "k")], ids=["the first answer", "another answer"])
async def test_an_answer_of_another_user_can_be_overwritten(
    path: Path, answers: tuple[str, ...]
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", *answers)
        await meanwhile(driver, answering(driver, 3), is_followed=False)
        await driver.press("1")
        assert "directness of C1" in told(driver)
        assert "“3”" in told(driver)
        assert answer_of(driver) == 3
        await driver.press("1")  # it asks again what was not saved
        assert answer_of(driver) == 1
        assert answer_of(driver, "fit") is None


@WAYS
async def test_an_answer_and_a_reason_by_two_people_are_both_saved(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "2", "k", "b")
        await driver.type("my reason")
        asked = bench_of(driver).map.ratings.values()
        [there] = asked
        await meanwhile(driver, setting(there, answer=3), is_followed=is_followed)
        await driver.press("enter")
        [found] = on_disk(driver).ratings.values()
        assert (found.answer, found.because) == (3, "my reason")
        assert "changed the answer to 3" in told(driver)


@WAYS
async def test_two_reasons_are_decided(path: Path, *, is_followed: bool) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "2", "k", "b")
        await driver.type("my reason")
        [there] = bench_of(driver).map.ratings.values()
        await meanwhile(driver, setting(there, because="theirs"), is_followed=is_followed)
        await driver.press("enter")
        assert "“theirs”" in driver.seen
        assert "my reason" in driver.seen
        [found] = on_disk(driver).ratings.values()
        assert found.because == "theirs"
        await driver.press("enter")
        [found] = on_disk(driver).ratings.values()
        assert found.because == "my reason"


# Links


async def build(driver: Driver) -> None:
    """Link E1 and E2 to C1 as support, and go to the map on E1."""
    await driver.press("j", "c", "j", "e", "j", "e")
    driver.bench.work.select(driver.labelled("E1").id)
    await driver.press("2")


@pytest.mark.parametrize("key", ["v", "x"])
async def test_a_link_that_another_user_removes_is_reported_and_the_map_is_right(
    path: Path, key: str
) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        own = driver.map.inferences_from[driver.labelled("E1").id][0].id
        await meanwhile(driver, remove_inference(driver.map, own), is_followed=False)
        await driver.press(key)
        assert "I1 was removed meanwhile" in told(driver)
        assert dict(driver.map.inferences) == dict(on_disk(driver).inferences)


async def test_a_link_that_another_user_turned_is_not_removed_without_a_warning(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        own = driver.map.inferences_from[driver.labelled("E1").id][0].id
        turned = change_inference(driver.map, own, stance="opposes")
        await meanwhile(driver, turned, is_followed=False)
        await driver.press("x")
        assert "“opposes”" in told(driver)
        assert on_disk(driver).inferences[own].stance == "opposes"
        await driver.press("x")
        assert own not in on_disk(driver).inferences


async def test_turning_a_link_and_a_note_on_it_are_both_saved(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        own = driver.map.inferences_from[driver.labelled("E1").id][0].id
        await meanwhile(driver, change_inference(driver.map, own, note="theirs"), is_followed=False)
        await driver.press("v")
        found = on_disk(driver).inferences[own]
        assert (found.stance, found.note) == ("opposes", "theirs")
        assert dict(driver.map.inferences) == dict(on_disk(driver).inferences)


@WAYS
@pytest.mark.parametrize("key", ["s", "b"])
async def test_linking_to_a_removed_statement_is_reported(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press(key)
        gone = remove_statement(bench_of(driver).map, claim(driver, "E2").id)
        await meanwhile(driver, gone, is_followed=is_followed)
        await driver.type("E2")
        await driver.press("enter")
        assert "another user" in told(driver)
        assert "~" not in told(driver)  # no ids
        assert dict(driver.map.inferences) == dict(on_disk(driver).inferences)


async def test_removing_what_another_user_changed_is_reported_and_done_on_the_second_key(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        own = driver.labelled("E1")
        await meanwhile(driver, setting(own, note="keep it"), is_followed=False)
        await driver.press("d")
        assert "“keep it”" in told(driver)
        assert own.id in on_disk(driver).statements
        assert is_same_everywhere(driver)


async def test_removing_what_another_user_links_to_is_reported_and_done_on_the_second_key(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        own = driver.labelled("E1")
        theirs = mark(driver.map, ("theirs", "link"), "evidence", (), own.id, text="Theirs.")
        await meanwhile(driver, theirs, is_followed=False)
        await driver.press("d")
        assert "not saved: removed E1" in told(driver)
        assert own.id in on_disk(driver).statements
        assert is_same_everywhere(driver)
        assert driver.bench.work.selected is not None
        driver.bench.work.select(own.id)
        await driver.press("d")
        assert set(on_disk(driver).by_label) == {"C1", "E2", "E3", "I2"}


async def test_two_users_who_mark_a_statement_at_the_same_time_both_keep_theirs(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        theirs = mark(driver.map, ("theirs", "link"), "claim", (), None, text="Theirs.")
        await meanwhile(driver, theirs, is_followed=False)
        await driver.press("j", "c")
        assert {s.text for s in on_disk(driver).statements.values()} == {
            "Theirs.", "The toll pays for itself.",
        }  # fmt: skip
        assert sorted(on_disk(driver).by_label) == ["C1", "C2"]
        assert is_same_everywhere(driver)

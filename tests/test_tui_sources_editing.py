"""The sources screen: editing in place, linking, and merging two duplicates."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.drivers.desk import Desk
from support.drivers.source_screens import (
    HOSTILE,
    RECORDS,
    field,
    go_to,
    looking,
    names,
    screen_of,
    stored,
    voice,
)
from support.drivers.workbench import driving

from tui.core.background import run_in_background
from tui.look.signs import TWIN

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(desk: Desk) -> Path:
    desk.land(*RECORDS)
    return desk.path


# Editing


async def test_hidden_characters_survive_an_edit_of_the_words_round_them(desk: Desk) -> None:
    desk.land(RECORDS[0], voice("bad", f"⟦{HOSTILE}", "person"))
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("!")
        await driver.press("enter")
        assert stored(desk.path)["bad"]["name"] == f"⟦{HOSTILE}!"


async def test_a_name_is_edited_in_place_and_undone(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("s")
        await driver.press("enter")
        assert stored(path)["memo"]["name"] == "Board memos"
        assert driver.said == [
            "changed source Board memo: name “Board memo” → “Board memos” · u undoes it"
        ]
        await driver.press("u")
        assert stored(path)["memo"]["name"] == "Board memo"
        await driver.press("U")
        assert stored(path)["memo"]["name"] == "Board memos"


async def test_a_name_is_kept_on_one_line(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter", "ctrl+j")
        await driver.type("  2")
        await driver.press("enter")
        assert stored(path)["memo"]["name"] == "Board memo 2"


@pytest.mark.parametrize("key", ["interest", "description", "url"])
async def test_what_is_written_about_a_source_is_edited_and_cleared(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, key)
        await driver.press("enter")
        await driver.type("new")
        await driver.press("enter")
        assert stored(path)["memo"][key] == "new"
        await driver.press("backspace")
        assert stored(path)["memo"].get(key) is None


async def test_a_name_cannot_be_empty_and_escape_keeps_nothing(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("xyz")
        await driver.press("escape", "enter", "home", "ctrl+k", "enter")
        assert driver.said == ["a source needs a name; the old one is kept"]
        assert stored(path)["memo"]["name"] == "Board memo"


async def test_the_kind_is_picked(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, "kind")
        await driver.press("enter")
        await driver.type("outlet")
        await driver.press("enter")
        assert stored(path)["memo"]["kind"] == "outlet"


async def test_a_kind_that_would_leave_a_letter_without_its_reason_is_refused(desk: Desk) -> None:
    letter = {"type": "reliability", "source": "aaa", "letter": "E", "assessor": "tess"}
    desk.land(*RECORDS, voice("aaa", "Aaa", "outlet"), letter)
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S")
        await go_to(driver, "kind")
        await driver.press("enter")
        await driver.type("person")
        await driver.press("enter")
        assert driver.said == [
            "Aaa is of kind person: the E that tess gave needs a reason; add it first"
        ]
        assert stored(desk.path)["aaa"]["kind"] == "outlet"


@pytest.mark.parametrize("key", ["derives_from", "same_origin"])
async def test_links_to_other_sources_are_made_and_taken_away(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, key)
        await driver.press("enter")
        await driver.type("harbour")
        await driver.press("enter")
        assert stored(path)["memo"][key] == ["paper"]
        await go_to(driver, f"{key}:paper")
        await driver.press("backspace")
        assert stored(path)["memo"].get(key) is None


@pytest.mark.parametrize("key", ["derives_from", "same_origin"])
async def test_a_link_to_a_new_source_makes_it_and_is_undone_as_one(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        before = stored(path)
        await driver.press("S")
        await go_to(driver, key)
        await driver.press("enter")
        await driver.type("Roads  Survey")
        assert "new source: Roads Survey" in driver.seen
        await driver.press("enter")
        after = stored(path)
        (new,) = after.keys() - before.keys()
        assert (after[new]["name"], after[new]["kind"]) == ("Roads Survey", "document")
        assert after["memo"][key] == [new]
        assert "Roads Survey" in field(driver, f"{key}:{new}")
        await driver.press("u")
        assert stored(path) == before


async def test_a_known_name_makes_no_second_source(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        before = stored(path)
        await driver.press("S")
        await go_to(driver, "derives_from")
        await driver.press("enter")
        await driver.type("reports")
        assert "new source" not in driver.seen
        await driver.press("enter")
        assert stored(path)["memo"]["derives_from"] == ["vague"]
        assert stored(path).keys() == before.keys()


async def test_an_edit_reaches_the_map_that_waits_underneath(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        bench = driver.bench
        bench.work.select("t2")
        await driver.press("S", "enter", "enter")
        await driver.type("!")
        await driver.press("enter", "escape", "escape")
        await driver.until(lambda: bench.map.sources["un"].name == "UN Monitoring Team!")
        await driver.settle()
        assert "UN Monitoring Team!" in driver.seen


async def test_an_edit_of_what_another_process_changed_is_refused_in_a_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tui.sources.screen.POLL_INTERVAL", 3600
    )  # too soon for a look at the database
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        Desk(path).land(voice("memo", "Board memo 2", "document"))
        await driver.type("s")
        await driver.press("enter")
        assert "was changed meanwhile" in driver.said[0]
        assert stored(path)["memo"]["name"] == "Board memo 2"


async def test_a_message_that_arrives_as_a_screen_closes_fails_nothing(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        screen, missed = screen_of(driver), []

        async def show() -> None:
            while screen.query("#said"):  # noqa: ASYNC110  (no event reports it)
                await asyncio.sleep(0)
            missed.append(screen)
            screen.query_one("#said").focus()

        run_in_background(screen, show)
        await driver.press("escape")
        assert missed


async def test_a_missing_part_of_an_open_screen_is_reported_as_a_fault(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")

        async def show() -> None:
            screen_of(driver).query_one("#nothing").focus()

        run_in_background(screen_of(driver), show)
        await driver.settle()
        assert "unexpected error: NoMatches" in driver.said[0]
        driver.app.failures.clear()


# Merging


async def test_twins_are_marked_and_the_next_one_is_a_key_away(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "n")
        row = screen_of(driver).row
        assert row is not None
        assert row.source.id == "twin"
        assert f"the U.N. monitoring team {TWIN}" in driver.seen
        assert f"The Harbour Post {TWIN}" not in driver.seen
        assert field(driver, "alike:un").endswith(
            "(spelled differently, 3 statements in 2 documents)"
        )


async def test_a_merge_says_what_it_will_do_and_is_undone_by_the_undo_key(path: Path) -> None:
    before = stored(path)
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "n")
        await go_to(driver, "alike:un")
        await driver.press("enter")
        seen = " ".join(driver.seen.split())
        assert "keep UN Monitoring Team; 1 statement will cite it" in seen
        assert "monitoring team was person" in seen
        await driver.press("enter")  # which takes neither way: a merge is to be chosen
        assert stored(path) == before
        await driver.press("1")
        assert stored(path).keys() == before.keys() - {"twin"}
        assert names(driver)[-1] == "UN Monitoring Team"
        assert field(driver, "classes").startswith("4 statements in 2 documents")
        assert "merged source" in driver.said[0]
        await driver.press("u")
        assert stored(path) == before


async def test_a_merge_that_would_close_a_circle_says_so_first(desk: Desk) -> None:
    echo = voice("echo", "Echo", "outlet", derives_from=["un"])
    desk.land(*RECORDS, echo, voice("gaz", "Gazette", "outlet", derives_from=["echo"]))
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "G", "m")
        await driver.type("gazette")
        await driver.press("enter")
        seen = " ".join(driver.seen.replace("│", "").split())
        assert "this closes a circle of derivation: UN Monitoring Team derives from Echo" in seen


async def test_a_merge_goes_the_other_way_round_too_and_with_any_source(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "m")
        await driver.type("harbour")
        await driver.press("enter", "2")
        assert stored(path).keys() == {"un", "twin", "memo", "some", "vague"}
        await driver.press("u")
        assert "paper" in stored(path)


async def test_the_source_that_is_cited_more_is_offered_to_stay(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G", "m", "enter", "1")
        assert "un" in stored(path)
        assert "twin" not in stored(path)


async def test_leaving_the_choice_merges_nothing(path: Path) -> None:
    before = stored(path)
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "m", "enter", "escape", "m", "escape")
        assert stored(path) == before


async def test_a_database_without_sources_says_how_they_are_added(desk: Desk) -> None:
    desk.land(RECORDS[0])
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S")
        assert "Sources are added by attribution" in " ".join(driver.seen.split())
        await driver.press("enter", "a")
        assert driver.said == ["no source is selected"]

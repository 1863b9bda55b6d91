"""Choosing a rubric: the choices, their effect on ratings, and how long they last."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from support.drivers.new_databases import with_example
from support.drivers.workbench import TEXT, Driver, driving
from support.strategies.maps import AT, RUBRIC, chain
from test_argmap_rubrics_catalogue import SOUND

from argmap.records.rubric import rubric_from_toml
from store import add_text, load_map, open_store
from tui.shell.app import ArgmapApp
from tui.shell.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from tui.rating.sheet.screen import RatingScreen

HOUSE = rubric_from_toml(SOUND, "house.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "rubrics"
    found.mkdir()
    (found / "house.toml").write_text(SOUND, "utf-8")
    return found


def app_on(path: Path) -> ArgmapApp:
    """Return the app on a document of `TEXT`, with its settings next to the database."""
    with open_store(path) as store:
        document = add_text(store, TEXT)
    return ArgmapApp(path, config=Config(folder=path.parent), document=document)


def screen_of(driver: Driver) -> RatingScreen:
    return cast("RatingScreen", driver.app.screen)


async def test_a_rubric_of_the_users_folder_is_rated_under_and_stored_with_the_first_answer(
    path: Path, folder: Path
) -> None:
    app = app_on(path)
    async with driving(path, app=app) as driver:
        await driver.press("j", "c", "R", "r")
        assert "house 1  House style" in driver.seen
        assert "in a file" in driver.seen
        await driver.type("house")
        await driver.press("enter")
        assert "Clear" in driver.seen
        assert "1 of 2" in driver.seen
        await driver.press("1", "2")
        assert "Good" in driver.seen
        await driver.press("escape")
        assert "▰" in driver.lines[driver.row_of("● C1")]
        (folder / "house.toml").unlink()
        with open_store(path) as store:
            kept = load_map(store, driver.map.document.id)
        assert kept.rubrics[HOUSE.id, HOUSE.version] == HOUSE
        assert {r.rubric for r in kept.ratings.values()} == {"house"}


@pytest.mark.usefixtures("folder")
async def test_the_choice_holds_on_every_screen_until_the_program_ends(path: Path) -> None:
    app = app_on(path)
    example = with_example(path, AT)
    async with driving(path, app=app) as driver:
        await driver.press("j", "c", "M", "r")
        await driver.type("house")
        await driver.press("enter", "escape", "R")
        assert screen_of(driver).round.rubric == HOUSE
        await driver.press("escape")
        await driver.app.open_document(example)
        await driver.settle()
        await driver.press("R")
        assert screen_of(driver).round.rubric == HOUSE
        await driver.press("1", "u", "escape")
        assert app.rater.rubric == (HOUSE.id, HOUSE.version)
    assert ArgmapApp(path).rater.rubric is None


async def test_another_rubric_that_argmap_ships_starts_with_its_own_answers(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "3", "r")
        assert "argmap's own" in driver.seen
        await driver.type("quick")
        await driver.press("enter")
        assert "1 of 4" in driver.seen
        assert screen_of(driver).round.ratings_of(screen_of(driver).round.claim) == {}


async def test_the_map_shows_at_once_what_the_chosen_rubric_gives(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "0", "escape")
        assert "▱" in driver.lines[driver.row_of("● C1")]
        assert "Unsupported" in driver.seen
        await driver.press("R", "r")
        await driver.type("quick")
        await driver.press("enter", "escape")
        assert "▱" not in driver.seen
        assert "Unsupported" not in driver.seen


async def test_a_choice_that_is_left_changes_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "R", "r", "escape")
        assert screen_of(driver).round.rubric == RUBRIC
        assert driver.app.rater.rubric is None


async def test_a_faulty_rubric_is_skipped_with_a_message(path: Path, folder: Path) -> None:
    (folder / "house.toml").write_text(SOUND.replace("cuts = [0]", "cuts = [5]"), "utf-8")
    async with driving(path, app=app_on(path)) as driver:
        await driver.press("j", "c", "R", "r")
        assert "House style" not in driver.seen
        (said,) = driver.said
        assert said.startswith(f"skipped {folder / 'house.toml'}: cuts: must start at 0 and rise")


async def test_a_rubric_for_sources_is_not_offered_for_claims(path: Path, folder: Path) -> None:
    others = SOUND.replace("bands =", 'applies_to = ["source"]\nbands =')
    (folder / "house.toml").write_text(others, "utf-8")
    async with driving(path, app=app_on(path)) as driver:
        await driver.press("j", "c", "R", "r")
        assert "House style" not in driver.seen
        assert "Quick look" in driver.seen


def test_a_map_that_learns_of_a_rubric_keeps_its_cached_results() -> None:
    whole = chain(3)
    listed, named = whole.ordered_statements, whole.inferences_to
    knowing = whole.with_rubric(HOUSE)
    assert knowing.rubrics[HOUSE.id, HOUSE.version] == HOUSE
    assert knowing.ordered_statements is listed
    assert knowing.inferences_to is named
    assert knowing.statements == whole.statements

"""The tour: each step is completed by doing it, visible on every screen, and can be skipped."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving

from argmap.rubrics import shipped_rubrics
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.shell.keys.registry import actions
from tui.shell.tour import STEPS, TourLine, running

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = len(max((r for r in shipped_rubrics() if r.version == "1.1"), key=id).criteria)

DOING = [
    ["right_curly_bracket"], ["c"], ["j", "e"],
    ["w", *"Ostler", "enter", "enter", "enter"],
    ["s", "C", "2", "enter"], ["u"], ["X"],
    ["escape", "R"], ["3"], ["3"] * (QUESTIONS - 1),
    ["escape", "F"], ["j", "enter"], ["n"],
    ["P"], ["escape", "2", "W"], ["escape"],
]  # fmt: skip
"""The keys for each step except the last."""


def shows(driver: Driver, words: str) -> bool:
    """Return whether the tour shows *words* on the current screen."""
    return words in driver.seen


async def do(driver: Driver, number: int, presses: list[str]) -> None:
    """Do step *number*, and wait for the next one."""
    following = f"{number + 1}/{len(STEPS)}  "
    await driver.until(partial(shows, driver, f"{number}/{len(STEPS)}  "), f"step {number}")
    await driver.press(*presses)
    await driver.until(partial(shows, driver, following), following)
    await driver.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_tour_is_done_by_doing(path: Path, size: tuple[int, int]) -> None:
    assert len(DOING) == len(STEPS) - 1
    async with driving(path, size=size) as driver:
        await driver.press("f4")
        for number, presses in enumerate(DOING, 1):
            await do(driver, number, presses)
        assert "That is all you need" in driver.seen
        await driver.press("f4")
        assert f"/{len(STEPS)}  " not in driver.seen
        assert running(driver.app) is None


async def test_every_step_can_be_skipped_and_the_last_one_stays(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("f4")
        to_leave_what_if = len(STEPS) - 1  # which is done already: there is nothing to leave
        numbers = [n for n in range(2, len(STEPS) + 1) if n != to_leave_what_if]
        for number in [*numbers, len(STEPS), len(STEPS)]:
            await driver.press("f5")
            assert f"{number}/{len(STEPS)}  " in driver.seen
        assert "f5 skips" not in driver.seen
        assert "f4 ends the tour" in driver.seen


async def test_without_a_tour_there_is_nothing_to_skip(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("f5")
        assert driver.said == ["the tour is not running; f4 starts it"]


@pytest.mark.parametrize("key", ["X", "R", "F", "Y", "S", "M"])
async def test_the_step_is_seen_on_every_screen_and_ends_on_all_of_them(
    path: Path, key: str
) -> None:
    async with driving(path) as driver:
        await driver.press("f4", key)
        await driver.until(lambda: bool(driver.app.screen.query(TourLine)), "the strip")
        await driver.settle()
        assert f"/{len(STEPS)}  " in driver.seen
        await driver.press("f4")
        assert f"/{len(STEPS)}  " not in driver.seen
        await driver.press("escape")
        assert f"/{len(STEPS)}  " not in driver.seen


async def test_the_keys_are_those_that_are_set(path: Path) -> None:
    app = ArgmapApp(path, config=Config(keys={"workbench.mark-claim": "I"}))
    async with driving(path, app=app) as driver:
        await driver.press("d", "f4")
        if running(app) is None:
            await driver.press("f4")
        await driver.press("f5")
        assert "Press I to mark it as a claim" in driver.seen


def test_every_key_that_a_step_names_is_in_the_table() -> None:
    for step in STEPS:
        assert set(re.findall(r"\{([\w.-]+)\}", step.words)) <= set(actions())

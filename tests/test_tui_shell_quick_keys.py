"""Keys pressed before a screen has closed, and screens that change under a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving, sent

from tui.shell.keys.jump_dialog import JumpDialog
from tui.shell.keys.key_dialog import KeysDialog
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path


async def burst(driver: Driver, *keys: str) -> None:
    """Press *keys* without waiting for their effects."""
    for key in keys:
        driver.app.post_message(sent(key))
    await driver.settle()


@pytest.mark.parametrize(
    "opening",
    [
        ("F", "slash"),  # findings, while searching
        ("number_sign",),  # tags
        ("w",),  # who says so
        ("ctrl+p",),  # the palette
        ("question_mark",),
        ("E",),  # the document
        ("ctrl+o",),
        ("T",),
    ],
    ids="-".join,
)
@pytest.mark.parametrize("key", ["enter", "escape", "a"])
async def test_a_key_that_is_pressed_several_times_closes_what_is_open_and_no_more(
    path: Path, opening: tuple[str, ...], key: str
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "2", *opening)
        await burst(driver, *[key] * 5)
        assert any(isinstance(screen, WorkbenchScreen) for screen in driver.app.screen_stack)


async def test_jump_mode_that_a_resize_ends_under_the_list_of_keys_leaves_that_open(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "ctrl+o", "f1")
        assert isinstance(driver.app.screen, KeysDialog)
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert isinstance(driver.app.screen, KeysDialog)
        await driver.press("escape")
        assert not any(isinstance(screen, JumpDialog) for screen in driver.app.screen_stack)
        await driver.press("k")
        assert driver.bench.text.has_focus


@pytest.mark.parametrize("opening", ["F", "Y", "question_mark", "3"])
async def test_paging_in_a_list_that_has_no_room_for_a_row_does_nothing(
    path: Path, opening: str
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", opening)
        await driver.pilot.resize_terminal(30, 2)
        await driver.settle()
        await driver.press("pagedown", "pageup", "end", "home")


@pytest.mark.parametrize("turn", ["2", "tab"])
async def test_keys_right_after_a_turn_to_the_map_are_for_the_map(path: Path, turn: str) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "1")
        sentence = driver.bench.text.cursor.range
        await burst(driver, turn, "home", "V", "down", "V")
        assert len(driver.bench.work.ticked) == 2
        assert driver.bench.text.cursor.range == sentence

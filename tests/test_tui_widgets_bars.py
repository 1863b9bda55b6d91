"""The footer has the most useful keys, however narrow the terminal is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, driving

if TYPE_CHECKING:
    from pathlib import Path


async def test_rating_is_offered_at_the_bottom_of_a_small_terminal_in_every_pane(
    path: Path,
) -> None:
    async with driving(path, size=(80, 24)) as driver:
        for pane in ("2", "3", "1"):
            await driver.press(pane)
            assert "R rate" in driver.lines[-1]
            assert "? keys" in driver.lines[-1]


async def test_rating_is_offered_for_a_row_of_the_map_too(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("2", "j", "j")
        assert "R rate" in driver.lines[-1]


async def test_each_key_at_the_bottom_has_words(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("2", "j", "V")
        keys = driver.lines[-1].split("  ")
        assert [key for key in keys if len(key.split()) == 1] == []


async def test_rating_is_not_offered_where_there_is_no_claim(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        assert "R rate" not in driver.lines[-1]


async def test_keys_are_spaced_out_with_the_palette_at_the_right_if_there_is_room(
    path: Path,
) -> None:
    async with driving(path, TEXT, size=(120, 24)) as driver:
        assert driver.lines[-1].startswith(" c claim   e evidence   ")
        assert driver.lines[-1].endswith(" ^p palette ")


async def test_the_palette_gives_way_to_what_a_statement_can_be_made(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("j", "c")
        line = driver.lines[-1]
        marks = " c claim  e evidence for C1  r against C1  a C1 assumes  w who  R rate  ? keys"
        assert marks in line
        assert "^p palette" not in line


@pytest.mark.parametrize(
    "words",
    ["grade", "heat map", "origins", "findings", "what if", "reliability", "credible", "source"],
)
async def test_keys_are_found_by_the_words_people_search_for(path: Path, words: str) -> None:
    async with driving(path) as driver:
        await driver.press("2", "question_mark")
        await driver.type(words)
        assert "no match" not in driver.seen

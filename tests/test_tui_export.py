"""The export screen: nothing typed is lost, nothing that is there is written over unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from piloting import TEXT, driving

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.export import ExportScreen


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "argmap.db"


async def test_a_file_that_is_there_is_written_over_only_when_asked_twice(path: Path) -> None:
    there = path.with_name("there.md")
    there.write_text("older words", "utf-8")
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        screen.path.value = str(there)
        await driver.press("enter")
        assert driver.said == [f"{there} is there already; once more writes over it"]
        assert there.read_text("utf-8") == "older words"
        await driver.press("enter")
        assert driver.said == [f"wrote {there}"]
        assert "Why the toll stays" in there.read_text("utf-8")


async def test_another_format_leaves_a_path_that_was_typed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        offered = screen.path.value
        await driver.press("f", "f")
        assert screen.path.value != offered
        await driver.press("slash")
        await driver.type(".txt")
        typed = screen.path.value
        await driver.press("tab", "f")
        assert screen.path.value == typed


async def test_a_home_of_nobody_is_one_line_and_the_screen_stays(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        screen.path.value = "~nobody-of-that-name/a.md"
        await driver.press("enter")
        assert driver.said == ["~nobody-of-that-name/a.md: there is nobody of that name"]
        assert driver.app.screen is screen


async def test_a_table_tells_what_it_leaves_out(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        while screen.format.name != "csv":
            await driver.press("f")
        screen.path.value = str(path.with_name("map.csv"))
        await driver.press("enter")
        assert driver.said == [f"wrote {screen.path.value}; it leaves out 1 document text"]

"""A key draws only what it changes, and nothing old is left on the screen."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from support.drivers.workbench import driving
from textual.widget import Widget

from tui.text.pane import TextPane
from tui.widgets.bars import KeyLine
from tui.widgets.field_list import FieldList
from tui.workbench import screen
from tui.workbench.map.outline_pane import OutlinePane

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.drivers.workbench import Driver
    from textual.strip import Strip

LONG = "\n\n".join(
    f"Sentence {number} says something. {'And more words follow it. ' * 3}" for number in range(40)
)


async def mark(driver: Driver, count: int) -> None:
    """Mark *count* sentences as claims, and focus the first row of the map."""
    for _ in range(count):
        await driver.press("c", "j")
    await driver.press("2", "g")
    assert driver.seen  # drawn now, so that a test counts what comes later


@contextmanager
def counting(pane: type[Widget]) -> Iterator[list[int]]:
    """Collect the numbers of the lines that a *pane* draws."""
    drawn: list[int] = []
    original = pane.render_line

    def render_line(self: Widget, y: int) -> Strip:
        drawn.append(y)
        return original(self, y)

    with patch.object(pane, "render_line", render_line):
        yield drawn


async def drawn_again(driver: Driver) -> list[str]:
    """Return the lines below the heading once every widget has been drawn again."""
    for widget in driver.app.screen.walk_children(Widget):
        widget.refresh()
    await driver.settle()
    return driver.lines[1:]


async def test_a_step_in_the_map_draws_the_row_it_leaves_and_the_row_it_reaches(
    path: Path,
) -> None:
    async with driving(path, LONG) as driver:
        await mark(driver, 5)
        with counting(OutlinePane) as rows, counting(TextPane) as lines:
            await driver.press("j")
            assert driver.seen
        assert sorted(set(rows)) == [0, 1]
        assert len(set(lines)) < len(driver.bench.text.layout_.rows) / 4


async def test_a_step_in_the_map_looks_once_for_the_keys_of_the_footer(path: Path) -> None:
    async with driving(path, LONG) as driver:
        await mark(driver, 2)
        with patch.object(KeyLine, "show") as show:
            await driver.press("j")
        assert show.call_count == 1


async def test_equal_details_are_not_drawn_again(path: Path) -> None:
    async with driving(path, LONG) as driver:
        await mark(driver, 2)
        before = driver.bench.details.list._rows  # noqa: SLF001  (what is on the screen)
        with counting(FieldList) as drawn:
            await driver.press("j")
            assert driver.seen
        after = driver.bench.details.list._rows  # noqa: SLF001  (as above)
        same = {n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old == new}
        assert same
        assert drawn
        assert not same & set(drawn)


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_no_key_leaves_anything_old_on_the_screen(
    path: Path, pane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "IDLE_DELAY", 0.001)  # else the slow details come in between
    async with driving(path, LONG) as driver:
        await mark(driver, 8)
        await driver.press("l", "1", "e", "j", "a", pane)
        for key in ("j", "j", "G", "k", "space", "j", "space", "g", "ctrl+d", "3", "j", "2", "j",
                    "z", "k", "z", "1", "j", "V", "escape"):  # fmt: skip
            await driver.press(key)
            driver.app.clear_notifications()  # else one could time out between the two looks
            await driver.settle()
            shown = driver.lines[1:]  # without the heading, whose notice times out as well
            assert shown == await drawn_again(driver), key

"""The edge between two panes is dragged with the mouse; other drags do not move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.new_databases import with_example
from support.drivers.workbench import AT, TEXT, Driver, driving

from tui.shell.app import ArgmapApp
from tui.shell.keys.registry import actions
from tui.shell.state import capture_view
from tui.workbench.arrangement import FURTHEST, SMALLEST, Arrangement
from tui.workbench.dragging import TIP

if TYPE_CHECKING:
    from pathlib import Path

ROW = 12


def widths(driver: Driver) -> list[int]:
    panes = driver.bench.panes
    return [pane.size.width + 2 for pane in (panes.text, panes.map_view, panes.details)
            if pane.display]  # fmt: skip


async def drag(driver: Driver, column: int, by: int, *, drops: bool = True) -> None:
    await driver.pilot.mouse_down(offset=(column, ROW))
    await driver.pilot.hover(offset=(column + by, ROW))
    if drops:
        await driver.pilot.mouse_up(offset=(column + by, ROW))
    await driver.settle()


def outer(driver: Driver) -> dict[str, int]:
    return driver.bench.panes.arrangement.widths(driver.bench.size.width)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("by", [-9, 7])
async def test_the_edge_of_the_text_follows_the_mouse(path: Path, side: int, by: int) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        if side:  # the border of the pane with the focus has its scroll bar
            await driver.press("2")
        before = outer(driver)
        await drag(driver, before["text"] - side, by)
        after = outer(driver)
        assert after["text"] == before["text"] + by
        assert after["details"] == before["details"]
        assert driver.bench.panes.text.outer_size.width == after["text"]


async def test_the_edge_of_the_details_follows_the_mouse(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        before = outer(driver)
        await drag(driver, 140 - before["details"], -8)
        assert outer(driver)["details"] == before["details"] + 8
        assert outer(driver)["text"] == before["text"]


async def test_two_panes_have_one_edge(path: Path) -> None:
    async with driving(path, TEXT, size=(90, 30)) as driver:
        before = outer(driver)
        await drag(driver, before["text"], 6)
        assert outer(driver) == {"text": before["text"] + 6, "map": before["map"] - 6}


async def test_one_pane_has_none(path: Path) -> None:
    async with driving(path, TEXT, size=(60, 30)) as driver:
        await drag(driver, 59, -10)
        assert driver.bench.panes.arrangement.shift == Arrangement().shift


async def test_escape_puts_the_edge_back_and_ends_the_drag(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        before = outer(driver)
        await drag(driver, before["text"], 9, drops=False)
        assert outer(driver) != before
        await driver.press("escape")
        assert outer(driver) == before
        await driver.pilot.hover(offset=(before["text"] + 15, ROW))
        await driver.settle()
        assert outer(driver) == before


async def test_dragging_an_edge_marks_no_words_and_selects_no_row(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        await driver.press("j", "c", "j", "c")
        cursor, selected = driver.bench.text.cursor, driver.bench.work.selected
        for side in (0, 1):
            column = outer(driver)["text"] - side
            await driver.pilot.mouse_down(offset=(column, 2))
            await driver.pilot.hover(offset=(column - 9, 3))
            await driver.pilot.mouse_up(offset=(column - 9, 3))
            await driver.settle()
        assert (driver.bench.text.cursor, driver.bench.work.selected) == (cursor, selected)


async def test_words_are_dragged_over_without_moving_an_edge(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        before = outer(driver)
        row = driver.row_of("Hauliers disagree")
        await driver.pilot.mouse_down(offset=(12, row))
        await driver.pilot.hover(offset=(before["text"], row))
        await driver.pilot.mouse_up(offset=(before["text"], row))
        await driver.settle()
        assert outer(driver) == before


async def test_where_an_edge_was_dragged_to_is_kept_with_the_view(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        await drag(driver, outer(driver)["text"], 5)
        assert capture_view(driver.bench).shift["text"] == 5


async def test_an_edge_says_that_it_can_be_dragged(path: Path) -> None:
    async with driving(path, TEXT, size=(140, 40)) as driver:
        panes = driver.bench.panes
        await driver.pilot.hover(offset=(outer(driver)["text"], ROW))
        await driver.settle()
        assert panes.tooltip == TIP
        await driver.pilot.hover(offset=(20, ROW))
        await driver.settle()
        assert panes.tooltip is None


async def test_the_title_of_a_pane_says_which_key_goes_there(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        for name in ("text", "map", "details"):
            row = driver.row_of(f" {name} ")
            await driver.pilot.hover(offset=(driver.lines[row].index(f" {name} ") + 1, row))
            await driver.settle()
            action = actions()[f"workbench.{name}"]
            assert driver.bench.panes.tooltip == f"{action.title}  {action.keys}"


async def test_a_tooltip_stays_until_the_mouse_goes_on(path: Path) -> None:
    app = ArgmapApp(path, document=with_example(path, AT))
    async with app.run_test(size=(80, 24), tooltips=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await pilot.hover(offset=(3, 23))
        await driver.until(lambda: "mark a claim  c" in driver.seen, "the tooltip")
        await driver.settle()
        assert "mark a claim  c" in driver.seen


async def test_a_key_in_the_footer_says_what_it_does(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        line = driver.bench.query("KeyLine").first()
        row = len(driver.lines) - 1
        for words, id_ in (("claim", "workbench.mark-claim"), ("keys", "everywhere.help")):
            await driver.pilot.hover(offset=(driver.lines[row].index(words), row))
            await driver.settle()
            assert str(line.tooltip).startswith(f"{actions()[id_].title}  ")
            assert driver.app.key(id_) in str(line.tooltip)
        await driver.pilot.hover(offset=(0, row))
        await driver.settle()
        assert line.tooltip is None


@given(
    st.integers(SMALLEST[0], 300),
    st.lists(st.tuples(st.booleans(), st.integers(-200, 200)), max_size=6),
)
def test_a_drag_leaves_no_shift_that_the_screen_does_not_show(
    width: int, drags: list[tuple[bool, int]]
) -> None:
    arrangement = Arrangement()
    for is_text, by in drags:
        name = "text" if is_text else "details"
        if name not in [edge for edge, _ in arrangement.edges(width)]:
            continue
        begun, before = arrangement.shift[name], arrangement.widths(width)
        arrangement.drag(name, begun, by, width)
        after = arrangement.widths(width)
        assert sum(after.values()) == width
        assert abs(arrangement.shift[name]) <= FURTHEST
        assert (arrangement.shift[name] != begun) == (after != before)

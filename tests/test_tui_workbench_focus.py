"""Every key reaches a widget, and titles, notices and the footer are up to date."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving
from textual.screen import ModalScreen

from argmap.edit.verbs import add_statement
from argmap.formats.registry import Extract
from store import apply, open_store
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.shell.tour import Tour
from tui.widgets.editor import Editor
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

STEPS = (
    ["question_mark", "escape"], ["ctrl+p", "escape"], ["T", "escape"], ["f1", "down", "escape"],
    ["2", "f", "escape"], ["2", "f", "down", "enter"], ["escape"], ["2", "g", "w", "escape"],
    ["X", "escape"], ["Y", "escape"], ["Y", "k", "u", "escape"], ["M", "escape"], ["S", "escape"],
    ["2", "g", "R", "escape"], ["2", "g", "i", "escape"], ["2", "g", "i", "x", "enter"],
    ["slash", "b", "o", "a", "t", "escape"], ["slash", "b", "o", "a", "t", "enter"],
    ["E", "escape"], ["z"], ["m"], ["1"], ["2"], ["3"], ["tab"], ["shift+tab"], ["c"], ["u"],
    ["2", "d"], ["F", "escape"], ["f4"], ["y", "escape"], ["q", "question_mark", "escape", "enter"],
    ["q", "slash", "b", "o", "a", "t", "enter"], ["q", "e", "escape", "s", "escape", "enter"],
)  # fmt: skip
"""Ways into dialogs, screens and fields, and out again."""

SIZES = ((120, 40), (30, 8), (80, 24), (70, 20), (200, 60), (39, 30), (120, 40))


def is_focused(driver: Driver) -> bool:
    """Return whether a visible widget has the focus."""
    focused = driver.app.screen.focused
    return focused is not None and all(node.display for node in focused.ancestors_with_self)


@pytest.mark.parametrize("seed", range(4))
async def test_something_has_the_focus_after_any_dialog_and_screen(path: Path, seed: int) -> None:
    dice = Random(seed)  # noqa: S311  (the same sequence each time)
    async with driving(path, size=(120, 40)) as driver:
        done: list[object] = []
        for _ in range(25):
            if dice.random() < 0.25:
                size = dice.choice(SIZES)
                await driver.pilot.resize_terminal(*size)
                await driver.pilot.resize_terminal(*(width := (max(size[0], 60), max(size[1], 20))))
                await driver.settle()
                done.append((size, width))
            else:
                done.append(keys := dice.choice(STEPS))
                await driver.press(*keys)
            assert not isinstance(driver.app.screen, ModalScreen), done
            assert is_focused(driver), done


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_a_pane_has_the_focus_after_the_terminal_was_too_small(path: Path, pane: str) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g", pane)
        await driver.pilot.resize_terminal(30, 8)
        await driver.settle()
        assert "argmap needs 40 columns" in driver.seen
        await driver.pilot.resize_terminal(120, 40)
        await driver.settle()
        assert driver.app.screen.focused is driver.bench.panes.active_view
        assert driver.bench.panes.active == ("text", "map", "details")[int(pane) - 1]


# The empty library


@pytest.mark.parametrize("keys", [[], ["question_mark", "escape"], ["ctrl+p", "escape"], ["slash"]])
async def test_letters_work_in_an_empty_library(path: Path, keys: list[str]) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press(*keys, "p")
        assert "Paste the op-ed" in driver.seen


async def test_there_is_nothing_to_search_in_an_empty_library(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        for key in ("slash", "s", "e", "D", "enter"):
            await driver.press(key)
            assert driver.said == ["the library is empty; add a text first"]
        await driver.press("j", "k", "escape")
        assert is_focused(driver)
        assert isinstance(driver.app.screen, LibraryScreen)


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ("add a text file", "Add a text file"),
        ("paste a text", "Paste the op-ed"),
        ("open the example", "The last boat home"),
    ],
)
async def test_the_three_ways_to_begin_can_be_clicked(path: Path, way: str, shown: str) -> None:
    async with driving(path, app=ArgmapApp(path), size=(80, 24)) as driver:
        row = driver.row_of(way)
        await driver.pilot.click(offset=(driver.lines[row].index(way) + 2, row))
        await driver.settle()
        assert shown in driver.seen


async def test_the_welcome_shows_the_keys_that_the_reader_has_set(path: Path) -> None:
    app = ArgmapApp(path, config=Config(keys={"library.paste": "f6"}))
    async with driving(path, app=app) as driver:
        assert "f6  paste a text" in driver.seen


async def test_the_worked_example_comes_with_the_tour_that_is_promised(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("d")
        assert driver.bench.query(Tour)


# Titles


async def test_titles_follow_a_pane_that_is_maximised_and_restored(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g")
        before = driver.lines[1]
        await driver.press("z")
        assert "1 text  map  3 details" in driver.lines[1]
        await driver.press("z")
        assert driver.lines[1] == before


async def test_titles_follow_the_boxes(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g")
        before = driver.lines[1]
        await driver.press("m")
        assert driver.lines[1] == before
        await driver.press("j", "d")
        assert "37 statements" in driver.lines[1] or "38 statements" in driver.lines[1]
        await driver.press("m")
        assert "39 statements" not in driver.lines[1]


async def test_the_title_of_the_details_goes_with_what_was_selected(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g", "f")
        await driver.type("zzz")
        await driver.press("enter")
        assert "─ details ─" in driver.lines[1]


async def test_counts_are_at_the_right_end_of_the_titles(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        assert driver.lines[1].index("1/6 ─") > 30
        await driver.pilot.resize_terminal(60, 24)
        await driver.settle()
        assert driver.lines[1].rstrip().endswith("1/6 ─╮")


@pytest.mark.parametrize("size", [(70, 24), (40, 12)])
async def test_the_tabs_of_a_narrow_terminal_can_be_clicked(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, size=size) as driver:
        for name in ("map", "details", "text"):
            column = driver.lines[1].index(name)
            await driver.pilot.click(offset=(column + 1, 1))
            await driver.settle()
            assert driver.bench.panes.active == name
            assert driver.app.screen.focused is driver.bench.panes.active_view


# Filters and boxes


@pytest.mark.parametrize("keys", [[], ["m"]])
async def test_a_map_without_statements_says_so_in_both_views(path: Path, keys: list[str]) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("2", *keys)
        assert "The map is empty." in driver.seen


@pytest.mark.parametrize("keys", [[], ["m"]])
async def test_a_filter_that_finds_nothing_says_so(path: Path, keys: list[str]) -> None:
    async with driving(path) as driver:
        await driver.press("2", "f")
        await driver.type("zzz")
        await driver.press("enter", *keys)
        assert "No statement matches the filter." in driver.seen
        assert "The map is empty." not in driver.seen
        await driver.press("escape")
        assert "No statement matches the filter." not in driver.seen
        assert driver.bench.outline.forest.visible


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hanne", "from Dr Hanne Ostler"),
        ("without support", "claims without support"),
        ("without a source", "evidence without a source"),
        ("boat", "statements with “boat”"),
    ],
)
async def test_a_filter_is_called_by_names_and_words(path: Path, typed: str, said: str) -> None:
    async with driving(path) as driver:
        await driver.press("2", "f")
        await driver.type(typed)
        await driver.press("enter")
        assert said in driver.seen
        await driver.press("m")
        assert said in driver.seen
        await driver.press("escape")
        assert said not in driver.seen
        await driver.press("m")
        assert said not in driver.seen


# Dragging


async def test_escape_cancels_a_range_that_is_dragged(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        text, before = driver.bench.text, driver.bench.text.cursor.range
        row = driver.row_of("Hauliers disagree")
        column = driver.lines[row].index("disagree")
        await driver.pilot.mouse_down(offset=(column, row))
        await driver.pilot.hover(offset=(column + 14, row))
        assert text.cursor.range != before
        await driver.press("escape")
        assert text.cursor.range == before
        await driver.pilot.hover(offset=(column + 20, row))
        await driver.pilot.mouse_up(offset=(column + 20, row))
        await driver.settle()
        assert text.cursor.range == before


async def test_escape_cancels_a_row_that_is_dragged(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c")
        before = driver.map
        await driver.pilot.mouse_down(offset=(60, driver.row_of("C2 Reports")))
        await driver.pilot.hover(offset=(60, driver.row_of("C1 The toll")))
        await driver.press("escape")
        await driver.pilot.mouse_up(offset=(60, driver.row_of("C1 The toll")))
        await driver.settle()
        assert driver.map is before


@pytest.mark.parametrize("key", ["F", "ctrl+p", "R"])
@pytest.mark.parametrize("is_row", [True, False], ids=["row", "edge"])
async def test_a_drag_ends_when_another_screen_opens_and_no_later_move_goes_on_with_it(
    path: Path, key: str, *, is_row: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c")
        before, shift = driver.map, dict(driver.bench.panes.arrangement.shift)
        edge = driver.bench.panes.arrangement.widths(120)["text"]
        place = (60, driver.row_of("C2 Reports")) if is_row else (edge, 12)
        await driver.pilot.mouse_down(offset=place)
        await driver.press(key)
        await driver.pilot.mouse_up(offset=place)
        await driver.press("escape")
        await driver.pilot.hover(offset=(62, driver.row_of("C1 The toll")))
        await driver.pilot.click(offset=(60, driver.row_of("C2 Reports")))
        await driver.settle()
        assert driver.map is before
        assert driver.bench.panes.arrangement.shift == shift


# What is said


async def test_what_is_said_at_one_go_is_one_notice(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g", "d")
        assert len(driver.said) == 1
        driver.app.say("one")
        driver.app.say("two")
        await driver.settle()
        assert driver.said == ["two"]


async def test_a_notice_goes_with_the_change_that_makes_it_untrue(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")
        assert "u undoes it" in driver.said[0]
        await driver.press("j")
        assert "u undoes it" in driver.said[0]
        await driver.press("c")
        assert driver.said == []


async def test_a_refusal_goes_with_the_next_action(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("d")
        assert driver.said == ["select a statement first"]
        await driver.press("j")
        assert driver.said == []


async def test_what_the_top_line_says_goes_with_the_next_change(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "u")
        assert "undone: marked claim C1" in driver.lines[0]
        await driver.press("j")
        assert "undone: marked claim C1" in driver.lines[0]
        await driver.press("c")
        assert "undone" not in driver.lines[0]
        await driver.press("u")
        with open_store(path) as other:
            apply(other, add_statement(driver.map, "n", "claim", "Theirs."), "2026-03-02T10:15:00Z")
        await driver.until(lambda: "Theirs." in driver.seen)
        await driver.settle()
        assert "undone" not in driver.lines[0]


async def test_a_complaint_stays_through_a_change(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.say("not saved", is_bad=True)
        await driver.press("j", "c", "j")
        assert "not saved" in driver.said or "u undoes it" in driver.said[0]


# The bottom line


@pytest.mark.parametrize("width", [80, 120])
async def test_the_bottom_line_has_the_keys_of_the_editor_while_one_edits(
    path: Path, width: int
) -> None:
    async with driving(path, size=(width, 24)) as driver:
        await driver.press("2", "g", "i")
        assert driver.lines[-1].startswith(" enter save   esc cancel   ^j new line   f1 keys")
        await driver.press("escape")
        assert "i edit" in driver.lines[-1]


async def test_the_bottom_line_has_the_keys_of_the_editor_of_a_source(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        await driver.press("S", "enter", "enter")
        assert isinstance(driver.app.screen.focused, Editor)
        assert driver.lines[-1].startswith(" enter save   esc cancel   ^j new line")


async def test_no_letter_is_offered_where_it_is_only_typed(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        await driver.press("X", "slash")
        assert driver.lines[-1].startswith(" enter write   tab file name   esc back   f1 keys")
        await driver.press("escape", "S", "slash")
        assert "letter" not in driver.lines[-1]
        assert "esc back" in driver.lines[-1]


async def test_the_keys_of_the_editor_are_those_that_the_reader_has_set(path: Path) -> None:
    keys = {"editor.keep": "ctrl+s", "editor.drop": "f9"}
    app = ArgmapApp(path, config=Config(keys=keys), text=Extract(TEXT))
    async with driving(path, app=app) as driver:
        await driver.press("enter", "j", "c", "2", "i")
        assert driver.lines[-1].startswith(" ^s save   f9 cancel")
        await driver.type(" Yes.")
        await driver.press("ctrl+s")
        assert driver.labelled("C1").text.endswith("itself. Yes.")
        await driver.press("i")
        await driver.type(" No.")
        await driver.press("f9")
        assert driver.labelled("C1").text.endswith("itself. Yes.")


async def test_the_bottom_line_has_the_keys_of_the_search(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("slash")
        assert driver.lines[-1].startswith(" enter go there   esc leave search   f1 keys")
        await driver.type("Hauliers")
        await driver.press("enter")
        assert driver.bench.text.has_focus
        await driver.press("slash", "escape")
        assert driver.bench.text.has_focus
        assert isinstance(driver.app.screen, WorkbenchScreen)

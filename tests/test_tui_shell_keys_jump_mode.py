"""Jump mode labels each visible place on every screen; typing a label goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from rich.cells import cell_len
from support.drivers.workbench import TEXT, Driver, driving

from argmap.op_eds.documents import document_from_text
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.shell.keys.jump_dialog import JumpDialog
from tui.shell.keys.jump_mode import LETTERS, letters_for, places_in_view

if TYPE_CHECKING:
    from pathlib import Path

    from tui.rating.heat.screen import HeatScreen
    from tui.rating.sheet.screen import RatingScreen
    from tui.sources.screen import SourcesScreen


async def jump_to(driver: Driver, column: int, row: int) -> None:
    """Jump to the place at *column* of *row* of the screen by its label."""
    offsets = [offset for offset, _ in places_in_view(driver.app.screen)]
    letters = letters_for(len(offsets))[offsets.index((column, row))]  # type: ignore[arg-type]  # an Offset is a pair
    await driver.press("ctrl+o")
    assert isinstance(driver.app.screen, JumpDialog)
    start = max(0, column - len(letters) + 1)
    assert driver.lines[row][start:].startswith(letters)
    await driver.press(*letters)
    assert not isinstance(driver.app.screen, JumpDialog)


@pytest.mark.parametrize("count", [0, 1, 25, 26, 27, 100, 676, 677])
def test_labels_are_different_and_none_begins_another_one(count: int) -> None:
    labels = letters_for(count)
    assert len(set(labels)) == count
    assert len({len(label) for label in labels}) <= 1
    assert all(set(label) <= set(LETTERS) for label in labels)


async def test_a_sentence_is_jumped_to_from_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "2")
        row = driver.row_of("Hauliers disagree")
        await jump_to(driver, driver.lines[row].index("Hauliers"), row)
        assert driver.bench.context == "text"
        low, high = driver.bench.text.cursor.range
        assert TEXT[low:high] == "Hauliers disagree, and they count detours."


async def test_a_row_of_the_map_is_jumped_to_from_the_text(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c")
        row = driver.row_of("C1 The toll")
        await jump_to(driver, driver.bench.outline.content_region.x, row)
        assert driver.bench.context == "map"
        assert driver.bench.work.statement.label == "C1"


async def test_a_box_of_the_map_is_jumped_to(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "m", "1")
        boxes = driver.bench.panes.boxes.content_region
        await jump_to(driver, boxes.x, driver.row_of("C1 "))
        assert driver.bench.work.statement.label == "C1"


async def test_a_field_of_the_details_is_jumped_to(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")
        details = driver.bench.details.list
        row = details.content_region.y + details.rows_of(2).start
        await jump_to(driver, details.content_region.x, row)
        assert driver.bench.context == "details"
        assert details.at == 2


async def test_a_pane_is_jumped_to_by_its_title(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await jump_to(driver, *driver.bench.details.region.offset)
        assert driver.bench.context == "details"


async def test_a_key_in_the_footer_is_done_by_its_letters(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        row = len(driver.lines) - 1
        await jump_to(driver, driver.lines[row].index("c claim"), row)
        assert list(driver.map.by_label) == ["C1"]


async def test_documents_of_the_library_are_jumped_to(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.app.add(document_from_text("Another title\n\nAnother sentence."))
        await driver.settle()
        await driver.press("O")
        library = cast("LibraryScreen", driver.app.screen)
        assert library.table.cursor_row == 0
        x, y = library.table.content_region.offset
        await jump_to(driver, x, y + 2)  # below the headings and the first row
        assert library.table.cursor_row == 1


async def test_criteria_are_jumped_to_while_rating(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "R")
        screen = cast("RatingScreen", driver.app.screen)
        for criterion in screen.round.criteria[1:3]:
            offset = screen.sheet.content_region.offset
            row, column = place_of(screen, f"criterion:{criterion}")
            await jump_to(driver, offset.x + column, offset.y + row)
            assert screen.round.criterion == criterion


def place_of(screen: RatingScreen, does: str) -> tuple[int, int]:
    """Return the row and column of the first part of the sheet with the action *does*."""
    for number, row in enumerate(screen.sheet.rows):
        words = ""
        for part in row:
            if part.does == does:
                return number, cell_len(words)
            words += part.words
    message = f"nothing on the sheet does {does}"
    raise AssertionError(message)


async def test_claims_and_criteria_of_the_heat_map_are_jumped_to(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("c", "M")
        screen = cast("HeatScreen", driver.app.screen)
        grid = screen.grid
        await jump_to(driver, grid.content_region.x, driver.row_of("● C4 "))
        assert driver.app.screen is screen
        assert grid.row == [screen.round.map.statements[c].label for c in screen.round.claims].index("C4")  # fmt: skip
        found = [t for t in grid.jump_targets() if t.row == grid.head - 1]
        x, y = grid.content_region.offset
        await jump_to(driver, x + found[2].column, y + grid.head - 1)
        assert grid.column == 2


async def test_sources_are_jumped_to(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("S")
        screen = cast("SourcesScreen", driver.app.screen)
        x, y = screen.list.content_region.offset
        await jump_to(driver, x, y + 3)
        assert screen.list.at == 2


async def test_operations_of_the_history_are_jumped_to(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "j", "c", "Y")
        await jump_to(
            driver, 2, driver.row_of("add document") if "add document" in driver.seen else 3
        )
        assert driver.app.screen.query("ChoiceList").first().has_focus


async def test_escape_and_a_letter_without_a_place_leave_all_as_it_is(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        before = driver.bench.text.cursor
        for keys in (["escape"], ["§"], ["apostrophe"], ["up"]):
            await driver.press("ctrl+o", *keys)
            assert not isinstance(driver.app.screen, JumpDialog)
            assert driver.bench.text.cursor == before
            assert driver.said == []


async def test_the_first_letter_leaves_only_the_labels_that_begin_with_it(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("apostrophe")
        labels = list(driver.app.screen.query(".label"))
        await driver.press("s")
        shown = [str(label.content) for label in labels if label.display]  # type: ignore[attr-defined]
        assert shown
        assert all(letters.startswith("s") for letters in shown)
        await driver.press("escape")


async def test_an_empty_library_has_its_footer_to_jump_to(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        assert isinstance(driver.app.screen, LibraryScreen)
        assert "keys" in driver.seen
        assert places_in_view(driver.app.screen)

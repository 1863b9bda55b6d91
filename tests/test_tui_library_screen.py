"""The library and the history find and open documents, and follow other processes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support.drivers.interfering import setting
from support.drivers.workbench import AT, TEXT, Driver, driving

from argmap.edit.documents import change_document
from argmap.edit.verbs import add_statement
from store import add_text, apply, document_named, load_map, open_store, undo
from store.queries import DocumentSummary, SearchHit, load_document
from tui.history.screen import HistoryScreen
from tui.library.rows import columns_for, document_row, find_places, hit_row
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.document import Document
    from store import Store

NAMES = ("Tolls", "Ferries", "Trams")


def shelved(path: Path, *titles: str) -> ArgmapApp:
    """Return an app on a library of documents with *titles*, each with a different text."""
    with open_store(path) as store:
        for title in titles:
            add_text(store, f"{title}\n\nThis is all about {title.lower()}, and nothing else.")
    return ArgmapApp(path)


def library_of(driver: Driver) -> LibraryScreen:
    assert isinstance(driver.app.screen, LibraryScreen)
    return driver.app.screen


def listed(driver: Driver) -> list[str]:
    table = library_of(driver).table
    return [str(table.get_row_at(n)[0]).strip() for n in range(table.row_count)]


def here(driver: Driver) -> str:
    """Return the title in the row of the cursor."""
    return listed(driver)[library_of(driver).table.cursor_row]


def argmap(path: Path, *words: str) -> None:
    """Run the command line on the database at *path* in another process."""
    subprocess.run(
        [sys.executable, "-m", "argmap", "-d", str(path), *words], check=True, capture_output=True
    )


# What is found


async def test_enter_in_the_search_opens_what_is_highlighted(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("slash")
        for character in "ferr":
            await driver.tap(character)
        await driver.press("enter")  # before the last letters can have been looked for
        assert driver.bench.map.document.title == "Ferries"


async def test_down_goes_from_the_search_into_the_list(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("slash")
        await driver.type("t")
        assert library_of(driver).line.has_focus
        await driver.press("down")
        assert library_of(driver).table.has_focus
        await driver.press("down", "l")
        assert isinstance(driver.app.screen, WorkbenchScreen)


@pytest.mark.parametrize("keys", [["escape"], ["down", "escape"]])
async def test_escape_clears_the_search_and_the_cursor_stays(path: Path, keys: list[str]) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("slash")
        await driver.type("ferr")
        assert here(driver) == "Ferries"
        await driver.press(*keys)
        assert library_of(driver).line.value == ""
        assert sorted(listed(driver)) == sorted(NAMES)
        assert here(driver) == "Ferries"
        assert library_of(driver).table.has_focus


async def test_a_search_that_finds_nothing_says_so_and_opens_nothing(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("slash")
        await driver.type("zz")
        assert "no match for “zz” · esc clears the search" in driver.seen
        await driver.press("enter")
        assert driver.said == ["no document matches; esc clears the search"]
        assert library_of(driver).line.has_focus


async def test_a_hit_leads_to_its_statement(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("q", "slash")
        await driver.type("clinic ambulance trust")
        assert library_of(driver).row is not None
        await driver.press("enter")
        assert driver.bench.work.selected is not None


async def test_the_bottom_line_has_the_keys_of_the_search_while_one_types(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES), size=(80, 24)) as driver:
        await driver.press("slash")
        for words in ("enter open", "↓ go to the list", "esc leave search", "f1 keys"):
            assert words in driver.lines[-1]
        assert "o add a file" not in driver.lines[-1]


@pytest.mark.parametrize("width", [40, 76, 116])
@pytest.mark.parametrize("snippet", ["x" * 300, "漢字と仮名" * 40, "a 漢 toll", ""])
def test_a_hit_uses_the_whole_row_and_reads_on_across_the_columns(width: int, snippet: str) -> None:
    columns = columns_for(width)
    hit = SearchHit("toll", "c1", "C1", "words", f"The {snippet} toll")
    row = hit_row(hit, "The toll pays", columns, ["toll"])
    assert [cell_len(cell.plain) for cell in row.cells] == list(columns.values())
    joined = "".join(cell.plain for cell in row.cells)
    assert joined.startswith("   C1   ")
    assert joined.rstrip().endswith("The toll pays")


@pytest.mark.parametrize("before", ["", "word " * 30])
def test_the_match_is_bold_and_seen_however_late_it_comes(before: str) -> None:
    hit = SearchHit("toll", "c1", "C1", "words", f"{before}the Tölls pay")
    row = hit_row(hit, "Title", columns_for(76), ["toll"])
    bold = [
        cell.plain[span.start : span.end]
        for cell in row.cells
        for span in cell.spans
        if span.style == "bold"
    ]
    assert "".join(bold) == "Töll"


def test_a_word_is_found_where_a_word_begins() -> None:
    assert list(find_places("a toll, an atoll", ["toll"], at_beginnings=True)) == [(2, 6)]
    assert list(find_places("a toll, an atoll", ["toll"])) == [(2, 6), (12, 16)]


def test_numbers_are_right_aligned_in_their_column() -> None:
    row = document_row(
        DocumentSummary("a", "A", None, None, 7, 1234, 0, None), columns := columns_for(116), []
    )
    cells = dict(zip(columns, row.cells, strict=True))
    assert cells["claims"].plain == f"{7:>6}  "
    assert cells["evidence"].plain == f"{'1,234':>8}  "


# What other processes write


async def test_a_document_that_another_process_adds_shows_up_and_the_cursor_stays(
    path: Path,
) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("j")
        chosen = here(driver)
        file = path.with_name("bus.txt")
        file.write_text("Buses\n\nThe bus is late.", "utf-8")
        argmap(path, "add", str(file))
        await driver.until(lambda: "Buses" in listed(driver), "the document")
        await driver.settle()
        assert here(driver) == chosen
        assert "4 documents" in driver.lines[0]
        assert library_of(driver).table.has_focus


async def test_a_title_that_another_process_changes_is_changed_here_too(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        argmap(path, "document", "Ferries", "--title", "Boats")
        await driver.until(lambda: "Boats" in listed(driver), "the title")


async def test_the_first_document_that_another_process_adds_ends_the_welcome(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        assert "paste a text" in driver.seen
        file = path.with_name("bus.txt")
        file.write_text("Buses\n\nThe bus is late.", "utf-8")
        argmap(path, "add", str(file))
        await driver.until(lambda: "Buses" in driver.seen, "the document")
        await driver.settle()
        assert library_of(driver).table.has_focus
        await driver.press("enter")
        assert driver.bench.map.document.title == "Buses"


async def test_removing_the_last_document_shows_the_welcome_again(path: Path) -> None:
    async with driving(path, app=shelved(path, "Tolls")) as driver:
        with open_store(path) as other:
            undo(other)
        await driver.until(lambda: "paste a text" in driver.seen, "the welcome")
        await driver.settle()
        assert driver.app.screen.focused is library_of(driver).welcome


async def test_a_search_stays_while_others_write_and_its_hits_are_new(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        await driver.press("slash")
        await driver.type("harbour")
        with open_store(path) as other:
            tolls = load_map(other, document_named(other, "Tolls"))
            operation = add_statement(tolls, "n", "claim", "The harbour is full.")
            apply(other, operation, AT)
        await driver.until(lambda: "harbour is full" in driver.seen, "the hit")
        assert library_of(driver).line.value == "harbour"
        assert library_of(driver).line.has_focus


def _named(store: Store, title: str) -> Document:
    return load_document(store, document_named(store, title))


async def test_a_row_far_down_stays_where_it_is_on_the_screen(path: Path) -> None:
    app = shelved(path, *(f"Title {n:03}" for n in range(80)))
    async with driving(path, app=app, size=(80, 24)) as driver:
        await driver.press(*["j"] * 50)
        chosen, row = here(driver), driver.row_of(here(driver))
        with open_store(path) as other:
            apply(other, change_document(_named(other, "Title 000"), title="Another"), AT)
        await driver.until(lambda: "Another" in listed(driver), "the title")
        await driver.settle()
        assert here(driver) == chosen
        assert abs(driver.row_of(chosen) - row) <= 1


async def test_a_list_that_has_not_changed_is_not_drawn_again(path: Path) -> None:
    async with driving(path, app=shelved(path, *NAMES)) as driver:
        library = library_of(driver)
        cleared: list[bool] = []
        library.table.clear = lambda **_: cleared.append(True)  # type: ignore[method-assign,assignment]  # counts
        await library.read()
        await driver.settle()
        assert cleared == []


async def test_the_history_shows_what_another_process_does_and_the_cursor_stays(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "Y", "j")
        screen = driver.app.screen
        assert isinstance(screen, HistoryScreen)
        chosen = screen.logged[screen.list.highlighted or 0]
        argmap(path, "document", "Why the toll", "--author", "A. Bell")
        await driver.until(lambda: "author “A. Bell”" in driver.seen, "the operation")
        await driver.settle()
        assert screen.logged[screen.list.highlighted or 0] == chosen
        assert "4 operations" in driver.lines[0]


@pytest.mark.parametrize("size", [(80, 24), (50, 24)])
async def test_a_long_operation_wraps_below_its_own_words(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, TEXT, size=size) as driver:
        document = driver.map.document
        words = "a long name of an author that goes on"
        with open_store(path) as other:
            apply(other, setting(document, author=words), AT)
            renamed = f"changed it: {' and so on' * 12}"
            done = change_document(load_document(other, document.id), author="x")
            apply(other, type(done)(renamed, done.changes), AT)
        await driver.press("Y")
        await driver.until(lambda: "and so on" in driver.seen)
        rows = [line for line in driver.lines if "and so on" in line]
        assert len(rows) > 1
        assert {len(line) - len(line.lstrip()) for line in rows[1:]} == {22}
        assert all(line.rstrip()[-1] != "…" for line in rows)


async def test_the_history_is_wrapped_again_for_another_width(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("j", "c", "Y")
        await driver.pilot.resize_terminal(46, 24)
        await driver.settle()
        assert "marked claim C1" in driver.seen


async def test_the_list_has_the_focus_when_one_comes_from_a_document(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("O")
        assert library_of(driver).table.has_focus
        await driver.pilot.resize_terminal(60, 15)
        await driver.press("S", "escape")
        assert library_of(driver).table.has_focus

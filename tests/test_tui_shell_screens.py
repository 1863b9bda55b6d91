"""The other screens and the mouse: library, export, palette, help, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving

from argmap.formats.registry import Extract, export_formats
from argmap.op_eds.documents import document_from_text
from store import add_text, load_bundle, open_store, undo
from tui.export.screen import ExportScreen
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.widgets.line import LineInput
from tui.workbench.clipboard import section_of
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path


def shelved(path: Path, *titles: str) -> ArgmapApp:
    """Return an app on a library of documents with *titles*, each with a different text."""
    with open_store(path) as store:
        for title in titles:
            add_text(store, f"{title}\n\nThis is all about {title.lower()}, and nothing else.")
    return ArgmapApp(path)


def listed(driver: Driver) -> list[str]:
    library = driver.app.screen
    assert isinstance(library, LibraryScreen)
    return [str(library.table.get_row_at(n)[0]).strip() for n in range(library.table.row_count)]


async def test_an_empty_library_offers_three_ways_to_begin(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        for way in ("add a text file", "paste a text", "open the example"):
            assert way in driver.seen


async def test_a_text_file_is_added_and_opened(path: Path) -> None:
    (path.parent / "op-ed.txt").write_text(TEXT, "utf-8")
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("o")
        await driver.type(str(path.parent / "op-ed.txt"))
        await driver.press("enter", "enter")
        assert driver.map.document.title == "Why the toll stays"
        assert driver.map.document.text == TEXT


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no such file"),
        (b"", "contains no text"),
        (b"\x00\x01\x02binary", "is 0, as in binary files"),
    ],
)
async def test_a_file_that_cannot_be_read_is_reported_in_a_sentence(
    path: Path, content: bytes | None, complaint: str
) -> None:
    file = path.parent / "op-ed.txt"
    if content is not None:
        file.write_bytes(content)
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("o")
        await driver.type(str(file))
        await driver.press("enter")
        assert complaint in driver.said[0]
        assert driver.app.screen.query_one(LineInput).value == str(file)  # to be mended
        await driver.press("escape")
        assert isinstance(driver.app.screen, LibraryScreen)


async def test_a_pasted_text_becomes_a_document(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("p")
        await driver.type("A title")
        await driver.press("enter", "enter")
        await driver.type("A sentence.")
        await driver.press("ctrl+s", "enter")
        assert driver.map.document.title == "A title"


async def test_a_text_that_is_there_already_is_opened_and_not_doubled(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.app.add(document_from_text(TEXT))
        await driver.settle()
        assert isinstance(driver.app.screen, WorkbenchScreen)
    with open_store(path) as store:
        assert store.db.execute("SELECT count(*) FROM document").fetchone()[0] == 1


async def test_the_library_is_filtered_as_one_types_and_searched_in_all_words(path: Path) -> None:
    async with driving(path, app=shelved(path, "Tolls", "Ferries", "Trams")) as driver:
        assert sorted(listed(driver)) == ["Ferries", "Tolls", "Trams"]
        await driver.press("slash")
        await driver.type("t")
        assert {"Tolls", "Trams"} <= set(listed(driver))
        assert "Ferries" not in listed(driver)
        await driver.type("ra")
        assert listed(driver) == ["Trams"]
        await driver.press("enter")
        assert driver.map.document.title == "Trams"


async def test_the_library_is_sorted_by_what_is_chosen_and_back_again(path: Path) -> None:
    async with driving(path, app=shelved(path, "Tolls", "Ferries", "Trams")) as driver:
        for expected in (["Ferries", "Tolls", "Trams"], ["Trams", "Tolls", "Ferries"]):
            await driver.press("s")
            await driver.type("title")
            await driver.press("enter")
            assert listed(driver) == expected


async def test_a_document_is_removed_without_a_question_and_undone(path: Path) -> None:
    async with driving(path, app=shelved(path, "Tolls")) as driver:
        await driver.press("delete")
        assert "Take an op-ed apart" in driver.seen
        await driver.press("u")
        assert listed(driver) == ["Tolls"]


async def test_the_export_is_previewed_and_written_as_the_command_would(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    async with driving(path) as driver:
        document = driver.map.document.id
        await driver.press("X")
        assert "# The last boat home" in driver.seen
        await driver.press("enter")
        assert driver.said == ["wrote last-boat-home.md"]
    with open_store(path) as store:
        expected = "".join(export_formats()["markdown"].write(load_bundle(store, [document])))
    assert (path.parent / "last-boat-home.md").read_text("utf-8") == expected


async def test_every_format_can_be_chosen_on_the_export_screen(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("X")
        seen = set()
        for _ in range(2 * len(export_formats())):
            screen = driver.app.screen
            assert isinstance(screen, ExportScreen)
            seen.add(screen.format.name)
            await driver.press("f")
        assert seen == set(export_formats())


async def test_an_export_that_cannot_be_written_says_so_and_stays(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("X")
        screen = driver.app.screen
        assert isinstance(screen, ExportScreen)
        screen.path.value = str(path.parent / "nowhere" / "x.md")
        await driver.press("enter")
        assert "cannot be written" in driver.said[0]
        assert driver.app.screen is screen


async def test_copying_takes_the_section_of_the_selected_claim(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "g", "j", "y")
        await driver.type("section")
        await driver.press("enter")
        label = driver.bench.work.statement.label
        assert driver.app.clipboard == section_of(driver.map, label)
        assert driver.app.clipboard.startswith(f"### {label} · ")


async def test_help_finds_an_action_by_its_words_and_runs_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "question_mark")
        assert "In the text" in driver.seen
        await driver.type("mark a claim")
        await driver.press("enter")
        assert list(driver.map.by_label) == ["C1"]


async def test_the_palette_lists_only_what_is_possible(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("ctrl+p")
        await driver.type("who says")
        assert "attribute to a source" not in driver.seen
        await driver.press("escape", "c", "ctrl+p")
        await driver.type("who says")
        assert "attribute to a source" in driver.seen


async def test_a_theme_is_shown_while_it_is_chosen_and_left_with_escape(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        before = driver.app.theme
        await driver.press("T")
        await driver.type("light")
        assert driver.app.theme == "argmap-light"
        await driver.press("escape")
        assert driver.app.theme == before
        await driver.press("T")
        await driver.type("light")
        await driver.press("enter")
        assert driver.app.theme == "argmap-light"


async def test_a_click_goes_to_a_sentence_and_a_drag_takes_words(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        row = driver.row_of("Hauliers disagree")
        column = driver.lines[row].index("disagree")
        await driver.pilot.click(offset=(column, row))
        await driver.settle()
        low, high = driver.bench.text.cursor.range
        assert TEXT[low:high] == "Hauliers disagree, and they count detours."
        await driver.pilot.mouse_down(offset=(column + 1, row))
        await driver.pilot.hover(offset=(column + 14, row))
        await driver.pilot.mouse_up(offset=(column + 14, row))
        await driver.settle()
        low, high = driver.bench.text.cursor.range
        assert TEXT[low:high] == "disagree, and they"


async def test_the_right_button_offers_what_can_be_done_there(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.pilot.click(offset=(12, driver.row_of("Hauliers")), button=3)
        await driver.settle()
        assert "mark a claim" in driver.seen
        await driver.press("enter")
        assert [s.text for s in driver.map.ordered_statements] == [
            "Hauliers disagree, and they count detours."
        ]


async def test_a_row_is_dragged_under_another_one(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "j", "e")
        await driver.pilot.mouse_down(offset=(60, driver.row_of("E1 Drivers")))
        await driver.pilot.hover(offset=(60, driver.row_of("C1 The toll")))
        await driver.pilot.mouse_up(offset=(60, driver.row_of("C1 The toll")))
        await driver.settle()
        step = driver.map.inferences_from[driver.labelled("E1").id][0]
        assert step.conclusion == driver.labelled("C1").id


async def test_a_row_that_is_dragged_onto_its_parent_stays_and_changes_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e")
        before = driver.map
        await driver.pilot.mouse_down(offset=(60, driver.row_of("E1 Reports")))
        await driver.pilot.hover(offset=(60, driver.row_of("C1 The toll")))
        await driver.pilot.mouse_up(offset=(60, driver.row_of("C1 The toll")))
        await driver.settle()
        assert driver.said == ["E1 is already under C1"]
        assert driver.map == before


async def test_a_click_on_a_key_in_the_bottom_line_does_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        row = len(driver.lines) - 1
        await driver.pilot.click(offset=(driver.lines[row].index("claim"), row))
        await driver.settle()
        assert list(driver.map.by_label) == ["C1"]


async def test_undo_stops_at_the_document_itself(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "u", "u")
        assert driver.said == [
            "there is nothing more to undo here; undo in the library removes the document"
        ]
        assert isinstance(driver.app.screen, WorkbenchScreen)


async def test_a_document_that_another_process_removes_is_left_for_the_library(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        with open_store(path) as store:
            undo(store)
        await driver.until(lambda: isinstance(driver.app.screen, LibraryScreen), "the library")
        await driver.settle()
        assert "was removed from the database" in " ".join(driver.said)


async def test_a_text_that_is_not_in_the_library_is_offered_to_be_added(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, text=Extract(TEXT))) as driver:
        assert "This text is not in the library yet" in driver.seen
        await driver.press("enter")
        assert driver.map.document.text == TEXT

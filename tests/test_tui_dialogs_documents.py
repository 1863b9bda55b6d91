"""The details of a document are asked for when a text is added, and can be edited later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.interfering import WAYS, meanwhile, setting
from support.drivers.workbench import AT, TEXT, Driver, driving
from support.strategies.op_ed_files import page
from textual import events
from textual.widgets import Input

from argmap.edit.documents import change_document
from argmap.formats.registry import Extract
from store import apply, document_ids, history, open_store
from store.log.documents import delete_document
from store.queries import load_document
from tui.dialogs.document import FIELDS, DocumentDialog
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.document import Document

HEAD = (
    "Keep the toll\n\nBy Rosa Ames, The Harbour Post | March 2, 2024\n\nThe toll pays. It stays.\n"
)


def shown(driver: Driver) -> dict[str, str]:
    """Return the values of the form's fields."""
    assert isinstance(driver.app.screen, DocumentDialog), driver.seen
    return {name: driver.app.screen.query_one(f"#{name}", Input).value for name in FIELDS}


def words_seen(driver: Driver) -> str:
    """Return the words on the screen without its lines and frames."""
    return " ".join(driver.seen.replace("│", " ").split())


async def fill(driver: Driver, name: str, words: str) -> None:
    """Replace the value of the field called *name* with *words*."""
    driver.app.screen.query_one(f"#{name}", Input).focus()
    await driver.press("end", "ctrl+u")
    await driver.type(words)


def stored(path: Path) -> Document:
    with open_store(path) as store:
        [id_] = document_ids(store)
        return load_document(store, id_)


def labels(path: Path) -> list[str]:
    with open_store(path) as store:
        return [logged.label for logged in history(store)]


async def test_front_matter_of_a_file_fills_the_form_and_is_no_text(path: Path) -> None:
    file = path.with_name("note.md")
    file.write_text("---\ntitle: Tolls\nauthor: [Rosa Ames]\n---\n\nIt pays.\n", "utf-8")
    async with driving(path, app=ArgmapApp(path), size=(80, 24)) as driver:
        await driver.press("o")
        await driver.type(str(file))
        await driver.press("enter")
        assert (shown(driver)["title"], shown(driver)["author"]) == ("Tolls", "Rosa Ames")
        await driver.press("enter")
        document = stored(path)
    assert (document.title, document.author, document.text) == ("Tolls", "Rosa Ames", "It pays.\n")


async def test_the_form_says_which_encoding_a_file_was_read_in(path: Path) -> None:
    file = path.with_name("old.txt")
    file.write_bytes(HEAD.replace("pays", "pay\xe9").encode("cp1252"))
    async with driving(path, app=ArgmapApp(path), size=(80, 24)) as driver:
        await driver.press("o")
        await driver.type(str(file))
        await driver.press("enter")
        assert "was read as Windows-1252" in words_seen(driver)


async def test_a_text_is_added_with_what_its_first_lines_say(path: Path) -> None:
    file = path.with_name("op-ed.txt")
    file.write_text(HEAD, "utf-8")
    async with driving(path, app=ArgmapApp(path), size=(80, 24)) as driver:
        await driver.press("o")
        await driver.type(str(file))
        await driver.press("enter")
        assert shown(driver) == {
            "title": "Keep the toll", "author": "Rosa Ames", "publisher": "The Harbour Post",
            "published": "2024-03-02", "url": "",
        }  # fmt: skip
        for words, _ in FIELDS.values():
            assert words in driver.seen
        await driver.press("down")
        await driver.type(" Jr")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, WorkbenchScreen)
    document = stored(path)
    assert (document.author, document.url, document.text) == ("Rosa Ames Jr", None, HEAD)
    assert labels(path) == ["added Keep the toll"]


async def test_a_web_page_is_added_with_what_it_says_of_itself(path: Path) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    head = "<meta name='author' content='Rosa Ames'><title>The toll stays</title>"
    path.with_name("a.html").write_text(page(head=head), "utf-8")
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("o")
        await driver.type(str(path.with_name("a.html")))
        await driver.press("enter")
        assert (shown(driver)["title"], shown(driver)["author"]) == ("The toll stays", "Rosa Ames")
        await driver.press("enter")
        assert "<meta" not in driver.map.document.text


async def test_warnings_about_a_file_are_above_the_fields(path: Path) -> None:
    text = Extract(HEAD, warnings=("two letters are lost", "the year is a guess"))
    async with driving(path, app=ArgmapApp(path, text=text)) as driver:
        assert "two letters are lost the year is a guess" in words_seen(driver)
        await driver.press("enter")
        assert driver.map.document.text == HEAD


async def test_a_field_that_is_emptied_is_not_stored(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, text=Extract(HEAD))) as driver:
        await fill(driver, "publisher", "")
        await driver.press("enter")
        assert driver.map.document.publisher is None


async def test_escape_goes_back_to_what_was_pasted(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("p")
        await driver.type("A title")
        await driver.press("ctrl+s", "escape")
        await driver.type("More of ")
        await driver.press("ctrl+s")
        assert shown(driver)["title"] == "More of A title"
        await driver.press("escape", "escape")
        assert isinstance(driver.app.screen, LibraryScreen)
    with open_store(path) as store:
        assert document_ids(store) == []


async def test_front_matter_that_is_pasted_is_read_as_in_a_file(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("p")
        area = driver.app.screen.query_one("TextArea")
        area.load_text("---\ntitle: Tolls\ndate: 2024-03-02\n---\n\nIt pays.")  # type: ignore[attr-defined]  # one is there
        await driver.press("ctrl+s")
        assert (shown(driver)["title"], shown(driver)["published"]) == ("Tolls", "2024-03-02")
        await driver.press("enter")
        assert stored(path).text == "It pays."


async def test_a_map_that_is_pasted_is_refused_with_what_reads_it(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("p")
        area = driver.app.screen.query_one("TextArea")
        area.load_text("---\nargmap: 1\nid: t\ntitle: T\n---\n\n# T")  # type: ignore[attr-defined]  # one is there
        await driver.press("ctrl+s")
        assert "read it with argmap import" in driver.said[0]


async def test_a_text_that_is_there_is_opened_and_not_asked_about(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "p")
        driver.app.screen.query_one("TextArea").load_text(TEXT)  # type: ignore[attr-defined]  # one is there
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, WorkbenchScreen)
        assert "is already in the library" in driver.said[0]


@pytest.mark.parametrize(
    ("name", "words", "complaint"),
    [
        ("published", "2024-02-30", "date: '2024-02-30' is not a date such as 2023-08-14"),
        ("published", "yesterday", "date: 'yesterday' is not a date such as 2023-08-14"),
        ("title", "", "a document needs a title; give it one"),
        ("title", "  ", "a document needs a title; give it one"),
    ],
)
async def test_what_cannot_be_stored_is_refused_in_the_form_with_a_reason(
    path: Path, name: str, words: str, complaint: str
) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        before = stored(path)
        await driver.press("E")
        await fill(driver, name, words)
        driver.app.screen.query_one("#url", Input).focus()
        await driver.press("enter")
        assert complaint in driver.seen
        assert driver.app.screen.focused is driver.app.screen.query_one(f"#{name}")
        assert stored(path) == before
        await driver.press("escape")
        assert isinstance(driver.app.screen, WorkbenchScreen)


async def test_pasted_line_ends_become_spaces_and_nothing_is_lost(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("E")
        await fill(driver, "title", "")
        driver.app.screen.query_one("#title").post_message(
            events.Paste("Keep \r\n the\ntoll\u2028now\n")
        )
        await driver.settle()
        assert shown(driver)["title"] == "Keep the toll now"


async def test_all_fields_are_one_operation_and_undone_as_one(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "E")
        await fill(driver, "title", "Keep it")
        await fill(driver, "author", "A. Bell")
        await driver.press("enter")
        label = (
            "changed the document Why the toll stays: title “Why the toll stays” → “Keep it”,"
            " author “A. Bell”"
        )
        assert labels(path)[0] == label
        assert "Keep it   A. Bell" in driver.lines[0] or label[:30] in driver.lines[0]
        await driver.press("u")
        assert driver.map.document.title == stored(path).title == "Why the toll stays"
        await driver.press("U")
        assert driver.map.document.author == stored(path).author == "A. Bell"
        assert list(driver.map.by_label) == ["C1"]


async def test_a_form_that_is_left_as_it_was_changes_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("E", "enter")
        assert len(labels(path)) == 1


async def test_values_with_signs_in_them_come_back_unchanged(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        hostile = "A \u202eturned⟦ [red]name\x1b"
        with open_store(path) as store:
            apply(store, change_document(stored(path), author=hostile), AT)
        await driver.until(lambda: driver.map.document.author == hostile)
        await driver.press("E")
        assert "⟦U+202E⟧" in shown(driver)["author"]
        await fill(driver, "publisher", "Post")
        await driver.press("enter")
    document = stored(path)
    assert (document.author, document.publisher) == (hostile, "Post")


async def test_a_document_is_edited_from_the_library_and_undone_there(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "e")
        await fill(driver, "author", "A. Bell")
        await driver.press("enter")
        assert "A. Bell" in driver.seen
        assert "u undoes it" in driver.said[0]
        await driver.press("u")
        assert "A. Bell" not in "\n".join(driver.lines[:-6])
        assert stored(path).author is None


@WAYS
@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_field_that_two_people_change_is_decided(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("E")
        await fill(driver, "author", "Mine")
        await fill(driver, "publisher", "My paper")
        theirs = setting(stored(path), author="Theirs", url="https://theirs")
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("enter")
        assert "another user or process set its author to “Theirs”" in words_seen(driver)
        assert shown(driver) == {
            "title": "Why the toll stays", "author": "Mine", "publisher": "My paper",
            "published": "", "url": "https://theirs",
        }  # fmt: skip
        assert stored(path).author == "Theirs"
        await driver.press(key)
        document = stored(path)
        kept = ("Mine", "My paper") if key == "enter" else ("Theirs", None)
        assert (document.author, document.publisher) == kept
        assert document.url == "https://theirs"
        assert driver.map.document == document


async def test_two_people_change_different_fields_in_the_library(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "e")
        await fill(driver, "author", "Mine")
        with open_store(path) as other:
            apply(other, change_document(stored(path), publisher="Theirs"), AT)
        await driver.press("enter")
        document = stored(path)
        assert (document.author, document.publisher) == ("Mine", "Theirs")


async def test_a_conflict_in_the_library_is_shown_in_the_form(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "e")
        await fill(driver, "author", "Mine")
        with open_store(path) as other:
            apply(other, change_document(stored(path), author="Theirs"), AT)
        await driver.press("enter")
        assert "another user or process set its author to “Theirs”" in words_seen(driver)
        await driver.press("enter")
        assert stored(path).author == "Mine"


async def test_what_was_typed_for_a_document_that_is_removed_is_on_the_clipboard(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "e")
        await fill(driver, "author", "Mine")
        with open_store(path) as other:
            delete_document(other, stored(path).id)
        await driver.press("enter")
        assert driver.app.clipboard == "Mine"
        assert "was removed meanwhile" in driver.said[0]

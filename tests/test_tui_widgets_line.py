"""Text pasted into a single-line field arrives whole, on one line."""

from __future__ import annotations

import ast
import inspect
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.workbench import TEXT, Driver, driving
from test_tui_contracts import modules
from textual.events import Paste

from store import add_text, open_store
from tui.dialogs.questions import Question, QuestionsDialog
from tui.shell.app import ArgmapApp
from tui.widgets.line import LineInput, join_lines
from tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

PASTED = "\r\n\n  National Audit\r\nOffice\tof  \n\n the\u2028Town\x85Hall\n\n"
JOINED = "National Audit Office of the Town Hall"


async def paste(driver: Driver, text: str) -> None:
    driver.app.post_message(Paste(text))
    await driver.settle()


def line(driver: Driver) -> LineInput:
    focused = driver.app.focused
    assert isinstance(focused, LineInput)
    return focused


def keys(*names: str) -> Callable[[Driver], Awaitable[None]]:
    async def press(driver: Driver) -> None:
        await driver.press(*names)

    return press


async def questions(driver: Driver) -> None:
    def asked(answers: object) -> Question | None:
        return None if answers else Question("topic", "on which topic?")

    driver.app.push_screen(QuestionsDialog("letter", "Ann", asked))
    await driver.settle()


async def name_of_source(driver: Driver) -> None:
    await driver.press("c", "w")
    await driver.type("Ann")
    await driver.press("enter", "enter", "enter", "S", "slash")


FIELDS = {
    "search": keys("slash"),
    "who says so": keys("c", "w"),
    "tags": keys("c", "number_sign"),
    "assumption": keys("A"),
    "filter": keys("c", "2", "f"),
    "findings": keys("c", "F", "slash"),
    "palette": keys("ctrl+p"),
    "help": keys("question_mark"),
    "export path": keys("X", "tab"),
    "library": keys("q", "slash"),
    "sources": name_of_source,
    "questions": questions,
    "document": keys("E"),
}


@pytest.mark.parametrize("name", FIELDS)
async def test_what_is_pasted_goes_in_whole_as_one_line(path: Path, name: str) -> None:
    async with driving(path, TEXT) as driver:
        await FIELDS[name](driver)
        line(driver).words = ""
        await paste(driver, PASTED)
        assert line(driver).words == JOINED
        await driver.press("escape", "escape", "escape")


@pytest.mark.parametrize("name", FIELDS)
async def test_words_longer_than_the_field_are_seen_up_to_the_cursor(path: Path, name: str) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await FIELDS[name](driver)
        line(driver).words = ""
        await paste(driver, f"{'long ' * 40}end")
        place = line(driver).content_region
        assert driver.lines[place.y][place.x : place.right].rstrip().endswith("long long end")
        await driver.press("escape", "escape", "escape")


async def test_what_was_copied_in_the_program_is_pasted_as_one_line(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("slash")
        driver.app.copy_to_clipboard(PASTED)
        await driver.press("ctrl+v")
        assert line(driver).words == JOINED


async def test_a_pasted_name_of_several_lines_makes_one_source(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "w")
        await paste(driver, PASTED)
        await driver.press("enter", "enter", "enter")
        (source,) = driver.map.sources.values()
        assert source.name == JOINED


async def test_pasted_tags_keep_those_after_the_first_line(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "number_sign")
        await paste(driver, "money,\nroads, big\nlorries\n")
        await driver.press("enter")
        assert driver.bench.work.statement.tags == ("money", "roads", "big lorries")


async def test_pasted_characters_that_act_are_shown_as_signs_and_kept(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "w")
        await paste(driver, "Red\x1b[31m\nalert\u202e")
        assert line(driver).value == "Red⟦U+001B⟧[31m alert⟦U+202E⟧"
        assert line(driver).words == "Red\x1b[31m alert\u202e"


async def test_what_is_pasted_takes_the_place_of_what_is_selected(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("slash")
        await driver.type("the toll road")
        await driver.press("left", "left", "left", "left", "left", *["shift+left"] * 4)
        await paste(driver, "\nbridge\nor\n")
        assert line(driver).words == "the  bridge or  road"


async def test_the_editor_of_many_lines_keeps_line_ends(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "2", "i")
        editor = driver.app.focused
        assert isinstance(editor, Page)
        await paste(driver, "one\r\n\r\ntwo\x1b[31m\u2028three")
        assert editor.text == "Why the toll staysone\n\ntwo⟦U+001B⟧[31m⟦U+2028⟧three"
        await driver.press("enter")
        assert driver.bench.work.statement.text == "Why the toll staysone\n\ntwo\x1b[31m\u2028three"


async def test_a_pasted_document_keeps_its_lines_and_shows_what_would_act(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("q", "p")
        await paste(driver, "Toll\r\n\r\nIt pays\x1b[2J ⟦well⟧.\n")
        assert "\x1b" not in driver.seen
        assert "It pays⟦U+001B⟧" in driver.seen
        await driver.press("ctrl+s", "enter")
        assert driver.map.document.text.rstrip() == "Toll\n\nIt pays\x1b[2J ⟦well⟧."


async def test_a_pasted_path_with_a_line_end_opens_the_file(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "op-ed.txt"
    file.write_text("Toll\n\nIt pays.")
    with open_store(path) as store:
        add_text(store, TEXT)
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("o")
        await paste(driver, f"{file}\n")
        await driver.press("enter", "enter")
        assert driver.map.document.title == "Toll"


@given(st.text(alphabet="ab \t\n\r\x0b\x85\u2028\u00a0", max_size=30))
def test_words_and_their_order_stay_and_no_line_end_does(text: str) -> None:
    joined = join_lines(text)
    assert joined.split() == text.split()
    assert len(joined.splitlines()) <= 1
    assert "\t" not in joined


@pytest.mark.parametrize(
    ("text", "is_first", "is_last", "expected"),
    [
        ("a\n", True, True, "a"),
        ("\n a\r\n\r\nb\n", False, False, " a b "),
        ("two  spaces", False, False, "two  spaces"),
        ("\n", True, True, ""),
        ("", True, True, ""),
    ],
)
def test_line_ends_at_the_edges_become_spaces_only_between_words(
    text: str, expected: str, *, is_first: bool, is_last: bool
) -> None:
    assert join_lines(text, is_first=is_first, is_last=is_last) == expected


def test_no_other_field_of_one_line_is_used() -> None:
    named = {getattr(module, "__name__", ""): module for module in modules()}
    is_other = partial(_uses, {"Input", "MaskedInput"})
    users = [
        name for name, module in named.items() if name != "tui.widgets.line" and is_other(module)
    ]
    assert users == []


def _uses(names: set[str], module: object) -> bool:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]  # a module
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "textual.widgets"
        and names & {alias.name for alias in node.names}
        for node in ast.walk(tree)
    )


async def test_tab_completes_the_name_of_a_file_as_a_shell_does(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tolls.txt").write_text("Toll\n\nIt pays.")
    monkeypatch.chdir(tmp_path)
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.press("o")
        await driver.type("to")
        await driver.until(lambda: "tolls.txt" in driver.seen)
        await driver.press("tab")
        assert line(driver).words == "tolls.txt"
        await driver.press("escape")

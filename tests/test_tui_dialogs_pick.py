"""Dialogs that offer choices: short lists need no search field, and hints are never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.workbench import TEXT, Driver, driving
from textual.widgets import Input, OptionList, Static

from tui.core.background import run_in_background
from tui.dialogs.ask import AskDialog, PasteDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.pick import FEW, Choice, PickDialog
from tui.dialogs.prompts import pick
from tui.dialogs.questions import Question, QuestionsDialog
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path


SIZES = [(40, 12), (40, 24), (60, 16), (80, 24)]


async def offer(driver: Driver, count: int) -> list[str | None]:
    """Ask for one of *count* choices; return the list that the answer is put into."""
    answers: list[str | None] = []
    names = ["apples", "berries", "cherries", "dates", "elderberries", "figs", "grapes", "hops"]
    choices = [Choice(name, name) for name in names[:count]]

    async def ask() -> None:
        answers.append(await pick(driver.app, "which?", choices))

    run_in_background(driver.app, ask)
    await driver.settle()
    return answers


@pytest.mark.parametrize("count", [1, 2, FEW, FEW + 1])
async def test_only_a_dialog_with_many_choices_has_a_field(path: Path, count: int) -> None:
    async with driving(path, TEXT) as driver:
        await offer(driver, count)
        assert len(driver.app.screen.query(Input)) == (count > FEW)
        await driver.press("escape")


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["2"], "berries"),
        (["enter"], "apples"),
        (["down", "enter"], "berries"),
        (["j", "j", "k", "enter"], "berries"),
        (["c", "h", "enter"], "cherries"),
        (["c", "z", "enter"], "cherries"),
        (["d", "backspace", "b", "enter"], "berries"),
        (["escape"], None),
        (["9", "0", "escape"], None),
    ],
)
async def test_one_of_a_few_choices_is_taken_by_number_arrow_or_words(
    path: Path, keys: list[str], answer: str | None
) -> None:
    async with driving(path, TEXT) as driver:
        answers = await offer(driver, 4)
        await driver.press(*keys)
        assert answers == [answer]


async def test_words_that_match_no_choice_get_a_message(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await offer(driver, 2)
        await driver.press("z")
        assert "no match for “z”" in driver.seen
        await driver.press("escape")


async def test_each_of_a_few_choices_shows_its_number(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await offer(driver, 2)
        assert "1  apples" in driver.seen
        assert "2  berries" in driver.seen
        assert "a number or enter selects · esc cancels" in driver.seen
        await driver.press("escape")


async def test_a_choice_that_does_harm_is_not_the_one_that_enter_takes(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        dialog = PickDialog("?", [Choice("a", "lose"), Choice("b", "keep")], preselects=False)
        await driver.app.push_screen(dialog)
        await driver.settle()
        await driver.press("enter")
        assert driver.app.screen is dialog
        assert dialog.query_one(OptionList).highlighted is None
        await driver.press("down")
        assert dialog.query_one(OptionList).highlighted == 0
        await driver.press("escape")


async def test_the_mouse_menu_takes_an_action_by_its_own_key(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.pilot.click(offset=(12, driver.row_of("Hauliers")), button=3)
        await driver.settle()
        await driver.press("a")
        assert list(driver.map.by_label) == ["A1"]


def dialogs() -> list[Dialog[Any]]:
    many = [Choice(str(n), f"choice {n} " * 8, is_whole=True) for n in range(40)]
    long = "a hint that says at length how to select and how to cancel · " * 2 + "the end"
    return [
        PickDialog("few", [Choice("a", "one"), Choice("b", "two")]),
        PickDialog("many", many),
        PickDialog("many", many[:FEW], hint=long),
        PickDialog("many", many, hint=long),
        AskDialog("which?", hint=long, note="a note " * 12),
        PasteDialog(),
        QuestionsDialog(
            "judge", "about this " * 12, lambda _: Question("q", "which one?", many[:5])
        ),
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", range(len(dialogs())))
async def test_the_hint_of_a_dialog_is_never_cut(
    path: Path, size: tuple[int, int], number: int
) -> None:
    async with driving(path, TEXT, size=size) as driver:
        dialog = dialogs()[number]
        await driver.app.push_screen(dialog)
        await driver.settle()
        assert hint(driver) in inside(driver)
        await driver.press("escape")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [["w"], ["C"], ["number_sign"], ["s"], ["question_mark"]])
async def test_the_hint_of_a_question_about_a_statement_is_never_cut(
    path: Path, size: tuple[int, int], keys: list[str]
) -> None:
    async with driving(path, size=size) as driver:
        await driver.press("2", "g", "j", "j", *keys)
        assert hint(driver) in inside(driver)
        await driver.press("escape")


def hint(driver: Driver) -> str:
    """Return the hint of the dialog on the screen."""
    words = str(driver.app.screen.query(Static).last().content)
    assert words
    return words


def inside(driver: Driver) -> str:
    """Return the words inside the frame on the screen, as one text."""
    return " ".join(" ".join(line.strip(" │╭╮╰╯─") for line in driver.lines).split())


async def test_the_list_of_keys_shows_its_hint_on_the_smallest_screen(path: Path) -> None:
    async with driving(path, TEXT, size=(40, 12)) as driver:
        await driver.press("question_mark")
        assert "cancels" in driver.seen


async def test_the_highlighted_choice_is_reversed_in_the_terminals_own_colours(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.theme = "argmap-terminal"
        await offer(driver, 2)
        options = driver.app.screen.query_one(OptionList)
        first, second = (
            [bool(s.style and s.style.reverse) for s in options.render_line(y)] for y in (0, 1)
        )
        assert all(first)
        assert not any(second)
        await driver.press("escape")


async def test_a_click_outside_a_dialog_cancels_it(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        answers = await offer(driver, 2)
        await driver.pilot.click(offset=(1, 1))
        await driver.settle()
        assert answers == [None]


def kinds(dialog: type[Dialog[Any]]) -> set[type[Dialog[Any]]]:
    return {dialog, *(each for kind in dialog.__subclasses__() for each in kinds(kind))}


@pytest.mark.parametrize("kind", sorted(kinds(Dialog), key=str))
def test_each_key_of_a_dialog_says_what_it_does(kind: type[Dialog[Any]]) -> None:
    assert all(binding.description for binding in kind.own_bindings())
    assert {"everywhere.help", "everywhere.quit"} <= {b.id for b in Dialog.BINDINGS}  # type: ignore[union-attr]

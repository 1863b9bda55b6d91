"""The lists of actions: keys and signs, found by words or by key, and the palette by use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving
from textual.widgets import Input, OptionList

from tui.actions.action import Action, is_moving
from tui.dialogs.pick import Choice
from tui.library.screen import LibraryScreen
from tui.shell.app import ArgmapApp
from tui.shell.keys.action_search import find_actions, typed_names_of
from tui.shell.keys.key_dialog import KeysDialog
from tui.shell.keys.menus import FIRST
from tui.shell.keys.registry import actions

if TYPE_CHECKING:
    from pathlib import Path


def choices() -> list[Choice]:
    return [Choice(a.id, a.title, keys=a.keys.split(",")) for a in actions().values()]


def listed(driver: Driver) -> list[str]:
    """Return the ids of the choices listed on the screen."""
    options = driver.app.screen.query_one(OptionList).options
    return [o.id for o in options if o.id and not o.disabled]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ctrl+p", "everywhere.palette"),
        ("^p", "everywhere.palette"),
        ("^P", "everywhere.palette"),
        ("u", "workbench.undo"),
        ("U", "workbench.redo"),
        ("/", "workbench.search"),
        ("?", "everywhere.help"),
        ("f4", "everywhere.tour"),
        ("*", "workbench.main-claim"),
        ("shift+tab", "workbench.previous-pane"),
        ("who says", "workbench.say-who"),
        ("says who", "workbench.say-who"),
        ("mkclm", "workbench.mark-claim"),
    ],
)
def test_an_action_is_found_by_its_key_or_by_letters_of_its_title(typed: str, first: str) -> None:
    on_a_document = [c for c in choices() if c.id.split(".")[0] in ("workbench", "everywhere")]
    assert find_actions(on_a_document, typed)[0].id == first


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("link", "workbench.support"),
        ("link", "workbench.oppose"),
        ("undercut", "workbench.undercut"),
        ("unlink", "workbench.unlink"),
        ("unlink", "workbench.part"),
        ("premises", "workbench.join"),
        ("provenance", "workbench.provenance"),
        ("origins", "workbench.provenance"),
        ("what-if", "workbench.what-if"),
        ("what-if", "workbench.what-if-source"),
        ("what-if", "workbench.what-falls"),
        ("findings", "workbench.findings"),
        ("heat map", "workbench.heat"),
        ("attribute", "workbench.say-who"),
        ("source", "workbench.say-who"),
        ("indent", "map.in"),
        ("outdent", "map.out"),
        ("collapse all", "map.fold-all"),
        ("edit text", "map.edit"),
        ("jump to", "map.to-text"),
        ("filter", "map.filter"),
        ("search", "workbench.search"),
        ("undo", "workbench.undo"),
        ("export", "workbench.export"),
        ("merge", "sources.merge"),
        ("move up", "map.up"),
    ],
)
def test_an_action_is_found_by_the_word_that_people_have_for_it(words: str, id_: str) -> None:
    assert id_ in [choice.id for choice in find_actions(choices(), words)]
    assert words in actions()[id_].title


def test_letters_scattered_over_a_title_find_nothing_where_a_title_has_the_word() -> None:
    found = [choice.id for choice in find_actions(choices(), "main")]
    assert "workbench.main-claim" in found
    assert "everywhere.suspend" not in found


@pytest.mark.parametrize("action", actions().values(), ids=lambda action: action.id)
def test_every_key_finds_its_action_by_each_of_its_names(action: Action) -> None:
    [own] = [c for c in choices() if c.id == action.id]
    for name in typed_names_of(own.keys):
        assert own.id in [c.id for c in find_actions(choices(), name)][:20]


def test_what_has_the_letters_nowhere_is_not_found() -> None:
    assert find_actions(choices(), "xyzzy") == []
    assert find_actions(choices(), "") == choices()


def test_the_letters_that_match_are_marked() -> None:
    [choice] = find_actions([Choice("a", "export the map")], "map")
    assert choice.marks == [11, 12, 13]


async def test_escape_is_found_by_its_name_on_the_keyboard(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("question_mark")
        await driver.type("esc")
        assert listed(driver)[0] == "text.whole"


async def test_a_page_of_the_list_is_as_high_as_the_list(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("question_mark", "down")
        options = driver.app.screen.query_one(OptionList)
        assert options.highlighted == 1  # below the heading
        await driver.press("pagedown")
        assert options.highlighted == 1 + options.size.height
        await driver.press("pageup")
        assert options.highlighted == 1


async def test_help_highlights_nothing_that_enter_would_do_unseen(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        cursor = driver.bench.text.cursor
        await driver.press("question_mark", "enter", "escape")
        assert driver.bench.text.cursor == cursor


async def test_help_explains_the_signs_and_finds_them_by_words(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("question_mark")
        await driver.type("undercut")
        assert "⊘" in driver.seen


async def test_the_signs_below_the_keys_are_paged_to_and_back(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("question_mark", *["pagedown"] * 12)
        assert "another source has the same name" in driver.seen
        assert "linked premises" not in driver.seen
        await driver.press("pageup")
        assert "another source has the same name" not in driver.seen
        assert "Signs for grades" in driver.seen
        await driver.press(*["pageup"] * 12)
        assert "In the text" in driver.seen


async def test_a_screen_can_put_sentences_on_top_of_its_keys(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        driver.bench.help_lines = ["How to read", "Read the sentence first."]  # type: ignore[attr-defined]
        await driver.press("question_mark")
        rows = [driver.row_of(w) for w in ("How to read", "Read the sentence", "In the text")]
        assert rows == sorted(rows)
        assert "line 0" not in listed(driver)
        await driver.type("next sentence")
        assert "Read the sentence first." not in driver.seen


async def test_the_palette_begins_with_marking_then_with_what_is_used_most(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "ctrl+p")
        assert listed(driver)[: len(FIRST)] == list(FIRST)
        await driver.press("escape", "Y", "escape", "Y", "escape", "j", "j", "j", "ctrl+p")
        assert listed(driver)[len(FIRST)] == "workbench.history"
        moves = [id_ for id_ in listed(driver) if is_moving(actions()[id_])]
        assert listed(driver)[-len(moves) :] == moves
        assert moves[0] == "text.next"  # of these it is the one that was used


def test_what_comes_first_in_the_palette_are_actions() -> None:
    assert set(FIRST) <= set(actions())


async def test_the_palette_shows_the_key_of_an_action_at_its_right(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("ctrl+p")
        await driver.type("export")
        assert driver.lines[driver.row_of("export the map")].rstrip("│ ").endswith("X")


@pytest.mark.parametrize("keys", [["y"], ["slash"], ["ctrl+p"], ["A"], ["c", "w"], ["c", "3", "i"]])
async def test_f1_opens_the_list_of_keys_and_closes_it_in_dialogs_and_fields(
    path: Path, keys: list[str]
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*keys)
        stack = list(driver.app.screen_stack)
        await driver.press("f1")
        assert driver.app.screen_stack[:-1] == stack
        assert isinstance(driver.app.screen, KeysDialog)
        await driver.press("f1")
        assert driver.app.screen_stack == stack
        await driver.press("escape", "escape")


@pytest.mark.parametrize("keys", [["y"], ["slash"], ["ctrl+p"], ["A"], ["c", "w"], ["c", "3", "i"]])
async def test_control_q_leaves_from_dialogs_and_fields(path: Path, keys: list[str]) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*keys)
        await driver.tap("ctrl+q")
        await driver.until(lambda: driver.app._exit, "the end")  # noqa: SLF001  (no other way to see it)


async def test_the_question_mark_lists_a_dialogs_own_keys_and_does_them(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("y", "question_mark")
        assert "In this dialog" in driver.seen
        assert "mark a claim" not in driver.seen
        await driver.type("next line")
        await driver.press("enter")
        options = driver.app.screen.query_one(OptionList)
        assert options.highlighted == 1
        await driver.press("escape")


async def test_the_question_mark_is_typed_where_a_field_has_the_focus(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("ctrl+p", "question_mark")
        assert driver.app.screen.query_one(Input).value == "?"
        await driver.press("escape")


@pytest.mark.parametrize("keys", [[], ["2"], ["X"], ["Y"], ["S"], ["c", "R"], ["c", "M"], ["O"]])
async def test_a_character_that_does_nothing_is_answered(path: Path, keys: list[str]) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*keys, "§")
        assert driver.said == ["§ does nothing here · ? lists the keys"]


async def test_a_character_that_is_typed_is_not_answered(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("slash", "§", "escape", "f9")
        assert driver.said == []


async def test_the_answer_names_the_key_that_the_user_has_set(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path)) as driver:
        assert isinstance(driver.app.screen, LibraryScreen)
        driver.app.config.keys["everywhere.help"] = "f9"
        await driver.press("§")
        assert driver.said == ["§ does nothing here · f9 lists the keys"]

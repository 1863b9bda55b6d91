"""Each line of a list leads to its statement, and from there to the next line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.interfering import meanwhile, on_disk
from support.drivers.workbench import TEXT, Driver, driving

from argmap.analysis.findings import RULES
from argmap.edit.verbs import remove_statement
from tui.lists.findings import FIXING_ACTIONS
from tui.lists.screen import ListingScreen
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.shell.keys.registry import actions

if TYPE_CHECKING:
    from pathlib import Path

GAPS = ["j", "c", "G", "c", "k", "c"]
"""Keys that mark three claims without support, none of them the main claim."""


def here(driver: Driver) -> str:
    """Return the statement and the text of the line under the cursor."""
    screen = driver.app.screen
    assert isinstance(screen, ListingScreen)
    assert screen.chosen is not None
    line = screen.listing.lines[screen.chosen]
    return f"{line.about.label if line.about else '-'} {line.text}"


def test_every_rule_has_keys_that_fix_its_findings() -> None:
    assert set(FIXING_ACTIONS) == {rule.id for rule in RULES}
    for keys in FIXING_ACTIONS.values():
        assert keys
        assert all(action in actions() for action, _ in keys)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_findings_are_grouped_by_kind_with_counts_and_advice(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, TEXT, size=size) as driver:
        await driver.press(*GAPS, "F")
        assert "3 unsupported" not in driver.seen
        assert "unsupported claim (3)" in driver.seen
        assert "main claim missing (1)" in driver.seen
        assert "C1 The toll pays for itself." in driver.seen
        assert "→ link the evidence, if the text has any" in driver.seen
        assert "e mark evidence · A write an assumption" in driver.seen
        row = driver.row_of("unsupported claim (3)")
        assert driver.lines[row].rstrip(" ┃").endswith("warning")


async def test_the_serious_kinds_come_first(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("F")
        screen = driver.app.screen
        assert isinstance(screen, ListingScreen)
        weights = [group.weight for group in screen.listing.groups]
        assert weights == sorted(weights, key=["error", "warning", "info"].index)
        titles = [group.title for group in screen.listing.groups]
        assert len(set(titles)) == len(titles)


async def test_a_finding_is_visited_fixed_and_followed_by_the_next(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "j", "enter")
        assert driver.bench.work.statement.label == "C2"
        assert "findings 2/7" in driver.seen
        assert "C2 has no support on the map → link the evidence" in driver.seen
        await driver.press("A")
        await driver.type("It is so.")
        await driver.press("enter", "n")
        assert driver.said == ["fixed; 6 findings left"]
        assert driver.bench.work.statement.label == "C3"
        await driver.press("N")
        assert driver.bench.work.statement.label == "C1"
        assert "findings 1/6" in driver.seen
        await driver.press("N")
        assert driver.said == ["that was the first of 6 findings · F goes back to the list"]


async def test_the_line_below_the_panes_says_when_its_finding_is_fixed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "j", "enter")
        assert "C2 has no support on the map → link the evidence" in driver.seen
        await driver.press("A")
        await driver.type("It is so.")
        await driver.press("enter")
        await driver.until(lambda: "fixed: C2 has no support on the map" in driver.seen)
        assert "→ link the evidence" not in driver.seen
        assert "n next" in driver.seen
        await driver.press("u")
        await driver.until(lambda: "fixed:" not in driver.seen)
        assert "C2 has no support on the map → link the evidence" in driver.seen


async def test_the_list_opens_where_it_was_left_without_what_is_fixed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "j", "enter", "F")
        assert here(driver).startswith("C2 ")
        await driver.press("enter", "2", "d", "F")
        assert "C2 has no support" not in driver.seen
        assert here(driver).startswith("C3 ")
        assert "5 findings" in driver.lines[0]
        await driver.press("k", "enter", "F")
        assert here(driver).startswith("C1 ")


async def test_what_is_fixed_last_leaves_an_empty_list_that_says_so(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "asterisk", "F", "enter", "1", "j", "e", "F")
        assert "missing attribution (1)" in driver.seen
        await driver.press("escape", "2", "ctrl+a", "d", "F")
        assert driver.said[-1] == "no findings are left"
        assert "close" not in driver.seen


async def test_a_finding_about_the_whole_map_leads_to_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "j", "j", "j")
        assert here(driver).startswith("- the map has no main claim")
        await driver.press("enter")
        assert driver.bench.context == "map"
        assert "* set the main claim" in driver.seen
        await driver.press("asterisk", "n")
        assert driver.said == ["fixed; 5 findings left"]
        await driver.press("n", "n", "n", "n", "n")
        assert driver.said == ["that was the last of 5 findings · F goes back to the list"]


async def test_escape_takes_the_line_away_and_the_keys_are_those_that_are_set(path: Path) -> None:
    app = ArgmapApp(path, config=Config(keys={"workbench.findings": "I"}))
    async with driving(path, app=app) as driver:
        await driver.press("d", "f4", "I", "enter")
        assert "I back to findings" in driver.seen
        await driver.press("escape")
        assert "back to findings" not in driver.seen
        assert not driver.bench.work.followed_list.is_on


async def test_words_narrow_the_list_and_escape_shows_all_again(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "slash")
        await driver.type("detours")
        assert "C1 has no support" not in driver.seen
        await driver.type(" nowhere")
        assert "no line has these words" in driver.seen
        await driver.press("enter")
        assert isinstance(driver.app.screen, ListingScreen)
        await driver.press("escape")
        assert "C1 has no support" in driver.seen
        await driver.press("escape")
        assert driver.bench.context == "text"


async def test_a_finding_whose_statement_vanishes_meanwhile_goes_to_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*GAPS, "F", "j")
        await meanwhile(driver, remove_statement(on_disk(driver), "C2"), is_followed=True)
        await driver.press("enter")
        assert driver.bench.context == "map"
        assert driver.bench.work.statement.label != "C2"
        await driver.press("n")
        assert driver.bench.work.statement.label == "C3"


async def test_any_item_of_a_claim_leads_back_to_its_origins(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("P", "enter")
        assert driver.bench.work.statement.label == "E11"
        assert "origins 1/8" in driver.seen
        await driver.press("P")
        assert "origins of C1" in driver.lines[0]
        await driver.press("j", "enter", "P")
        assert here(driver).startswith("E16 ")
        await driver.press("escape")
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("P")
        assert "origins of C4" in driver.lines[0]


async def test_nothing_about_origins_is_cut_at_80_columns(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("P")
        screen = driver.app.screen
        assert isinstance(screen, ListingScreen)
        for number, line in enumerate(screen.listing.lines):
            option = screen.list.get_option_at_index(screen.list.highlighted or 0)
            words = " ".join(str(option.prompt).split())
            assert " ".join(f"{line.text} {line.note}".split()) in words.replace(" ·", ""), number
            await driver.press("j")


async def test_the_list_of_falls_is_kept_in_what_if_mode(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("E3").id)
        await driver.press("W", "D", "enter")
        assert "what falls 1/" in driver.seen
        await driver.press("D")
        assert "what-if mode: without E3" in driver.lines[0]
        await driver.press("escape", "2", "escape")
        assert "what falls 1/" not in driver.seen
        assert "without E3" in driver.seen


async def test_of_many_lines_those_near_the_cursor_are_drawn_and_a_search_finds_the_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.lists.screen.MOST", 4)
    async with driving(path) as driver:
        await driver.press("F")
        assert "14 more are not shown; / finds them" in driver.seen
        assert here(driver).startswith("C13 ")
        await driver.press("G", "enter", "n", "n", "F")
        assert here(driver).startswith("C8 ")
        assert "C13 has no support" not in driver.seen
        await driver.press("slash")
        await driver.type("has no support")
        assert "C13 has no support" in driver.seen
        assert "more are not shown" not in driver.seen

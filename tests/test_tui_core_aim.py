"""New evidence goes to the claim the reader chose, wherever the text cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving

from argmap.edit.verbs import remove_statement
from argmap.model.statement import Inference
from store import apply, open_store
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

TWO = ("j", "c", "G", "c")
"""Marks C1 on the second sentence and C2 on the last one, which becomes the aim."""


def linked_to(driver: Driver, label: str) -> str:
    """Return the label of the statement's first conclusion, with the link's stance."""
    (link,) = driver.map.inferences_from[driver.labelled(label).id]
    return f"{link.stance} {driver.map.statements[link.conclusion].label}"


def footer(driver: Driver) -> str:
    return driver.lines[-1]


def chosen(driver: Driver) -> str:
    assert driver.bench.work.selected is not None
    return driver.map.statements[driver.bench.work.selected].label


async def test_the_aim_stays_while_the_text_cursor_passes_marked_words(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "g", "j")
        assert chosen(driver) == "C1"
        for hint in ("evidence for C2", "against C2", "C2 assumes"):
            assert hint in footer(driver)
        await driver.press("j", "e", "j", "r", "j", "a")
        ends = [linked_to(driver, label) for label in ("E1", "E2", "A1")]
        assert ends == ["supports C2", "opposes C2", "supports C2"]


async def test_a_claim_that_is_chosen_in_the_map_becomes_the_aim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "2", "k", "1")
        assert "evidence for C1" in footer(driver)


async def test_a_click_on_a_row_that_the_text_cursor_has_selected_chooses_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "g", "j")
        row = next(n for n, line in enumerate(driver.lines) if "● C1" in line)
        await driver.pilot.click(offset=(driver.lines[row].index("● C1") + 3, row))
        await driver.settle()
        await driver.press("1")
        assert "evidence for C1" in footer(driver)


async def test_a_click_on_the_words_of_a_claim_chooses_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO)
        await driver.pilot.click(offset=(12, driver.row_of("The toll pays for itself. Reports")))
        await driver.settle()
        assert "evidence for C1" in footer(driver)


async def test_evidence_that_is_selected_leaves_the_aim_where_it_was(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c")
        driver.bench.work.select(driver.labelled("E1").id)
        await driver.settle()
        assert "evidence for C2" in footer(driver)


async def test_without_a_chosen_claim_evidence_is_linked_to_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "e")
        assert not driver.map.inferences
        assert "evidence for" not in footer(driver)


async def test_the_claim_before_is_the_aim_again_after_undo_and_the_newer_after_redo(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "u")
        assert "evidence for C1" in footer(driver)
        await driver.press("U")
        assert "evidence for C2" in footer(driver)


async def test_a_claim_that_turns_into_evidence_is_no_aim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "3", "j", "enter", "down", "enter", "1")
        assert chosen(driver) == "C2"
        assert "evidence for C1" in footer(driver)


async def test_the_pinned_claim_stays_the_aim_and_the_screen_says_so(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press(*TWO, "t")
        assert "pinned: new evidence goes to C2 · t unpins" in driver.lines[0]
        assert "evidence for C2, pinned" in footer(driver)
        assert "map · C2 pinned" in driver.seen
        await driver.press("2", "k", "1", "k", "e")
        assert linked_to(driver, "E1") == "supports C2"
        await driver.press("t")
        assert "pinned" not in driver.seen
        assert "evidence for C1" in footer(driver)


async def test_the_title_has_room_for_the_pin_and_the_filter_on_a_small_screen(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("2", "j", "f")
        await driver.type("without support")
        await driver.press("enter")
        assert "map · claims without support ─" in driver.seen
        await driver.press("t")
        assert "map · C1 pinned · claims with" in driver.seen


async def test_a_pin_goes_with_its_claim_and_does_not_come_back_by_itself(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "t", "u")
        assert driver.said == [
            "C2 was removed; new evidence goes to the claim that you selected last"
        ]
        assert "pinned" not in driver.seen.replace(driver.said[0], "")
        assert "evidence for C1" in footer(driver)
        await driver.press("U")
        assert "pinned" not in driver.seen


async def test_a_pin_goes_when_another_process_removes_its_claim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "t")
        gone = remove_statement(driver.map, driver.labelled("C2").id)
        with open_store(path) as store:
            apply(store, gone, "2026-03-02T10:15:00Z")
        await driver.until(lambda: "C2" not in driver.map.by_label)
        await driver.settle()
        assert "evidence for C1" in footer(driver)
        assert driver.bench.work.aim.pinned is None


async def test_the_aim_and_the_pin_come_back_with_the_document(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*TWO, "t", "g", "j")
        document = driver.map.document.id
        driver.app._keep_views()  # noqa: SLF001  (as leaving does)
        state = driver.app.state
    async with driving(path, app=ArgmapApp(path, document=document, state=state)) as driver:
        assert "map · C2 pinned" in driver.seen
        assert "evidence for C2, pinned" in footer(driver)


async def test_pinning_needs_a_claim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("t")
        assert driver.said == ["select a claim to pin first"]


@pytest.mark.parametrize(("key", "kind"), [("e", "evidence"), ("r", "evidence"), ("a", "assumption")])  # fmt: skip
async def test_the_words_of_the_claim_itself_are_no_evidence_for_it(
    path: Path, key: str, kind: str
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", key)
        assert len(driver.map.statements) == 1
        assert driver.said == [f"C1 is marked on these words; mark its {kind} on others"]


async def test_the_words_of_the_claim_with_some_more_or_fewer_can_be_evidence(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "J", "e")
        assert linked_to(driver, "E1") == "supports C1"


async def test_unlinked_contrary_evidence_supports_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "r")
        assert "⊖ E1" in driver.seen
        await driver.press("x")
        assert "unlinked E1 from C1 · u undoes" in driver.lines[0]
        assert "○ E1" in driver.seen
        assert "⊕" not in driver.seen
        assert "⊖" not in driver.seen
        assert not any(isinstance(each, Inference) for each in driver.map.inferences.values())

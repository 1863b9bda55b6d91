"""Linking: the main claim comes first in every list, and each link is confirmed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.drivers.workbench import TEXT, Driver, driving
from support.strategies.maps import inference, statement, with_all

from tui.workbench.edits.link_targets import links_without, premises_to_link, statements_to_link

if TYPE_CHECKING:
    from pathlib import Path

MAP = with_all(
    [
        statement("e2", "E2", "evidence"), statement("a1", "A1", "assumption", stated=True),
        statement("c10", "C10"), statement("c2", "C2"), statement("c9", "C9", main=True),
        statement("e1", "E1", "evidence"), statement("e3", "E3", "evidence"),
    ],
    [
        inference("i1", "I1", ["e1"], "c2"), inference("i2", "I2", ["e2", "a1"], "c9", "opposes"),
        inference("i3", "I3", ["c2"], "i2", "opposes"), inference("i4", "I4", ["c10"], "c9"),
    ],
)  # fmt: skip


def said(driver: Driver) -> str:
    """Return the words at the right end of the heading."""
    return driver.lines[0]


def test_a_link_leads_to_the_main_claim_first_then_to_claims_then_to_the_others() -> None:
    offered = statements_to_link(MAP, "c2")
    assert [(c.words.split()[0], c.note.rstrip()) for c in offered] == [
        ("C9", "◉ main claim"), ("C10", "● claim"), ("E1", "⊕ evidence"),
        ("E2", "⊖ evidence"), ("E3", "○ evidence"), ("A1", "◇ assumption"),
    ]  # fmt: skip
    assert len({len(choice.note) for choice in offered}) == 1


def test_links_to_the_main_claim_are_offered_first_and_marked() -> None:
    offered = links_without(MAP, "e3")
    assert [(c.words.split(":")[0], c.note) for c in offered] == [
        ("E2 and A1 → C9", "to the ◉ main claim"),
        ("C10 → C9", "to the ◉ main claim"),
        ("E1 → C2", ""),
        ("C2 → the link from E2 and A1 to C9", ""),
    ]
    assert "i4" not in {choice.id for choice in links_without(MAP, "c10")}


def test_premises_are_offered_with_claims_first() -> None:
    offered = premises_to_link(MAP, MAP.inferences_to["c9"])
    assert [c.words.split(" Words")[0] for c in offered] == ["C10", "E2"]
    assert [c.note.rstrip() for c in offered] == ["● claim", "⊖ evidence"]


async def test_the_list_of_what_a_statement_supports_begins_with_the_main_claim(
    path: Path,
) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("E9").id)
        await driver.press("s")
        listed = [line for line in driver.lines if "main claim" in line or "● claim" in line]
        assert "C1 " in listed[0]
        assert "◉ main claim" in listed[0]
        assert "C2 " in listed[1]
        await driver.press("escape")


async def test_every_way_to_link_is_confirmed_at_the_top(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e")
        assert "marked E1, supporting C1 · u undoes" in said(driver)
        await driver.press("v")
        assert "E1 opposes C1 instead of supporting it · u undoes" in said(driver)
        await driver.press("v", "j", "e", "b", "enter")
        assert "linked E1 and E2 as premises of C1 · u undoes" in said(driver)
        await driver.press("B")
        assert "unlinked E2 from its linked premises · u undoes" in said(driver)
        await driver.press("x")
        assert "unlinked E2 from C1 · u undoes" in said(driver)
        await driver.press("o", "enter")
        assert "E2 opposes C1 · u undoes" in said(driver)
        await driver.press("G", "c", "s", "enter")
        assert "C2 supports C1 · u undoes" in said(driver)
        await driver.press("exclamation_mark", "enter")
        assert "C2 opposes the link from E1 to C1 · u undoes" in said(driver)


async def test_the_main_claim_and_moves_are_confirmed_at_the_top(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "asterisk")
        assert "C2 is now the main claim · u undoes" in said(driver)
        await driver.press("asterisk")
        assert "C2 is no longer the main claim · u undoes" in said(driver)
        await driver.press("2", "L")
        assert "C2 supports C1 · u undoes" in said(driver)
        await driver.press("H")
        assert "unlinked C2 from C1 · u undoes" in said(driver)
        await driver.press("K")
        assert "moved C2" in said(driver)


async def test_what_is_unlinked_in_the_details_is_confirmed_too(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "3")
        fields = [field.id.split(":")[0] for field in driver.bench.details.list.fields]
        await driver.press(*["j"] * fields.index("inference"), "backspace")
        assert "unlinked E1 from C1 · u undoes" in said(driver)

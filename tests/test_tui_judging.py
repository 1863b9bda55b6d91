"""Judging on the screen: findings, origins and what would fall, each a list that jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from piloting import TEXT, driving

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "argmap.db"


async def test_a_finding_leads_to_what_it_is_about(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c", "F")
        await driver.until(lambda: "C2 is supported by nothing on the map" in driver.seen)
        await driver.type("C2 supported")
        await driver.press("enter")
        assert driver.bench.statement.label == "C2"


async def test_a_map_without_findings_says_so(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("F")
        await driver.until(lambda: driver.said == ["no findings"])


async def test_the_origins_behind_a_claim_are_counted_and_lead_to_the_items(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.select(driver.labelled("C4").id)
        await driver.press("P")
        await driver.until(lambda: "C4: 4 items, 1 origin" in driver.seen)
        assert "they do not confirm each other" in driver.seen
        await driver.press("enter")
        assert driver.bench.statement.label == "E3"


async def test_what_would_fall_is_listed_and_nothing_is_changed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "W")
        await driver.until(lambda: "without E1" in driver.seen)
        assert "I1 falls" in driver.seen
        assert "C1  nothing left" in driver.seen
        await driver.press("escape")
        assert set(driver.map.by_label) == {"C1", "E1", "I1"}


async def test_nothing_falls_with_what_nothing_rests_on(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "W")
        await driver.until(lambda: driver.said == ["without C1 nothing else falls"])


async def test_a_level_of_corroboration_is_suggested_and_never_stored(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.select(driver.labelled("C4").id)
        before = len(driver.map.ratings)
        bench = driver.bench
        await driver.press("R", "j", "j")
        await driver.until(lambda: "suggested 1: 4 items, 1 origin" in driver.seen)
        assert len(bench.map.ratings) == before

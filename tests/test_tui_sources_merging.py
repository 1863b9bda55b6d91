"""Merging several sources in one operation equals merging them one after the other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import Desk
from support.drivers.source_screens import RECORDS, TEXT, looking, names, screen_of, stored, voice
from support.drivers.workbench import Driver, driving
from support.examples import FEW

import store
from argmap.edit.merge_sources import merge_several
from argmap.records.encode import record_from_entity
from store.log import merge_sources
from store.queries import load_everything
from store.queries.sources import load_source_pair

AT = "2026-03-02T10:15:00Z"
IDS = ("un", "a", "b", "c", "d")
links = st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(sorted)
chains = st.lists(st.sampled_from(IDS), min_size=1, max_size=4)


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw five sources with links, letters and attributions."""
    found: list[dict[str, Any]] = [{"type": "document", "id": "toll", "title": "T", "text": TEXT}]
    for id_ in IDS:
        values = {"derives_from": draw(links), "same_origin": draw(links)}
        values = {key: [o for o in others if o != id_] for key, others in values.items()}
        found.append(voice(id_, f"Voice {id_}", "organisation", **values))
        if draw(st.booleans()):
            found.append({"type": "reliability", "source": id_, "letter": draw(st.sampled_from("AB")),
                          "assessor": "amy", "because": f"of {id_}", "at": AT})  # fmt: skip
    for number, chain in enumerate(draw(st.lists(chains, max_size=4))):
        found.append({"type": "statement", "id": f"s{number}", "document": "toll",
                      "kind": "evidence", "text": f"{number}.",
                      "attribution": {"class": "named_organisation", "chain": chain}})  # fmt: skip
    return found


def everything(path: Path) -> dict[str, dict[str, Any]]:
    with store.open_store(path) as opened:
        bundle = load_everything(opened)
        maps = list(bundle.maps)
        homes = [bundle.sources, *(h for m in maps for h in (m.attributions, m.reliabilities))]
        return {e.id: record_from_entity(e) for home in homes for e in home.values()}


@given(records(), st.lists(st.sampled_from(IDS[1:]), min_size=1, max_size=4, unique=True))
@FEW
def test_several_at_once_are_merged_as_one_after_the_other_and_undone_at_once(
    found: list[dict[str, Any]], gone: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("one.db", "all.db")]
        for path in paths:
            Desk(path).landed(*found)
        before = everything(paths[1])
        with store.open_store(paths[0]) as opened:
            for id_ in gone:
                merge_sources(opened, id_, "un", AT)
        with store.open_store(paths[1]) as opened:
            merger = merge_several([load_source_pair(opened, id_, "un") for id_ in gone])
            store.apply(opened, merger.operation, AT)
        assert everything(paths[1]) == everything(paths[0])
        with store.open_store(paths[1]) as opened:
            store.undo(opened)
        assert everything(paths[1]) == before


def listed_as_ticked(driver: Driver) -> list[str]:
    return [line.split("✓", 1)[1].split("  ")[0][2:] for line in driver.lines if "✓" in line]


async def test_ticked_sources_are_merged_into_the_one_that_stays(desk: Desk) -> None:
    desk.land(*RECORDS)
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "V", "j", "V")
        assert names(driver)[:3] == ["Board memo", "Officials", "Reports"]
        assert listed_as_ticked(driver) == ["Board memo", "Reports"]
        assert "2 ticked" in driver.lines[0]
        assert "untick 2" in driver.lines[-1]
        await driver.press("m")
        assert "Which of the 2 sources should stay?" in driver.seen
        await driver.type("Board")
        await driver.press("enter")
        await driver.until(lambda: "merge the other 1 into Board memo" in driver.seen)
        await driver.press("enter")
        assert set(stored(desk.path)) == {"un", "twin", "paper", "memo", "some"}
        assert driver.said == ["merged source Reports into Board memo · u undoes it"]
        await driver.press("u")
        assert "vague" in stored(desk.path)


async def test_all_ticked_sources_are_merged_in_one_operation(desk: Desk) -> None:
    desk.land(*RECORDS)
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "shift+down", "shift+down", "m")
        await driver.type("Board")
        await driver.press("enter", "enter")
        label = "merged 2 sources into Board memo: Officials and Reports"
        assert driver.said == [f"{label} · u undoes it"]
        await driver.press("u")
        assert set(stored(desk.path)) == {"un", "twin", "paper", "memo", "some", "vague"}


async def test_ticks_of_sources_are_cleared_by_escape_and_one_alone_is_not_merged(
    desk: Desk,
) -> None:
    desk.land(*RECORDS)
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "V", "m")
        assert driver.said == ["tick one more source to merge; esc unticks"]
        await driver.press("ctrl+a")
        assert "6 ticked" in driver.lines[0]
        await driver.press("escape")
        assert listed_as_ticked(driver) == []
        assert "ticked" not in driver.lines[0]
        await driver.pilot.click(screen_of(driver).list, offset=(4, 3), control=True)
        await driver.settle()
        await driver.pilot.click(screen_of(driver).list, offset=(4, 5), shift=True)
        await driver.settle()
        assert len(listed_as_ticked(driver)) == 3
        assert "3 ticked" in driver.lines[0]

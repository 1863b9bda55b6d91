"""Moving rows of the map by keys: an edit like any other, undone by name and exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.drivers.workbench import TEXT, Driver, driving

from argmap.edit.verbs import move_statement
from argmap.exports.jsonl import FORMAT
from store import apply, history, load_bundle, open_store
from tui.shell.app import ArgmapApp
from tui.shell.state import read_state

if TYPE_CHECKING:
    from pathlib import Path


THREE = ("j", "c", "escape", "j", "c", "escape", "j", "c", "2", "g")
"""Marks three claims, and goes to the first row of the map."""


def rows(driver: Driver) -> list[str]:
    """Return the labels of the visible rows, from the top."""
    statements = driver.map.statements
    return [statements[n.statement].label for n in driver.bench.outline.forest.visible]


def here(driver: Driver) -> tuple[str, str]:
    """Return the labels of the selected statement and of the highlighted row."""
    node = driver.bench.outline.node
    assert node is not None
    assert driver.bench.work.selected is not None
    statements = driver.map.statements
    return statements[driver.bench.work.selected].label, statements[node.statement].label


def labels_done(path: Path) -> list[str]:
    with open_store(path) as store:
        return [logged.label for logged in history(store) if logged.state == "done"]


def orders(path: Path) -> dict[str, int]:
    """Return the orders in an export, by label."""
    with open_store(path) as store:
        [document] = [row[0] for row in store.db.execute("SELECT id FROM document")]
        written = "".join(FORMAT.write(load_bundle(store, [document])))
    records = map(json.loads, written.splitlines())
    return {r["label"]: r["order"] for r in records if "order" in r}


async def test_a_claim_moves_among_the_roots_and_back_by_name(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*THREE)
        assert rows(driver) == ["C1", "C2", "C3"]
        await driver.press("J")
        assert (rows(driver), here(driver)) == (["C2", "C1", "C3"], ("C1", "C1"))
        await driver.press("alt+down")
        assert (rows(driver), here(driver)) == (["C2", "C3", "C1"], ("C1", "C1"))
        assert orders(path) == {"C2": 1, "C3": 2}
        await driver.press("J")
        assert driver.said[-1] == "C1 cannot move further down"
        assert labels_done(path)[:2] == ["moved C1 down"] * 2
        await driver.press("u")
        assert rows(driver) == ["C2", "C1", "C3"]
        assert "undone: moved C1 down" in driver.lines[0]
        await driver.press("u")
        assert (rows(driver), orders(path)) == (["C1", "C2", "C3"], {})
        await driver.press("U", "U")
        assert rows(driver) == ["C2", "C3", "C1"]
        await driver.press("K", "alt+up", "K")
        assert (rows(driver), driver.said[-1]) == (["C1", "C2", "C3"], "C1 cannot move further up")


async def test_evidence_moves_among_what_is_for_and_against_one_claim(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "j", "e", "j", "r", "2", "g")
        assert rows(driver) == ["C1", "E1", "E2", "E3"]
        await driver.press("G", "K", "K")
        assert (rows(driver), here(driver)) == (["C1", "E3", "E1", "E2"], ("E3", "E3"))
        assert labels_done(path)[0] == "moved E3 up under C1"
        assert orders(path) == {"I3": 2}
        await driver.press("u")
        assert rows(driver) == ["C1", "E1", "E3", "E2"]


async def test_a_new_row_comes_last_where_others_have_an_order(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*THREE, "G", "K", "1", "G", "c")
        assert rows(driver) == ["C1", "C3", "C2", "C4"]


async def test_a_row_that_is_moved_out_loses_its_place_among_the_former(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "j", "e", "j", "e", "2", "G", "K")
        assert orders(path) == {"I2": 1}
        await driver.press("H", "L")
        assert orders(path) == {}


async def test_another_process_that_moves_a_claim_shows_up(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*THREE)
        with open_store(path) as store:
            apply(store, move_statement(driver.map, "C3", -2))
        await driver.until(lambda: rows(driver) == ["C3", "C1", "C2"])
        assert here(driver) == ("C1", "C1")


async def test_the_boxes_follow_the_order(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*THREE, "m", "J")
        assert rows(driver) == ["C2", "C1", "C3"]
        layout = driver.bench.panes.boxes._layout_of  # noqa: SLF001  (where the boxes are)
        assert layout is not None
        places = {s.label: layout.place_of(f" {s.id}").y for s in driver.map.statements.values()}
        assert sorted(places, key=places.__getitem__) == ["C2", "C1", "C3"]


async def test_the_order_is_not_kept_in_the_file_of_views(path: Path) -> None:
    state_path = path.with_name("state.json")
    async with driving(path, TEXT) as driver:
        driver.app.state = read_state(state_path)
        driver.app.state.document = driver.map.document.id
        await driver.press(*THREE, "J")
        driver.app._keep_views()  # noqa: SLF001  (as leaving does)
    assert b"order" not in state_path.read_bytes()
    app = ArgmapApp(path, state=read_state(state_path))
    async with driving(path, app=app) as driver:
        assert rows(driver) == ["C2", "C1", "C3"]


async def test_under_a_filter_a_row_passes_the_next_one_that_is_shown(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press(*THREE)
        labels = {s.label: s.id for s in driver.map.statements.values()}
        shown = {labels["C1"], labels["C3"]}
        driver.bench.outline.filter(lambda id_: id_ in shown)
        await driver.press("J")
        assert rows(driver) == ["C3", "C1"]
        await driver.press("J")
        assert driver.said[-1] == "C1 is the last one that the filter shows"
        driver.bench.outline.filter(None)
        assert rows(driver) == ["C2", "C3", "C1"]

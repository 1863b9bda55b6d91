"""The map highlights the selected row through folds, filters and removals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.workbench import AT, TEXT, driving
from support.strategies.maps import Step, edited, steps

from argmap.edit.compound import mark
from argmap.edit.verbs import link, remove_statement
from store import apply, open_store
from tui.shell.app import ArgmapApp
from tui.shell.state import State, View
from tui.views.map_tree import MapTree
from tui.workbench.map import outline_pane

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.workbench import Driver


async def build(driver: Driver) -> None:
    """Put E1 under C2 under C1, and C3 as a second root; focus the map with E1 selected."""
    await driver.press("j", "c", "j", "c", "j", "e", "j", "c")
    one, two = driver.labelled("C1").id, driver.labelled("C2").id
    driver.bench.work.do(link(driver.map, "link", [two], one, "supports"))
    driver.bench.work.select(driver.labelled("E1").id)
    await driver.press("2")


def label(driver: Driver) -> str:
    """Return the label of the selected statement, which must be the highlighted one."""
    bench = driver.bench
    node = bench.outline.node
    assert (node.statement if node else None) == bench.work.selected
    return bench.work.statement.label if bench.work.selected else ""


def show(driver: Driver, *labels: str) -> None:
    """Filter the map for the statements called *labels*."""
    driver.bench.work.filter("text:" + " ".join(labels))


async def test_folding_everything_selects_the_ancestor_that_is_left(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press("Z")
        assert label(driver) == "C1"
        await driver.press("d")
        assert sorted(driver.map.by_label) == ["C2", "C3", "E1", "I1"]


@pytest.mark.parametrize("keys", [("h", "h"), ("h", "h", "h"), ("k", "space"), ("k", "k", "h")])
async def test_folding_one_row_selects_what_is_highlighted(
    path: Path, keys: tuple[str, ...]
) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        for key in keys:
            await driver.press(key)
        assert label(driver) in {"C1", "C2"}


async def test_a_filter_selects_the_nearest_ancestor_it_shows(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        show(driver, "C2")
        assert label(driver) == "C2"


async def test_a_filter_that_shows_no_ancestor_selects_the_nearest_row(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        show(driver, "C3")
        assert label(driver) == "C3"
        await driver.press("escape")
        assert label(driver) == "C3"


async def test_a_filter_that_shows_nothing_selects_nothing_and_says_so(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        show(driver, "nowhere")
        assert label(driver) == ""
        for key in ("d", "w", "number_sign", "s", "delete"):
            await driver.press(key)
            assert driver.said == ["select a statement first"]
        assert {"C1", "C2", "C3", "E1"} <= set(driver.map.by_label)
        await driver.press("escape")
        assert label(driver) == "E1"


async def test_an_edit_that_takes_the_selection_out_of_the_filter_moves_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        driver.bench.work.filter("unsupported")
        assert label(driver) == "C3"
        new = mark(driver.map, ("e", "i"), "evidence", (), driver.labelled("C3").id, text="Yes.")
        driver.bench.work.do(new)
        await driver.settle()
        assert driver.bench.outline.forest.visible == []
        assert label(driver) == ""


async def test_what_is_selected_in_the_text_is_unfolded(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press("Z", "1", "g", "j", "j", "j")
        assert label(driver) == "E1"


async def test_what_is_selected_in_the_text_leaves_a_filter_that_hides_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        show(driver, "C3")
        await driver.press("1", "g", "j", "j", "j")
        assert label(driver) == "E1"
        assert driver.bench.work.filtered_by == "all"


@pytest.mark.parametrize("at_once", [outline_pane.AT_ONCE, 1], ids=["at once", "in a thread"])
async def test_new_evidence_is_shown_although_a_filter_does_not_want_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(outline_pane, "AT_ONCE", at_once)
    async with driving(path, TEXT) as driver:
        await build(driver)
        show(driver, "C3")
        await driver.press("1", "G", "e")
        assert label(driver) == "E2"


@pytest.mark.parametrize("pane", ["1", "2", "3"])
@pytest.mark.parametrize("at_once", [outline_pane.AT_ONCE, 1], ids=["at once", "in a thread"])
async def test_when_another_process_removes_it_its_ancestor_is_selected(
    path: Path, monkeypatch: pytest.MonkeyPatch, pane: str, at_once: int
) -> None:
    monkeypatch.setattr(outline_pane, "AT_ONCE", at_once)
    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press(pane)
        with open_store(path) as other:
            apply(other, remove_statement(driver.map, driver.labelled("E1").id), AT)
        await driver.until(lambda: "E1" not in driver.map.by_label)
        await driver.settle()
        assert label(driver) == "C2"


async def test_when_another_process_removes_all_nothing_is_selected(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "2")
        with open_store(path) as other:
            apply(other, remove_statement(driver.map, driver.labelled("C1").id), AT)
        await driver.until(lambda: not driver.map.statements)
        await driver.press("d")
        assert driver.said == ["select a statement first"]


async def test_removing_row_by_row_in_the_map_removes_what_was_highlighted(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        while driver.map.statements:
            node = driver.bench.outline.node
            assert node is not None
            highlighted, before = node.statement, set(driver.map.statements)
            await driver.press("d")
            assert before - set(driver.map.statements) == {highlighted}
            label(driver)


async def test_undo_and_boxes_keep_highlight_and_selection_together(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        for key in ("m", "Z", "h", "j", "k", "l", "d", "u", "m", "U", "K", "J", "H", "L", "u"):
            await driver.press(key)
            label(driver)


async def test_removing_a_row_and_undo_do_not_compare_all_rows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearest(*_: object) -> int:
        pytest.fail("looked at every row")

    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press("u")
        assert label(driver) == "E1"
        monkeypatch.setattr(MapTree, "nearest", nearest)
        for key, row in (("d", "C3"), ("u", "C3"), ("k", "E1"), ("U", "C2")):
            await driver.press(key)
            assert (key, label(driver)) == (key, row)


async def test_a_key_typed_right_after_a_move_finds_the_new_row(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await build(driver)
        await driver.press("g")
        bench = driver.bench
        bench.outline.step(1)  # no message has been handled since
        assert label(driver) == "C2"


async def test_with_nothing_selected_nothing_is_highlighted_until_one_moves_in_the_map(
    path: Path,
) -> None:
    async with driving(path) as driver:
        assert label(driver) == ""
        await driver.press("d")
        assert driver.said == ["select a statement first"]
        await driver.press("2")
        assert label(driver) == ""
        await driver.press("j")
        assert driver.bench.outline.at == 0
        assert label(driver) != ""


async def test_a_folded_or_filtered_selection_of_the_last_time_is_no_hidden_one(
    path: Path,
) -> None:
    async with driving(path) as driver:
        document, wanted = driver.map.document.id, driver.labelled("E3").id
        every = [s.id for s in driver.map.statements.values()]
    for view, expected in (
        (View(selected=wanted, folded=every), "E3"),
        (View(selected=wanted, filter="text:nowhere"), ""),
    ):
        app = ArgmapApp(path, document=document, state=State(views={document: view}))
        async with driving(path, app=app) as driver:
            assert label(driver) == expected


@given(st.lists(steps, min_size=1, max_size=15), st.data())
def test_the_nearest_row_is_the_same_statement_else_an_ancestor_else_any(
    some: list[Step], data: st.DataObject
) -> None:
    whole = edited(some)
    tree = MapTree()
    tree.build(whole)
    if not tree.visible:
        return
    node, before = data.draw(st.sampled_from(tree.visible)), list(tree.rows())
    shown = data.draw(st.sets(st.sampled_from(sorted(tree.home))))
    tree.filter(shown.__contains__)
    seen = [each.statement for each in tree.visible]
    at = tree.nearest(node, before)
    above = node
    while above.statement not in seen and above.parent is not None:
        above = above.parent
    if above.statement in seen:
        assert seen[at] == above.statement
    else:
        assert at < max(1, len(seen))

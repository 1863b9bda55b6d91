"""Ticked rows: how to tick them, which edits take all of them, and how to undo those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.interfering import WAYS, is_same_everywhere, meanwhile, on_disk, setting
from support.drivers.workbench import TEXT, Driver, driving

from argmap.edit.verbs import remove_statement
from argmap.model.map import Change, Operation
from store import history, open_store
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

THREE = ["c", "j", "e", "j", "e", "j", "e", "2", "g", "j"]
"""Keys that make a claim and three items of evidence for it, and go to the first of these."""


def ticked(driver: Driver) -> list[str]:
    """Return the labels of the rows that are drawn as ticked."""
    return [
        line.split("✓", 1)[1].split()[1]
        for line in driver.lines
        if "✓" in line and len(line.split("✓", 1)[1].split()) > 1
    ]


def tags(driver: Driver) -> dict[str, tuple[str, ...]]:
    return {s.label: s.tags for s in on_disk(driver).statements.values()}


def newest(driver: Driver) -> str:
    with open_store(driver.app.database.path) as store:
        return history(store, driver.map.document.id)[0].label


async def test_rows_are_ticked_one_by_one_and_the_count_is_in_words(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "V", "V")
        assert ticked(driver) == ["E1", "E2"]
        assert "2 ticked" in driver.seen
        assert "untick 2" in driver.lines[-1]
        assert driver.bench.work.statement.label == "E3"
        await driver.press("k", "V")
        assert ticked(driver) == ["E1"]
        await driver.press("escape")
        assert ticked(driver) == []
        assert "ticked" not in str(driver.bench.outline.border_title)


async def test_a_range_grows_and_shrinks_with_the_cursor(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "shift+down")
        assert ticked(driver) == ["E1", "E2", "E3"]
        await driver.press("shift+up")
        assert ticked(driver) == ["E1", "E2"]
        await driver.press("shift+up", "shift+up")
        assert ticked(driver) == ["C1", "E1"]


async def test_only_rows_that_match_the_filter_are_ticked(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "w")
        await driver.type("Oslo")
        await driver.press("enter", "enter", "enter", "f")
        await driver.type("evidence without")
        await driver.press("enter", "ctrl+a")
        assert ticked(driver) == ["E2", "E3"]
        await driver.press("escape")
        assert ticked(driver) == []
        assert driver.bench.work.filtered_by == "unattributed"
        await driver.press("escape", "ctrl+a")
        assert ticked(driver) == ["C1", "E1", "E2", "E3"]


async def test_clicks_with_ctrl_and_shift_mark_rows(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE)
        await driver.pilot.click(offset=(60, driver.row_of("⊕ E3 ")), control=True)
        await driver.settle()
        assert ticked(driver) == ["E3"]
        await driver.pilot.click(offset=(60, driver.row_of("⊕ E1 ")), shift=True)
        await driver.settle()
        assert ticked(driver) == ["E1", "E2", "E3"]
        await driver.pilot.click(offset=(60, driver.row_of("⊕ E2 ")), control=True)
        await driver.settle()
        assert ticked(driver) == ["E1", "E3"]


async def test_ticked_rows_are_removed_at_once_and_come_back_with_their_ticks(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "d")
        assert set(tags(driver)) == {"C1", "E3"}
        assert driver.said == ["removed 2 statements (E1, E2) · u undoes it"]
        assert "ticked" not in str(driver.bench.outline.border_title)
        await driver.press("u")
        assert set(tags(driver)) == {"C1", "E1", "E2", "E3"}
        assert ticked(driver) == ["E1", "E2"]
        await driver.press("U")
        assert set(tags(driver)) == {"C1", "E3"}


async def test_ticked_rows_get_tags_besides_their_other_tags(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "number_sign")
        await driver.type("port")
        await driver.press("enter", "shift+down", "number_sign")
        assert "Tags of 2 statements (E1, E2)" in driver.seen
        assert "other tags stay: port" in driver.seen
        await driver.type("toll, cost")
        await driver.press("enter")
        assert tags(driver)["E1"] == ("port", "toll", "cost")
        assert tags(driver)["E2"] == ("toll", "cost")
        assert tags(driver)["E3"] == ()
        assert newest(driver) == "changed tags of 2 statements (E1, E2): added toll and cost"
        await driver.press("number_sign", "backspace", "backspace", "backspace", "backspace")
        await driver.press("backspace", "backspace", "enter")
        assert tags(driver)["E1"] == ("port", "toll")
        await driver.press("u", "u")
        assert tags(driver) == {"C1": (), "E1": ("port",), "E2": (), "E3": ()}


async def test_ticked_rows_move_under_another_statement(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "1", "g", "c", "2", "g", "j", "j")
        assert driver.bench.work.statement.label == "E2"
        await driver.press("shift+down", "p")
        assert "Move 2 statements (E2, E3) under" in driver.seen
        await driver.type("C2")
        await driver.press("enter")
        found = on_disk(driver)
        under = [i.premises for i in found.inferences_to[driver.labelled("C2").id]]
        assert under == [(driver.labelled("E2").id,), (driver.labelled("E3").id,)]
        assert newest(driver) == "moved 2 statements (E2, E3) under C2"
        await driver.press("u")
        assert driver.labelled("C2").id not in on_disk(driver).inferences_to


async def test_one_row_moves_under_another_statement_where_none_is_ticked(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "p")
        await driver.type("E2")
        await driver.press("enter")
        assert newest(driver) == "moved E1 under E2"


async def test_dragging_a_ticked_row_moves_all_that_are_ticked(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "j", "shift+down")
        await driver.pilot.mouse_down(offset=(60, driver.row_of("⊕ E3 ")))
        await driver.pilot.hover(offset=(60, driver.row_of("⊕ E1 ")))
        await driver.pilot.mouse_up(offset=(60, driver.row_of("⊕ E1 ")))
        await driver.settle()
        assert newest(driver) == "moved 2 statements (E2, E3) under E1"


async def test_ticked_rows_are_attributed_at_once(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "w")
        await driver.type("Reports")
        await driver.press("enter", "enter", "enter", "shift+down", "w")
        assert "Who says 2 statements (E1, E2)?" in driver.seen
        await driver.type("Oslo")
        await driver.press("enter", "enter", "enter")
        found = on_disk(driver)
        port = next(s.id for s in found.sources.values() if s.name == "Oslo")
        said = {found.statements[a.statement].label: a.chain for a in found.attributions.values()}
        assert said == {"E1": (port,), "E2": (port,)}
        assert newest(driver) == "2 statements (E1, E2) attributed to Oslo"
        await driver.press("u")
        assert len(on_disk(driver).attributions) == 1


async def test_an_edit_of_several_is_undone_after_the_document_is_opened_again(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "ctrl+a", "d")
        assert not driver.map.statements
        document = driver.map.document.id
    async with driving(path, app=ArgmapApp(path, document=document)) as driver:
        await driver.press("u")
        assert set(tags(driver)) == {"C1", "E1", "E2", "E3"}


async def test_an_edit_of_one_row_names_it_and_leaves_the_ticked_ones(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "v")
        assert "this takes one row only: E2, not the 2 ticked rows" in driver.said
        [turned] = [i for i in on_disk(driver).inferences.values() if i.stance == "opposes"]
        assert turned.premises == (driver.labelled("E2").id,)


async def test_in_the_text_an_action_takes_the_selected_statement_alone(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "1", "d")
        assert set(tags(driver)) == {"C1", "E1", "E3"}


@WAYS
async def test_a_conflict_about_one_ticked_row_refuses_the_whole_edit(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "number_sign")
        await driver.type("toll")
        theirs = setting(on_disk(driver).by_label["E2"], tags=("theirs",))
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("enter")
        assert tags(driver) == {"C1": (), "E1": (), "E2": ("theirs",), "E3": ()}
        assert "none of the 2 rows was changed" in " ".join(driver.said)
        assert driver.app.clipboard == "toll"
        assert is_same_everywhere(driver)


@WAYS
@pytest.mark.parametrize("key", ["number_sign", "p", "w"])
async def test_a_ticked_row_that_another_process_removes_meanwhile_refuses_the_whole_edit(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", key)
        theirs = remove_statement(on_disk(driver), "E2")
        await meanwhile(driver, theirs, is_followed=is_followed)
        before = on_disk(driver)
        await driver.type({"number_sign": "toll", "p": "E3", "w": "Reports"}[key])
        await driver.press(*["enter"] * (3 if key == "w" else 1))
        after = on_disk(driver)
        assert (after.statements, after.inferences) == (before.statements, before.inferences)
        assert after.attributions == before.attributions
        assert is_same_everywhere(driver)
        assert "E2 was removed meanwhile" in driver.said[-1]
        assert "none of the 2 rows was changed" in driver.said[-1]
        if key == "w":
            assert driver.app.clipboard == "Reports"


async def test_ticked_rows_that_vanish_are_not_counted_and_not_taken(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down", "shift+down")
        theirs = remove_statement(on_disk(driver), "E2")
        await meanwhile(driver, theirs, is_followed=True)
        assert "2 ticked" in driver.seen
        await driver.press("d")
        assert set(tags(driver)) == {"C1"}


@WAYS
async def test_removing_a_ticked_row_that_another_process_has_changed_removes_none(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "shift+down")
        base, item = driver.map, driver.labelled("E2")
        theirs = Operation("noted", (Change(item, setting(item, note="?").changes[0].after),))
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("d")
        kept = set(tags(driver))
        assert kept == ({"C1", "E3"} if is_followed else {"C1", "E1", "E2", "E3"})
        assert base.document == driver.map.document


async def test_boxes_show_which_rows_are_ticked(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", *THREE, "V", "m", "k")
        assert "✓E1" in driver.seen
        assert "1 ticked" in driver.seen

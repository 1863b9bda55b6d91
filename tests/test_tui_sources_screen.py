"""The sources screen: searching, sorting, and the statements that cite a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support.drivers.desk import Desk
from support.drivers.source_screens import (
    HOSTILE,
    RECORDS,
    TEXT,
    field,
    go_to,
    looking,
    names,
    said,
    screen_of,
    stored,
    voice,
)
from support.drivers.workbench import driving

from tui.library.screen import LibraryScreen
from tui.look.signs import SIGN_OF_KIND
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(desk: Desk) -> Path:
    desk.land(*RECORDS)
    return desk.path


# Finding


@pytest.mark.parametrize("document", ["toll", None])
async def test_the_sources_open_by_a_key_and_leave_to_where_one_came_from(
    path: Path, document: str | None
) -> None:
    async with driving(path, app=looking(path, document)) as driver:
        before = driver.app.screen
        assert isinstance(before, WorkbenchScreen if document else LibraryScreen)
        await driver.press("S")
        assert names(driver) == [
            "Board memo", "Officials", "Reports", "The Harbour Post", "the U.N. monitoring team",
            "UN Monitoring Team",
        ]  # fmt: skip
        await driver.press("escape")
        assert driver.app.screen is before


async def test_the_cursor_begins_on_the_source_of_what_is_selected(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t1")
        await driver.press("S")
        row = screen_of(driver).row
        assert row is not None
        assert row.source.id == "un"


async def test_the_list_narrows_as_one_types_however_a_name_is_written(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "slash")
        await driver.type("u.n. team")
        assert names(driver) == ["the U.N. monitoring team", "UN Monitoring Team"]
        assert "2 of 6 sources" in driver.seen
        await driver.type(" nobody")
        assert names(driver) == []
        assert "no match" in driver.seen
        await driver.press("escape")
        assert len(names(driver)) == 6


async def test_every_kind_has_a_sign_of_its_own(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        assert len(set(SIGN_OF_KIND.values())) == len(SIGN_OF_KIND)
        for row in screen_of(driver).list.rows:
            assert f"{SIGN_OF_KIND[row.source.kind]} {row.source.name}" in driver.seen


@pytest.mark.parametrize(
    ("column", "first"),
    [("kind", "the U.N. monitoring team"), ("statements", "UN Monitoring Team"),
     ("documents", "UN Monitoring Team")],
)  # fmt: skip
async def test_the_list_is_sorted_by_any_column_and_the_other_way_round(
    path: Path, column: str, first: str
) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "s")
        await driver.type(column)
        await driver.press("enter")
        once = names(driver)
        assert once[0] == first
        await driver.press("s")
        await driver.type(column)
        await driver.press("enter")
        assert names(driver) == once[::-1]


async def test_a_click_on_a_heading_sorts_by_it(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        row = driver.row_of("statements")
        await driver.pilot.click(offset=(driver.lines[row].index("documents") + 3, row))
        await driver.settle()
        assert screen_of(driver).sorted_by == "documents"
        assert names(driver)[0] == "UN Monitoring Team"


@pytest.mark.large
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_ten_thousand_sources_are_listed_found_and_paged_through(
    desk: Desk, size: tuple[int, int]
) -> None:
    many = [voice(f"s{n:05}", f"Voice {n:05}", "person") for n in range(10_000)]
    desk.land(*RECORDS, *many)
    async with driving(desk.path, app=looking(desk.path), size=size) as driver:
        await driver.press("S", "G")
        assert "10,006 sources" in driver.seen
        assert "Voice 09999" in driver.seen
        await driver.press("pageup", "slash")
        await driver.type("04321")
        assert names(driver) == ["Voice 04321"]


async def test_another_process_that_adds_a_source_shows_up_without_losing_the_cursor(
    path: Path,
) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "j", "j")
        Desk(path).land(voice("new", "Aardvark", "person"))
        await driver.until(lambda: "Aardvark" in names(driver))
        row = screen_of(driver).row
        assert row is not None
        assert row.source.name == "Reports"


# What is known of one


async def test_citations_of_a_source_are_listed_by_document_with_their_classes(
    path: Path,
) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G")
        assert field(driver, "classes") == (
            "3 statements in 2 documents: 2 as named organisation, 1 as unnamed role"
        )
        assert field(driver, "said:0") == "E1 It is late.  (named organisation “say”)"
        assert field(driver, "said:2") == "E2 It pays twice.  (unnamed role “say”)"
        assert [f.heading for f in screen_of(driver).fields.fields][-3:] == [
            "The bus", "The toll", "The toll",
        ]  # fmt: skip
        assert field(driver, "interest") == "interest: its mandate"
        assert [f.text for f in screen_of(driver).fields.fields if f.about[0] == "letter"] == [
            "C fairly reliable on tolls  (4 of 6 checked statements were right, by amy, 2024-03-02): two were wrong"
        ]


async def test_statements_that_a_source_only_relays_are_listed_as_relayed(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        screen_of(driver).go_to_source("paper")
        await driver.settle()
        assert field(driver, "classes") == "1 statement in 1 document: 1 relayed"


async def test_enter_on_a_statement_opens_its_document_at_it(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G")
        await go_to(driver, "said:0")
        await driver.press("enter")
        assert driver.map.document.id == "bus"
        assert driver.bench.work.selected == "b1"


async def test_a_source_that_another_derives_from_is_one_key_away(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        screen_of(driver).go_to_source("twin")
        await driver.settle()
        await go_to(driver, "derives_from:un")
        await driver.press("enter")
        row = screen_of(driver).row
        assert row is not None
        assert row.source.id == "un"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_words_are_shown_and_not_obeyed(desk: Desk, size: tuple[int, int]) -> None:
    desk.land(
        {"type": "document", "id": "toll", "title": HOSTILE, "text": TEXT},
        voice("bad", HOSTILE, "person", interest=HOSTILE, description=f"{HOSTILE}\n{HOSTILE}"),
        voice("worse", f"the {HOSTILE}", "person", derives_from=["bad"], same_origin=["bad"]),
        said("t1", "toll", HOSTILE, "named_person", "bad"),
        {"type": "reliability", "source": "bad", "letter": "C", "topic": HOSTILE,
         "assessor": HOSTILE, "because": HOSTILE},
    )  # fmt: skip
    async with driving(desk.path, app=looking(desk.path), size=size) as driver:
        await driver.press("S")
        looks = [driver.seen]
        for keys in (("G",), ("g", "enter", "enter"), ("escape", "m"), ("enter",), ("escape", "a", "R"),
                     ("enter", "enter"), ("escape", "escape", "escape")):  # fmt: skip
            await driver.press(*keys)
            looks.append(driver.seen)
            assert {cell_len(line) for line in driver.lines} == {size[0]}
        for seen in looks:
            assert not {"\x1b", "\u202e", "\x9b"} & set(seen)
        assert "[bold]loud" in "".join(looks).replace("\n", "")
        assert stored(desk.path)["bad"]["name"] == HOSTILE

"""The sources screen: finding, sorting, what one is said to have said, editing, merging."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from piloting import Driver, driving
from record_landing import Content, Desk
from rich.cells import cell_len

from argmap.records.writing import record_from_entity
from store import load_everything, open_store
from tui.app import ArgmapApp
from tui.background import run_aside
from tui.screens.library import LibraryScreen
from tui.screens.workbench import WorkbenchScreen
from tui.signs import SIGN_OF_KIND, TWIN

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.sources import SourcesScreen

HOSTILE = "Red \x1b[31m alert \u202e backwards \x9b31m [bold]loud[/bold]"
TEXT = "The toll pays for itself. Reports say traffic fell."


def voice(id_: str, name: str, kind: str, **values: Any) -> Content:  # noqa: ANN401  (a record)
    return {"type": "source", "id": id_, "name": name, "kind": kind} | values


def said(id_: str, document: str, text: str, class_: str, *chain: str) -> Content:
    return {"type": "statement", "id": id_, "document": document, "kind": "evidence", "text": text,
            "attribution": {"class": class_, "chain": chain, "cue": "say"}}  # fmt: skip


RECORDS = (
    {"type": "document", "id": "toll", "title": "The toll", "text": TEXT},
    {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."},
    voice("un", "UN Monitoring Team", "organisation", interest="its mandate"),
    voice("twin", "the U.N. monitoring team", "person", derives_from=["un"], interest="none"),
    voice("paper", "The Harbour Post", "outlet"),
    voice("memo", "Board memo", "document"),
    voice("some", "Officials", "unnamed"),
    voice("vague", "Reports", "vague"),
    said("t1", "toll", "It pays.", "named_organisation", "paper", "un"),
    said("t2", "toll", "It pays twice.", "unnamed_role", "un"),
    said("b1", "bus", "It is late.", "named_organisation", "un"),
    said("b2", "bus", "It is early.", "named_person", "twin"),
    {"type": "reliability", "source": "un", "letter": "C", "topic": "tolls", "checked": 6,
     "valid": 4, "assessor": "amy", "because": "two were wrong", "at": "2024-03-02T10:15:00Z"},
)  # fmt: skip


@pytest.fixture
def path(desk: Desk) -> Path:
    desk.land(*RECORDS)
    return desk.path


def looking(path: Path, document: str | None = "toll") -> ArgmapApp:
    return ArgmapApp(path, document=document)


def screen_of(driver: Driver) -> SourcesScreen:
    return cast("SourcesScreen", driver.app.screen)


def names(driver: Driver) -> list[str]:
    return [row.source.name for row in screen_of(driver).list.rows]


def field(driver: Driver, id_: str) -> str:
    found = {field.id: field.text for field in screen_of(driver).fields.fields}
    return found[id_]


async def go_to(driver: Driver, id_: str) -> None:
    """Look closer at the field called *id_*."""
    screen = screen_of(driver)
    if not screen.is_close:
        await driver.press("enter")
    screen.fields.at = [field.id for field in screen.fields.fields].index(id_)


def stored(path: Path) -> dict[str, dict[str, Any]]:
    with open_store(path) as opened:
        sources = load_everything(opened).sources
        return {id_: record_from_entity(source) for id_, source in sources.items()}


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
        driver.bench.select("t1")
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
        assert "no source has these words" in driver.seen
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


async def test_what_a_source_is_said_to_say_is_told_document_by_document_with_classes(
    path: Path,
) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G")
        assert field(driver, "classes") == (
            "3 statements in 2 documents: named organisation 2, unnamed role 1"
        )
        assert field(driver, "said:0") == "E1 It is late.  (named organisation “say”)"
        assert field(driver, "said:2") == "E2 It pays twice.  (unnamed role “say”)"
        assert [f.heading for f in screen_of(driver).fields.fields][-3:] == [
            "The bus", "The toll", "The toll",
        ]  # fmt: skip
        assert field(driver, "interest") == "interest: its mandate"
        assert [f.text for f in screen_of(driver).fields.fields if f.about[0] == "letter"] == [
            "C fairly reliable on tolls  (4 of 6 held, by amy, 2024-03-02): two were wrong"
        ]


async def test_what_a_source_only_passes_on_is_told_as_that(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        screen_of(driver).go_to_source("paper")
        await driver.settle()
        assert field(driver, "classes") == "1 statement in 1 document: passed on 1"


async def test_enter_on_a_statement_opens_its_document_at_it(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G")
        await go_to(driver, "said:0")
        await driver.press("enter")
        assert driver.map.document.id == "bus"
        assert driver.bench.selected == "b1"


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


# Editing


async def test_hidden_characters_survive_an_edit_of_the_words_round_them(desk: Desk) -> None:
    desk.land(RECORDS[0], voice("bad", f"⟦{HOSTILE}", "person"))
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("!")
        await driver.press("enter")
        assert stored(desk.path)["bad"]["name"] == f"⟦{HOSTILE}!"


async def test_a_name_is_edited_in_place_and_undone(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("s")
        await driver.press("enter")
        assert stored(path)["memo"]["name"] == "Board memos"
        assert driver.said == ["changed source Board memos · u undoes it"]
        await driver.press("u")
        assert stored(path)["memo"]["name"] == "Board memo"
        await driver.press("U")
        assert stored(path)["memo"]["name"] == "Board memos"


async def test_a_name_is_kept_on_one_line(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter", "ctrl+j")
        await driver.type("  2")
        await driver.press("enter")
        assert stored(path)["memo"]["name"] == "Board memo 2"


@pytest.mark.parametrize("key", ["interest", "description", "url"])
async def test_what_is_written_about_a_source_is_edited_and_cleared(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, key)
        await driver.press("enter")
        await driver.type("new")
        await driver.press("enter")
        assert stored(path)["memo"][key] == "new"
        await driver.press("backspace")
        assert stored(path)["memo"].get(key) is None


async def test_a_name_cannot_be_empty_and_escape_keeps_nothing(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        await driver.type("xyz")
        await driver.press("escape", "enter", "home", "ctrl+k", "enter")
        assert driver.said == ["a source needs a name; it stays as it was"]
        assert stored(path)["memo"]["name"] == "Board memo"


async def test_the_kind_is_picked(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, "kind")
        await driver.press("enter")
        await driver.type("outlet")
        await driver.press("enter")
        assert stored(path)["memo"]["kind"] == "outlet"


@pytest.mark.parametrize("key", ["derives_from", "same_origin"])
async def test_links_to_other_sources_are_made_and_taken_away(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        await go_to(driver, key)
        await driver.press("enter")
        await driver.type("harbour")
        await driver.press("enter")
        assert stored(path)["memo"][key] == ["paper"]
        await go_to(driver, f"{key}:paper")
        await driver.press("backspace")
        assert stored(path)["memo"].get(key) is None


async def test_an_edit_reaches_the_map_that_waits_underneath(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        bench = driver.bench
        bench.select("t2")
        await driver.press("S", "enter", "enter")
        await driver.type("!")
        await driver.press("enter", "escape", "escape")
        await driver.until(lambda: bench.map.sources["un"].name == "UN Monitoring Team!")
        await driver.settle()
        assert "UN Monitoring Team!" in driver.seen


async def test_an_edit_of_what_another_process_changed_is_refused_in_a_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.sources.LOOKS", 3600)  # too soon for a look at the database
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter", "enter")
        Desk(path).land(voice("memo", "Board memo 2", "document"))
        await driver.type("s")
        await driver.press("enter")
        assert "was changed meanwhile" in driver.said[0]
        assert stored(path)["memo"]["name"] == "Board memo 2"


async def test_what_a_screen_was_to_show_as_it_closed_is_missed_by_nobody(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")
        screen, missed = screen_of(driver), []

        async def show() -> None:
            while screen.query("#said"):  # noqa: ASYNC110  (no event tells of it)
                await asyncio.sleep(0)
            missed.append(screen)
            screen.query_one("#said").focus()

        run_aside(screen, show)
        await driver.press("escape")
        assert missed


async def test_a_part_that_an_open_screen_lacks_is_a_fault_that_is_told(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S")

        async def show() -> None:
            screen_of(driver).query_one("#nothing").focus()

        run_aside(screen_of(driver), show)
        await driver.settle()
        assert "that failed: NoMatches" in driver.said[0]
        driver.app.failures.clear()


# Merging


async def test_twins_are_marked_and_the_next_one_is_a_key_away(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "n")
        row = screen_of(driver).row
        assert row is not None
        assert row.source.id == "twin"
        assert f"the U.N. monitoring team {TWIN}" in driver.seen
        assert f"The Harbour Post {TWIN}" not in driver.seen
        assert field(driver, "alike:un").endswith(
            "(written otherwise, 3 statements in 2 documents)"
        )


async def test_a_merge_says_what_it_will_do_and_is_undone_by_the_undo_key(path: Path) -> None:
    before = stored(path)
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "n")
        await go_to(driver, "alike:un")
        await driver.press("enter")
        seen = " ".join(driver.seen.split())
        assert "UN Monitoring Team stays, and is cited for 1 statement more" in seen
        assert "the U.N. monitoring team was of kind person" in seen
        assert stored(path) == before
        await driver.press("enter")
        assert stored(path).keys() == before.keys() - {"twin"}
        assert names(driver)[-1] == "UN Monitoring Team"
        assert field(driver, "classes").startswith("4 statements in 2 documents")
        assert "merged source" in driver.said[0]
        await driver.press("u")
        assert stored(path) == before


async def test_a_merge_goes_the_other_way_round_too_and_with_any_source(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "m")
        await driver.type("harbour")
        await driver.press("enter", "down", "enter")
        assert stored(path).keys() == {"un", "twin", "memo", "some", "vague"}
        await driver.press("u")
        assert "paper" in stored(path)


async def test_the_source_that_is_cited_more_is_offered_to_stay(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "G", "m", "enter", "enter")
        assert "un" in stored(path)
        assert "twin" not in stored(path)


async def test_leaving_the_choice_merges_nothing(path: Path) -> None:
    before = stored(path)
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "m", "enter", "escape", "m", "escape")
        assert stored(path) == before


async def test_a_database_without_sources_says_how_they_come(desk: Desk) -> None:
    desk.land(RECORDS[0])
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("S")
        assert "Sources come with what cites them" in " ".join(driver.seen.split())
        await driver.press("enter", "a")
        assert driver.said == ["there is no source here"]

"""Two people edit the same source: its fields, links and letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.desk import Desk
from support.drivers.source_screens import RECORDS, go_to, looking, screen_of, stored
from support.drivers.workbench import AT, Driver, driving

from argmap.edit.verbs import change_source
from argmap.model.map import Change, Operation
from argmap.model.rating import Reliability
from argmap.model.source import Source
from argmap.records.ids import reliability_id
from store import apply, open_store
from store.queries import list_sources
from store.rows.reading import entities

if TYPE_CHECKING:
    from pathlib import Path

WAYS = pytest.mark.parametrize("is_seen", [True, False], ids=["seen", "not seen"])
"""Whether the screen reads the other edit before saving, or only on saving."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    where = tmp_path / "argmap.db"
    Desk(where).land(*RECORDS)
    return where


@pytest.fixture(autouse=True)
def _looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.sources.screen.POLL_INTERVAL", 3600)  # it reads when a test says so


async def meanwhile(driver: Driver, path: Path, *, is_seen: bool, **values: object) -> None:
    """Change the source called `un` as another process does."""
    with open_store(path) as other:
        un = next(s for s in list_sources(other) if s.id == "un")
        apply(other, change_source(un, **values), AT)
    if is_seen:
        await screen_of(driver).read()
        await driver.settle()


@WAYS
@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_the_editor_of_a_source_stays_open_and_the_reader_decides(
    path: Path, key: str, *, is_seen: bool
) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t2")
        await driver.press("S", "enter")
        await go_to(driver, "interest")
        await driver.press("enter")
        await driver.type(", of course")
        await meanwhile(driver, path, is_seen=is_seen, interest="theirs")
        await driver.press("enter")
        editor = screen_of(driver).pane.editor
        assert editor is not None
        assert (editor.display, editor.has_focus) == (True, True)
        assert editor.text == "its mandate, of course"
        assert "Another user" in driver.seen
        assert stored(path)["un"]["interest"] == "theirs"
        await driver.press(key)
        kept = "its mandate, of course" if key == "enter" else "theirs"
        assert stored(path)["un"]["interest"] == kept
        assert not editor.display


@WAYS
async def test_different_fields_of_a_source_are_both_saved(path: Path, *, is_seen: bool) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t2")
        await driver.press("S", "enter")
        await go_to(driver, "interest")
        await driver.press("enter")
        await driver.type("!")
        await meanwhile(driver, path, is_seen=is_seen, description="long", kind="person")
        await driver.press("enter")
        found = stored(path)["un"]
        assert (found["interest"], found["description"]) == ("its mandate!", "long")
        assert found["kind"] == "person"


@pytest.mark.parametrize("key", ["1", "escape"])
async def test_a_kind_that_two_people_choose_is_decided(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t2")
        await driver.press("S", "enter")
        await go_to(driver, "kind")
        await driver.press("enter")
        await driver.type("person")
        await meanwhile_below(path, kind="document")
        await driver.press("enter")
        assert "“document”" in driver.seen
        assert "yours: “person”" in driver.seen
        assert stored(path)["un"]["kind"] == "document"
        await driver.press(key)
        assert stored(path)["un"]["kind"] == ("person" if key == "1" else "document")


async def test_an_origin_that_two_people_name_is_decided(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t2")
        await driver.press("S", "enter")
        await go_to(driver, "derives_from")
        await driver.press("enter")
        await driver.type("Board memo")
        await meanwhile_below(path, derives_from=("paper",))
        await driver.press("enter")
        assert "The Harbour Post" in driver.seen
        assert stored(path)["un"]["derives_from"] == ["paper"]
        await driver.press("1")
        assert stored(path)["un"]["derives_from"] == ["memo"]


@pytest.mark.parametrize("key", ["1", "escape"])
async def test_a_letter_that_two_people_give_is_decided(path: Path, key: str) -> None:
    async with driving(path, app=looking(path)) as driver:
        driver.bench.work.select("t2")
        await driver.press("S", "a")
        who = driver.app.rater.assessor
        theirs = Reliability(reliability_id("un", None, who), "un", who, "D", because="theirs")
        with open_store(path) as other:
            apply(other, Operation("judged", (Change(None, theirs),)), AT)
        await driver.press("enter", "enter", "F")
        if "why F" in driver.seen:
            await driver.type("mine")
            await driver.press("enter")
        assert "“D”" in driver.seen
        assert letter(path, theirs.id) == "D"
        await driver.press(key)
        assert letter(path, theirs.id) == ("F" if key == "1" else "D")


async def test_words_for_a_source_that_was_removed_are_on_the_clipboard(path: Path) -> None:
    async with driving(path, app=looking(path)) as driver:
        await driver.press("S", "enter")
        screen = screen_of(driver)
        screen.go_to_source("vague")
        await go_to(driver, "interest")
        await driver.press("enter")
        await driver.type("mine")
        with open_store(path) as other:
            gone = next(s for s in list_sources(other) if s.id == "vague")
            apply(other, Operation("removed it", (Change(gone, None),)), AT)
        await driver.press("enter")
        assert driver.app.clipboard == "mine"
        assert "Reports was removed meanwhile" in driver.said[0]


async def meanwhile_below(path: Path, **values: object) -> None:
    """Change the source called `un` as another process does, while a dialog is open."""
    with open_store(path) as other:
        un = next(entities(other, Source, "id = ?", "un"))
        apply(other, change_source(un, **values), AT)


def letter(path: Path, id_: str) -> str | None:
    with open_store(path) as opened:
        return next(entities(opened, Reliability, "id = ?", id_)).letter

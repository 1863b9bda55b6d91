"""Hints show the user's own keys, in whole words, and are never covered."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, Driver, driving

from store import add_text, open_store
from store.log.documents import read_extract
from tui.core import background
from tui.library import screen
from tui.shell.app import ArgmapApp
from tui.shell.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.formats.registry import Extract

OWN = {
    "workbench.mark-claim": "f9", "workbench.say-who": "f8", "details.open": "f7",
    "workbench.mark-evidence": "f6", "map.leave": "f12", "workbench.add-passage": "f10",
}  # fmt: skip


def app_on(path: Path) -> ArgmapApp:
    """Return the workbench on a text without any statements, with some keys of the user."""
    with open_store(path) as store:
        document = add_text(store, TEXT)
    return ArgmapApp(path, document=document, config=Config(keys=OWN))


async def test_empty_panes_and_fields_name_the_keys_that_the_user_has_set(path: Path) -> None:
    app = app_on(path)
    async with driving(path, app=app) as driver:
        assert "In the text, f9 marks a claim." in driver.seen
        assert "(f6)" in " ".join(driver.seen.split())
        await driver.press("j", "f9", "3")
        for words in ("f7 sets it", "f8", "f7 adds one", "f7 adds some"):
            assert words in driver.seen


async def test_a_filter_that_shows_nothing_names_the_key_that_ends_it(path: Path) -> None:
    app = app_on(path)
    async with driving(path, app=app) as driver:
        await driver.press("j", "f9", "2")
        driver.bench.work.filter("text:no such words")
        await driver.settle()
        assert "f12 clears the filter." in driver.seen


async def test_an_empty_map_offers_no_fold_and_no_filter(path: Path) -> None:
    async with driving(path, TEXT, size=(80, 24)) as driver:
        await driver.press("2")
        assert "fold" not in driver.lines[-1]
        assert "filter" not in driver.lines[-1]
        await driver.press("space")
        assert driver.said == ["the map is empty; in the text, c marks a claim"]
        await driver.press("1", "j", "c", "2")
        assert "space fold" in driver.lines[-1]
        assert "f filter" in driver.lines[-1]


@pytest.mark.parametrize("width", [80, 100, 120, 140])
async def test_the_keys_of_the_tour_are_never_broken_across_lines(path: Path, width: int) -> None:
    async with driving(path, size=(width, 40)) as driver:
        await driver.press("f4")
        for _ in range(20):
            assert "f4 ends the tour" in driver.seen
            assert "f5 skips this step · f4" in driver.seen or "That is all" in driver.seen
            await driver.press("f5")


async def test_the_tour_is_laid_out_again_for_another_width(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        await driver.press("f4")
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "f5 skips this step · f4 ends the tour" in driver.seen


async def test_a_dialog_is_not_covered_by_what_was_said_before_it_opened(path: Path) -> None:
    app = app_on(path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press("j", "c", "e")
        assert app.screen.query("Toast")
        await driver.press("question_mark")
        assert not app.screen.query("Toast")
        assert "esc cancels" in driver.seen
    app.database.close()


async def test_boxes_without_a_cursor_begin_at_the_first_box(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        assert driver.bench.work.selected is None
        await driver.press("m")
        assert "◉ C1" in driver.seen


def slow_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Write `slow.txt`, which can be read only once the returned event is set."""
    waited = Event()

    def read_slowly(given: str) -> tuple[Extract, str]:
        waited.wait(30)
        return read_extract(given)

    monkeypatch.setattr(screen, "read_extract", read_slowly)
    monkeypatch.setattr(background, "SLOW_AFTER", 0.05)
    (folder / "slow.txt").write_text(TEXT)
    return waited


async def test_a_text_that_takes_a_while_to_read_is_said_to_be_read(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = slow_file(tmp_path, monkeypatch)
    async with driving(path) as driver:
        await driver.press("q", "o")
        await driver.type(str(tmp_path / "slow.txt"))
        await driver.tap("enter")
        try:
            await driver.until(lambda: any("slow.txt…" in words for words in driver.said))
        finally:
            waited.set()
        await driver.until(lambda: "Add this text" in driver.seen)
        await driver.settle()
        assert driver.said == []


async def test_escape_cancels_the_reading_of_a_text(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = slow_file(tmp_path, monkeypatch)
    async with driving(path) as driver:
        await driver.press("q", "o")
        await driver.type(str(tmp_path / "slow.txt"))
        await driver.tap("enter")
        try:
            await driver.until(lambda: any("esc cancels" in words for words in driver.said))
            await driver.tap("escape")
            await driver.until(lambda: driver.said == ["cancelled"])
        finally:
            waited.set()
        await driver.settle()
        assert "Add this text" not in driver.seen
        await driver.press("enter")
        assert driver.bench.map.document.title == "The last boat home"

"""The export screen loses nothing typed, and overwrites no file without asking."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from attrs import evolve
from support.drivers.workbench import TEXT, driving
from support.strategies.maps import small_map

from argmap.edit.verbs import add_document
from store import apply, examine, load_map, open_store
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from tui.export.screen import ExportScreen


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "argmap.db"


async def test_a_file_that_is_there_is_written_over_only_when_asked_twice(path: Path) -> None:
    there = path.with_name("there.md")
    there.write_text("older words", "utf-8")
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        screen.path.value = str(there)
        await driver.press("enter")
        assert driver.said == [f"{there} already exists; write again to overwrite it"]
        assert there.read_text("utf-8") == "older words"
        await driver.press("enter")
        assert driver.said == [f"wrote {there}"]
        assert "Why the toll stays" in there.read_text("utf-8")


async def test_another_format_leaves_a_path_that_was_typed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        offered = screen.path.value
        await driver.press("f", "f")
        assert screen.path.value != offered
        await driver.press("slash")
        await driver.type(".txt")
        typed = screen.path.value
        await driver.press("tab", "f")
        assert screen.path.value == typed


async def test_a_home_of_an_unknown_user_is_reported_and_the_screen_stays(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        screen.path.value = "~nobody-of-that-name/a.md"
        await driver.press("enter")
        assert driver.said == [
            "~nobody-of-that-name/a.md: there is no user of that name; give another path"
        ]
        assert driver.app.screen is screen


async def test_a_table_export_reports_what_it_leaves_out(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        while screen.format.name != "csv":
            await driver.press("f")
        screen.path.value = str(path.with_name("map.csv"))
        await driver.press("enter")
        assert driver.said == [f"wrote {screen.path.value}; not included: 1 document text"]


async def test_an_export_over_the_database_is_refused_and_the_screen_stays(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        document = driver.map.document.id
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        soft = path.with_name("soft.md")
        soft.symlink_to(path)
        for name, role in (
            (path, "is the database in use"),
            (soft, "is the database in use"),
            (path.with_name("argmap.db-wal"), f"belongs to the database in use, {path}"),
            (path.with_name("argmap.db-journal"), f"belongs to the database in use, {path}"),
        ):
            screen.path.value = str(name)
            for _ in range(2):  # asking again does not help
                await driver.press("enter")
                assert driver.said == [f"{name}: {role}; give another file"]
                assert driver.app.screen is screen
    with open_store(path) as store:
        assert [c for c in examine(store) if not c.is_warning] == []
        assert len(load_map(store, document).statements) == 1


async def test_another_database_is_refused_on_the_export_screen(path: Path) -> None:
    other = path.with_name("other.db")
    open_store(other).close()
    before = other.read_bytes()
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        cast("ExportScreen", driver.app.screen).path.value = str(other)
        await driver.press("enter")
        assert driver.said == [f"{other}: is a SQLite database; give another file"]
    assert other.read_bytes() == before


@pytest.mark.parametrize("kind", ["pipe", "device", "descriptor"])
async def test_the_workbench_waits_for_no_pipe_and_draws_on_no_terminal(
    path: Path, kind: str
) -> None:
    target = {"device": Path(os.devnull), "descriptor": Path("/dev/stdout")}.get(
        kind, path.with_name("pipe")
    )
    os.mkfifo(path.with_name("pipe"))
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        cast("ExportScreen", driver.app.screen).path.value = str(target)
        await driver.press("enter")
        words = "is a device or a pipe; argmap export -o can write to it"
        assert driver.said == [f"{target} {words}"]
    assert path.with_name("pipe").is_fifo()
    assert target.exists()


async def test_a_name_that_is_too_long_is_one_line_and_the_screen_stays(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "X")
        screen = cast("ExportScreen", driver.app.screen)
        screen.path.value = "q" * 300
        await driver.press("enter")
        assert driver.said == [f"{'q' * 300}: cannot be used: file name too long"]
        assert driver.app.screen is screen


async def test_the_name_that_is_offered_can_be_written(path: Path) -> None:
    with open_store(path) as store:
        apply(store, add_document(evolve(small_map().document, id="橋/" * 100)))
    async with driving(path, app=ArgmapApp(path, document="橋/" * 100)) as driver:
        await driver.press("X")
        name = cast("ExportScreen", driver.app.screen).path.value
        await driver.press("enter")
        assert driver.said == [f"wrote {name}"]
    assert path.with_name(name).is_file()

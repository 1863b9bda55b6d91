"""An edit selects the right statement, and an early selection waits for the map."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING
from unittest.mock import Mock, create_autospec

import pytest
from support.drivers.workbench import TEXT, driving
from support.strategies.maps import statement, with_all

from argmap.edit.verbs import add_statement
from argmap.errors import EditError
from tui.core import settling
from tui.core.host import Host, ReaderPosition
from tui.core.settling import Settling
from tui.core.workspace import Workspace
from tui.document.rater import Rater

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap, Operation


def opened(argument_map: ArgumentMap, path: Path) -> Workspace:
    """Return a workspace on *argument_map*, with a host that only records."""
    host = create_autospec(Host, instance=True)
    host.here = ReaderPosition("text", (0, 1), None, 0, None)
    host.key.side_effect = lambda id_: f"<{id_}>"
    session = Mock(map=argument_map, is_loaded=True)
    work = Workspace(session, Rater("amy", path), host)

    def do(operation: Operation) -> None:
        session.map = session.map.apply(operation)
        work.select_again()  # as the screen does

    session.do.side_effect = do
    return work


def test_what_an_edit_makes_is_selected_and_aimed_at(path: Path) -> None:
    work = opened(with_all([statement("old", "C1")]), path)
    work.select("old")
    work.do(add_statement(work.map, "new", "claim", "It stays."), select="new")
    assert work.statement.text == "It stays."
    assert work.target == work.statement


def test_an_edit_that_makes_nothing_leaves_the_selection(path: Path) -> None:
    work = opened(with_all([statement("old", "C1")]), path)
    work.select("old")
    work.do(add_statement(work.map, "new", "claim", "It stays."))
    assert work.selected == "old"


def test_an_edit_that_is_refused_selects_nothing_later(path: Path) -> None:
    work = opened(with_all([statement("old", "C1"), statement("new", "C2")]), path)
    work.select("old")
    work.session.do.side_effect = EditError("no")  # type: ignore[attr-defined]  # a mock
    with pytest.raises(EditError):
        work.do(add_statement(work.map, "newer", "claim", "It stays."), select="new")
    work.select_again()
    assert work.selected == "old"


async def test_a_mark_selects_once(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j")
        shown = Mock(wraps=driver.bench.show_selection)
        driver.bench.show_selection = shown  # type: ignore[method-assign]  # to count
        await driver.press("e")
        assert driver.bench.work.statement.label == "E1"
        assert shown.call_count == 1


async def test_a_key_waits_for_the_work_that_it_has_begun_and_for_no_other() -> None:
    settled, done = Settling(), []

    async def work(seconds: float) -> None:
        with settled.running():
            await asyncio.sleep(seconds)
            done.append(seconds)

    older = asyncio.create_task(work(60))
    await asyncio.sleep(0)
    before = set(settled.works)
    newer = asyncio.create_task(work(0.01))
    await settled.wait(before, lambda: False)
    assert done == [0.01]
    older.cancel()
    await newer


async def test_a_key_waits_only_a_moment_and_not_at_all_where_another_screen_is_shown() -> None:
    settled = Settling()
    with settled.running():
        began = perf_counter()
        await settled.wait(set(), lambda: True)
        assert perf_counter() - began < settling.LONGEST_WAIT
        await settled.wait(set(), lambda: False)
        assert perf_counter() - began >= settling.LONGEST_WAIT

"""A monkey breaks nothing: no exception, a sound database, and a log of every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.monkeys import Monkey, differs_from_replay
from support.drivers.workbench import TEXT, driving

from store import load_map, open_store
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.statement import Statement


@pytest.mark.large
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_monkey_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)  # where it may export to
    path = tmp_path / "argmap.db"
    async with driving(path, TEXT, drawn=True) as driver:
        monkey = Monkey(driver, path, seed)
        try:
            await monkey.play(160)
        finally:
            (tmp_path / "done.txt").write_text("\n".join(monkey.done), "utf-8")
        await driver.settle()
        for screen in driver.app.screen_stack:
            if isinstance(screen, WorkbenchScreen):
                await screen.session.follow()
                assert statements_on_disk(path, screen) == dict(screen.map.statements)
    assert differs_from_replay(path, tmp_path / "fresh.db") == []


def statements_on_disk(path: Path, screen: WorkbenchScreen) -> dict[str, Statement]:
    with open_store(path) as store:
        return dict(load_map(store, screen.map.document.id).statements)

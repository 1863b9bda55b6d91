"""A monkey at the workbench: seeded random keys, clicks, drags, sizes, and other processes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from attrs import define, field
from textual.events import Paste

from argmap.edit.verbs import add_statement, change_statement, remove_statement
from argmap.errors import ArgmapError
from argmap.records.encode import record_from_entity
from store import apply, load_map, open_store
from store.log import LogPlace
from store.log.map_updates import edits_since
from store.queries import load_everything
from tui.actions.action import context_of
from tui.dialogs.dialog import Dialog
from tui.shell.keys.registry import actions, reachable
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.workbench import Driver

AT = "2026-03-02T10:15:00Z"
SIZES = ((120, 40), (80, 24), (200, 60), (60, 20), (40, 12), (30, 8), (119, 33), (20, 5), (10, 3))
PASTED = ("one\r\ntwo\tthree\u2028four", "[bold]b[/] [@click=app.quit]q[/]", "\x00\x1b[31m\u202e",
          "w" * 3000, "nobody", " , ,", "2024-02-30")  # fmt: skip
TYPED = ("a", "Z", "7", "space", "[", "]", "enter", "escape", "tab", "up", "down", "backspace",
         "é", "漢", "\u202e", "😀")  # fmt: skip


@define
class Monkey:
    """A source of random events; the same seed gives the same events."""

    driver: Driver
    path: Path
    seed: int
    done: list[str] = field(factory=list)
    """The events so far, for whoever looks for the bug."""

    async def play(self, events: int) -> None:
        """Do *events* random actions."""
        app = self.driver.app
        app.leave = app.open_example = _nothing  # type: ignore[method-assign]  # an import is no edit
        dice = random.Random(self.seed)  # noqa: S311  (a monkey is no secret)
        keys = [
            k for a in actions().values() if a.id != "everywhere.quit" for k in a.keys.split(",")
        ]
        for number in range(events):
            what = dice.random()
            if what < 0.3:
                await self._press(dice.choice(keys))
            elif what < 0.6:
                await self._press(dice.choice(self._keys_here()))
            elif what < 0.63:
                self.done.append("paste")
                app.post_message(Paste(dice.choice(PASTED)))
                await self.driver.pilot.pause()
            elif what < 0.82:
                await self._press(dice.choice(TYPED))
            elif what < 0.93:
                await self._mouse(dice)
            elif what < 0.96:
                size = dice.choice(SIZES)
                self.done.append(f"size {size}")
                await self.driver.pilot.resize_terminal(*size)
            else:
                self._interfere(f"other-{self.seed}-{number}", dice)
            assert self.driver.is_highlight_selected, self.done[-5:]
            if not isinstance(self.driver.app.screen, WorkbenchScreen) and dice.random() < 0.2:
                await self._press("escape")

    def _keys_here(self) -> list[str]:
        """Return the keys that have an action where the focus is."""
        screen = self.driver.app.screen
        if isinstance(screen, Dialog):
            return ["enter", "enter", "escape", "up", "down", "tab", "f1", "pagedown", "home"]
        return [
            key for action in reachable(context_of(screen)) for key in action.keys.split(",")
            if action.id not in {"everywhere.quit", "everywhere.suspend"}
        ]  # fmt: skip

    async def _press(self, key: str) -> None:
        self.done.append(key)
        await self.driver.tap(key)
        await (
            self.driver.pilot.pause()
        )  # Textual leaves a watcher behind where a screen goes at once

    async def _mouse(self, dice: random.Random) -> None:
        width, height = self.driver.app.screen.size  # a resize may be on its way to the screen
        place = dice.randrange(width), dice.randrange(height)
        button, times = dice.choice((1, 1, 1, 3)), dice.choice((1, 1, 2))
        pilot = self.driver.pilot
        self.done.append(f"mouse {place} {button} {times}")
        if dice.random() < 0.3:
            await pilot.mouse_down(offset=place)
            await pilot.hover(offset=(dice.randrange(width), dice.randrange(height)))
            await pilot.mouse_up(offset=(dice.randrange(width), dice.randrange(height)))
        else:
            await pilot.click(offset=place, button=button, times=times)

    def _interfere(self, new: str, dice: random.Random) -> None:
        """Add a claim to the first document, or change or remove one, as another process would."""
        with open_store(self.path) as store:
            row = store.db.execute("SELECT id FROM document ORDER BY id LIMIT 1").fetchone()
            if row is not None:
                argument_map = load_map(store, row[0])
                there = sorted(argument_map.statements)
                way = dice.choice(("add", "change", "change", "remove")) if there else "add"
                self.done.append(f"other process: {way} {new}")
                if way == "add":
                    operation = add_statement(argument_map, new, "claim", f"By {new}")
                elif way == "change":
                    values = {dice.choice(("text", "note")): f"By {new}"}
                    operation = change_statement(argument_map, dice.choice(there), **values)
                else:
                    operation = remove_statement(argument_map, dice.choice(there))
                try:
                    apply(store, operation, AT)
                except ArgmapError:  # the workbench was quicker
                    self.done.append("refused")


async def _nothing() -> None:
    """Do nothing."""


def differs_from_replay(path: Path, fresh: Path) -> list[str]:
    """Return the differences between the database at *path* and a replay of its log at *fresh*."""
    with open_store(path) as store, open_store(fresh) as again:
        with store.reading():
            found = edits_since(store, LogPlace(0, frozenset()))
        assert found is not None
        for step in found[1]:
            apply(again, step.operation, AT)
        bundles = [load_everything(each) for each in (store, again)]
        dumps = [
            {
                entity.id: record_from_entity(entity)
                for m in bundle.maps
                for home in (m.statements, m.inferences, m.attributions, m.ratings)
                for entity in (m.document, *home.values())
            }
            | {s.id: record_from_entity(s) for s in bundle.sources.values()}
            for bundle in bundles
        ]
    return sorted(
        id_ for id_ in dumps[0].keys() | dumps[1].keys() if dumps[0].get(id_) != dumps[1].get(id_)
    )

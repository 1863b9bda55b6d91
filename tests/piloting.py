"""Drive the workbench as a person does: by keys, and by looking at the screen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from attrs import frozen

from store import add_example, examine, open_store
from tui.app import ArgmapApp
from tui.opening import add_text
from tui.screens.workbench import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

AT = "2026-03-02T10:15:00Z"

TEXT = (
    "Why the toll stays\n\n"
    "The toll pays for itself. Reports say that traffic fell by a fifth. Drivers adapt.\n\n"
    "Hauliers disagree, and they count detours. The bridge needs the money."
)
"""Six sentences: a title, three in a paragraph, two in another."""


@frozen
class Driver:
    """A running workbench, and what a person at it can do and see."""

    app: ArgmapApp
    pilot: Pilot[None]

    @property
    def bench(self) -> WorkbenchScreen:
        return cast("WorkbenchScreen", self.app.screen)

    @property
    def map(self) -> ArgumentMap:
        return self.bench.map

    def labelled(self, label: str) -> Statement:
        found = self.map.by_label[label]
        return cast("Statement", found)

    async def press(self, *keys: str) -> None:
        """Press *keys*, and wait until all that they began is done and on disk."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, words: str) -> None:
        """Type *words*."""
        await self.pilot.press(*words)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing that was begun is left, dialogs apart."""
        await self.pilot.pause()
        for screen in self.app.screen_stack:
            if isinstance(screen, WorkbenchScreen):
                await screen.session.settled()
        await self.pilot.pause()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until *is_so*, for as long as a look at the database takes and then some."""
        for _ in range(250):
            if is_so():
                return
            await self.pilot.pause(0.02)
        message = f"it did not come; said: {self.said}; the screen:\n{self.seen}"
        raise AssertionError(message)

    @property
    def lines(self) -> list[str]:
        """What is on the screen, row by row."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001  (no other way to see it)
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def seen(self) -> str:
        """What is on the screen, as one text."""
        return "\n".join(self.lines)

    @property
    def said(self) -> list[str]:
        """What is said in the corner now."""
        return [str(n.message) for n in self.app._notifications]  # noqa: SLF001  (as above)


@asynccontextmanager
async def driving(
    path: Path,
    text: str | None = None,
    *,
    size: tuple[int, int] = (120, 40),
    app: ArgmapApp | None = None,
) -> AsyncIterator[Driver]:
    """Run the workbench on the database at *path*, on a document of *text* or the example.

    Afterwards nothing may have failed, and the database must be sound.
    """
    if app is None:
        if text is None:
            document = add_example(path, AT)
        else:
            with open_store(path) as store:
                document, _ = add_text(store, text)
        app = ArgmapApp(path, document=document)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        for _ in range(100):
            await pilot.pause(0.02)
            if len(app.screen_stack) > 1:
                break
        await driver.settle()
        yield driver
        await driver.settle()
    app.archive.close()
    assert app.failures == []
    with open_store(path) as store:
        assert list(examine(store)) == []

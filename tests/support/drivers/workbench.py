"""Drive the workbench as a person does: press keys and read the screen."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, cast
from unicodedata import lookup
from unittest.mock import patch

from attrs import frozen
from textual._compositor import Compositor
from textual.events import Key
from textual.keys import _character_to_key
from textual.screen import ModalScreen

from store import add_text, examine, open_store
from support.drivers.new_databases import with_example
from tui.shell.app import ArgmapApp
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

AT = "2026-03-02T10:15:00Z"

TURN = 0.02
"""Seconds between two checks of an awaited condition."""

TURNS = 1500
"""Checks after which the condition counts as failed."""

CALM = 4
"""Consecutive rounds through all messages in which nothing new may appear."""

TEXT = (
    "Why the toll stays\n\n"
    "The toll pays for itself. Reports say that traffic fell by a fifth. Drivers adapt.\n\n"
    "Hauliers disagree, and they count detours. The bridge needs the money."
)
"""Six sentences: a title, three in a paragraph, two in another."""


@frozen
class Driver:
    """A running workbench, with the actions and the view of a person."""

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
        """Press *keys*, and wait after each until all its work is done and on disk."""
        for key in keys:
            self.app.post_message(sent(key))
            await self.settle()

    async def tap(self, key: str) -> None:
        """Press *key* without waiting for its work."""
        self.app.post_message(sent(key))
        await self.pilot.pause(0)

    async def type(self, words: str) -> None:
        """Type *words*."""
        for character in words:
            await self.tap(character)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all work is done, on disk and drawn; dialogs stay open.

        Raises:
            AssertionError: it is not over after many turns.
        """
        calm = 0
        for _ in range(TURNS):
            await self.until(lambda: not self.is_busy, "the end of what was begun")
            await self.pilot.pause(0)
            await self.app.animator.wait_until_complete()
            calm = 0 if self.is_busy else calm + 1
            if calm == CALM:
                assert self.is_highlight_selected, "the highlighted row is the selection"
                return
        message = f"it does not come to rest; the screen:\n{self.seen}"
        raise AssertionError(message)

    async def until(self, is_so: Callable[[], bool], awaited: str = "what was awaited") -> None:
        """Wait until *is_so*, for many more turns than a check of the database takes.

        Raises:
            AssertionError: *awaited*, in words, did not happen.
        """
        for _ in range(TURNS):
            if is_so():
                return
            await self.pilot.pause(TURN)
        message = f"{awaited} did not come; said: {self.said}; the screen:\n{self.seen}"
        raise AssertionError(message)

    @property
    def is_busy(self) -> bool:
        """Return whether a message, an edit, or a worker that waits for no dialog is pending."""
        screens = self.app.screen_stack
        pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
        asking = sum(isinstance(screen, ModalScreen) for screen in screens)
        working = sum(not worker.is_finished for worker in self.app.workers)
        benches = [screen for screen in screens if isinstance(screen, WorkbenchScreen)]
        return (
            working > asking
            or any(pump.message_queue_size for pump in pumps)
            or any(bench.session._tasks for bench in benches)  # noqa: SLF001  (no other way to see it)
        )

    @property
    def is_highlight_selected(self) -> bool:
        """Return whether the map highlights the selected statement, unless rows are being made."""
        for bench in self.app.screen_stack:
            if not isinstance(bench, WorkbenchScreen) or not bench.is_mounted:
                continue  # a screen that is still opening knows what it is to select
            if not bench.outline._is_behind:  # noqa: SLF001  (as above)
                node = bench.outline.node
                if (node.statement if node else None) != bench.work.selected:
                    return False
        return True

    @property
    def lines(self) -> list[str]:
        """The text on the screen, row by row."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001  (no other way to see it)
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def seen(self) -> str:
        """The text on the screen, as one string."""
        return "\n".join(self.lines)

    def row_of(self, words: str) -> int:
        """Return the number of the first row of the screen that shows *words*."""
        return next(number for number, line in enumerate(self.lines) if words in line)

    @property
    def said(self) -> list[str]:
        """The text of the current notices."""
        return [str(n.message) for n in self.app._notifications]  # noqa: SLF001  (as above)


def sent(key: str) -> Key:
    """Return the input of a terminal for *key*: a character, or the name of a key."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    try:
        character = lookup(key.replace("_", " "))
    except KeyError:
        character = None
    return Key(key, character)


@asynccontextmanager
async def driving(
    path: Path,
    text: str | None = None,
    *,
    size: tuple[int, int] = (120, 40),
    app: ArgmapApp | None = None,
    drawn: bool = False,
) -> AsyncIterator[Driver]:
    """Run the workbench on the database at *path*, on a document of *text* or the example.

    Only frames that a test reads are drawn, and the last one if it fails; all of them if *drawn*
    is true. Afterwards nothing may have failed, and the database must be sound.
    """
    if app is None:
        if text is None:
            document = with_example(path, AT)
        else:
            with open_store(path) as store:
                document = add_text(store, text)
        app = ArgmapApp(path, document=document)
    with nullcontext() if drawn else undrawn():
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            try:
                await driver.settle()
                yield driver
                await driver.settle()
            except Exception as error:
                with suppress(Exception):  # a screen that cannot be drawn is not the first fault
                    error.add_note(f"the screen:\n{driver.seen}")
                raise
    app.database.close()
    assert app.failures == [], app.failures
    with open_store(path) as store:
        assert list(examine(store)) == []


def _drop(self: Compositor, *_: object, **__: object) -> None:
    self._dirty_regions.clear()


@contextmanager
def undrawn() -> Iterator[None]:
    """Draw only frames that a test reads: there is no terminal, and it takes half of the time."""
    with patch.object(Compositor, "render_update", _drop):
        yield


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the one write transaction of the database at *path*, as another process does."""
    is_held, release = Event(), Event()

    def hold() -> None:
        with open_store(path) as store, store.writing():
            is_held.set()
            release.wait()

    thread = Thread(target=hold)
    thread.start()
    is_held.wait()
    try:
        yield
    finally:
        release.set()
        thread.join()

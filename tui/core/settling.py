"""A short wait for the work that a key starts, so that the next key sees its result."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_WAIT: Final = 0.08
"""Maximum time, in seconds, that a key waits for the work it has started."""

START_TURNS: Final = 20
"""Turns of the event loop that the messages of an action get to arrive and start their work.

A message takes two turns from a widget to its parent, and a task one to start.
"""


class Settling:
    """The work in the background, and a wait for it to end."""

    def __init__(self) -> None:
        """Start with no work."""
        self.works: set[object] = set()
        self._woken = asyncio.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the body as background work."""
        work = object()
        self.works.add(work)
        try:
            yield
        finally:
            self.works.discard(work)
            self.wake()

    def wake(self) -> None:
        """Wake up waiters: work has ended, or another screen is shown."""
        self._woken.set()

    async def wait(self, before: set[object], is_over: Callable[[], bool]) -> None:
        """Wait, at most `LONGEST_WAIT` seconds, for *is_over* or the end of all newer work.

        Work in *before* is not waited for. Work that asks a question or takes long does not block
        the next key.
        """
        for _ in range(START_TURNS):
            await asyncio.sleep(0)
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while not is_over() and self.works - before:
                    self._woken.clear()
                    await self._woken.wait()
        except TimeoutError:
            return

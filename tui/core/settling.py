"""Waiting a moment for the work that a key has begun, so that the next key meets its result."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOMENT: Final = 0.08
"""Seconds that a key waits at most for the work that it has begun."""

BREATH: Final = 0.002
"""Seconds in which the messages that an action has sent arrive, and begin their work."""


class Settling:
    """The work that is under way in the background, and a wait for it to end."""

    def __init__(self) -> None:
        """Begin with none."""
        self.works: set[object] = set()
        self._stirred = asyncio.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the body as work under way."""
        work = object()
        self.works.add(work)
        try:
            yield
        finally:
            self.works.discard(work)
            self.stir()

    def stir(self) -> None:
        """Let who waits look again: work has ended, or another screen is shown."""
        self._stirred.set()

    async def wait(self, before: set[object], is_over: Callable[[], bool]) -> None:
        """Wait until all work but that of *before* has ended, or *is_over*; for a moment at most.

        What asks a question, or goes on for long, is not waited for.
        """
        await asyncio.sleep(BREATH)
        try:
            async with asyncio.timeout(MOMENT):
                while not is_over() and self.works - before:
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            return

"""The database as the screens see it: two threads, one that writes and one that reads.

Nothing here blocks the screen. Edits reach the disk one by one, in order; one
that finds the file locked is tried again until it lands or the program ends.
"""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

from argmap.errors import BusyError, StoreError
from store import Store, open_memory, open_store, open_to_read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

T = TypeVar("T")

_WAIT: Final = 0.3
"""Seconds that a write waits for another process before that is told."""

_PAUSE: Final = 0.5
"""Seconds between two attempts to write to a file that is locked."""


class Archive:
    """A database file, opened in threads of its own."""

    def __init__(self, path: Path, on_busy: Callable[[str], None] = lambda _: None) -> None:
        """Use the database at *path*, which is made by the first write.

        Args:
            path: The file.
            on_busy: Told why an edit has to wait; empty when it landed.
        """
        self.path = path
        self._on_busy = on_busy
        self._writer = ThreadPoolExecutor(1, "argmap-writer")
        self._reader = ThreadPoolExecutor(1, "argmap-reader")
        self._stores: dict[str, Store] = {}
        self._identity: tuple[int, int] | None = None
        self._closing = threading.Event()

    def write(self, work: Callable[[Store], T]) -> Awaitable[T]:
        """Do *work* on the database in its turn; wait while another process writes.

        It is in the queue, which outlives the terminal, before this returns.

        Raises:
            ConflictError: the rows are not what the work was made for.
            StoreError: the file was moved, replaced, or cannot be written.
        """
        loop = asyncio.get_running_loop()

        def tell(why: str) -> None:
            loop.call_soon_threadsafe(self._on_busy, why)

        return asyncio.wrap_future(self._writer.submit(self._written, work, tell))

    async def read(self, work: Callable[[Store], T]) -> T:
        """Do *work* on the database without waiting for edits.

        Raises:
            StoreError: the file cannot be read.
        """
        return await asyncio.wrap_future(self._reader.submit(self._read, work))

    def close(self) -> None:
        """Finish every edit that was begun, each tried once more, and close the file."""
        self._closing.set()
        for executor in (self._reader, self._writer):
            executor.submit(self._close_own)
            executor.shutdown(wait=True)

    def _written(self, work: Callable[[Store], T], tell: Callable[[str], None]) -> T:
        waited = False
        while True:
            try:
                store = self._to_write()
                self._refuse_moved()
                result = work(store)
            except BusyError as error:
                if self._closing.is_set():
                    raise
                tell(str(error))
                waited = True
                self._closing.wait(_PAUSE)
                continue
            if waited:
                tell("")
            return result

    def _to_write(self) -> Store:
        if "write" not in self._stores:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stores["write"] = open_store(self.path, _WAIT)
            self._identity = _identity(self.path)
        return self._stores["write"]

    def _read(self, work: Callable[[Store], T]) -> T:
        store = self._stores.get("read")
        if store is None:
            store = open_to_read(self.path)
            if store is None:
                with open_memory() as nothing:
                    return work(nothing)
            self._stores["read"] = store
            self._identity = self._identity or _identity(self.path)
        return work(store)

    def _refuse_moved(self) -> None:
        if _identity(self.path) != self._identity:
            message = (
                f"{self.path}: was moved, deleted or replaced while open; nothing more is saved"
                " there, and what you see can still be exported"
            )
            raise StoreError(message)

    def _close_own(self) -> None:
        name = "write" if "writer" in threading.current_thread().name else "read"
        store = self._stores.pop(name, None)
        if store is not None:
            store.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116  (what Path.stat does, without its cost)
    except OSError:
        return None
    return status.st_dev, status.st_ino

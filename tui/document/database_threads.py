"""The database as the screens see it: two threads, one that writes and one that reads.

Nothing here blocks the screen. Edits reach the disk one by one, in order; one
that finds the file locked is tried again until it lands or the program ends.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from argmap.errors import BusyError, ConflictError, StoreError
from argmap.host.files import as_input_error
from store import Store, open_memory, open_store, open_to_read
from store.database import as_store_error

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

T = TypeVar("T")
Tell = Callable[[str], None]

_WAIT: Final = 0.3
"""Seconds that a write waits for another process before that is told."""

_PAUSE: Final = 0.5
"""Seconds between two attempts to write to a file that is locked."""

PATIENCE: Final = 3.0
"""Seconds that the end of the program waits for edits that another process holds up."""


class DatabaseThreads:
    """A database file, opened in threads of its own."""

    def __init__(self, path: Path, on_busy: Callable[[str], None] = lambda _: None) -> None:
        """Use the database at *path*, which is made by the first write.

        Args:
            path: The file.
            on_busy: Told why an edit has to wait; empty when it landed.
        """
        self.path = path
        self.lost = 0
        """Edits that will not reach the disk: the file is gone, or cannot be written."""
        self._on_busy = on_busy
        self._writer = ThreadPoolExecutor(1, "argmap-writer")
        self._reader = ThreadPoolExecutor(1, "argmap-reader")
        self._writer_store: Store | None = None
        self._reader_store: Store | None = None
        self._identity: tuple[int, int] | None = None
        self._begun = self._ended = 0
        """Edits; the first is counted by the screen's thread, the second by the writer's."""
        self._closing = threading.Event()
        self._deadline = 0.0

    @property
    def unsaved(self) -> int:
        """Edits that are not on disk yet, of whichever document."""
        return self._begun - self._ended

    def save(self, edit: Callable[[Store], T]) -> Awaitable[T]:
        """Write as `write` does, and count *edit* until it is on disk, refused or lost."""
        self._begun += 1
        return self._queued(self._saved, edit)

    def write(self, work: Callable[[Store], T]) -> Awaitable[T]:
        """Do *work* on the database in its turn; wait while another process writes.

        It is in the queue before this returns, and stays there when the one that
        awaits it is cancelled or the terminal goes.

        Raises:
            ConflictError: the rows are not what the work was made for.
            StoreError: the file was moved, replaced, or cannot be written.
        """
        return self._queued(self._written, work)

    async def read(self, work: Callable[[Store], T]) -> T:
        """Do *work* on the database without waiting for edits.

        Raises:
            StoreError: the file cannot be read.
        """
        return await asyncio.wrap_future(self._reader.submit(self._read, work))

    def close(self, patience: float = PATIENCE) -> None:
        """Finish every edit that was begun, and close the file; a second time does nothing.

        Args:
            patience: Seconds for which edits are tried that another process holds up.
        """
        if self._closing.is_set():
            return
        self._deadline = time.monotonic() + patience
        self._closing.set()
        self._reader.submit(self._close_reader)
        self._writer.submit(self._close_writer)
        for executor in (self._reader, self._writer):
            executor.shutdown(wait=True)

    def _queued(
        self, way: Callable[[Callable[[Store], T], Tell], T], work: Callable[[Store], T]
    ) -> Awaitable[T]:
        loop = asyncio.get_running_loop()

        def tell(why: str) -> None:
            with suppress(RuntimeError):  # the screen is gone, the edit is not
                loop.call_soon_threadsafe(self._on_busy, why)

        return asyncio.shield(asyncio.wrap_future(self._writer.submit(way, work, tell)))

    def _saved(self, edit: Callable[[Store], T], tell: Tell) -> T:
        try:
            return self._written(edit, tell)
        except ConflictError:
            raise  # it is refused, and its words go back to the screen
        except BaseException:
            self.lost += 1
            raise
        finally:
            self._ended += 1

    def _written(self, work: Callable[[Store], T], tell: Tell) -> T:
        waited = False
        while True:
            try:
                with as_store_error(self.path):
                    self._refuse_moved()
                    result = work(self._open_to_write())
            except BusyError as error:
                if self._closing.is_set() and time.monotonic() >= self._deadline:
                    raise
                tell(str(error))
                waited = True
                self._closing.wait(_PAUSE)
                continue
            if waited:
                tell("")
            return result

    def _open_to_write(self) -> Store:
        if self._writer_store is None:
            with as_input_error(str(self.path.parent)):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer_store = open_store(self.path, _WAIT)
            self._identity = _identity(self.path)
        return self._writer_store

    def _read(self, work: Callable[[Store], T]) -> T:
        with as_store_error(self.path):
            if self._reader_store is None:
                self._reader_store = open_to_read(self.path)
                if self._reader_store is None:
                    with open_memory() as nothing:
                        return work(nothing)
                self._identity = _identity(self.path)
            with self._reader_store.reading():
                return work(self._reader_store)

    def _refuse_moved(self) -> None:
        if self._identity is not None and _identity(self.path) != self._identity:
            message = (
                f"{self.path}: was moved, deleted or replaced while open; nothing more is saved"
                " there, and what you see can still be exported"
            )
            raise StoreError(message)

    def _close_reader(self) -> None:
        if self._reader_store is not None:
            self._reader_store.close()

    def _close_writer(self) -> None:
        if self._writer_store is not None:
            self._writer_store.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116  (what Path.stat does, without its cost)
    except OSError:
        return None
    return status.st_dev, status.st_ino

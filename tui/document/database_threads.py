"""The database as the screens see it: one thread that writes, one that reads.

Nothing here blocks the screen. Edits reach the disk one by one, in order. While another
process locks the file, the edit is retried until it is saved or the program ends.
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
Report = Callable[[str], None]

_WAIT: Final = 0.3
"""Seconds that a write waits for another process before the reader sees why."""

_PAUSE: Final = 0.5
"""Seconds between two attempts to write to a locked file."""

PATIENCE: Final = 3.0
"""Seconds that the end of the program waits for edits that are blocked."""


class DatabaseThreads:
    """A database file with one thread for writing and one for reading."""

    def __init__(self, path: Path, on_busy: Callable[[str], None] = lambda _: None) -> None:
        """Use the database at *path*; the first write creates it.

        Args:
            path: The file.
            on_busy: Called with the reason why an edit has to wait, and with an empty string once
                it is saved.
        """
        self.path = path
        self.lost = 0
        """Number of edits that will never be saved: the file is gone or not writable."""
        self._on_busy = on_busy
        # One worker each: edits stay in order, and each connection stays in its thread.
        self._writer = ThreadPoolExecutor(1, "argmap-writer")
        self._reader = ThreadPoolExecutor(1, "argmap-reader")
        self._writer_store: Store | None = None
        self._reader_store: Store | None = None
        self._identity: tuple[int, int] | None = None
        self._begun = self._ended = 0
        """Numbers of edits; the screen's thread counts the first, the writer the second."""
        self._closing = threading.Event()
        self._deadline = 0.0

    @property
    def unsaved(self) -> int:
        """Number of edits not on disk yet, of all documents."""
        return self._begun - self._ended

    def save(self, edit: Callable[[Store], T]) -> Awaitable[T]:
        """Write *edit* as `write` does, and count it until it is saved, refused or lost."""
        self._begun += 1
        return self._enqueue(self._save, edit)

    def write(self, work: Callable[[Store], T]) -> Awaitable[T]:
        """Run *work* in the writing thread, after the work queued before it.

        It is in the queue before this returns. It stays there if the awaiting task is cancelled or
        the terminal closes. While another process writes, the work is retried.

        Raises:
            ConflictError: the rows differ from those for which the work was made.
            StoreError: the file was moved, replaced, or cannot be written.
        """
        return self._enqueue(self._write, work)

    async def read(self, work: Callable[[Store], T]) -> T:
        """Run *work* in the reading thread, without waiting for edits.

        A database that does not exist yet is read as an empty one.

        Raises:
            StoreError: the file cannot be read.
        """
        return await asyncio.wrap_future(self._reader.submit(self._read, work))

    def prepare_to_write(self) -> None:
        """Load what the first edit and the first rating need, in the writing thread."""
        self._writer.submit(_load_what_writes)

    def close(self, patience: float = PATIENCE) -> None:
        """Finish every queued edit and close the file; a second call does nothing.

        Args:
            patience: Seconds for which edits that another process blocks are retried.
        """
        if self._closing.is_set():
            return
        self._deadline = time.monotonic() + patience
        self._closing.set()
        self._reader.submit(self._close_reader)
        self._writer.submit(self._close_writer)
        for executor in (self._reader, self._writer):
            executor.shutdown(wait=True)

    def _enqueue(
        self, task: Callable[[Callable[[Store], T], Report], T], work: Callable[[Store], T]
    ) -> Awaitable[T]:
        loop = asyncio.get_running_loop()

        def report(why: str) -> None:
            with suppress(RuntimeError):  # the event loop has ended; the edit goes on
                loop.call_soon_threadsafe(self._on_busy, why)

        # A cancelled caller must not take its edit out of the queue.
        return asyncio.shield(asyncio.wrap_future(self._writer.submit(task, work, report)))

    def _save(self, edit: Callable[[Store], T], report: Report) -> T:
        try:
            return self._write(edit, report)
        except ConflictError:
            raise  # not lost: the screen gets the refused words back
        except BaseException:
            self.lost += 1
            raise
        finally:
            self._ended += 1

    def _write(self, work: Callable[[Store], T], report: Report) -> T:
        waited = False
        while True:
            try:
                with as_store_error(self.path):
                    self._refuse_moved()
                    result = work(self._open_to_write())
            except BusyError as error:
                if self._closing.is_set() and time.monotonic() >= self._deadline:
                    raise
                report(str(error))
                waited = True
                # Not a sleep: the end of the program must wake this thread to meet its deadline.
                self._closing.wait(_PAUSE)
                continue
            if waited:
                report("")
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
                    with open_memory() as empty_store:
                        return work(empty_store)
                self._identity = _identity(self.path)
            with self._reader_store.reading():
                return work(self._reader_store)

    def _refuse_moved(self) -> None:
        # SQLite goes on writing to an open file that was deleted, and reports no error.
        if self._identity is not None and _identity(self.path) != self._identity:
            message = (
                f"{self.path}: was moved, deleted or replaced while open; new edits are not"
                " saved. Export the map, or restart argmap"
            )
            raise StoreError(message)

    def _close_reader(self) -> None:
        if self._reader_store is not None:
            self._reader_store.close()

    def _close_writer(self) -> None:
        if self._writer_store is not None:
            self._writer_store.close()


def _load_what_writes() -> None:
    from argmap.rubrics import shipped_rubrics
    from store import undo  # noqa: F401  (loaded by this)
    from store.log import apply_rebased  # noqa: F401  (likewise)

    shipped_rubrics()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116  (what Path.stat does, without its cost)
    except OSError:
        return None
    return status.st_dev, status.st_ino

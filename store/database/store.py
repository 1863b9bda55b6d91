"""An open database: its write transaction, and the snapshots that reads share."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from attrs import define, field, frozen
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import StoreError

from .sqlite_errors import as_store_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from argmap.model.rubric import Rubric

    from .connect import Handle

RETRY_INTERVAL: Final = 0.003
"""Seconds between two looks whether it has let go; a long import pauses for longer."""


@define
class _Activity:
    """The reads and writes that are under way on a connection."""

    readers: int = 0
    """Blocks that share the snapshot, or the write transaction they were begun in."""
    has_snapshot: bool = False
    is_writing: bool = False
    is_over: bool = False
    """True once the store is closed; a generator may find out only later."""


@frozen
class Store:
    """An open database. Use it in a `with` statement, which closes it.

    Only the thread that opened it may use it, until it is closed; each thread may open its
    own. Other use raises a StoreError.
    """

    path: Path
    handle: Handle = field(eq=False, repr=False)
    db: Database = field(eq=False, repr=False)
    offered: dict[tuple[str, str], Rubric] = field(factory=dict, eq=False, repr=False)
    """Rubrics of files, by id and version; the first rating under one stores it."""
    _activity: _Activity = field(factory=_Activity, init=False, eq=False, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the last to do so folds the write-ahead log into it."""
        self.handle.close()
        self._activity.is_over = True

    @property
    def is_writing(self) -> bool:
        """Tell whether a block of `writing` is under way."""
        return self._activity.is_writing

    def check(self) -> None:
        """Refuse to go on in the wrong thread, or with a store that is closed.

        Raises:
            StoreError: it is one of the two.
        """
        self.db.conn.execute("SELECT 1")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one write transaction: everything in it is written, or nothing.

        Inside another `writing` it belongs to that one: an exception takes back what was
        written in the inner one, and the outer one may go on.

        Raises:
            ConflictError: at the end a row would refer to one that is not there.
            StoreError: the file is locked, read-only or full, or `reading` is not over yet.
        """
        if self._activity.is_writing:
            with self._savepoint():
                yield
            return
        if self._activity.readers:
            message = f"{self.path}: is being read; write after the reading has ended"
            raise StoreError(message)
        with as_store_error(self.path):
            with self.busy_timeout(0) as usual:  # SQLite looks ever more rarely, and misses pauses
                retry_while_locked(self, "BEGIN IMMEDIATE", usual)
            self._activity.is_writing = True
            try:
                yield
                self.db.execute("COMMIT")
            finally:
                self._activity.is_writing = False
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.db.execute("SAVEPOINT inner")
        try:
            yield
        except BaseException:
            if self.db.conn.in_transaction:  # SQLite may have taken back all of it, on a full disk
                self.db.execute("ROLLBACK TO inner")
                self.db.execute("RELEASE inner")
            raise
        self.db.execute("RELEASE inner")

    @contextmanager
    def busy_timeout(self, seconds: float) -> Iterator[float]:
        """Wait so long for other processes inside; give the seconds that are waited else."""
        usual = int(self.db.execute("PRAGMA busy_timeout").fetchone()[0])
        self.db.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        try:
            yield usual / 1000
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {usual}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one snapshot: everything that is read in it is of the same moment.

        Inside another `reading` it shares that snapshot, which ends with the last of them;
        inside a write transaction there is nothing to hold.

        Raises:
            StoreError: the file cannot be read.
        """
        turn = self._activity
        with as_store_error(self.path):
            if not turn.readers and not self.db.conn.in_transaction:
                self.db.execute("BEGIN")
                turn.has_snapshot = True
            turn.readers += 1
            try:
                yield
            finally:
                turn.readers -= 1
                if turn.has_snapshot and not turn.readers:
                    turn.has_snapshot = False
                    if not turn.is_over and self.db.conn.in_transaction:
                        self.db.execute("ROLLBACK")


def retry_while_locked(store: Store, sql: str, seconds: float) -> None:
    """Execute *sql* as soon as others let go, or raise what SQLite says after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            store.db.execute(sql)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            time.sleep(RETRY_INTERVAL)
        else:
            return

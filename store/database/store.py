"""An open database: its write transaction, and the snapshot that its reads share."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from attrs import define, field, frozen

from argmap.errors import StoreError

from .driver import sqlite3
from .sqlite_errors import as_store_error, is_locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from argmap.model.rubric import Rubric

    from .connect import Handle

RETRY_INTERVAL: Final = 0.003
"""Seconds between two attempts to get the lock; a long import pauses for longer."""


@define
class _Activity:
    """The reads and writes that are under way on a connection."""

    readers: int = 0
    """Number of `reading` blocks that share the snapshot or the write transaction."""
    has_snapshot: bool = False
    is_writing: bool = False
    is_over: bool = False
    """True once the store is closed; a suspended generator may resume after that."""


@frozen
class Store:
    """An open database. Use it in a `with` statement, which closes it.

    Only the thread that opened it may use it, and only until it is closed; each thread can open its
    own. Any other use raises a StoreError.
    """

    path: Path
    handle: Handle = field(eq=False, repr=False)
    offered: dict[tuple[str, str], Rubric] = field(factory=dict, eq=False, repr=False)
    """Rubrics from files and packages, by id and version.

    The first rating under a rubric stores it.
    """
    _activity: _Activity = field(factory=_Activity, init=False, eq=False, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, to read through."""
        return self.handle.connection

    @cached_property
    def db(self) -> Database:
        """The database as sqlite-utils has it, to change its schema and to import into it.

        Readers and edits do without: to load it takes 5 MB, and longer than to read a map.
        """
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    def close(self) -> None:
        """Close the file; the last connection copies the write-ahead log into it."""
        self.handle.close()
        self._activity.is_over = True

    @property
    def is_writing(self) -> bool:
        """True while a block of `writing` is under way."""
        return self._activity.is_writing

    def check(self) -> None:
        """Check that the store is open and belongs to this thread.

        Raises:
            StoreError: it is closed, or another thread opened it.
        """
        self.connection.execute("SELECT 1")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open the write transaction: all writes of the block are committed, or none.

        Inside another `writing` the block joins that transaction: an exception rolls back only the
        writes of the inner block, and the outer one can continue.

        Raises:
            ConflictError: when it commits, a row refers to a missing one.
            StoreError: the file is locked, read-only or full, or a `reading` block is open.
        """
        if self._activity.is_writing:
            with self._savepoint():
                yield
            return
        if self._activity.readers:
            # A snapshot cannot become a write transaction once another process has committed.
            message = f"{self.path}: cannot be written during a `reading` block; write after it"
            raise StoreError(message)
        with as_store_error(self.path):
            # IMMEDIATE: a transaction that starts with a read cannot write any more once another
            # process has committed, however long it waits. SQLite's own waits grow, and would
            # miss the short pauses of an import; so it does not wait, and the loop does.
            with self.busy_timeout(0) as usual:
                retry_while_locked(self, "BEGIN IMMEDIATE", usual)
            self._activity.is_writing = True
            try:
                yield
                self.connection.execute("COMMIT")
            finally:
                self._activity.is_writing = False
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT inner")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # SQLite rolls back everything on a full disk
                self.connection.execute("ROLLBACK TO inner")
                self.connection.execute("RELEASE inner")
            raise
        self.connection.execute("RELEASE inner")

    @contextmanager
    def busy_timeout(self, seconds: float) -> Iterator[float]:
        """Set SQLite's busy timeout, in seconds, for a block; yield the usual one."""
        usual = int(self.connection.execute("PRAGMA busy_timeout").fetchone()[0])
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        try:
            yield usual / 1000
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {usual}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Open a snapshot for a block: all of its reads see the same state of the file.

        Inside another `reading` the block shares that snapshot, which ends with the last of them.
        Inside `writing` it reads in the write transaction.

        Raises:
            StoreError: the file cannot be read.
        """
        activity = self._activity
        with as_store_error(self.path):
            if not activity.readers and not self.connection.in_transaction:
                self.connection.execute("BEGIN")
                activity.has_snapshot = True
            activity.readers += 1
            try:
                yield
            finally:
                activity.readers -= 1
                if activity.has_snapshot and not activity.readers:
                    activity.has_snapshot = False
                    # A generator that holds the snapshot may end after the store was closed.
                    if not activity.is_over and self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")


def retry_while_locked(store: Store, sql: str, seconds: float) -> None:
    """Execute *sql*, and retry while the file is locked, for at most *seconds*.

    Raises:
        sqlite3.OperationalError: the file is still locked, or SQLite fails for another reason.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            store.connection.execute(sql)
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() >= until:
                raise
            time.sleep(RETRY_INTERVAL)
        else:
            return

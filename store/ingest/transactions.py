"""Write one import in several transactions, so that no other user waits long."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.errors import ConflictError
from argmap.host.open_databases import parts_of
from store.database.driver import sqlite3
from store.database.opening import open_store
from store.database.other_processes import is_open_elsewhere
from store.database.sqlite_errors import as_store_error
from store.database.store import retry_while_locked
from store.rows.full_text import merge_segments
from store.rows.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.database.store import Store

LONGEST: Final = 0.03
"""Seconds after which a transaction ends while another process has the file open.

With the commit itself, no interactive edit then waits longer than 0.05 seconds.
"""

LONGEST_ALONE: Final = 2.0
"""Seconds after which a transaction ends while no other process has the file open.

Fewer transactions write fewer pages twice.
"""

GAP: Final = 0.01
"""Seconds between two transactions while another process has the file open."""

LONG_LOG: Final = 32 * 2**20
"""Bytes of the write-ahead log above which it is truncated."""

PATIENCE: Final = 300.0
"""Seconds that an import waits for another writer once part of it is committed.

Undoing a large import takes longer than any edit. An import that gave up before the undo ended
could not report what the database contains.
"""


class UndoneError(Exception):
    """Ends an import whose operation another process undid while it ran."""


@define
class ImportTransactions:
    """The transactions of one import; the first write opens the database file."""

    path: Path
    label: str
    """The label of the operation in the history."""
    at: str
    digest: str
    """SHA-256 of the input and options.

    An unfinished import with the same digest is resumed.
    """
    on_commit: Callable[[], None] = lambda: None
    """Called after each commit."""
    is_atomic: bool = False
    """True to write everything in one transaction, however long it takes."""
    is_new: bool = False
    """True if there was no file to read when the import began."""
    store: Store | None = None
    seq: int = 0
    """The operation's number; 0 until something is written."""
    has_committed: bool = False
    """True once part of the operation is committed."""
    earlier_operation: int = 0
    """The unfinished operation of an earlier or concurrent run; 0 for none."""
    outside_writes: int = 0
    """The number of times that another process was seen to have written."""
    is_inference: Callable[[str], bool] = lambda _: False
    """Returns whether a conclusion's id is that of an inference; the writer calls it."""
    _version: int = field(default=0, init=False)
    _started: float = field(default=0.0, init=False)
    _writer: Writer | None = field(default=None, init=False)
    _is_attempting: bool = field(default=False, init=False)
    _is_committing: bool = field(default=False, init=False)

    def writable_store(self) -> Store:
        """Return the open database file, which is created if there is none.

        Raises:
            StoreError: the file cannot be opened for writing.
        """
        if self.store is None:
            self.store = open_store(self.path)
            with as_store_error(self.path):
                # 32 MB: with SQLite's default of 2 MB the pages of the indexes are evicted and
                # read again all through a large import.
                self.store.db.execute("PRAGMA cache_size = -32000")
                self._version = self._data_version()
                # We found no file, yet it has operations: another process created and filled it
                # meanwhile, so nothing assumed about an empty database holds.
                query = "SELECT 1 FROM operation LIMIT 1"
                if self.is_new and self.store.db.execute(query).fetchone() is not None:
                    self.outside_writes += 1
        return self.store

    @property
    def writer(self) -> Writer:
        """The writer of rows; each commit adds its new rows to the full-text index."""
        if self._writer is None:
            self._writer = Writer(self.writable_store(), self._is_inference)
        return self._writer

    def begin(self) -> Store:
        """Begin a transaction unless one is open; return the store to write.

        No other process can write until the transaction ends.

        Raises:
            StoreError: another process kept the database locked for too long.
            UndoneError: the operation was undone since the last transaction.
        """
        store = self.writable_store()
        if not store.connection.in_transaction:
            self._lock(store)
            self._started = time.monotonic()
            # `data_version` changes only with the commits of other connections. The rows that
            # validation used must then be read again before anything is written.
            version = self._data_version()
            self.outside_writes += version != self._version
            self._version = version
            # A concurrent run of the same import may have begun the operation since. Joining it is
            # what keeps two runs from importing everything twice.
            if not self.seq:
                self.earlier_operation = self.unfinished_operation(store) or self.earlier_operation
            self._stop_if_undone()
        return store

    def operation_number(self) -> int:
        """Return the operation's number; begin it, or resume the unfinished one.

        Raises:
            UndoneError: the operation was undone since the last transaction.
        """
        if not self.seq:
            store = self.begin()
            self.seq = self.unfinished_operation(store) or self._new_operation(store)
        return self.seq

    def undone_operation(self) -> int | None:
        """Return the operation's number if it is undone at present, else None."""
        if self.store is None:
            return None
        query = "SELECT seq FROM operation WHERE seq IN (?, ?) AND state = 'undone'"
        row = self.store.connection.execute(query, (self.seq, self.earlier_operation)).fetchone()
        return None if row is None else int(row[0])

    def _lock(self, store: Store) -> None:
        """Begin a transaction as soon as no other process is writing."""
        # SQLite's own busy wait sleeps ever longer between attempts and would miss the short gaps
        # that another import leaves; `retry_while_locked` looks more often.
        with store.busy_timeout(0) as usual:
            retry_while_locked(store, "BEGIN IMMEDIATE", PATIENCE if self.has_committed else usual)

    def _stop_if_undone(self) -> None:
        """End the transaction and raise UndoneError if the operation was undone.

        Undoing removes every row of the operation in one transaction. Each of our transactions
        begins with this check, so no row can have been added since.
        """
        if self.undone_operation():
            self.writable_store().connection.execute("ROLLBACK")
            raise UndoneError

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo the writes of the block if it raises, and raise the same exception.

        Only writes since the last `commit` can be undone.
        """
        conn, seq = self.begin().connection, self.seq
        conn.execute("SAVEPOINT attempt")
        self._is_attempting = True
        try:
            yield
        except BaseException:
            # After a commit inside the block, or once a full disk has ended the transaction, the
            # savepoint is gone and naming it would hide the first error.
            if self._is_attempting and conn.in_transaction:
                conn.execute("ROLLBACK TO attempt")
                # The row of a new operation goes with the savepoint, so its number must not be
                # used again.
                self.seq = seq
            raise
        finally:
            if self._is_attempting and conn.in_transaction:
                conn.execute("RELEASE attempt")
            self._is_attempting = False

    def is_overdue(self) -> bool:
        """Return whether the transaction has locked the file for long enough."""
        if self.is_atomic or self.store is None or not self.store.connection.in_transaction:
            return False
        seconds = time.monotonic() - self._started
        return seconds > LONGEST_ALONE or (seconds > LONGEST and self._is_shared())

    def yield_to_others(self) -> None:
        """End the transaction if another process may be waiting, or if it is overdue.

        Call it before a stretch of reading, whose length nothing limits: records that all have to
        wait are read to the last one.
        """
        store = self.store
        if self.is_atomic or store is None or not store.connection.in_transaction:
            return
        # Reading and validating a span takes time in which we need no lock, so a waiting writer is
        # let in even if the transaction has been short.
        if self._is_shared() or self.is_overdue():
            self.commit()

    def commit(self) -> bool:
        """Commit the transaction, if one is open; the next write begins another.

        Returns:
            False if it stays open, because a row refers to one that is still to come.

        Raises:
            sqlite3.Error: the commit failed for another reason, such as a full disk.
        """
        store = self.writable_store()
        conn = store.connection
        if not conn.in_transaction:
            return True
        # In the same transaction, or a crash after the commit would leave rows that no search
        # finds.
        self.writer.index_new()
        # A KeyboardInterrupt can come between COMMIT and `note_commit`. The flag lets a later call
        # catch up, or committed rows would be reported as lost.
        self._is_committing = True
        try:
            conn.execute("COMMIT")
        except sqlite3.IntegrityError:
            # SQLite checks deferred references only here, and leaves the transaction open.
            self._is_committing = False
            return False
        except sqlite3.Error:
            self._is_committing = False
            raise
        self.note_commit()
        # In WAL mode a power cut can now lose only whole transactions at the end. The operation is
        # still marked unfinished then, so the next run imports them again.
        store.db.execute("PRAGMA synchronous = normal")
        if self._is_shared():
            self._truncate_log()
            # SQLite's lock has no queue: without a pause our next BEGIN would nearly always beat a
            # process that is waiting.
            time.sleep(GAP)
        return True

    def _is_shared(self) -> bool:
        """Return whether another process has the file open, or may have."""
        return is_open_elsewhere(self.path) is not False

    def note_commit(self) -> None:
        """Record that a transaction was committed, unless that is recorded already."""
        if self.store is None or not self._is_committing or self.store.connection.in_transaction:
            return
        self._is_attempting = False
        self.has_committed = self.has_committed or bool(self.seq)
        self.on_commit()
        self._is_committing = False

    def _truncate_log(self) -> None:
        """Truncate the write-ahead log if it is long."""
        # Other readers keep SQLite from starting the log over by itself, so it would grow with the
        # import. Most of it is checkpointed already, so this takes no longer than a transaction.
        log, store = parts_of(self.path)[0], self.writable_store()
        if log.exists() and log.stat().st_size > LONG_LOG:
            with store.busy_timeout(LONGEST):
                store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def next_position(self) -> int:
        """Return the position, from 0, of the operation's next image in the log."""
        query = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE operation = ?"
        return int(self.writable_store().connection.execute(query, (self.seq,)).fetchone()[0])

    def finish(self) -> None:
        """Mark the operation as done, and commit durably.

        Raises:
            ConflictError: a row refers to one that never came.
            UndoneError: the operation was undone since the last transaction.
        """
        if self.store is None or not (self.seq or self.earlier_operation):
            return
        # `synchronous` cannot change inside a transaction, so pending rows are committed first.
        # The sync of the last commit then makes all earlier ones durable as well.
        if self.has_committed and self.commit():
            self.store.db.execute("PRAGMA synchronous = full")
        # A concurrent run of the same import may have marked it as done already.
        sql = "UPDATE operation SET state = 'done' WHERE seq = ? AND state = 'unfinished'"
        self.begin().connection.execute(sql, (self.seq or self.earlier_operation,))
        if not self.commit():
            message = (
                f"{self.path}: a record refers to one that is not in the database; import again"
            )
            raise ConflictError(message)
        merge_segments(self.store)

    def roll_back(self) -> None:
        """Roll back everything since the last commit."""
        if self.store is not None and self.store.connection.in_transaction:
            self.store.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file, if it was opened; uncommitted rows are rolled back."""
        if self.store is not None:
            self.store.close()

    def unfinished_operation(self, store: Store) -> int | None:
        """Return the number of an unfinished operation with the same digest, if any."""
        query = (
            "SELECT o.seq FROM import_run AS r JOIN operation AS o ON o.seq = r.operation"
            " WHERE r.digest = ? AND o.state = 'unfinished'"
        )
        row = store.connection.execute(query, (self.digest,)).fetchone()
        return None if row is None else int(row[0])

    def _new_operation(self, store: Store) -> int:
        sql = "INSERT INTO operation (at, label, kind, state) VALUES (?, ?, 'import', 'unfinished')"
        seq = store.connection.execute(sql, (self.at, self.label)).lastrowid
        store.connection.execute("INSERT INTO import_run VALUES (?, ?)", (seq, self.digest))
        return int(seq or 0)

    def _is_inference(self, id_: str) -> bool:
        return self.is_inference(id_)

    def _data_version(self) -> int:
        return int(self.writable_store().connection.execute("PRAGMA data_version").fetchone()[0])

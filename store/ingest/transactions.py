"""One operation in several transactions, so that an interactive edit never waits for long."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from attrs import define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import ConflictError
from argmap.host.open_databases import parts_of
from store.database.opening import open_store
from store.database.other_processes import is_open_elsewhere
from store.database.sqlite_errors import as_store_error
from store.database.store import retry_while_locked
from store.rows.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.database.store import Store

LONGEST: Final = 0.03
"""Seconds of writing after which others get their turn; the design allows 0.05."""

LONGEST_ALONE: Final = 2.0
"""The same while nobody else has the file open: fewer transactions write fewer pages twice."""

GAP: Final = 0.01
"""Seconds that the file is left alone between two transactions while others have it open."""

LONG_LOG: Final = 32 * 2**20
"""Bytes of the write-ahead log beyond which it is begun anew."""

PATIENCE: Final = 300.0
"""Seconds that an import waits for another process once some of it is committed.

Undoing a large import takes longer than any edit. Who gives up before it ends cannot say
what will be in the database.
"""


class UndoneError(Exception):
    """Ends an import whose operation was undone while it ran."""


@define
class Chunks:
    """The writing side of a long import: it opens the file when something is to be written."""

    path: Path
    label: str
    """What its operation is called."""
    at: str
    digest: str
    """Of all that is imported and how; an unfinished import of the same is gone on with."""
    when_landed: Callable[[], None] = lambda: None
    """Called after each transaction."""
    is_whole: bool = False
    """True where all lands in one transaction, however long that takes."""
    is_new: bool = False
    """True where nothing has been read yet, as there was no file."""
    store: Store | None = None
    seq: int = 0
    """The operation's number, once something was written."""
    has_landed: bool = False
    """True once something of it is committed."""
    joined: int = 0
    """The unfinished operation of an earlier or concurrent run of the same import, if any."""
    others: int = 0
    """How often somebody else has written since the file was opened."""
    is_inference: Callable[[str], bool] = lambda _: False
    """Tells whether a conclusion's id is that of an inference, for `writer`."""
    _version: int = field(default=0, init=False)
    _begun: float = field(default=0.0, init=False)
    _writer: Writer | None = field(default=None, init=False)
    _is_attempting: bool = field(default=False, init=False)
    _is_committing: bool = field(default=False, init=False)

    def opened(self) -> Store:
        """Return the file to write; it is made if it is not there."""
        if self.store is None:
            self.store = open_store(self.path)
            with as_store_error(self.path):
                self.store.db.execute("PRAGMA cache_size = -32000")
                self._version = self._data_version()
                query = "SELECT 1 FROM operation LIMIT 1"
                if self.is_new and self.store.db.execute(query).fetchone() is not None:
                    self.others += 1
        return self.store

    @property
    def writer(self) -> Writer:
        """What adds, changes and removes rows; what it adds is in the full text at each commit."""
        if self._writer is None:
            self._writer = Writer(self.opened(), self._is_inference)
        return self._writer

    def begin(self) -> Store:
        """Return the file to write, in a transaction: nobody else writes until it ends.

        Raises:
            UndoneError: the operation was undone since the last transaction.
        """
        store = self.opened()
        if not store.db.conn.in_transaction:
            self._lock(store)
            self._begun = time.monotonic()
            version = self._data_version()
            self.others += version != self._version
            self._version = version
            if not self.seq:
                self.joined = self.unfinished(store) or self.joined
            self._stop_if_undone()
        return store

    def operation(self) -> int:
        """Return the operation's number; begin it, or resume the unfinished one."""
        if not self.seq:
            store = self.begin()
            self.seq = self.unfinished(store) or self._new_operation(store)
        return self.seq

    def undone(self) -> int | None:
        """Return the number of the operation if it is undone at present, else None."""
        if self.store is None:
            return None
        query = "SELECT seq FROM operation WHERE seq IN (?, ?) AND state = 'undone'"
        row = self.store.db.conn.execute(query, (self.seq, self.joined)).fetchone()
        return None if row is None else int(row[0])

    def _lock(self, store: Store) -> None:
        """Begin a transaction as soon as no other process is writing."""
        with store.busy_timeout(0) as usual:
            retry_while_locked(store, "BEGIN IMMEDIATE", PATIENCE if self.has_landed else usual)

    def _stop_if_undone(self) -> None:
        """End the transaction and raise if the operation was undone.

        Undoing removes every row of the operation in one transaction. As this is asked at the
        beginning of each of ours, no row can have been added since.
        """
        if self.undone():
            self.opened().db.conn.execute("ROLLBACK")
            raise UndoneError

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back what is written inside where it ends with an exception, and raise that.

        Only what was written since the last `rest` is taken back.
        """
        conn, seq = self.begin().db.conn, self.seq
        conn.execute("SAVEPOINT attempt")
        self._is_attempting = True
        try:
            yield
        except BaseException:
            if self._is_attempting and conn.in_transaction:  # a full disk ends it
                conn.execute("ROLLBACK TO attempt")
                self.seq = seq
            raise
        finally:
            if self._is_attempting and conn.in_transaction:
                conn.execute("RELEASE attempt")
            self._is_attempting = False

    def is_long(self) -> bool:
        """Tell whether the transaction has held the file for long enough."""
        if self.is_whole or self.store is None or not self.store.db.conn.in_transaction:
            return False
        seconds = time.monotonic() - self._begun
        return seconds > LONGEST_ALONE or (seconds > LONGEST and self._is_shared())

    def make_way(self) -> None:
        """Let others write while the import only reads, or when it has written for long.

        Nothing bounds how long it reads: records that all have to wait are read to the last one.
        """
        store = self.store
        if self.is_whole or store is None or not store.db.conn.in_transaction:
            return
        if self._is_shared() or self.is_long():
            self.rest()

    def rest(self) -> bool:
        """End the transaction; the next one begins where something is written.

        Returns:
            False where it goes on instead, because a row points at one that is still to come.
        """
        store = self.opened()
        conn = store.db.conn
        if not conn.in_transaction:
            return True
        self.writer.index_new()
        self._is_committing = True
        try:
            conn.execute("COMMIT")
        except sqlite3.IntegrityError:  # the reference is deferred, and the transaction still open
            self._is_committing = False
            return False
        except sqlite3.Error:
            self._is_committing = False
            raise
        self.note_commit()
        store.db.execute("PRAGMA synchronous = normal")  # until the last one
        if self._is_shared():
            self._begin_log_anew()
            time.sleep(GAP)
        return True

    def _is_shared(self) -> bool:
        """Tell whether another process has the file open, or may have."""
        return is_open_elsewhere(self.path) is not False

    def note_commit(self) -> None:
        """Note that a transaction has landed, if one has and this was not noted yet.

        An interruption can come between a commit and the note of it.
        """
        if self.store is None or not self._is_committing or self.store.db.conn.in_transaction:
            return
        self._is_attempting = False
        self.has_landed = self.has_landed or bool(self.seq)
        self.when_landed()
        self._is_committing = False

    def _begin_log_anew(self) -> None:
        """Let the write-ahead log begin anew where it is long; others keep it from doing so itself.

        Most of it is in the file already, so that this takes no longer than a transaction.
        """
        log, store = parts_of(self.path)[0], self.opened()
        if log.exists() and log.stat().st_size > LONG_LOG:
            with store.busy_timeout(LONGEST):
                store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def next_position(self) -> int:
        """Return how many images the operation has in the log."""
        query = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE operation = ?"
        return int(self.opened().db.conn.execute(query, (self.seq,)).fetchone()[0])

    def finish(self) -> None:
        """Mark the operation as done, durably.

        Raises:
            ConflictError: a row refers to one that never came.
            UndoneError: it was undone since the last transaction.
        """
        if self.store is None or not (self.seq or self.joined):
            return
        if self.has_landed and self.rest():
            self.store.db.execute("PRAGMA synchronous = full")
        sql = "UPDATE operation SET state = 'done' WHERE seq = ? AND state = 'unfinished'"
        self.begin().db.conn.execute(sql, (self.seq or self.joined,))
        if not self.rest():
            message = f"{self.path}: a record refers to one that is not there; import it again"
            raise ConflictError(message)

    def give_up(self) -> None:
        """Take back what was written since the last commit."""
        if self.store is not None and self.store.db.conn.in_transaction:
            self.store.db.conn.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file, if it was opened; what did not land yet is taken back."""
        if self.store is not None:
            self.store.close()

    def unfinished(self, store: Store) -> int | None:
        """Return the number of the unfinished operation of the same import, if there is one."""
        query = (
            "SELECT o.seq FROM import_run AS r JOIN operation AS o ON o.seq = r.operation"
            " WHERE r.digest = ? AND o.state = 'unfinished'"
        )
        row = store.db.conn.execute(query, (self.digest,)).fetchone()
        return None if row is None else int(row[0])

    def _new_operation(self, store: Store) -> int:
        sql = "INSERT INTO operation (at, label, kind, state) VALUES (?, ?, 'import', 'unfinished')"
        seq = store.db.conn.execute(sql, (self.at, self.label)).lastrowid
        store.db.conn.execute("INSERT INTO import_run VALUES (?, ?)", (seq, self.digest))
        return int(seq or 0)

    def _is_inference(self, id_: str) -> bool:
        return self.is_inference(id_)

    def _data_version(self) -> int:
        return int(self.opened().db.conn.execute("PRAGMA data_version").fetchone()[0])

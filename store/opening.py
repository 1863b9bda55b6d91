"""Open a database file: recognise it, refuse what is not ours, bring it up to date."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from attrs import define, field, frozen
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import StoreError

from .connect import WAIT, Handle, check_path, connect, parts_of
from .copying import copy_to
from .explaining import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.rubric import Rubric

APPLICATION_ID: Final = int.from_bytes(b"ArgM")
"""What marks a SQLite file as argmap's."""

VERSION: Final = 1
"""The schema that this program writes."""

LOOK: Final = 0.003
"""Seconds between two looks whether it has let go; a long import pauses for longer."""

MIGRATIONS: Final = Migrations("argmap")
"""Steps from one version of the schema to the next; the first makes it."""

_NAME = re.compile(r"CREATE \w+(?: \w+)? IF NOT EXISTS (\w+)")


@MIGRATIONS(name="0001_schema")
def _create(db: Database) -> None:
    for statement in schema_statements():
        db.execute(statement)


@define
class _Turn:
    """Who is at work on a connection just now."""

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
    own. Other use is a mistake of the program, of which SQLite's module complains.
    """

    path: Path
    handle: Handle = field(eq=False, repr=False)
    db: Database = field(eq=False, repr=False)
    offered: dict[tuple[str, str], Rubric] = field(factory=dict, eq=False, repr=False)
    """Rubrics of files, by id and version; the first rating under one stores it."""
    _turn: _Turn = field(factory=_Turn, init=False, eq=False, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the last to do so folds the write-ahead log into it."""
        self._turn.is_over = True
        self.handle.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one write transaction: everything in it is written, or nothing.

        Inside another `writing` it belongs to that one.

        Raises:
            ConflictError: at the end a row would refer to one that is not there.
            StoreError: the file is locked, read-only or full, or `reading` is not over yet.
        """
        if self._turn.is_writing:
            yield
            return
        if self._turn.readers:
            message = f"{self.path}: is being read; write after the reading has ended"
            raise StoreError(message)
        with explained(self.path):
            with self.patient_for(0) as usual:  # SQLite looks ever more rarely, and misses pauses
                _insist(self, "BEGIN IMMEDIATE", usual)
            self._turn.is_writing = True
            try:
                yield
                self.db.execute("COMMIT")
            finally:
                self._turn.is_writing = False
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")

    @contextmanager
    def patient_for(self, seconds: float) -> Iterator[float]:
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
        turn = self._turn
        with explained(self.path):
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


def open_store(path: Path | str, wait: float = WAIT) -> Store:
    """Open the database at *path* to read and write; make it if it is not there.

    Args:
        path: The file; its folder must be there.
        wait: Seconds that each write waits for another process.

    Raises:
        StoreError: it is not argmap's, newer than this program, locked or read-only.
    """
    path = Path(path)
    check_path(path)
    with explained(path):
        store = connected(path, "rwc")
        store.db.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")
        with kept_if_sound(store):
            if is_ours(store) and not is_current(store):
                _bring_up_to_date(store)
            elif store.db.journal_mode != "wal":
                _use_wal(store)
    return store


@contextmanager
def kept_if_sound(store: Store) -> Iterator[None]:
    """Close *store* where what looks at it inside ends with an exception."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def open_to_read(path: Path | str) -> Store | None:
    """Open the database at *path* to read; None where there is nothing to read yet.

    A file of an older version is brought up to date first.

    Raises:
        StoreError: it is not argmap's, newer than this program, or damaged.
    """
    path = Path(path)
    if not check_path(path):
        return None
    with explained(path):
        store = _readable(path)
        with kept_if_sound(store):
            if not is_ours(store) or is_empty(store):
                store.close()
                return None
            current = is_current(store)
    if current:
        return store
    store.close()
    return open_store(path)


def open_to_examine(path: Path) -> Store:
    """Open the database at *path* to write, as it stands: only missing tables are made.

    Raises:
        StoreError: as `open_store`.
    """
    check_path(path)
    with explained(path):
        store = connected(path, "rw")
        with kept_if_sound(store):
            as_it_is = is_ours(store) and pragma(store, "user_version") == VERSION
            as_it_is = as_it_is and _has_tables(store)
    if as_it_is:
        return store
    store.close()
    return open_store(path)


def open_memory() -> Store:
    """Open a new database that lives in memory alone."""
    db = Database(memory=True, execute_plugins=False)
    store = Store(Path(":memory:"), Handle(db.conn), db)
    for statement in schema_statements():
        store.db.execute(statement)
    return store


@cache
def schema_statements() -> tuple[str, ...]:
    """Return the statements of `schema.sql`, each of which can run again."""
    found, pending = [], ""
    for line in (
        files(__package__).joinpath("schema.sql").read_text("utf-8").splitlines(keepends=True)
    ):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return tuple(found)


def connected(path: Path, mode: str) -> Store:
    """Return the file at *path*, opened in a *mode* of SQLite's addresses, such as `ro`."""
    handle = connect(path, mode)
    return Store(path, handle, Database(handle.connection, execute_plugins=False))


def _readable(path: Path) -> Store:
    """Open *path* without writing; as an unchanging file where its folder forbids a log.

    Raises:
        StoreError: it has a log that cannot be read there: what is in it would be missed.
    """
    try:
        store = connected(path, "ro")
        with kept_if_sound(store):
            store.db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        log = parts_of(path)[0]
        if log.exists() and log.stat().st_size:
            message = (
                f"{path}: has edits in {log.name} that cannot be read in this folder; copy both"
                " files to a folder that you may write to"
            )
            raise StoreError(message) from error
        return connected(path, "ro&immutable=1")
    return store


def pragma(store: Store, name: str) -> int:
    """Return the number that the pragma called *name* gives."""
    return int(store.db.execute(f"PRAGMA {name}").fetchone()[0])


def is_empty(store: Store) -> bool:
    """Tell whether nothing was ever made in the file."""
    return not store.db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def is_ours(store: Store) -> bool:
    """Tell that the file is new or argmap's, and not from the future.

    Raises:
        StoreError: it is another program's, or newer than this one.
    """
    with store.reading():  # another process may be making it
        mark, version = pragma(store, "application_id"), pragma(store, "user_version")
        is_new = mark == 0 and is_empty(store)
    if mark != APPLICATION_ID and not is_new:
        message = f"{store.path}: is a database of another program; give another file"
        raise StoreError(message)
    if version > VERSION:
        message = (
            f"{store.path}: is of version {version}, and this argmap knows up to {VERSION};"
            " install a newer argmap"
        )
        raise StoreError(message)
    return True


def is_current(store: Store) -> bool:
    """Tell whether the file has this program's version of the schema, and all of it."""
    if pragma(store, "user_version") != VERSION:
        return False
    present = {row[0] for row in store.db.execute("SELECT name FROM sqlite_master")}
    wanted = (match[1] for s in schema_statements() if (match := _NAME.search(s)))
    return present.issuperset(wanted)


def _has_tables(store: Store) -> bool:
    present = {row[0] for row in store.db.execute("SELECT name FROM sqlite_master")}
    wanted = (match for s in schema_statements() if (match := _NAME.match(s)))
    return all(m[1] in present for m in wanted if m[0].startswith("CREATE TABLE"))


def _bring_up_to_date(store: Store) -> None:
    version = pragma(store, "user_version")
    if 0 < version < VERSION:
        _back_up(store, version)
    _use_wal(store)
    with store.writing():
        if is_current(store):  # another process was quicker
            return
        store.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(store.db)
        for statement in schema_statements():
            store.db.execute(statement)
        for table in ("statement_fts", "document_fts"):  # one that was lost is empty now
            store.db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        store.db.execute(f"PRAGMA user_version = {VERSION}")


def _insist(store: Store, sql: str, seconds: float) -> None:
    """Execute *sql* as soon as others let go, or raise what SQLite says after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            store.db.execute(sql)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            time.sleep(LOOK)
        else:
            return


def _use_wal(store: Store) -> None:
    """Turn the write-ahead log on; for this, SQLite itself does not wait for another process."""
    _insist(store, "PRAGMA journal_mode = wal", WAIT)


def _back_up(store: Store, version: int) -> None:
    """Copy the file beside itself before a migration; an earlier copy is kept."""
    target = store.path.with_name(f"{store.path.name}.v{version}.bak")
    if not target.exists():
        copy_to(store, target)

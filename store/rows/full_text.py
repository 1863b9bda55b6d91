"""Keep the full text up to date while an operation adds and removes rows by set.

A trigger that runs for each row makes FTS5 flush its buffer each time, which takes fifty times
as long as removing the row. If many rows are removed, their words are removed by set instead.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import define

from store.database.driver import sqlite3

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.database.store import Store

INDEXED: Final = {"statement": "text, note", "document": "title, text"}
"""The tables that have a full text, with its columns."""

MANY: Final = 1000
"""Minimum number of rows that are removed by set.

For fewer it is not worth dropping a trigger, which makes other connections reload the schema.
"""

STEP: Final = 5000
"""Maximum number of rows in one statement; ctrl+c can stop an operation between two."""


PAGES: Final = 300
"""Pages that one step of `merge_segments` writes, in about 15 milliseconds."""

MOST_STEPS: Final = 16
"""Maximum number of steps: enough for the segments that FTS5 has not merged by itself."""


def merge_segments(store: Store) -> None:
    """Merge the segments of the full text that an import has left, in short transactions.

    FTS5 merges 16 of them at once, within the transaction that adds the last. This was an edit
    some time after an import: an undo that took a tenth of a second. If another process is
    writing, the other segments are left to it.
    """
    execute = store.connection.execute
    merge = "INSERT INTO statement_fts (statement_fts, rank) VALUES ('merge', ?)"
    with suppress(sqlite3.OperationalError), store.busy_timeout(0):
        for _ in range(MOST_STEPS):
            before = store.connection.total_changes
            execute(merge, (PAGES,))
            if store.connection.total_changes - before <= 1:  # as FTS5 says that nothing is left
                break


@define
class FullText:
    """The full text of one table while an operation removes rows."""

    store: Store
    table: str
    going: int
    """The number of rows that the operation will remove."""
    _trigger: str | None = None
    _is_by_set: bool = False
    _is_anew: bool = False
    """True if fewer rows stay than are removed, so that those are indexed again."""

    def begin(self) -> None:
        """Replace the trigger if many rows will be removed."""
        if self.going < MANY:
            return
        self._is_by_set = True
        execute = self.store.connection.execute
        (total,) = execute(f"SELECT count(*) FROM {self.table}").fetchone()
        self._is_anew = total < 2 * self.going
        name = f"{self.table}_fts_delete"
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
        row = execute(query, (name,)).fetchone()
        if row is not None:
            self._trigger = row[0]
            execute(f"DROP TRIGGER {name}")

    def forget(self, where: str, values: Mapping[str, object]) -> None:
        """Remove the rows that meet *where* from the index, before they are deleted."""
        if self._is_by_set and not self._is_anew:
            columns = INDEXED[self.table]
            sql = (
                f"INSERT INTO {self.table}_fts ({self.table}_fts, rowid, {columns})"
                f" SELECT 'delete', pk, {columns} FROM {self.table} WHERE {where}"
            )
            self.store.connection.execute(sql, values)

    def add(self, first: int) -> None:
        """Index the rows that were just added, from the `pk` *first* on."""
        self._index(first, None)

    def finish(self) -> None:
        """Complete the full text, and restore the trigger."""
        execute = self.store.connection.execute
        if self._is_anew:
            name = f"{self.table}_fts"
            execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
            query = f"SELECT coalesce(min(pk), 1), coalesce(max(pk), 0) FROM {self.table}"
            first, last = execute(query).fetchone()
            for begin in range(first, last + 1, STEP):
                self._index(begin, begin + STEP - 1)
        if self._trigger is not None:
            execute(self._trigger)

    def _index(self, first: int, last: int | None) -> None:
        columns = INDEXED[self.table]
        upto = "" if last is None else f" AND pk <= {last}"
        sql = (
            f"INSERT INTO {self.table}_fts (rowid, {columns})"
            f" SELECT pk, {columns} FROM {self.table} WHERE pk >= ?{upto}"
        )
        self.store.connection.execute(sql, (first,))

"""Keep the full text right while an operation adds and removes rows by set.

A trigger that runs for each row makes FTS5 write out what it has gathered each time, which
costs fifty times as much as to delete the row. Where many rows go, their words are taken
out by set instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.database.store import Store

INDEXED: Final = {"statement": "text, note", "document": "title, text"}
"""The tables that have a full text, with its columns."""

MANY: Final = 1000
"""Rows from which they are taken out by set: to drop a trigger makes others read the schema."""

STEP: Final = 5000
"""Rows that are written between two moments in which ctrl+c can stop an operation."""


@define
class FullText:
    """The full text of one table, from before an operation removes rows until after."""

    store: Store
    table: str
    going: int
    """How many rows the operation will remove."""
    _trigger: str | None = None
    _is_by_set: bool = False
    _is_anew: bool = False
    """True where less is left than goes: then what is left is indexed again."""

    def begin(self) -> None:
        """Take over from the trigger, if many rows will go."""
        if self.going < MANY:
            return
        self._is_by_set = True
        execute = self.store.db.conn.execute
        (total,) = execute(f"SELECT count(*) FROM {self.table}").fetchone()
        self._is_anew = total < 2 * self.going
        name = f"{self.table}_fts_delete"
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
        row = execute(query, (name,)).fetchone()
        if row is not None:
            self._trigger = row[0]
            execute(f"DROP TRIGGER {name}")

    def forget(self, where: str, values: Mapping[str, object]) -> None:
        """Take the rows that meet *where* out, before they are removed."""
        if self._is_by_set and not self._is_anew:
            columns = INDEXED[self.table]
            sql = (
                f"INSERT INTO {self.table}_fts ({self.table}_fts, rowid, {columns})"
                f" SELECT 'delete', pk, {columns} FROM {self.table} WHERE {where}"
            )
            self.store.db.conn.execute(sql, values)

    def add(self, first: int) -> None:
        """Index the rows from the `pk` *first* on, which were just added."""
        self._index(first, None)

    def finish(self) -> None:
        """Complete the full text, and let the trigger keep it up again."""
        execute = self.store.db.conn.execute
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
        self.store.db.conn.execute(sql, (first,))

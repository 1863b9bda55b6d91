"""Keep the ids of rejected records, which stay taken, in a temporary table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from attrs import astuple, define, field

from store.database.driver import sqlite3
from store.ingest.report import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALL: Final = "record, file, line, path, reason, kind"


@define
class RejectedIds:
    """The ids of records that were rejected for their references or slots.

    A later record may not take such an id. A record that is faulty in itself counts as absent, so
    a later record may take its id.
    """

    _table: sqlite3.Connection | None = field(default=None)

    def add(self, id_: str, entry: Rejection) -> None:
        """Note that the record with the id *id_* was rejected; the first entry stays."""
        if self._table is None:
            # An unnamed database is kept in memory and spills to a temporary file, so a million
            # rejections cost no more memory than a few.
            self._table = sqlite3.connect("", isolation_level=None)
            self._table.execute(
                f"CREATE TABLE rejected (id TEXT PRIMARY KEY, {_ALL}) WITHOUT ROWID"
            )
            # In one transaction that is never committed: one for each row would be many times
            # slower, and nothing has to survive.
            self._table.execute("BEGIN")
        values = (id_, *astuple(entry))
        self._table.execute("INSERT OR IGNORE INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def find(self, ids: Iterable[str]) -> dict[str, Rejection]:
        """Return the rejections of those *ids* that belong to rejected records, by id."""
        if self._table is None:
            return {}
        listed = msgspec.json.encode(list(ids)).decode()
        query = f"SELECT id, {_ALL} FROM rejected WHERE id IN (SELECT value FROM json_each(?))"
        return {id_: Rejection(*row) for id_, *row in self._table.execute(query, (listed,))}

    def close(self) -> None:
        """Discard the table."""
        if self._table is not None:
            self._table.close()

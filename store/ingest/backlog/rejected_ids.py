"""Keep the ids of rejected records, which stay taken, in a temporary table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from attrs import astuple, define, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from store.ingest.report import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALL: Final = "record, file, line, path, reason, kind"


@define
class RejectedIds:
    """What was rejected for what it says of others: the next record may not have its id.

    A record that is faulty in itself counts as absent, and the next may have its id.
    """

    _table: sqlite3.Connection | None = field(default=None)

    def add(self, id_: str, entry: Rejected) -> None:
        """Note that the record which gave *id_* was rejected."""
        if self._table is None:
            self._table = sqlite3.connect("", isolation_level=None)  # a file once it is large
            self._table.execute(
                f"CREATE TABLE rejected (id TEXT PRIMARY KEY, {_ALL}) WITHOUT ROWID"
            )
            self._table.execute("BEGIN")
        values = (id_, *astuple(entry))
        self._table.execute("INSERT OR IGNORE INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def among(self, ids: Iterable[str]) -> dict[str, Rejected]:
        """Return why the records were rejected that gave some of *ids*, by id."""
        if self._table is None:
            return {}
        listed = msgspec.json.encode(list(ids)).decode()
        query = f"SELECT id, {_ALL} FROM rejected WHERE id IN (SELECT value FROM json_each(?))"
        return {id_: Rejected(*row) for id_, *row in self._table.execute(query, (listed,))}

    def close(self) -> None:
        """Forget it all."""
        if self._table is not None:
            self._table.close()

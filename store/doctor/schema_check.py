"""Find schema objects of a file that are missing, or differ from its version."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from store.database import schema_versions
from store.database.migration import version_of

if TYPE_CHECKING:
    from store.database.store import Store

FULL_TEXT: Final = ("statement_fts", "document_fts")
"""The full-text tables. SQLite keeps their content in tables named after them."""

_OURS: Final = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    " AND NOT (type = 'table' AND name GLOB '*_fts_*')"
)

SchemaObject = tuple[str, str]
"""The kind (`table`, `index`, `trigger` or `view`) and the name of an object."""


def find_missing(store: Store) -> list[SchemaObject]:
    """Return the objects that the file lacks, tables first."""
    present = {row[0] for row in store.connection.execute("SELECT name FROM sqlite_master")}
    lost = [made for made in _wanted_in(store) if made[1] not in present]
    return sorted(lost, key=lambda made: made[0] != "table")


def find_altered(store: Store) -> list[SchemaObject]:
    """Return the objects whose definition differs from that of the file's version."""
    query = "SELECT type, name, sql FROM sqlite_master"
    present = {(kind, name): sql for kind, name, sql in store.connection.execute(query)}
    return [made for made, sql in _wanted_in(store).items() if present.get(made, sql) != sql]


def statement_for(store: Store, made: SchemaObject) -> str:
    """Return the SQL statement that creates *made* in *store*."""
    return _wanted_in(store)[made]


def _wanted_in(store: Store) -> dict[SchemaObject, str]:
    """Return the objects of the file's schema version, with their SQL."""
    return _wanted(version_of(store) or schema_versions.VERSION)


@cache
def _wanted(version: int) -> dict[SchemaObject, str]:
    fresh = Database(memory=True, execute_plugins=False)
    try:
        schema_versions.complete(fresh, version)
        rows = fresh.conn.execute(_OURS).fetchall()
    finally:
        fresh.close()
    return {(kind, name): sql for kind, name, sql in rows}

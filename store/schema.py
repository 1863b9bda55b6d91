"""What a file's schema lacks, or has otherwise than this version makes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from .opening import open_memory

if TYPE_CHECKING:
    from .opening import Store

FULL_TEXT: Final = ("statement_fts", "document_fts")
"""The tables of the full text; SQLite keeps their content in tables that begin with the name."""

_OURS: Final = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    " AND NOT (type = 'table' AND name GLOB '*_fts_*')"
)

Made = tuple[str, str]
"""`table`, `index`, `trigger` or `view`, and its name."""


@cache
def _wanted() -> dict[Made, str]:
    with open_memory() as fresh:
        rows = fresh.db.conn.execute(_OURS).fetchall()
    return {(kind, name): sql for kind, name, sql in rows}


def missing(store: Store) -> list[Made]:
    """Return what is not in the file, tables first."""
    present = {row[0] for row in store.db.conn.execute("SELECT name FROM sqlite_master")}
    lost = [made for made in _wanted() if made[1] not in present]
    return sorted(lost, key=lambda made: made[0] != "table")


def altered(store: Store) -> list[Made]:
    """Return what is in the file with another definition."""
    query = "SELECT type, name, sql FROM sqlite_master"
    present = {(kind, name): sql for kind, name, sql in store.db.conn.execute(query)}
    return [made for made, sql in _wanted().items() if present.get(made, sql) != sql]


def statement_for(made: Made) -> str:
    """Return the SQL that makes it."""
    return _wanted()[made]

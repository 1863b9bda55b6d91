"""The versions of the schema, and the migrations from one to the next.

A new file goes through the same migrations as an old one, so that both end with the same schema.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .driver import sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database

STEPS: Final = (1, 2)
"""The versions that have a file `schema_N.sql`, oldest first."""

VERSION: Final = STEPS[-1]
"""The version of the schema that this program writes."""

_CREATED = re.compile(r"CREATE (\w+)(?: \w+)? IF NOT EXISTS (\w+)")
_ADDED = re.compile(r'ALTER TABLE (\w+) ADD COLUMN "(\w+)"')


@cache
def statements(version: int) -> tuple[str, ...]:
    """Return the SQL statements of the migration to *version*."""
    complete_ones, pending = [], ""
    source = Path(__file__).with_name(f"schema_{version}.sql").read_text("utf-8")
    for line in source.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            complete_ones.append(pending.strip())
            pending = ""
    return tuple(complete_ones)


def complete(db: Database, version: int = VERSION) -> None:
    """Create everything in the schema of *version* that the file lacks."""
    for step in STEPS:
        if step <= version:
            apply_step(db, step)


def is_complete(connection: sqlite3.Connection, version: int = VERSION) -> bool:
    """Return whether the file has every object and column of *version*, by name."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    wanted = (m[2] for s in _up_to(version) if (m := _CREATED.search(s)))
    return present.issuperset(wanted) and _has_columns(connection, version)


def has_tables(connection: sqlite3.Connection, version: int = VERSION) -> bool:
    """Return whether the file has every table and column of the schema of *version*."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    made = (m for s in _up_to(version) if (m := _CREATED.search(s)))
    tables = (m[2] for m in made if m[1] == "TABLE")
    return present.issuperset(tables) and _has_columns(connection, version)


def _has_columns(connection: sqlite3.Connection, version: int) -> bool:
    added = (m for s in _up_to(version) if (m := _ADDED.search(s)))
    return all(
        column in _columns(connection, table) for table, column in (m.groups() for m in added)
    )


def _up_to(version: int) -> list[str]:
    return [s for step in STEPS if step <= version for s in statements(step)]


def apply_step(db: Database, version: int) -> None:
    """Create what the migration to *version* creates, where the file lacks it."""
    for statement in statements(version):
        # Unlike the other statements, ALTER TABLE fails if the column exists.
        added = _ADDED.search(statement)
        if added is None or added[2] not in _columns(db.conn, added[1]):
            db.execute(statement)


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}

"""The versions of the schema, and the migrations from one to the next.

A new file goes through the same migrations as an old one, so that both end with the same schema.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

if TYPE_CHECKING:
    from sqlite_utils import Database

STEPS: Final = (1, 2)
"""The versions that have a file `schema_N.sql`, oldest first."""

VERSION: Final = STEPS[-1]
"""The version of the schema that this program writes."""

MIGRATIONS: Final = Migrations("argmap")
"""The migrations; the file records each one that was applied."""

_CREATED = re.compile(r"CREATE (\w+)(?: \w+)? IF NOT EXISTS (\w+)")
_ADDED = re.compile(r'ALTER TABLE (\w+) ADD COLUMN "(\w+)"')


@MIGRATIONS(name="0001_schema")
def _first(db: Database) -> None:
    _run(db, 1)


@MIGRATIONS(name="0002_order")
def _order(db: Database) -> None:
    _run(db, 2)


@cache
def statements(version: int) -> tuple[str, ...]:
    """Return the SQL statements of the migration to *version*."""
    complete_ones, pending = [], ""
    source = files(__package__).joinpath(f"schema_{version}.sql").read_text("utf-8")
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
            _run(db, step)


def is_complete(db: Database, version: int = VERSION) -> bool:
    """Return whether the file has every object and column of *version*, by name."""
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    wanted = (m[2] for s in _up_to(version) if (m := _CREATED.search(s)))
    return present.issuperset(wanted) and _has_columns(db, version)


def has_tables(db: Database, version: int = VERSION) -> bool:
    """Return whether the file has every table and column of the schema of *version*."""
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    made = (m for s in _up_to(version) if (m := _CREATED.search(s)))
    return all(m[2] in present for m in made if m[1] == "TABLE") and _has_columns(db, version)


def _has_columns(db: Database, version: int) -> bool:
    added = (m for s in _up_to(version) if (m := _ADDED.search(s)))
    return all(column in _columns(db, table) for table, column in (m.groups() for m in added))


def _up_to(version: int) -> list[str]:
    return [s for step in STEPS if step <= version for s in statements(step)]


def _run(db: Database, version: int) -> None:
    for statement in statements(version):
        # Unlike the other statements, ALTER TABLE fails if the column exists.
        added = _ADDED.search(statement)
        if added is None or added[2] not in _columns(db, added[1]):
            db.execute(statement)


def _columns(db: Database, table: str) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}

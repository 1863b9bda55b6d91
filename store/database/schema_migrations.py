"""The migrations, as sqlite-utils applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlite_utils import Migrations

from .schema_versions import apply_step

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS: Final = Migrations("argmap")
"""The migrations; the file records each one that was applied."""


@MIGRATIONS(name="0001_schema")
def _first(db: Database) -> None:
    apply_step(db, 1)


@MIGRATIONS(name="0002_order")
def _order(db: Database) -> None:
    apply_step(db, 2)

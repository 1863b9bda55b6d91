"""Copy a database while others use it, and check the copy."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import StoreError
from argmap.host.database_files import refuse_database
from argmap.host.files import as_input_error
from argmap.host.open_databases import parts_of
from argmap.host.outputs import check_output

from .connection import explain_misuse
from .sqlite_errors import as_store_error

if TYPE_CHECKING:
    from pathlib import Path

    from .store import Store

_SOUND = ["ok"]


def copy_to(store: Store, target: Path, part: Path | None = None) -> None:
    """Copy the database to the new file *target* while others may use it, and check the copy.

    Args:
        store: The database.
        target: The copy, which is there only once it is whole and checked.
        part: Where it is written first, in the same folder; else under a name of its own.

    Raises:
        InputError: *target* cannot be used, is the database itself or belongs to one.
        StoreError: *target* is there already, or cannot be written, or the copy is damaged.
    """
    with explain_misuse():
        _copy(store, target, _SOUND, part or _part_of(target))


def copy_as_it_is(store: Store, target: Path) -> None:
    """Copy a database that may be damaged: the copy must have the same damage and no other.

    Raises:
        StoreError: as `copy_to`.
    """
    _copy(store, target, _verdicts(store.db.conn), _part_of(target))


def _part_of(target: Path) -> Path:
    return target.parent / f".argmap-{secrets.token_hex(8)}.part"  # *target* may have no name


def _copy(store: Store, target: Path, wanted: list[str], part: Path) -> None:
    refuse_database(target, store.path)
    _refuse_taken(target)
    check_output(target, store.path)
    try:
        with store.reading(), as_store_error(target), as_input_error(str(target)):
            facts = _facts(store.db.conn)
            copied = _copied(store, part)
        verdicts, copied_facts = copied
        if verdicts != wanted or copied_facts != facts:
            what = verdicts[0] if verdicts != wanted else "it lacks rows"
            message = f"{target}: the copy is damaged, and was not kept: {what}; see argmap doctor"
            raise StoreError(message)
        _refuse_taken(target)
        with as_input_error(str(target)):
            part.rename(target)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _refuse_taken(target: Path) -> None:
    if os.path.isdir(target):  # noqa: PTH112  (a name that is too long is a complaint below)
        message = f"{target}: is a folder; give the name of a file"
        raise StoreError(message)
    for place in (target, *parts_of(target)):  # SQLite would take an old log for the copy's
        with as_input_error(str(target)):
            is_taken = _is_there(place)
        if is_taken:
            message = f"{place}: is there already; give a new name"
            raise StoreError(message)


def _is_there(place: Path) -> bool:
    """Tell whether anything is at *place*, a link that leads nowhere too.

    Raises:
        OSError: nothing can ever be; the name is too long, say.
    """
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _copied(store: Store, part: Path) -> tuple[list[str], list[Any]]:
    """Copy to *part* and return what is wrong with the copy, and what it holds."""
    copy = sqlite3.connect(part)
    try:
        store.db.conn.backup(copy)
        copy.execute("PRAGMA journal_mode = delete")
        return _verdicts(copy), _facts(copy)
    finally:
        copy.close()


def _verdicts(connection: sqlite3.Connection) -> list[str]:
    try:
        return [" ".join(str(row[0]).split()) for row in connection.execute("PRAGMA quick_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _facts(connection: sqlite3.Connection) -> list[Any]:
    """Return the marks of a database, and how many rows each table has."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    queries = [f"PRAGMA {mark}" for mark in ("application_id", "user_version")]
    queries += [f'SELECT count(*) FROM "{name}"' for (name,) in connection.execute(query)]
    return [_answer(connection, each) for each in queries]


def _answer(connection: sqlite3.Connection, query: str) -> object:
    try:
        return connection.execute(query).fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)

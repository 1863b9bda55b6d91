"""Copy a database while other processes use it, and check the copy."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from argmap.errors import StoreError
from argmap.host.database_files import refuse_database
from argmap.host.files import as_input_error
from argmap.host.open_databases import parts_of
from argmap.host.outputs import check_output

from .connection import FILE_CHECK, explain_misuse, guard_schema
from .driver import sqlite3
from .sqlite_errors import as_store_error

if TYPE_CHECKING:
    from pathlib import Path

    from .store import Store

_SOUND = ["ok"]


def copy_to(store: Store, target: Path, part: Path | None = None) -> None:
    """Copy the database to the new file *target*, and check the copy.

    Other processes may read and write the database meanwhile.

    Args:
        store: The database.
        target: The copy. It appears only when it is complete and checked.
        part: The temporary file for the copy, in the folder of *target*; by default one with a
            random name.

    Raises:
        InputError: *target* cannot be used, or is the database itself or one of its files.
        StoreError: *target* exists or cannot be written, or the copy is damaged.
    """
    with explain_misuse():
        _copy(store, target, _SOUND, part or _part_of(target))


def copy_as_it_is(store: Store, target: Path) -> None:
    """Copy a database that may be damaged, and check that the copy has the same damage.

    Raises:
        StoreError: as `copy_to`.
    """
    _copy(store, target, _verdicts(store.connection), _part_of(target))


def _part_of(target: Path) -> Path:
    # Not `with_name`, which fails for a target without a name, such as `.`.
    return target.parent / f".argmap-{secrets.token_hex(8)}.part"


def _copy(store: Store, target: Path, wanted: list[str], part: Path) -> None:
    refuse_database(target, store.path)
    _refuse_taken(target)
    check_output(target, store.path)
    try:
        with store.reading(), as_store_error(target), as_input_error(str(target)):
            facts = _facts(store.connection)
            copied = _copied(store, part)
        # SQLite's check does not notice missing rows, so they are counted as well.
        verdicts, copied_facts = copied
        if verdicts != wanted or copied_facts != facts:
            reason = verdicts[0] if verdicts != wanted else "rows are missing"
            message = f"{target}: the copy is damaged and was removed: {reason}; run argmap doctor"
            raise StoreError(message)
        # The copy takes a while; a file that was created meanwhile must not be overwritten.
        _refuse_taken(target)
        with as_input_error(str(target)):
            part.rename(target)
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _refuse_taken(target: Path) -> None:
    if os.path.isdir(target):  # noqa: PTH112  (a name that is too long is reported below)
        message = f"{target}: is a folder; give a file name"
        raise StoreError(message)
    for place in (target, *parts_of(target)):  # SQLite would replay an old log into the copy
        with as_input_error(str(target)):
            is_taken = _is_there(place)
        if is_taken:
            message = f"{place}: already exists; give a new name"
            raise StoreError(message)


def _is_there(place: Path) -> bool:
    """Return whether a file, a folder or a link, even a broken one, exists at *place*.

    Raises:
        OSError: no file can have this path; the name is too long, for example.
    """
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _copied(store: Store, part: Path) -> tuple[list[str], list[Any]]:
    """Copy to *part*; return the result of SQLite's check of the copy, and its facts."""
    copy = sqlite3.connect(part)
    try:
        guard_schema(copy)
        store.connection.backup(copy)
        # The copy inherits WAL mode, in which even the check would leave a log next to it.
        copy.execute("PRAGMA journal_mode = delete")
        return _verdicts(copy), _facts(copy)
    finally:
        copy.close()


def _verdicts(connection: sqlite3.Connection) -> list[str]:
    try:
        return [" ".join(str(row[0]).split()) for row in connection.execute(f"PRAGMA {FILE_CHECK}")]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _facts(connection: sqlite3.Connection) -> list[Any]:
    """Return the application id, the version, and the number of rows of each table."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    queries = [f"PRAGMA {mark}" for mark in ("application_id", "user_version")]
    queries += [f'SELECT count(*) FROM "{name}"' for (name,) in connection.execute(query)]
    return [_answer(connection, query) for query in queries]


def _answer(connection: sqlite3.Connection, query: str) -> object:
    try:
        return connection.execute(query).fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)

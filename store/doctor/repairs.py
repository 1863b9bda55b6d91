"""Rebuild what a database derives from its rows, and touch nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import ModelError, StoreError
from argmap.records.rubric import rubric_from_json, rubric_hash
from argmap.rubrics import shipped_rubrics
from store.database.backup import copy_as_it_is
from store.queries.maps import load_document
from store.rows.writing import Writer

from .examination import full_text_fault, statistics_are_stale
from .schema_check import FULL_TEXT, find_altered, find_missing, statement_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.database.store import Store

_INDEX: Final = re.compile(r"(?:from|in) index (\w+)$")
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def repair(store: Store) -> Iterator[str]:
    """Rebuild what can be rebuilt; yield a sentence for each thing that was done, or was not.

    The database is copied beside itself first, with the damage that it has. Each repair is
    one transaction. No row that holds a person's data is changed or removed.

    Raises:
        StoreError: the copy cannot be made; nothing was changed.
    """
    target = _free_name(store.path)
    copy_as_it_is(store, target)
    yield f"copied the database as it was to {target}"
    for step in (_indexes, _schema, _full_text, _rubrics, _hashes, _statistics, _journal):
        yield from step(store)


def _free_name(path: Path) -> Path:
    """Return the first name for a copy beside *path* that nothing has."""
    number, target = 1, path.with_name(f"{path.name}.before-repair.bak")
    while target.exists() or target.is_symlink():
        number += 1
        target = path.with_name(f"{path.name}.before-repair-{number}.bak")
    return target


def _done(store: Store, what: str, *statements: str) -> str:
    """Run *statements* in one transaction, and say what was done or why not."""
    return _tried(store, what, lambda: [store.db.conn.execute(sql) for sql in statements])


def _tried(store: Store, what: str, act: Callable[[], object]) -> str:
    try:
        with store.writing():
            act()
    except StoreError as error:
        return f"not {what}: {error}"
    return what


def _indexes(store: Store) -> Iterator[str]:
    """Build indexes anew that do not hold what their tables hold."""
    try:
        verdicts = [str(row[0]) for row in store.db.conn.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError:
        return
    found = {match[1] for verdict in verdicts if (match := _INDEX.search(verdict))}
    for name in sorted(found):
        yield _done(store, f"rebuilt the index {name}", f"REINDEX {name}")


def _schema(store: Store) -> Iterator[str]:
    """Make what is missing, and anew what is not as this version makes it; tables of rows stay."""
    lost, wrong = find_missing(store), find_altered(store)
    for made in (*lost, *(w for w in wrong if w[0] != "table" or w[1] in FULL_TEXT)):
        kind, name = made
        drop = (f"DROP {kind} {name}",) if made in wrong else ()
        yield _done(store, f"made the {kind} {name}", *drop, statement_for(store, made))


def _full_text(store: Store) -> Iterator[str]:
    for name in FULL_TEXT:
        if full_text_fault(store, name) is not None:
            rebuild = f"INSERT INTO {name} ({name}) VALUES ('rebuild')"
            yield _done(store, f"rebuilt the full text {name}", rebuild)


def _rubrics(store: Store) -> Iterator[str]:
    """Put back argmap's own rubrics that ratings are made under."""
    query = (
        "SELECT 1 FROM rating WHERE rubric = :id AND version = :version AND NOT EXISTS"
        " (SELECT 1 FROM rubric WHERE id = :id AND version = :version) LIMIT 1"
    )
    for rubric in shipped_rubrics():
        key = {"id": rubric.id, "version": rubric.version}
        if store.db.conn.execute(query, key).fetchone():
            name = f"put back argmap's rubric {rubric.id} {rubric.version}"
            writer = Writer(store, lambda _: False)
            yield _tried(store, name, lambda w=writer, r=rubric: w.add_rubric(r))  # type: ignore[misc]  # mypy cannot infer such a lambda
    for pk, content, sha256 in store.db.conn.execute(
        "SELECT pk, content, sha256 FROM rubric"
    ).fetchall():
        if _HASH.fullmatch(sha256):
            continue  # the content may be what changed
        try:
            rubric = rubric_from_json(content)
        except (ValueError, ModelError):
            continue
        sql = f"UPDATE rubric SET sha256 = '{rubric_hash(rubric)}' WHERE pk = {pk}"
        yield _done(store, f"worked out the SHA-256 of rubric {rubric.id} {rubric.version}", sql)


def _hashes(store: Store) -> Iterator[str]:
    """Work out the SHA-256 of a text anew where what stands is no SHA-256 of anything."""
    for pk, id_, sha256 in store.db.conn.execute("SELECT pk, id, sha256 FROM document").fetchall():
        if _HASH.fullmatch(sha256):
            continue  # the text may be what changed
        try:
            right = load_document(store, id_).sha256
        except ModelError:
            continue
        sql = f"UPDATE document SET sha256 = '{right}' WHERE pk = {pk}"
        yield _done(store, f"worked out the SHA-256 of document {id_!r}", sql)


def _statistics(store: Store) -> Iterator[str]:
    if statistics_are_stale(store):
        yield _done(store, "counted the planner's statistics anew", "ANALYZE")


def _journal(store: Store) -> Iterator[str]:
    if store.db.journal_mode != "wal":
        try:
            store.db.conn.execute("PRAGMA journal_mode = wal")
        except sqlite3.DatabaseError as error:
            yield f"not turned the write-ahead log on: {error}"
        else:
            yield "turned the write-ahead log on"

"""Rebuild everything in a database that is derived from the rows that people entered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from argmap.errors import ModelError, StoreError
from argmap.records.rubric import rubric_from_json, rubric_hash
from argmap.rubrics import shipped_rubrics
from store.database.backup import copy_as_it_is
from store.database.driver import sqlite3
from store.queries.maps import load_document
from store.rows.writing import Writer

from .examination import full_text_fault, statistics_are_stale
from .schema_check import FULL_TEXT, find_altered, find_missing, statement_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.database.store import Store

_INDEX: Final = re.compile(r"(?:from|in) index (\w+)$")
_VERBS: Final = {
    "rebuilt": "rebuild",
    "created": "create",
    "restored": "restore",
    "computed": "compute",
    "updated": "update",
    "enabled": "enable",
}
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def repair(store: Store) -> Iterator[str]:
    """Rebuild the derived parts that are wrong; yield a sentence for each.

    The database is first copied, with its damage, to a file next to it. Each repair is one
    transaction; a sentence says that it was done or why it failed. No row that a person entered is
    changed or removed.

    Raises:
        StoreError: the copy cannot be made; nothing was changed.
    """
    target = _free_name(store.path)
    copy_as_it_is(store, target)
    yield f"copied the database with its damage to {target}"
    # Indexes first, because the queries of the other repairs read through them.
    for step in (_indexes, _schema, _full_text, _rubrics, _hashes, _statistics, _journal):
        yield from step(store)


def _free_name(path: Path) -> Path:
    """Return the first name for a copy next to *path* that is free."""
    number, target = 1, path.with_name(f"{path.name}.before-repair.bak")
    while target.exists() or target.is_symlink():
        number += 1
        target = path.with_name(f"{path.name}.before-repair-{number}.bak")
    return target


def _run(store: Store, done: str, *statements: str) -> str:
    """Run *statements* in one transaction; return a sentence with the result."""
    return _attempt(store, done, lambda: [store.connection.execute(sql) for sql in statements])


def _attempt(store: Store, done: str, act: Callable[[], object]) -> str:
    try:
        with store.writing():
            act()
    except StoreError as error:
        return _failure(done, error)
    return done


def _failure(done: str, error: Exception) -> str:
    """Return the sentence for a repair that failed, made from that for its success."""
    verb, _, rest = done.partition(" ")
    return f"could not {_VERBS[verb]} {rest}: {error}"


def _indexes(store: Store) -> Iterator[str]:
    """Rebuild the indexes that do not match their tables."""
    try:
        verdicts = [str(row[0]) for row in store.connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError:
        return
    names = {match[1] for verdict in verdicts if (match := _INDEX.search(verdict))}
    for name in sorted(names):
        yield _run(store, f"rebuilt the index {name}", f"REINDEX {name}")


def _schema(store: Store) -> Iterator[str]:
    """Create missing objects and replace altered ones, except tables of rows."""
    lost, wrong = find_missing(store), find_altered(store)
    for made in (*lost, *(w for w in wrong if w[0] != "table" or w[1] in FULL_TEXT)):
        kind, name = made
        drop = (f"DROP {kind} {name}",) if made in wrong else ()
        yield _run(store, f"created the {kind} {name}", *drop, statement_for(store, made))


def _full_text(store: Store) -> Iterator[str]:
    for name in FULL_TEXT:
        if full_text_fault(store, name) is not None:
            rebuild = f"INSERT INTO {name} ({name}) VALUES ('rebuild')"
            yield _run(store, f"rebuilt the full-text index {name}", rebuild)


def _rubrics(store: Store) -> Iterator[str]:
    """Restore shipped rubrics that ratings need, and invalid rubric hashes."""
    query = (
        "SELECT 1 FROM rating WHERE rubric = :id AND version = :version AND NOT EXISTS"
        " (SELECT 1 FROM rubric WHERE id = :id AND version = :version) LIMIT 1"
    )
    for rubric in shipped_rubrics():
        key = {"id": rubric.id, "version": rubric.version}
        if store.connection.execute(query, key).fetchone():
            name = f"restored the shipped rubric {rubric.id} {rubric.version}"
            writer = Writer(store, lambda _: False)
            yield _attempt(store, name, lambda w=writer, r=rubric: w.add_rubric(r))  # type: ignore[misc]  # mypy cannot infer such a lambda
    for pk, content, sha256 in store.connection.execute(
        "SELECT pk, content, sha256 FROM rubric"
    ).fetchall():
        if _HASH.fullmatch(sha256):
            continue  # a valid hash: the content may be the damaged part
        try:
            rubric = rubric_from_json(content)
        except (ValueError, ModelError):
            continue
        sql = f"UPDATE rubric SET sha256 = '{rubric_hash(rubric)}' WHERE pk = {pk}"
        yield _run(store, f"computed the SHA-256 of rubric {rubric.id} {rubric.version}", sql)


def _hashes(store: Store) -> Iterator[str]:
    """Recompute the hash of each document whose stored value is not a SHA-256."""
    for pk, id_, sha256 in store.connection.execute(
        "SELECT pk, id, sha256 FROM document"
    ).fetchall():
        if _HASH.fullmatch(sha256):
            continue  # a valid hash: the text may be the damaged part
        try:
            right = load_document(store, id_).sha256
        except ModelError:
            continue
        sql = f"UPDATE document SET sha256 = '{right}' WHERE pk = {pk}"
        yield _run(store, f"computed the SHA-256 of document {id_!r}", sql)


def _statistics(store: Store) -> Iterator[str]:
    if statistics_are_stale(store):
        yield _run(store, "updated the query planner's statistics", "ANALYZE")


def _journal(store: Store) -> Iterator[str]:
    done = "enabled the write-ahead log"
    if store.db.journal_mode != "wal":
        try:
            store.connection.execute("PRAGMA journal_mode = wal")
        except sqlite3.DatabaseError as error:
            yield _failure(done, error)
        else:
            yield done

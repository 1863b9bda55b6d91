"""Examine a database: the file, its references, its full text, its maps and its log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attrs import frozen
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import ModelError
from argmap.model.invariants import map_faults
from argmap.records.writing import entity_from_record

from .loading import document_ids, landed_entity, load_map
from .rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .opening import Store

_SAFE_SQLITE = (3, 51, 3)
"""The first SQLite in which two writers cannot damage a write-ahead log."""


@frozen
class Complaint:
    """One thing that is wrong with a database."""

    check: str
    message: str
    is_warning: bool = False
    """True for what may stay as it is."""


def examine(store: Store) -> Iterator[Complaint]:
    """Yield all that is wrong with the database."""
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} can damage a file with two writers; use 3.51.3"
        yield Complaint("sqlite", message, is_warning=True)
    damaged = list(_file_complaints(store))
    yield from damaged
    if damaged:  # what follows would only say so again, in other words
        return
    yield from _reference_complaints(store)
    yield from _full_text_complaints(store)
    yield from _id_complaints(store)
    yield from _map_complaints(store)
    yield from _log_complaints(store)


def _file_complaints(store: Store) -> Iterator[Complaint]:
    try:
        verdicts = store.db.conn.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        verdicts = [(error,)]
    yield from (Complaint("integrity", str(v)) for (v,) in verdicts if v != "ok")


def _reference_complaints(store: Store) -> Iterator[Complaint]:
    for table, _, parent, _ in store.db.conn.execute("PRAGMA foreign_key_check"):
        yield Complaint("references", f"a row of {table} refers to a {parent} that is not there")


def _full_text_complaints(store: Store) -> Iterator[Complaint]:
    for name in ("statement_fts", "document_fts"):
        sql = f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"
        try:
            store.db.conn.execute(sql)
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            message = f"{name} was not checked: the file cannot be written"
            yield Complaint("full text", message, is_warning=True)
        except sqlite3.DatabaseError:
            yield Complaint("full text", f"{name} is not what the rows say")


def _id_complaints(store: Store) -> Iterator[Complaint]:
    query = "SELECT id, group_concat(type) FROM entity GROUP BY id HAVING count(*) > 1"
    for id_, types in store.db.conn.execute(query):
        yield Complaint("ids", f"{id_!r} is the id of several things: {types}")


def _map_complaints(store: Store) -> Iterator[Complaint]:
    for id_ in document_ids(store):
        try:
            argument_map = load_map(store, id_)
        except ModelError as error:
            yield Complaint("map", f"{id_}: {error}")
            continue
        (sha256,) = store.db.conn.execute(
            "SELECT sha256 FROM document WHERE id = ?", (id_,)
        ).fetchone()
        if argument_map.document.sha256 != sha256:
            yield Complaint("map", f"{id_}: its text is not the one that its SHA-256 is of")
        for fault in map_faults(argument_map):
            yield Complaint("map", f"{id_}: {fault}")


def _log_complaints(store: Store) -> Iterator[Complaint]:
    """Compare the newest image of each entity in the log with its row."""
    query = "SELECT seq, label FROM operation WHERE state = 'unfinished'"
    for seq, label in store.db.conn.execute(query):
        message = f"operation {seq} ({label}) is unfinished; run that import again"
        yield Complaint("log", message, is_warning=True)
    newest = store.db.conn.execute(
        "SELECT c.type, c.id, c.after, max(c.operation * 1000000000 + c.position) FROM change AS c"
        " JOIN operation AS o ON o.seq = c.operation WHERE o.state <> 'undone'"
        " GROUP BY c.type, c.id"
    ).fetchall()
    for type_, id_, after, _ in newest:
        if type_ not in TABLES:
            continue
        try:
            there = landed_entity(store, type_, id_)
        except ModelError:
            continue  # its map tells
        wanted = _entity(after) if after else None
        if (there and there.entity) != wanted:
            yield Complaint("log", f"{type_} {id_!r} is not as the log says")


def _entity(content: str) -> object:
    record = {k: v for k, v in json.loads(content).items() if not k.startswith("_")}
    return entity_from_record(record)

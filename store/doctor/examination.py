"""Examine a database: the file, its references, its full text, its maps and its log."""

from __future__ import annotations

import json
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import frozen
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import ModelError
from argmap.model.invariants import map_faults
from argmap.model.rating import NO_REASON, Rating, Reliability
from argmap.model.source import Source
from argmap.records.encode import entity_from_record
from argmap.records.rubric import rubric_from_json, rubric_hash
from store.database import schema_versions
from store.database.migration import backup_name, is_older, version_of
from store.database.opening import copy_up_to_date
from store.queries.maps import document_ids, load_map
from store.rows.known_rubrics import rubrics
from store.rows.reading import entities, stored_entity
from store.rows.tables import TABLES
from store.rules.admiralty_reasons import unreasoned
from store.rules.soundness import unsound_rows

from .schema_check import FULL_TEXT, find_altered, find_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database.store import Store

_FAR_OFF = 10
"""How many times off the planner's statistics may be."""

_SAFE_SQLITE = (3, 51, 3)
"""The first SQLite in which two writers cannot damage a write-ahead log."""


@frozen
class Problem:
    """One thing that is wrong with a database."""

    check: str
    message: str
    is_warning: bool = False
    """True for what may stay as it is."""


def examine(store: Store) -> Iterator[Problem]:
    """Yield everything that is wrong with the database.

    All but the full text is examined in one snapshot, beside which others may write.

    A file of an older version is examined as it is and stays so; what its rows say is read from
    a copy in memory that is migrated. To migrate the file here would do no good: a damaged one
    must not be touched, and a sound one is migrated, after a backup, by what opens it next.
    """
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} can damage a file with two writers; use 3.51.3"
        yield Problem("sqlite", message, is_warning=True)
    with store.reading():
        lost = {name for kind, name in find_missing(store) if kind in ("table", "view")}
        yield from _schema_complaints(store)
        damaged = list(_file_complaints(store))
        yield from damaged
        if damaged or lost & {*TABLES, "entity"}:
            return  # what follows would only say so again, in other words
        yield from _reference_complaints(store)
        if is_older(store):
            yield _age(store)
            yield from _complaints_after_migration(store)
        else:
            yield from _content_complaints(store)
    yield from _full_text_complaints(store)  # SQLite checks it by what counts as a write


def _age(store: Store) -> Problem:
    version = version_of(store)
    message = (
        f"is of version {version}; the next command brings it to version {schema_versions.VERSION}"
        f" and keeps a copy in {backup_name(store.path, version).name}"
    )
    return Problem("version", message, is_warning=True)


def _complaints_after_migration(store: Store) -> Iterator[Problem]:
    try:
        copy = copy_up_to_date(store)
    except sqlite3.DatabaseError as error:
        yield Problem("version", f"cannot be brought to version {schema_versions.VERSION}: {error}")
        return
    with copy:
        yield from _content_complaints(copy)


def _content_complaints(store: Store) -> Iterator[Problem]:
    yield from _id_complaints(store)
    yield from _map_complaints(store)
    yield from _source_complaints(store)
    yield from _letter_complaints(store)
    yield from _unsound_complaints(store)
    yield from _rubric_complaints(store)
    yield from _log_complaints(store)


def _file_complaints(store: Store) -> Iterator[Problem]:
    try:
        verdicts = store.db.conn.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        verdicts = [(error,)]
    yield from (Problem("integrity", str(v)) for (v,) in verdicts if v != "ok")


def _reference_complaints(store: Store) -> Iterator[Problem]:
    for table, _, parent, _ in store.db.conn.execute("PRAGMA foreign_key_check"):
        yield Problem("references", f"a row of {table} refers to a {parent} that is not there")


def _schema_complaints(store: Store) -> Iterator[Problem]:
    for kind, name in find_missing(store):
        yield Problem("schema", f"the {kind} {name} is missing")
    for kind, name in find_altered(store):
        message = f"the {kind} {name} is not as this version of argmap makes it"
        yield Problem("schema", message, is_warning=kind in ("table", "view"))
    if statistics_are_stale(store):
        message = "the planner's statistics are not those of the rows"
        yield Problem("statistics", message, is_warning=True)


def statistics_are_stale(store: Store) -> bool:
    """Tell whether the counts that SQLite plans by are tenfold off; where there are none, no."""
    execute = store.db.conn.execute
    if not execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
        return False
    query = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"
    for table, count in execute(query).fetchall():
        if table not in TABLES:
            continue
        there = execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if not (there + 1) / _FAR_OFF <= (count or 0) + 1 <= (there + 1) * _FAR_OFF:
            return True
    return False


def _full_text_complaints(store: Store) -> Iterator[Problem]:
    for name in FULL_TEXT:
        fault = full_text_fault(store, name)
        if fault is not None:
            yield Problem("full text", f"{name} {fault}", is_warning="not checked" in fault)


def full_text_fault(store: Store, name: str) -> str | None:
    """Return what is wrong with the full-text table *name*; None for nothing, or no such table."""
    if ("table", name) in find_missing(store):
        return None
    try:
        store.db.conn.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError as error:
        if "readonly" in str(error):
            return "was not checked: the file cannot be written"
        return f"cannot be used: {error}"
    except sqlite3.DatabaseError:
        return "is not what the rows say"
    return None


def _id_complaints(store: Store) -> Iterator[Problem]:
    query = "SELECT id, group_concat(type) FROM entity GROUP BY id HAVING count(*) > 1"
    for id_, types in store.db.conn.execute(query):
        yield Problem("ids", f"{id_!r} is the id of several things: {types}")


def _map_complaints(store: Store) -> Iterator[Problem]:
    for id_ in document_ids(store):
        try:
            argument_map = load_map(store, id_)
        except ModelError as error:
            yield Problem("map", f"{id_}: {error}")
            continue
        (sha256,) = store.db.conn.execute(
            "SELECT sha256 FROM document WHERE id = ?", (id_,)
        ).fetchone()
        if argument_map.document.sha256 != sha256:
            yield Problem("map", f"{id_}: its text is not the one that its SHA-256 is of")
        for fault in map_faults(argument_map):
            yield Problem("map", f"{id_}: {fault}")


def _source_complaints(store: Store) -> Iterator[Problem]:
    """Look at what no map carries: sources that nobody cites, and what is said of sources."""
    known = rubrics(store)
    try:
        deque(entities(store, Source), maxlen=0)
        deque(entities(store, Reliability), maxlen=0)
        for rating in entities(store, Rating, "source IS NOT NULL"):
            rubric = known.get((rating.rubric, rating.version))
            if rubric and (fault := rubric.answer_fault(rating.criterion, rating.answer)):
                yield Problem("sources", f"{rating.id}: {fault.reason}")
    except ModelError as error:
        yield Problem("sources", str(error))


def _letter_complaints(store: Store) -> Iterator[Problem]:
    """Name the letters that an older version stored without the reasons that they need."""
    with suppress(ModelError):  # told of the source
        for source, letter in sorted(unreasoned(store), key=lambda pair: pair[1].id):
            topic = f" on {letter.topic}" if letter.topic else ""
            message = (
                f"the {letter.letter} that {letter.assessor} gave {source.name} ({source.id})"
                f"{topic} needs a reason; exports write {NO_REASON!r}"
            )
            yield Problem("letters", message, is_warning=True)


def _unsound_complaints(store: Store) -> Iterator[Problem]:
    """Name the rows that an older version stored and that say nothing, or refer to themselves."""
    with suppress(ModelError):  # a complaint about the source says so
        for message in unsound_rows(store):
            yield Problem("older rows", message, is_warning=True)


def _rubric_complaints(store: Store) -> Iterator[Problem]:
    query = "SELECT id, version, sha256, content FROM rubric"
    for id_, version, sha256, content in store.db.conn.execute(query):
        rubric = rubric_from_json(content)
        if (rubric.id, rubric.version) != (id_, version):
            yield Problem("rubrics", f"{id_} {version} holds {rubric.id} {rubric.version}")
        elif rubric_hash(rubric) != sha256:
            message = f"{id_} {version} is not the one that its SHA-256 is of"
            yield Problem("rubrics", message)


def _log_complaints(store: Store) -> Iterator[Problem]:
    """Compare the newest image of each entity in the log with its row."""
    query = "SELECT seq, label FROM operation WHERE state = 'unfinished'"
    for seq, label in store.db.conn.execute(query):
        message = f"operation {seq} ({label}) is unfinished; run that import again"
        yield Problem("log", message, is_warning=True)
    yield from _batch_complaints(store)
    newest = store.db.conn.execute(
        "SELECT c.type, c.id, c.after, max(c.operation * 1000000000 + c.position) FROM change AS c"
        " JOIN operation AS o ON o.seq = c.operation WHERE o.state <> 'undone'"
        " GROUP BY c.type, c.id"
    ).fetchall()
    for type_, id_, after, _ in newest:
        if type_ not in TABLES:
            continue
        try:
            there = stored_entity(store, type_, id_)
        except ModelError:
            continue  # its map tells
        wanted = _entity(after) if after else None
        if (there and there.entity) != wanted:
            yield Problem("log", f"{type_} {id_!r} is not as the log says")


def _batch_complaints(store: Store) -> Iterator[Problem]:
    """Look for records of an import that was undone, or that the log does not have.

    A rubric may outlive the import that brought it: a rating of another operation keeps it.
    """
    for table in TABLES:
        query = (
            f"SELECT count(*), r.batch, o.label FROM {table} AS r LEFT JOIN operation AS o"
            " ON o.seq = r.batch WHERE r.batch IS NOT NULL"
            " AND (o.seq IS NULL OR o.state = 'undone') GROUP BY r.batch"
        )
        for count, batch, label in store.db.conn.execute(query):
            what = f"{count:,} of the rows in {table} came with operation {batch}"
            if label is None:
                message = f"{what}, which is not in the log"
            else:
                message = f"{what} ({label}), which was undone; remove those documents"
            yield Problem("log", message)


def _entity(content: str) -> object:
    record = {k: v for k, v in json.loads(content).items() if not k.startswith("_")}
    return entity_from_record(record)

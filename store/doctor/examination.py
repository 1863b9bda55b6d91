"""Examine a database: file, references, full text, maps and log."""

from __future__ import annotations

import json
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.errors import ModelError
from argmap.model.invariants import map_faults
from argmap.model.rating import NO_REASON, Rating, Reliability
from argmap.model.source import Source
from argmap.records.encode import entity_from_record
from argmap.records.rubric import rubric_from_json, rubric_hash
from store.database import schema_versions
from store.database.driver import sqlite3
from store.database.migration import backup_name, is_older, version_of
from store.database.opening import copy_up_to_date
from store.database.sqlite_errors import result_code
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
"""Factor by which the planner's statistics may differ from the row counts."""

_SAFE_SQLITE = (3, 51, 3)
"""The first SQLite version in which two writers cannot damage a log."""


@frozen
class Problem:
    """A problem of a database, found by one check."""

    check: str
    message: str
    is_warning: bool = False
    """True if the database is usable without a repair."""


def examine(store: Store) -> Iterator[Problem]:
    """Yield every problem of the database.

    Everything except the full text is examined in one snapshot, so other processes may write.

    An older file is not migrated: its maps and log are read from a migrated copy in memory. A
    damaged file must stay untouched, and the next command that opens a sound one backs it up and
    migrates it.
    """
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        message = (
            f"SQLite {sqlite3.sqlite_version} can damage a file with two writers; install 3.51.3"
        )
        yield Problem("sqlite", message, is_warning=True)
    with store.reading():
        lost = {name for kind, name in find_missing(store) if kind in ("table", "view")}
        yield from _schema_complaints(store)
        damaged = list(_file_complaints(store))
        yield from damaged
        if damaged or lost & {*TABLES, "entity"}:
            return  # the other checks would only report the same damage again
        yield from _reference_complaints(store)
        if is_older(store):
            yield _age(store)
            yield from _complaints_after_migration(store)
        else:
            yield from _content_complaints(store)
    # Outside the snapshot: for SQLite the check of the full text is a write.
    yield from _full_text_complaints(store)


def _age(store: Store) -> Problem:
    version = version_of(store)
    message = (
        f"has version {version}; the next command migrates it to version {schema_versions.VERSION}"
        f" and keeps a copy in {backup_name(store.path, version).name}"
    )
    return Problem("version", message, is_warning=True)


def _complaints_after_migration(store: Store) -> Iterator[Problem]:
    try:
        copy = copy_up_to_date(store)
    except sqlite3.DatabaseError as error:
        yield Problem(
            "version", f"cannot be migrated to version {schema_versions.VERSION}: {error}"
        )
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
        verdicts = store.connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        verdicts = [(error,)]
    yield from (Problem("integrity", str(v)) for (v,) in verdicts if v != "ok")


def _reference_complaints(store: Store) -> Iterator[Problem]:
    for table, _, parent, _ in store.connection.execute("PRAGMA foreign_key_check"):
        yield Problem("references", f"a row of {table} refers to a missing {parent}")


def _schema_complaints(store: Store) -> Iterator[Problem]:
    for kind, name in find_missing(store):
        yield Problem("schema", f"the {kind} {name} is missing")
    for kind, name in find_altered(store):
        message = f"the {kind} {name} differs from the definition of this version"
        yield Problem("schema", message, is_warning=kind in ("table", "view"))
    if statistics_are_stale(store):
        message = "the query planner's statistics are out of date; run argmap doctor --repair"
        yield Problem("statistics", message, is_warning=True)


def statistics_are_stale(store: Store) -> bool:
    """Return whether the planner's row counts are off by a factor of ten.

    A file without such counts is not stale.
    """
    execute = store.connection.execute
    if not execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
        return False
    query = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"
    for table, count in execute(query).fetchall():
        if table not in TABLES:
            continue
        rows = execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if not (rows + 1) / _FAR_OFF <= (count or 0) + 1 <= (rows + 1) * _FAR_OFF:
            return True
    return False


def _full_text_complaints(store: Store) -> Iterator[Problem]:
    for name in FULL_TEXT:
        fault = full_text_fault(store, name)
        if fault is not None:
            yield Problem("full text", f"{name} {fault}", is_warning="not checked" in fault)


def full_text_fault(store: Store, name: str) -> str | None:
    """Return the fault of the full-text table *name*; None if it is sound or missing."""
    if ("table", name) in find_missing(store):
        return None
    try:
        store.connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError as error:
        if result_code(error) == sqlite3.SQLITE_READONLY:
            return "was not checked, because the file cannot be written"
        return f"cannot be used: {error}"
    except sqlite3.DatabaseError:
        return "does not match the rows"
    return None


def _id_complaints(store: Store) -> Iterator[Problem]:
    query = "SELECT id, group_concat(type) FROM entity GROUP BY id HAVING count(*) > 1"
    for id_, types in store.connection.execute(query):
        yield Problem("ids", f"{id_!r} is the id of several entities: {types}")


def _map_complaints(store: Store) -> Iterator[Problem]:
    for id_ in document_ids(store):
        try:
            argument_map = load_map(store, id_)
        except ModelError as error:
            yield Problem("map", f"{id_}: {error}")
            continue
        (sha256,) = store.connection.execute(
            "SELECT sha256 FROM document WHERE id = ?", (id_,)
        ).fetchone()
        if argument_map.document.sha256 != sha256:
            yield Problem("map", f"{id_}: its text does not match its SHA-256")
        for fault in map_faults(argument_map):
            yield Problem("map", f"{id_}: {fault}")


def _source_complaints(store: Store) -> Iterator[Problem]:
    """Check the sources that no map cites, and the letters and ratings of sources."""
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
    """Yield the letters that lack a reason, which older versions could store."""
    with suppress(ModelError):  # `_source_complaints` reports it
        for source, letter in sorted(unreasoned(store), key=lambda pair: pair[1].id):
            topic = f" on {letter.topic}" if letter.topic else ""
            message = (
                f"the {letter.letter} that {letter.assessor} gave {source.name} ({source.id})"
                f"{topic} needs a reason; without one, exports write {NO_REASON!r}"
            )
            yield Problem("letters", message, is_warning=True)


def _unsound_complaints(store: Store) -> Iterator[Problem]:
    """Yield the rows that rate nothing or refer to themselves; older versions stored some."""
    with suppress(ModelError):  # `_source_complaints` reports it
        for message in unsound_rows(store):
            yield Problem("older rows", message, is_warning=True)


def _rubric_complaints(store: Store) -> Iterator[Problem]:
    query = "SELECT id, version, sha256, content FROM rubric"
    for id_, version, sha256, content in store.connection.execute(query):
        rubric = rubric_from_json(content)
        if (rubric.id, rubric.version) != (id_, version):
            yield Problem(
                "rubrics", f"{id_} {version} contains the rubric {rubric.id} {rubric.version}"
            )
        elif rubric_hash(rubric) != sha256:
            message = f"{id_} {version} does not match its SHA-256"
            yield Problem("rubrics", message)


def _log_complaints(store: Store) -> Iterator[Problem]:
    """Compare the newest image of each entity in the log with its row."""
    query = "SELECT seq, label FROM operation WHERE state = 'unfinished'"
    for seq, label in store.connection.execute(query):
        message = f"operation {seq} ({label}) is unfinished; run the import again to resume it"
        yield Problem("log", message, is_warning=True)
    yield from _batch_complaints(store)
    newest = store.connection.execute(
        "SELECT c.type, c.id, c.after, max(c.operation * 1000000000 + c.position) FROM change AS c"
        " JOIN operation AS o ON o.seq = c.operation WHERE o.state <> 'undone'"
        " GROUP BY c.type, c.id"
    ).fetchall()
    for type_, id_, after, position in newest:
        if type_ not in TABLES:
            continue
        try:
            stored = stored_entity(store, type_, id_)
        except ModelError:
            continue  # `_map_complaints` reports it
        # An import writes no image of a row that it adds, here for a second time.
        if stored and (stored.batch or 0) > position // 1000000000:
            continue
        wanted = _entity(after) if after else None
        if (stored and stored.entity) != wanted:
            yield Problem("log", f"{type_} {id_!r} does not match the log")


def _batch_complaints(store: Store) -> Iterator[Problem]:
    """Find rows of an import that was undone, or that is not in the log.

    Rubrics are not checked: one stays after its import is undone if a later rating needs it.
    """
    for table in TABLES:
        query = (
            f"SELECT count(*), r.batch, o.label FROM {table} AS r LEFT JOIN operation AS o"
            " ON o.seq = r.batch WHERE r.batch IS NOT NULL"
            " AND (o.seq IS NULL OR o.state = 'undone') GROUP BY r.batch"
        )
        for count, batch, label in store.connection.execute(query):
            added = f"operation {batch} added {count:,} of the rows in {table}"
            if label is None:
                message = f"{added}, but is not in the log"
            else:
                message = f"{added}, but was undone ({label}); remove their documents"
            yield Problem("log", message)


def _entity(content: str) -> object:
    record = {k: v for k, v in json.loads(content).items() if not k.startswith("_")}
    return entity_from_record(record)

"""Undo and redo operations, each in one transaction, and by set where possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from argmap.errors import ConflictError, MissingError
from store.database.progress import UNWATCHED, Watch
from store.rows.full_text import STEP
from store.rows.tables import TABLES

from .image_replay import Replay
from .operations import LOGGED, LoggedOperation, filter_by_document, query_values, sequence_column
from .row_images import log_rows

if TYPE_CHECKING:
    from store.database.store import Store


@frozen
class _Added:
    """The rows of one table that an import added."""

    type: str
    count: int
    first: int
    """The lowest `pk`; `last` is the highest."""
    last: int


def undo(store: Store, document: str | None = None, watch: Watch = UNWATCHED) -> LoggedOperation:
    """Undo the newest operation, or the newest one that touches *document*.

    Raises:
        MissingError: there is nothing to undo.
        ConflictError: a later operation depends on it.
    """
    with store.writing():
        logged = _newest(store, document)
        _refuse_later(store, logged)
        added = _added_rows(store, logged)
        watch.begin(_count_images(store, logged) + 2 * sum(rows.count for rows in added))
        sure_from = _log_added(store, logged, added, watch)
        Replay(store, logged.seq, is_back=True, watch=watch, sure_from=sure_from).write()
        _forget_run(store, logged)
        _set_state(store, logged.seq, "undone")
    return logged


def redo(store: Store, document: str | None = None, watch: Watch = UNWATCHED) -> LoggedOperation:
    """Redo the last undone operation, unless a new one was done since.

    Raises:
        MissingError: there is nothing to redo.
        ConflictError: the rows have changed since the undo.
    """
    with store.writing():
        logged = _undone_last(store, document)
        watch.begin(_count_images(store, logged))
        Replay(store, logged.seq, is_back=False, watch=watch).write()
        _forget_added(store, logged)
        _set_state(store, logged.seq, "unfinished" if _has_run(store, logged) else "done")
    return logged


def _newest(store: Store, document: str | None) -> LoggedOperation:
    scope, column = filter_by_document(document), sequence_column(document)
    query = f"{LOGGED}{scope} AND o.state <> 'undone' ORDER BY {column} DESC LIMIT 1"
    row = store.connection.execute(query, query_values(document)).fetchone()
    if row is None:
        message = "there is nothing to undo"
        raise MissingError(message)
    return LoggedOperation(*row)


def _undone_last(store: Store, document: str | None) -> LoggedOperation:
    """Return the operation that was undone last, unless a newer one was done since.

    Raises:
        MissingError: there is none.
    """
    scope, column = filter_by_document(document), sequence_column(document)
    newest = f"SELECT {column} FROM operation AS o{scope} ORDER BY {column} DESC LIMIT 1"
    query = f"{LOGGED}{scope} AND o.undone_after >= ({newest}) ORDER BY {column} LIMIT 1"
    row = store.connection.execute(query, query_values(document) * 2).fetchone()
    if row is None:
        message = "there is nothing to redo"
        raise MissingError(message)
    return LoggedOperation(*row)


def _refuse_later(store: Store, logged: LoggedOperation) -> None:
    """Refuse to undo rows that a later operation, which is not undone, has changed."""
    added = "".join(
        f" OR EXISTS (SELECT 1 FROM {name} AS r WHERE r.id = c.id AND r.batch = :seq)"
        for name in _filled_by(logged)
    )
    removed = " OR json_extract(c.before, '$._batch') = :seq" if added else ""
    query = (
        "SELECT o.seq, o.label FROM operation AS o JOIN change AS c ON c.operation = o.seq"
        " WHERE o.seq > :seq AND o.state <> 'undone' AND ("
        "c.id IN (SELECT id FROM change WHERE operation = :seq)"
        f"{added}{removed}) LIMIT 1"
    )
    later = store.connection.execute(query, {"seq": logged.seq}).fetchone()
    if later:
        message = (
            f"operation {logged.seq} ({logged.label}) cannot be undone alone: operation"
            f" {later[0]} ({later[1]}) depends on it; undo that first"
        )
        raise ConflictError(message)


def _filled_by(logged: LoggedOperation) -> tuple[str, ...]:
    """Return the tables in which an import marks its rows; none for an edit.

    The log has all changes of an edit.
    """
    return tuple(TABLES) if logged.kind == "import" else ()


def _added_rows(store: Store, logged: LoggedOperation) -> list[_Added]:
    found = []
    for type_ in _filled_by(logged):
        query = f"SELECT count(*), min(pk), max(pk) FROM {type_} WHERE batch = ?"
        count, first, last = store.connection.execute(query, (logged.seq,)).fetchone()
        if count:
            found.append(_Added(type_, count, first, last))
    return found


def _count_images(store: Store, logged: LoggedOperation) -> int:
    query = "SELECT count(*) FROM change WHERE operation = ?"
    return int(store.connection.execute(query, (logged.seq,)).fetchone()[0])


def _log_added(store: Store, logged: LoggedOperation, added: list[_Added], watch: Watch) -> int:
    """Write the rows of the operation's batch into the log.

    Until then only their batch number connects them to the operation. They are the rows that an
    import added, or the rubric that an edit added. Return the first position of the new lines.
    """
    seq, execute = logged.seq, store.connection.execute
    query = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE operation = ?"
    position = begin = int(execute(query, (seq,)).fetchone()[0])
    for rows in added:
        # In steps, because ctrl+c can stop the undo only between two statements.
        for low in range(rows.first, rows.last + 1, STEP):
            place = {"seq": seq, "first": position, "low": low, "high": low + STEP - 1}
            where = "batch = :seq AND pk BETWEEN :low AND :high"
            count = log_rows(store, rows.type, "after", place, where)
            position += count
            watch.advance(count)
    sql = (
        "INSERT INTO change SELECT ?, ? + row_number() OVER (ORDER BY pk), 'rubric', id, NULL,"
        " content FROM rubric WHERE batch = ?"
    )
    execute(sql, (seq, position, seq))
    return begin


def _forget_added(store: Store, logged: LoggedOperation) -> None:
    """Remove the log's lines of rows that their batch number identifies again."""
    seq, execute = logged.seq, store.connection.execute
    query = "SELECT coalesce(min(position), 0), coalesce(max(position), -1) FROM change"
    first, last = execute(f"{query} WHERE operation = ?", (seq,)).fetchone()
    which = "" if logged.kind == "import" else " AND type = 'rubric'"
    sql = (
        "DELETE FROM change WHERE operation = ? AND position BETWEEN ? AND ?"
        f" AND before IS NULL{which}"
    )
    for begin in range(first, last + 1, STEP):
        execute(sql, (seq, begin, begin + STEP - 1))


def _forget_run(store: Store, logged: LoggedOperation) -> None:
    """Forget how to resume an import, unless it is unfinished.

    Redoing an unfinished import makes it unfinished again, so that it can still be resumed.
    """
    if logged.state != "unfinished":
        store.connection.execute("DELETE FROM import_run WHERE operation = ?", (logged.seq,))


def _has_run(store: Store, logged: LoggedOperation) -> bool:
    query = "SELECT 1 FROM import_run WHERE operation = ?"
    return store.connection.execute(query, (logged.seq,)).fetchone() is not None


def _set_state(store: Store, seq: int, state: str) -> None:
    sql = (
        "UPDATE operation SET state = :state, undone_after ="
        " CASE :state WHEN 'undone' THEN (SELECT max(seq) FROM operation) END WHERE seq = :seq"
    )
    store.connection.execute(sql, {"state": state, "seq": seq})

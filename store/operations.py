"""Operations: applied, logged, undone and redone, each in one transaction."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from argmap.errors import ConflictError, MissingError
from argmap.model.document import Document
from argmap.model.rating import Credibility, Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.rebasing import rebased
from argmap.records.rubric import rubric_from_json
from argmap.records.writing import entity_from_record, json_text, record_from_entity
from argmap.rubrics import shipped_rubrics

from .clock import now
from .loading import is_inference, landed_entity, landed_rows, place_of, rubrics
from .rows import TABLES
from .soundness import refuse_unsound
from .writing import Landed, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import Entity, Operation

    from .database import Store

_LOGGED: Final = (
    "SELECT o.seq, o.at, o.label, o.kind, o.state,"
    " (SELECT CASE count(*) WHEN 1 THEN min(d.document) END FROM operation_document AS d"
    " WHERE d.operation = o.seq) FROM operation AS o"
)


@frozen
class Logged:
    """An operation as the log has it."""

    seq: int
    at: str
    """UTC, ISO 8601."""
    label: str
    kind: str
    """`edit` or `import`."""
    state: str
    """`done`, `undone` or `unfinished`."""
    document: str | None
    """The one document that it touches; None for none or several."""


@frozen
class Image:
    """One line of the log: an entity before and after, as the row was."""

    position: int
    type: str
    id: str
    before: Landed | None
    after: Landed | None


def apply(store: Store, operation: Operation, at: str | None = None) -> int:
    """Do *operation* in the database as one transaction, log it, and return its number.

    Args:
        store: Open to write.
        operation: As a verb returned it for a map that was read from the database. What
            others have changed since stays changed, field by field.
        at: When it was made, UTC, ISO 8601; else now.

    Raises:
        EditConflictError: somebody else has changed the same field of the same entity since,
            or removed it.
        ConflictError: an id or a label is taken.
        EditError: something would be stored that is unsound (see `refuse_unsound`).
        StoreError: the file is locked, read-only or full.
    """
    return apply_rebased(store, operation, at)[0]


def apply_rebased(
    store: Store, operation: Operation, at: str | None = None
) -> tuple[int, Operation]:
    """Do as `apply` does; return the number, and the operation as it was done to the rows.

    Raises:
        ArgmapError: as `apply`.
    """
    with store.writing():
        found: dict[str, Landed] = {}
        operation = rebased(operation, partial(_entity_there, store, found))
        _refuse_taken(store, operation)
        refuse_unsound(store, operation)
        seq = log_operation(store, operation.label, "edit", at or now())
        made = {c.entity.id for c in operation.changes if isinstance(c.entity, Inference)}
        writer = Writer(store, lambda id_: id_ in made or is_inference(store, id_))
        images = [
            Image(
                position,
                change.entity.type,
                change.entity.id,
                None
                if change.before is None
                else evolve(found[change.entity.id], entity=change.before),
                None if change.after is None else Landed(change.after),
            )
            for position, change in enumerate(operation.changes)
        ]
        _keep_rubrics(store, writer, operation, seq)
        note_documents(store, seq, documents_of(store, (c.entity for c in operation.changes)))
        log_images(store, seq, images)
        for image in images:
            _write(writer, image.type, image.before, image.after)
        writer.index_new()
    return seq, operation


def history(store: Store, document: str | None = None) -> list[Logged]:
    """Return the operations, newest first; only those that touch *document* if given."""
    query = f"{_LOGGED}{_touching(document)} ORDER BY {_number(document)} DESC"
    return [Logged(*row) for row in store.db.conn.execute(query, _given(document))]


def undo(store: Store, document: str | None = None) -> Logged:
    """Take back the newest operation; of those that touch *document*, if given.

    Raises:
        MissingError: there is nothing to undo.
        ConflictError: a later operation rests on it.
    """
    with store.writing():
        logged = _newest(store, document)
        _refuse_later(store, logged)
        _log_added(store, logged)
        _turn(store, logged.seq, back=True)
        _forget_run(store, logged)
        _set_state(store, logged.seq, "undone")
    return logged


def redo(store: Store, document: str | None = None) -> Logged:
    """Do again what was undone last, unless something else was done since.

    Raises:
        MissingError: there is nothing to redo.
        ConflictError: the rows are not as the operation found them.
    """
    with store.writing():
        logged = _undone_last(store, document)
        _turn(store, logged.seq, back=False)
        forget = (
            "DELETE FROM change WHERE operation = ? AND before IS NULL AND (type = 'rubric'"
            " OR operation IN (SELECT seq FROM operation WHERE kind = 'import'))"
        )
        store.db.conn.execute(forget, (logged.seq,))
        _set_state(store, logged.seq, "unfinished" if _has_run(store, logged) else "done")
    return logged


def log_operation(store: Store, label: str, kind: str, at: str) -> int:
    """Begin an operation in the log and return its number."""
    sql = "INSERT INTO operation (at, label, kind, state) VALUES (?, ?, ?, 'done')"
    return int(store.db.conn.execute(sql, (at, label, kind)).lastrowid or 0)


def log_images(store: Store, seq: int, images: Iterable[Image]) -> None:
    """Write *images* to the log of operation *seq*."""
    rows = ((seq, i.position, i.type, i.id, _text(i.before), _text(i.after)) for i in images)
    store.db.conn.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)", rows)


def image(position: int, before: Landed | None, after: Landed | None) -> Image:
    """Return the log's line for a row that was *before* and is *after*."""
    landed = after or before
    assert landed is not None  # noqa: S101  (one of the two is always there)
    return Image(position, landed.entity.type, landed.entity.id, before, after)


def landed_from_text(text: str) -> Landed:
    """Return what an image in the log holds."""
    record = json.loads(text)
    batch, shorthand = record.pop("_batch", None), record.pop("_shorthand", False)
    return Landed(entity_from_record(record), batch, shorthand)


def note_documents(store: Store, seq: int, documents: Iterable[str]) -> None:
    """Note which *documents*, ids, operation *seq* touches."""
    rows = ((seq, document) for document in documents)
    store.db.conn.executemany("INSERT OR IGNORE INTO operation_document VALUES (?, ?)", rows)


def documents_of(store: Store, entities: Iterable[Entity]) -> set[str]:
    """Return the ids of the documents that *entities* belong to."""
    known: dict[str, str] = {}
    found: set[str] = set()
    for entity in entities:
        if isinstance(entity, Document):
            found.add(entity.id)
        elif isinstance(entity, Statement | Inference):
            known[entity.id] = entity.document
            found.add(entity.document)
        elif isinstance(entity, Rating) and entity.document:
            found.add(entity.document)
        elif isinstance(entity, Attribution | Credibility | Rating) and entity.statement:
            document = known.get(entity.statement) or _document_of(store, entity.statement)
            found.update((document,) if document else ())
    return found


def _document_of(store: Store, statement: str) -> str | None:
    query = "SELECT document FROM statement WHERE id = ?"
    row = store.db.conn.execute(query, (statement,)).fetchone()
    return None if row is None else str(row[0])


def _refuse_taken(store: Store, operation: Operation) -> None:
    for change in operation.changes:
        if change.before is None and (place := place_of(store, change.entity.id)):
            message = f"the id {change.entity.id!r} is that of a {place[0]}; nothing changed"
            raise ConflictError(message)


def _entity_there(store: Store, found: dict[str, Landed], type_: str, id_: str) -> Entity | None:
    """Return the entity of *type_* called *id_* as its row is, which goes into *found*."""
    landed = found.get(id_) or landed_entity(store, type_, id_)
    if landed is None or landed.entity.type != type_:
        return None
    found[id_] = landed
    return landed.entity


def _keep_rubrics(store: Store, writer: Writer, operation: Operation, seq: int) -> None:
    """Store the rubrics that the new ratings of *operation* are made under.

    One that is not argmap's own lands with the operation, and goes with it.
    """
    new = [c.after for c in operation.changes if isinstance(c.after, Rating)]
    known = rubrics(store) if new else {}
    for key in sorted({(rating.rubric, rating.version) for rating in new}):
        rubric = known[key]
        if store.offered.get(key, rubric) != rubric:
            message = f"{rubric.id} {rubric.version} has come in with other content; try again"
            raise ConflictError(message)
        writer.keep_rubric(rubric, None if rubric in shipped_rubrics() else seq)


def _write(writer: Writer, type_: str, before: Landed | None, after: Landed | None) -> None:
    if after is None:
        writer.delete(type_, (before.entity.id,) if before else ())
    elif before is None:
        writer.insert(type_, (after,))
    else:
        writer.update(after.entity)


def _newest(store: Store, document: str | None) -> Logged:
    scope, number = _touching(document), _number(document)
    query = f"{_LOGGED}{scope} AND o.state <> 'undone' ORDER BY {number} DESC LIMIT 1"
    row = store.db.conn.execute(query, _given(document)).fetchone()
    if row is None:
        message = "there is nothing to undo"
        raise MissingError(message)
    return Logged(*row)


def _undone_last(store: Store, document: str | None) -> Logged:
    """Return the oldest operation that nothing new was done after since it was undone."""
    scope, number = _touching(document), _number(document)
    newest = f"SELECT {number} FROM operation AS o{scope} ORDER BY {number} DESC LIMIT 1"
    query = f"{_LOGGED}{scope} AND o.undone_after >= ({newest}) ORDER BY {number} LIMIT 1"
    row = store.db.conn.execute(query, _given(document) * 2).fetchone()
    if row is None:
        message = "there is nothing to redo"
        raise MissingError(message)
    return Logged(*row)


def _refuse_later(store: Store, logged: Logged) -> None:
    """Refuse to undo what a later operation, still done, has changed again."""
    added = " UNION ALL ".join(
        f"SELECT id FROM {name} WHERE batch = :seq" for name in _filled_by(logged)
    )
    is_added = f"c.id IN ({added}) OR json_extract(c.before, '$._batch') = :seq" if added else "0"
    query = (
        "SELECT o.seq, o.label FROM operation AS o JOIN change AS c ON c.operation = o.seq"
        " WHERE o.seq > :seq AND o.state <> 'undone' AND ("
        "c.id IN (SELECT id FROM change WHERE operation = :seq)"
        f" OR {is_added}) LIMIT 1"
    )
    later = store.db.conn.execute(query, {"seq": logged.seq}).fetchone()
    if later:
        message = (
            f"operation {logged.seq} ({logged.label}) cannot be undone alone: operation"
            f" {later[0]} ({later[1]}) rests on it; undo that first"
        )
        raise ConflictError(message)


def _filled_by(logged: Logged) -> Iterable[str]:
    """Return the tables whose rows tell that an import added them; an edit is all in the log."""
    return TABLES if logged.kind == "import" else ()


def _log_added(store: Store, logged: Logged) -> None:
    """Write into the log what was added and only its batch number told so far.

    That is all that an import added, and the rubric that an edit brought.
    """
    seq = logged.seq
    query = "SELECT coalesce(max(position), -1) + 1 FROM change WHERE operation = ?"
    position = store.db.conn.execute(query, (seq,)).fetchone()[0]
    for type_ in _filled_by(logged):
        for landed in landed_rows(store, type_, "batch = ?", seq):
            log_images(store, seq, [image(position, None, landed)])
            position += 1
    sql = (
        "INSERT INTO change SELECT ?, ? + row_number() OVER (ORDER BY pk), 'rubric', id, NULL,"
        " content FROM rubric WHERE batch = ?"
    )
    store.db.conn.execute(sql, (seq, position, seq))


def _turn(store: Store, seq: int, *, back: bool) -> None:
    """Write every image of operation *seq*: what was before it, or what was after."""
    order = "DESC" if back else "ASC"
    query = (
        f"SELECT type, id, before, after FROM change WHERE operation = ? ORDER BY position {order}"
    )
    rows = store.db.conn.execute(query, (seq,)).fetchall()
    made = {id_ for type_, id_, *_ in rows if type_ == "inference"}
    writer = Writer(store, lambda id_: id_ in made or is_inference(store, id_))
    gone = []
    for type_, id_, before, after in rows:
        now, then = (after, before) if back else (before, after)
        if type_ == "rubric":
            if then:
                writer.keep_rubric(rubric_from_json(then), seq)
            else:
                gone.append(rubric_from_json(now))
            continue
        there = landed_entity(store, type_, id_)
        if (there and there.entity) != (landed_from_text(now).entity if now else None):
            message = f"{type_} {id_} was changed since; undo what changed it first"
            raise ConflictError(message)
        _write(writer, type_, there, landed_from_text(then) if then else None)
    for rubric in gone:
        writer.drop_rubric(rubric)
    writer.index_new()


def _forget_run(store: Store, logged: Logged) -> None:
    """Forget what an import was told by, unless it is unfinished: redo makes it that again."""
    if logged.state != "unfinished":
        store.db.conn.execute("DELETE FROM import_run WHERE operation = ?", (logged.seq,))


def _has_run(store: Store, logged: Logged) -> bool:
    query = "SELECT 1 FROM import_run WHERE operation = ?"
    return store.db.conn.execute(query, (logged.seq,)).fetchone() is not None


def _text(landed: Landed | None) -> str | None:
    if landed is None:
        return None
    record = record_from_entity(landed.entity)
    if landed.batch is not None:
        record["_batch"] = landed.batch
    if landed.shorthand:
        record["_shorthand"] = True
    return json_text(record)


def _touching(document: str | None) -> str:
    """Return the condition on `operation AS o`, which has one value where *document* is given."""
    if document is None:
        return " WHERE 1"
    return " JOIN operation_document AS t ON t.operation = o.seq WHERE t.document = ?"


def _number(document: str | None) -> str:
    """Return the column of an operation's number that SQLite has in order for `_touching`."""
    return "o.seq" if document is None else "t.operation"


def _given(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _set_state(store: Store, seq: int, state: str) -> None:
    sql = (
        "UPDATE operation SET state = :state, undone_after ="
        " CASE :state WHEN 'undone' THEN (SELECT max(seq) FROM operation) END WHERE seq = :seq"
    )
    store.db.conn.execute(sql, {"state": state, "seq": seq})

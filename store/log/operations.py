"""Apply operations and write them to the log, each in one transaction."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from argmap.edit.rebase import rebase
from argmap.errors import ConflictError
from argmap.host.clock import now
from argmap.model.document import Document
from argmap.model.rating import Credibility, Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.records.encode import entity_from_record, json_text, record_from_entity
from argmap.rubrics import shipped_rubrics
from store.rows.known_rubrics import rubrics
from store.rows.reading import StoredEntity, is_inference, place_of, stored_entity
from store.rows.writing import Writer
from store.rules.soundness import refuse_unsound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import Entity, Operation
    from store.database.store import Store

LOGGED: Final = (
    "SELECT o.seq, o.at, o.label, o.kind, o.state,"
    " (SELECT CASE count(*) WHEN 1 THEN min(d.document) END FROM operation_document AS d"
    " WHERE d.operation = o.seq) FROM operation AS o"
)


@frozen
class LoggedOperation:
    """An operation as it is in the log."""

    seq: int
    at: str
    """UTC, ISO 8601."""
    label: str
    kind: str
    """`edit` or `import`."""
    state: str
    """`done`, `undone` or `unfinished`."""
    document: str | None
    """The id of the document, if the operation touches exactly one."""


@frozen
class Image:
    """A line of the log: an entity and its row state before and after an operation."""

    position: int
    type: str
    id: str
    before: StoredEntity | None
    after: StoredEntity | None


def apply(store: Store, operation: Operation, at: str | None = None) -> int:
    """Apply *operation* in one transaction, log it, and return its number.

    Args:
        store: Open to write.
        operation: An edit of a map that was read from the database. Fields that others have
            changed since then keep their new values, unless the edit changes them too.
        at: When it was made, UTC, ISO 8601; by default now.

    Raises:
        EditConflictError: another user or process has changed the same field of the same entity,
            or removed the entity.
        ConflictError: an id or a label is taken.
        EditError: the operation would store something unsound (see `refuse_unsound`).
        StoreError: the file is locked, read-only or full.
    """
    return apply_rebased(store, operation, at)[0]


def apply_rebased(
    store: Store, operation: Operation, at: str | None = None
) -> tuple[int, Operation]:
    """Apply as `apply` does; return the number, and the operation as it was rebased.

    Raises:
        ArgmapError: as `apply`.
    """
    with store.writing():
        found: dict[str, StoredEntity] = {}
        # Within the transaction, so that no other edit comes between this check and the write.
        operation = rebase(operation, partial(_entity_there, store, found))
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
                None if change.after is None else StoredEntity(change.after),
            )
            for position, change in enumerate(operation.changes)
        ]
        _keep_rubrics(store, writer, operation, seq)
        note_documents(store, seq, documents_of(store, (c.entity for c in operation.changes)))
        log_images(store, seq, images)
        for row_image in images:
            _write(writer, row_image.type, row_image.before, row_image.after)
        writer.index_new()
    return seq, operation


def history(store: Store, document: str | None = None) -> list[LoggedOperation]:
    """Return the operations, newest first; only those that touch *document* if given."""
    query = f"{LOGGED}{filter_by_document(document)} ORDER BY {sequence_column(document)} DESC"
    return [
        LoggedOperation(*row) for row in store.connection.execute(query, query_values(document))
    ]


def log_operation(store: Store, label: str, kind: str, at: str) -> int:
    """Start an operation in the log and return its number."""
    sql = "INSERT INTO operation (at, label, kind, state) VALUES (?, ?, ?, 'done')"
    return int(store.connection.execute(sql, (at, label, kind)).lastrowid or 0)


def log_images(store: Store, seq: int, images: Iterable[Image]) -> None:
    """Write *images* to the log of operation *seq*."""
    rows = (
        (seq, i.position, i.type, i.id, image_from_entity(i.before), image_from_entity(i.after))
        for i in images
    )
    store.connection.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)", rows)


def make_image(position: int, before: StoredEntity | None, after: StoredEntity | None) -> Image:
    """Return the line of the log for a row that changes from *before* to *after*."""
    stored = after or before
    assert stored is not None  # noqa: S101  (one of the two is always there)
    return Image(position, stored.entity.type, stored.entity.id, before, after)


def entity_from_image(text: str) -> StoredEntity:
    """Return the entity of an image, with the batch and shorthand mark of its row."""
    record = json.loads(text)
    batch, shorthand = record.pop("_batch", None), record.pop("_shorthand", False)
    return StoredEntity(entity_from_record(record), batch, shorthand)


def note_documents(store: Store, seq: int, documents: Iterable[str]) -> None:
    """Note in the log that operation *seq* touches *documents*, ids."""
    rows = ((seq, document) for document in documents)
    store.connection.executemany("INSERT OR IGNORE INTO operation_document VALUES (?, ?)", rows)


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
    row = store.connection.execute(query, (statement,)).fetchone()
    return None if row is None else str(row[0])


def _refuse_taken(store: Store, operation: Operation) -> None:
    for change in operation.changes:
        if change.before is None and (place := place_of(store, change.entity.id)):
            message = (
                f"the id {change.entity.id!r} already belongs to a {place[0]}; nothing was changed"
            )
            raise ConflictError(message)


def _entity_there(
    store: Store, found: dict[str, StoredEntity], type_: str, id_: str
) -> Entity | None:
    """Return the stored entity *id_* of *type_*, and add it to *found*."""
    stored = found.get(id_) or stored_entity(store, type_, id_)
    if stored is None or stored.entity.type != type_:
        return None
    found[id_] = stored
    return stored.entity


def _keep_rubrics(store: Store, writer: Writer, operation: Operation, seq: int) -> None:
    """Store the rubrics that the new ratings of *operation* need.

    A rubric that argmap does not ship is added with the operation, and removed by its undo.
    """
    new = [c.after for c in operation.changes if isinstance(c.after, Rating)]
    known = rubrics(store) if new else {}
    for key in sorted({(rating.rubric, rating.version) for rating in new}):
        rubric = known[key]
        if store.offered.get(key, rubric) != rubric:
            message = (
                f"another process stored {rubric.id} {rubric.version} with other content; try again"
            )
            raise ConflictError(message)
        writer.add_rubric(rubric, None if rubric in shipped_rubrics() else seq)


def _write(
    writer: Writer, type_: str, before: StoredEntity | None, after: StoredEntity | None
) -> None:
    if after is None:
        writer.delete(type_, (before.entity.id,) if before else ())
    elif before is None:
        writer.insert(type_, (after,))
    else:
        writer.update(after.entity)


def image_from_entity(stored: StoredEntity | None) -> str | None:
    """Return *stored* as text for the log; `entity_from_image` reads it."""
    if stored is None:
        return None
    record = record_from_entity(stored.entity)
    if stored.batch is not None:
        record["_batch"] = stored.batch
    if stored.shorthand:
        record["_shorthand"] = True
    return json_text(record)


def filter_by_document(document: str | None) -> str:
    """Return SQL that limits `operation AS o` to *document*, its one value, if given."""
    if document is None:
        return " WHERE 1"
    return " JOIN operation_document AS t ON t.operation = o.seq WHERE t.document = ?"


def sequence_column(document: str | None) -> str:
    """Return the column of operation numbers by which such a query is sorted."""
    return "o.seq" if document is None else "t.operation"


def query_values(value: str | None) -> tuple[str, ...]:
    """Return the values of a query that takes *value*, or no value for None."""
    return () if value is None else (value,)

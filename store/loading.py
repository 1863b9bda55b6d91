"""Read the database: entities, whole maps, what a list shows."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from argmap.collection import paused_collection
from argmap.errors import MissingError
from argmap.model.document import Document
from argmap.model.map import ArgumentMap
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.name_lookup import id_named
from argmap.records.rubric import rubric_from_json
from argmap.records.writing import json_text
from argmap.rubrics import shipped_rubrics

from .rows import TABLES
from .texts import check_type
from .writing import Landed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmap.model.rubric import Rubric

    from .database import Store
    from .rows import Child

T = TypeVar(
    "T", Document, Source, Statement, Inference, Attribution, Rating, Reliability, Credibility
)

_TOGETHER: Final = 500
"""Rows that are read together with what belongs to each; more would only take more memory."""

AMONG: Final = "(SELECT value FROM json_each(?))"
"""What a column is compared with where many values are given as one JSON list."""

_REFERENCES: Final = frozenset({
    "document", "statement", "source", "other", "conclusion_statement", "conclusion_inference",
    "main_item",
})  # fmt: skip
"""Columns that hold ids of other entities."""
_SHARED: Final = _REFERENCES | {
    "kind", "nature", "stance", "scheme", "class", "access", "text_certainty", "source_certainty",
    "rubric", "version", "criterion", "assessor", "state", "letter", "at",
}  # fmt: skip
"""Columns in which many rows have the same words."""
_OFTEN_NAMED: Final = frozenset({"document", "source", "statement"})
"""Types of entities whose ids stand in the rows of others."""

CITED: Final = f"""
    WITH RECURSIVE cited (id) AS (
        SELECT l.source FROM attribution_source AS l
            JOIN attribution AS a ON a.id = l.attribution
            JOIN statement AS s ON s.id = a.statement WHERE s.document IN {AMONG}
        UNION
        SELECT l.other FROM cited JOIN source_link AS l ON l.source = cited.id
        UNION
        SELECT l.source FROM cited JOIN source_link AS l ON l.other = cited.id
            WHERE l.relation = 'same_origin'
    ) SELECT id FROM cited
"""
"""The ids of the sources that the maps of some documents carry."""


@frozen
class Cited:
    """The sources that a map carries, with what is said of each, by id."""

    sources: dict[str, Source]
    reliabilities: dict[str, Reliability]
    ratings: dict[str, Rating]


def entities(store: Store, kind: type[T], where: str = "1", *values: object) -> Iterator[T]:
    """Yield the entities of *kind* whose rows meet the SQL condition *where*."""
    for landed in landed_rows(store, kind.type, where, *values):
        yield landed.entity  # type: ignore[misc]  # a row of its table is of its kind


def landed_rows(store: Store, type_: str, where: str = "1", *values: object) -> Iterator[Landed]:
    """Yield the entities of *type_* that meet *where*, with what only their rows know.

    They are of one moment, that of the first one; their snapshot lasts until the last one
    was taken, or the iterator is dropped.
    """
    with store.reading():
        yield from _landed_rows(store, type_, where, *values)


def _landed_rows(store: Store, type_: str, where: str, *values: object) -> Iterator[Landed]:
    table = TABLES[type_]
    extra = ("shorthand",) if table.shorthand else ()
    columns = (*table.columns, "batch", *extra)
    shared = [place for place, name in enumerate(columns) if name in _shared_in(type_)]
    rows = store.db.conn.execute(f"SELECT {', '.join(columns)} FROM {type_} WHERE {where}", values)
    while some := rows.fetchmany(_TOGETHER if table.children else 1):  # texts can be long
        children = {
            child: _parts(store, child, [row[0] for row in some]) for child in table.children
        }
        for found in some:
            row = dict(zip(columns, _with_shared(found, shared), strict=True))
            own = {child.table: parts.get(row["id"], []) for child, parts in children.items()}
            entity = table.entity(row, own)
            yield Landed(entity, row["batch"], bool(row.get("shorthand")))


def _parts(store: Store, child: Child, ids: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of *child* that belong to the entities called *ids*, by their owners."""
    listed = ", ".join((child.owner, *child.columns))
    query = f"SELECT {listed} FROM {child.table} WHERE {child.owner} IN {AMONG}"
    shared = [place for place, name in enumerate(child.columns) if name in _REFERENCES]
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for owner, *part in store.db.conn.execute(query, (json_text(ids),)):
        groups.setdefault(owner, []).append(tuple(_with_shared(part, shared)))
    return groups


def _shared_in(type_: str) -> frozenset[str]:
    """Return the columns of *type_* whose values many rows have, or name other rows."""
    return _SHARED | {"id"} if type_ in _OFTEN_NAMED else _SHARED


def _with_shared(row: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    """Return *row* with one string for all that are equal at *places*.

    SQLite makes a new one for each cell. Shared ones save a third of the memory of a map.
    """
    values = list(row)
    for place in places:
        value = values[place]
        if value is not None:
            values[place] = intern(value)
    return values


def landed_entity(store: Store, type_: str, id_: str) -> Landed | None:
    """Return the entity of *type_* called *id_* with what its row knows, if it is there."""
    return next(landed_rows(store, type_, "id = ?", id_), None)


def place_of(store: Store, id_: str) -> tuple[str, str | None] | None:
    """Return the type of what is called *id_*, and its document if it names one."""
    query = "SELECT type, document FROM entity WHERE id = ?"
    row = store.db.conn.execute(query, (id_,)).fetchone()
    return None if row is None else (row[0], row[1])


def document_ids(store: Store) -> list[str]:
    """Return the ids of all documents, sorted."""
    return [row[0] for row in store.db.conn.execute("SELECT id FROM document ORDER BY id")]


def document_named(store: Store | None, name: str) -> str:
    """Return the id of the one document whose id or title is *name* or begins with it.

    Raises:
        MissingError: there is none, or more than one.
        ModelError: *name* is no text.
    """
    check_type("name", name)
    if store is None:
        message = f"there is no document {name!r}; the database is empty"
        raise MissingError(message)
    rows = store.db.conn.execute("SELECT id, title FROM document ORDER BY id").fetchall()
    found = id_named(rows, name)
    if found is None:
        message = f"there is no document {name!r}; argmap list shows those there are"
        raise MissingError(message)
    return found


def rubrics(store: Store | None) -> dict[tuple[str, str], Rubric]:
    """Return every rubric that is shipped, offered or stored, by id and version."""
    known = {(r.id, r.version): r for r in shipped_rubrics()}
    if store is not None:
        known |= store.offered
        for (content,) in store.db.conn.execute("SELECT content FROM rubric"):
            rubric = rubric_from_json(content)
            known[rubric.id, rubric.version] = rubric
    return known


def load_document(store: Store, document: str) -> Document:
    """Return the document called *document*, an id, without its map.

    Raises:
        MissingError: it is not there.
    """
    check_document(store, document)
    return next(entities(store, Document, "id = ?", document))


def check_document(store: Store, document: str) -> None:
    """Refuse *document* where it is not the id of a document.

    Raises:
        MissingError: it is not.
    """
    query = "SELECT 1 FROM document WHERE id = ?"
    if store.db.conn.execute(query, (document,)).fetchone() is None:
        message = f"there is no document {document!r}; argmap list shows those there are"
        raise MissingError(message)


def load_map(store: Store, document: str) -> ArgumentMap:
    """Return the map of the document called *document*, an id, as it is at one moment.

    Raises:
        MissingError: it is not there.
    """
    with store.reading(), paused_collection():
        return _load_map(store, document)


def _load_map(store: Store, document: str) -> ArgumentMap:
    found = load_document(store, document)
    own = "statement IN (SELECT id FROM statement WHERE document = ?)"
    cited = load_cited(store, document)
    ratings = {
        **by_id(entities(store, Rating, own, document)),
        **by_id(entities(store, Rating, "document = ?", document)),
        **cited.ratings,
    }
    return ArgumentMap(
        document=found,
        statements=by_id(entities(store, Statement, "document = ?", document)),
        inferences=by_id(entities(store, Inference, "document = ?", document)),
        sources=cited.sources,
        attributions=by_id(entities(store, Attribution, own, document)),
        ratings=ratings,
        reliabilities=cited.reliabilities,
        credibilities=by_id(entities(store, Credibility, own, document)),
        rubrics=rubrics(store),
    )


def load_cited(store: Store, document: str) -> Cited:
    """Return the sources that the map of *document*, an id, carries."""
    with store.reading():
        cited = store.db.conn.execute(CITED, (json_text([document]),))
        ids = json_text([row[0] for row in cited])
        return Cited(
            by_id(entities(store, Source, f"id IN {AMONG}", ids)),
            by_id(entities(store, Reliability, f"source IN {AMONG}", ids)),
            by_id(entities(store, Rating, f"source IN {AMONG}", ids)),
        )


def list_sources(store: Store) -> list[Source]:
    """Return every source of the database, by name."""
    return sorted(entities(store, Source), key=lambda s: (s.name.casefold(), s.name, s.id))


def is_inference(store: Store, id_: str) -> bool:
    """Tell whether an inference is called *id_*."""
    query = "SELECT 1 FROM inference WHERE id = ?"
    return store.db.conn.execute(query, (id_,)).fetchone() is not None


def kept_rubric_hash(store: Store, id_: str, version: str) -> str | None:
    """Return the hash of the stored rubric of that id and version, if there is one."""
    query = "SELECT sha256 FROM rubric WHERE id = ? AND version = ?"
    row = store.db.conn.execute(query, (id_, version)).fetchone()
    return None if row is None else str(row[0])


def by_id(found: Iterable[T]) -> dict[str, T]:
    """Return *found* by their ids."""
    return {entity.id: entity for entity in found}

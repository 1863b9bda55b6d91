"""Read the database: entities, whole maps, what a list shows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from argmap.errors import MissingError
from argmap.model.document import Document
from argmap.model.map import ArgumentMap
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.name_lookup import id_named
from argmap.records.rubric import rubric_from_json
from argmap.rubrics import shipped_rubrics

from .rows import TABLES
from .texts import check_type
from .writing import Landed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmap.model.rubric import Rubric

    from .database import Store

T = TypeVar(
    "T", Document, Source, Statement, Inference, Attribution, Rating, Reliability, Credibility
)

_MOST_VARIABLES: Final = 500
"""Ids in one query, at most."""

_CITED: Final = """
    WITH RECURSIVE cited (id) AS (
        SELECT l.source FROM attribution_source AS l
            JOIN attribution AS a ON a.id = l.attribution
            JOIN statement AS s ON s.id = a.statement WHERE s.document = ?
        UNION
        SELECT l.other FROM cited JOIN source_link AS l ON l.source = cited.id
        UNION
        SELECT l.source FROM cited JOIN source_link AS l ON l.other = cited.id
            WHERE l.relation = 'same_origin'
    ) SELECT id FROM cited
"""


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
    rows = store.db.conn.execute(f"SELECT {', '.join(columns)} FROM {type_} WHERE {where}", values)
    first = rows.fetchone()
    if first is None:
        return
    children = {}
    for child in table.children:
        listed = ", ".join((child.owner, *child.columns))
        groups: dict[str, list[tuple[Any, ...]]] = {}
        chosen = f"SELECT id FROM {type_} WHERE {where}"
        query = f"SELECT {listed} FROM {child.table} WHERE {child.owner} IN ({chosen})"
        for part in store.db.conn.execute(query, values):
            groups.setdefault(part[0], []).append(part[1:])
        children[child.table] = groups
    for values_ in chain((first,), rows):
        row = dict(zip(columns, values_, strict=True))
        own = {name: groups.get(row["id"], []) for name, groups in children.items()}
        entity = table.entity(row, own)
        yield Landed(entity, row["batch"], bool(row.get("shorthand")))


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
    found = next(entities(store, Document, "id = ?", document), None)
    if found is None:
        message = f"there is no document {document!r}; argmap list shows those there are"
        raise MissingError(message)
    return found


def load_map(store: Store, document: str) -> ArgumentMap:
    """Return the map of the document called *document*, an id, as it is at one moment.

    Raises:
        MissingError: it is not there.
    """
    with store.reading():
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
        ids = [row[0] for row in store.db.conn.execute(_CITED, (document,))]
        return Cited(
            by_id(_of_sources(store, Source, "id", ids)),
            by_id(_of_sources(store, Reliability, "source", ids)),
            by_id(_of_sources(store, Rating, "source", ids)),
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


def _of_sources(store: Store, kind: type[T], column: str, ids: Sequence[str]) -> Iterator[T]:
    for first in range(0, len(ids), _MOST_VARIABLES):
        some = ids[first : first + _MOST_VARIABLES]
        yield from entities(store, kind, f"{column} IN ({', '.join('?' * len(some))})", *some)


def by_id(found: Iterable[T]) -> dict[str, T]:
    """Return *found* by their ids."""
    return {entity.id: entity for entity in found}

"""Load documents and their whole maps, each from one snapshot."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from argmap.errors import MissingError
from argmap.host.garbage_collection import paused_collection
from argmap.model.document import Document
from argmap.model.map import ArgumentMap
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.text.name_lookup import find_id
from store.database.argument_checks import check_type
from store.rows.known_rubrics import rubrics_when_needed
from store.rows.reading import AMONG, by_id, entities, sharing

if TYPE_CHECKING:
    from store.database.store import Store

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
"""The ids of the sources that belong to the maps of some documents."""


class CitedSources(NamedTuple):
    """The sources of a map, with the letters and ratings of each, by id."""

    sources: dict[str, Source]
    reliabilities: dict[str, Reliability]
    ratings: dict[str, Rating]


def document_ids(store: Store) -> list[str]:
    """Return the ids of all documents, sorted."""
    return [row[0] for row in store.connection.execute("SELECT id FROM document ORDER BY id")]


def document_named(store: Store | None, name: str) -> str:
    """Return the id of the only document whose id or title is or begins with *name*.

    Raises:
        MissingError: there is no such document, or more than one.
        ModelError: *name* is not text.
    """
    check_type("name", name)
    if store is None:
        message = f"there is no document {name!r}; the database is empty"
        raise MissingError(message)
    rows = store.connection.execute("SELECT id, title FROM document ORDER BY id").fetchall()
    id_ = find_id(rows, name)
    if id_ is None:
        message = f"there is no document {name!r}; argmap list shows all documents"
        raise MissingError(message)
    return id_


def load_document(store: Store, document: str) -> Document:
    """Return the document *document*, an id, without its map.

    Raises:
        MissingError: it does not exist.
    """
    with store.reading():  # otherwise another process could remove it in between
        check_document(store, document)
        return next(entities(store, Document, "id = ?", document))


def check_document(store: Store, document: str) -> None:
    """Check that *document* is the id of a document.

    Raises:
        MissingError: it is not.
    """
    query = "SELECT 1 FROM document WHERE id = ?"
    if store.connection.execute(query, (document,)).fetchone() is None:
        message = f"there is no document {document!r}; argmap list shows all documents"
        raise MissingError(message)


def load_map(store: Store, document: str) -> ArgumentMap:
    """Return the map of *document*, an id, from one snapshot.

    Raises:
        MissingError: the document does not exist.
    """
    with store.reading(), paused_collection():
        return _load_map(store, document)


def _load_map(store: Store, document: str) -> ArgumentMap:
    found = load_document(store, document)
    own = "statement IN (SELECT id FROM statement WHERE document = ?)"
    cited = load_cited(store, document)
    statements: dict[str, Statement] = {}
    read = partial(entities, store, share=sharing(statements))
    # First, because all others name their ids.
    statements.update((s.id, s) for s in read(Statement, "document = ?", document))
    ratings = {
        **by_id(read(Rating, own, document)),
        **by_id(read(Rating, "document = ?", document)),
        **cited.ratings,
    }
    return ArgumentMap(
        document=found,
        statements=statements,
        inferences=by_id(read(Inference, "document = ?", document)),
        sources=cited.sources,
        attributions=by_id(read(Attribution, own, document)),
        ratings=ratings,
        reliabilities=cited.reliabilities,
        credibilities=by_id(read(Credibility, own, document)),
        rubrics=rubrics_when_needed(store),
    )


def load_cited(store: Store, document: str) -> CitedSources:
    """Return the sources that belong to the map of *document*, an id."""
    with store.reading():
        cited = store.connection.execute(CITED, (json.dumps([document]),))
        ids = json.dumps([row[0] for row in cited])
        return CitedSources(
            by_id(entities(store, Source, f"id IN {AMONG}", ids)),
            by_id(entities(store, Reliability, f"source IN {AMONG}", ids)),
            by_id(entities(store, Rating, f"source IN {AMONG}", ids)),
        )


def list_sources(store: Store) -> list[Source]:
    """Return every source of the database, by name."""
    return sorted(entities(store, Source), key=lambda s: (s.name.casefold(), s.name, s.id))

"""Load the bundle of documents, sources and rubrics for an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats.bundle import Bundle
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Source
from argmap.records.encode import json_text
from argmap.records.rubric import rubric_hash
from argmap.rubrics import shipped_rubrics
from store.rows.known_rubrics import rubrics
from store.rows.reading import AMONG

from .map_streams import (
    Snapshot,
    StoredEntities,
    StoredMaps,
    StoredStreams,
    importable_letters,
    importable_sources,
    unchanged,
)
from .maps import CITED, check_document, document_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.rubric import Rubric
    from store.database.store import Store

_USED: Final = f"""
    SELECT rubric, version FROM rating WHERE document IN {AMONG}
    UNION SELECT r.rubric, r.version FROM statement AS s JOIN rating AS r ON r.statement = s.id
        WHERE s.document IN {AMONG}
    UNION SELECT rubric, version FROM rating WHERE source IN ({CITED})
    ORDER BY 1, 2
"""


def load_bundle(store: Store, documents: Sequence[str]) -> Bundle:
    """Return *documents*, ids, with the sources that they cite, for an export.

    The bundle is read while it is exported, all in one snapshot, which lasts until the bundle is
    dropped. Nothing can be written through *store* until then.

    Raises:
        MissingError: one of the documents does not exist.
    """
    snapshot = Snapshot(store)
    ids = sorted(set(documents))
    for id_ in ids:
        check_document(store, id_)
    listed = json_text(ids)
    known = rubrics(store)
    shipped = {rubric_hash(rubric) for rubric in shipped_rubrics()}
    used = [known[row[0], row[1]] for row in snapshot.rows(_USED, listed, listed, listed)]
    own = tuple(rubric for rubric in used if rubric_hash(rubric) not in shipped)
    return _bundle(snapshot, ids, own, f"IN ({CITED})", listed)


def load_everything(store: Store) -> Bundle:
    """Return the whole database for an export; it is read as `load_bundle` says."""
    snapshot = Snapshot(store)
    left_out = (*shipped_rubrics(), *store.offered.values())
    own = tuple(rubric for rubric in rubrics(store).values() if rubric not in left_out)
    return _bundle(snapshot, document_ids(store), own, "IS NOT NULL")


def _bundle(
    snapshot: Snapshot, ids: list[str], own: tuple[Rubric, ...], cited: str, *values: object
) -> Bundle:
    """Return the bundle of *ids*, with the sources whose ids meet *cited*."""
    query = "SELECT pk FROM {} WHERE {} {} ORDER BY id"
    sources, letters, ratings = (
        snapshot.places(query.format(table, column, cited), *values)
        for table, column in (("source", "id"), ("reliability", "source"), ("rating", "source"))
    )
    return Bundle(
        maps=StoredMaps(snapshot, ids),
        sources=StoredEntities(snapshot, Source, sources, importable_sources),
        reliabilities=StoredEntities(snapshot, Reliability, letters, importable_letters),
        ratings=StoredEntities(snapshot, Rating, ratings, unchanged),
        rubrics=own,
        streams=StoredStreams(snapshot, ids),
    )

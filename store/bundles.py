"""Read what an export carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.bundling import bundle_of
from argmap.formats import Bundle
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Source
from argmap.rubrics import shipped_rubrics

from .loading import by_id, document_ids, entities, load_map, rubrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .opening import Store


def load_bundle(store: Store, documents: Sequence[str]) -> Bundle:
    """Return what an export of *documents*, ids, carries: them and the sources they cite."""
    return bundle_of([load_map(store, id_) for id_ in sorted(set(documents))])


def load_everything(store: Store) -> Bundle:
    """Return all that the database holds; its maps are made one at a time."""
    left_out = (*shipped_rubrics(), *store.offered.values())
    return Bundle(
        maps=(load_map(store, id_) for id_ in document_ids(store)),
        sources=by_id(entities(store, Source)),
        reliabilities=by_id(entities(store, Reliability)),
        ratings=by_id(entities(store, Rating, "source IS NOT NULL")),
        rubrics=tuple(r for r in rubrics(store).values() if r not in left_out),
    )

"""Read what an export carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from argmap.bundling import as_exported, bundle_of
from argmap.formats import Bundle
from argmap.model.older_rows import all_importable
from argmap.model.rating import Rating, Reliability, with_reason
from argmap.model.source import Source
from argmap.rubrics import shipped_rubrics

from .loading import by_id, document_ids, entities, load_map, rubrics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.map import ArgumentMap

    from .database import Store


def load_bundle(store: Store, documents: Sequence[str]) -> Bundle:
    """Return what an export of *documents*, ids, carries: them and the sources they cite."""
    with store.reading():
        return bundle_of([load_map(store, id_) for id_ in sorted(set(documents))])


def load_everything(store: Store) -> Bundle:
    """Return everything the database holds; its maps are loaded one at a time.

    All of it is of one moment: the snapshot ends once the last map was taken, or the maps
    are dropped. Until then nothing can be written through *store*.
    """
    left_out = (*shipped_rubrics(), *store.offered.values())
    maps = _maps(store)
    next(maps)  # the snapshot begins here, and not with the first map that is asked for
    sources = by_id(entities(store, Source))
    letters = by_id(entities(store, Reliability))
    return Bundle(
        maps=cast("Iterator[ArgumentMap]", maps),
        sources=all_importable(sources),
        reliabilities=all_importable(
            {i: with_reason(r, sources[r.source].kind) for i, r in letters.items()}
        ),
        ratings=by_id(entities(store, Rating, "source IS NOT NULL")),
        rubrics=tuple(r for r in rubrics(store).values() if r not in left_out),
    )


def _maps(store: Store) -> Iterator[ArgumentMap | None]:
    """Yield None, and then each map, in one snapshot."""
    with store.reading():
        yield None
        for id_ in document_ids(store):
            yield as_exported(load_map(store, id_))

"""Merge two sources of a database, in all documents that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.merge_sources import merge_sources as merger_of
from store.queries.sources import load_source_pair

from .operations import apply

if TYPE_CHECKING:
    from argmap.edit.merge_sources import SourceMerge
    from store.database.store import Store


def merge_sources(store: Store, gone: str, into: str, at: str) -> SourceMerge:
    """Merge the source *gone* into the source *into*, as one operation.

    Args:
        store: Open to write.
        gone: The id of the source that is removed.
        into: The id of the source that stays.
        at: UTC, ISO 8601.

    Raises:
        EditError: *gone* and *into* are the same source.
        MissingError: one of them does not exist.
    """
    with store.writing():
        merger = merger_of(load_source_pair(store, gone, into))
        apply(store, merger.operation, at)
    return merger

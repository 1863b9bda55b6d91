"""Merge two sources of a database: one operation over all documents that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.merge_sources import merge_sources as merger_of
from store.queries.sources import load_source_pair

from .operations import apply

if TYPE_CHECKING:
    from argmap.edit.merge_sources import SourceMerge
    from store.database.store import Store


def merge_sources(store: Store, gone: str, into: str, at: str) -> SourceMerge:
    """Make one source of two, ids, at the time *at*: one operation over all documents.

    Raises:
        EditError: it is the same source twice.
        MissingError: one is not there.
    """
    with store.writing():
        merger = merger_of(load_source_pair(store, gone, into))
        apply(store, merger.operation, at)
    return merger

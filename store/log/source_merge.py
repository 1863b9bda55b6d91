"""Merge two sources of a database: one operation over all documents that cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit.source_merge import merge_sources as merger_of
from store.queries.sources import load_citing

from .operations import apply

if TYPE_CHECKING:
    from argmap.edit.source_merge import Merger
    from store.database.store import Store


def merge_sources(store: Store, gone: str, into: str, at: str) -> Merger:
    """Make one source of two, ids, at the time *at*: one operation over all documents.

    Raises:
        EditError: it is the same source twice.
        MissingError: one is not there.
    """
    with store.writing():
        merger = merger_of(load_citing(store, gone, into))
        apply(store, merger.operation, at)
    return merger

"""Reading a document to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.errors import MissingError
from argmap.model.map import ArgumentMap
from store.log import load_map_and_place
from store.queries import count_statements, load_document

if TYPE_CHECKING:
    from store import Store
    from store.log import LogPlace

AT_ONCE: Final = 1500
"""Maximum number of statements of a map that is read before the first frame."""


def open_map(store: Store, document: str) -> tuple[ArgumentMap, LogPlace | None] | None:
    """Return the map of *document*, an id, with its place in the log.

    Returns:
        For a map of more than `AT_ONCE` statements only the document, and no place. None if there
        is no such document.
    """
    try:
        if count_statements(store, document) > AT_ONCE:
            return ArgumentMap(load_document(store, document)), None
        return load_map_and_place(store, document)
    except MissingError:
        return None

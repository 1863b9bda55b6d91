"""Reading a document to open it, and making one of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.adding import document_from_text
from argmap.edit import add_document, remove_document
from argmap.errors import MissingError
from argmap.model.map import ArgumentMap
from store import (
    apply,
    count_statements,
    document_with_text,
    load_document,
    load_map,
    load_map_and_place,
)
from tui.session import now

if TYPE_CHECKING:
    from store import LogPlace, Store

AT_ONCE: Final = 1500
"""Statements of a map that is read before the first frame; a bigger one comes after it."""


def open_map(store: Store, document: str) -> tuple[ArgumentMap, LogPlace | None] | None:
    """Return the map of *document*, an id, with its place in the log.

    Returns:
        Only its text, and no place, where the map is big; None where there is no such document.
    """
    try:
        if count_statements(store, document) > AT_ONCE:
            return ArgumentMap(load_document(store, document)), None
        return load_map_and_place(store, document)
    except MissingError:
        return None


def add_text(store: Store, text: str, otherwise: str = "Untitled") -> tuple[str, bool]:
    """Make a document of *text*; return its id, and whether it was not there yet.

    Raises:
        ModelError: it has no text, or its title breaks a rule.
    """
    document = document_from_text(text, otherwise)
    there = document_with_text(store, document.sha256)
    if there is not None:
        return there, False
    apply(store, add_document(document), now())
    return document.id, True


def remove(store: Store, document: str) -> str:
    """Remove *document*, an id, with its map; return what that is called.

    Raises:
        MissingError: it is not there.
    """
    operation = remove_document(load_map(store, document))
    apply(store, operation, now())
    return operation.label

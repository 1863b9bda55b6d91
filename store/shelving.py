"""Whole documents: added once, and removed with their maps; each is an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import add_document, remove_document

from .clock import now
from .loading import load_map
from .operations import apply
from .searching import document_with_text

if TYPE_CHECKING:
    from argmap.model.document import Document

    from .opening import Store


def shelve(store: Store, document: Document) -> tuple[str, bool]:
    """Add *document*; return its id, or that of the one with its text, and whether it is new."""
    there = document_with_text(store, document.sha256)
    if there is not None:
        return there, False
    apply(store, add_document(document), now())
    return document.id, True


def unshelve(store: Store, document: str) -> str:
    """Remove *document*, an id, with its map; return what that operation is called.

    Raises:
        MissingError: it is not there.
    """
    operation = remove_document(load_map(store, document))
    apply(store, operation, now())
    return operation.label

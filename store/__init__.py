"""The store: argument maps in one SQLite file, through sqlite-utils.

Names are loaded when they are first used: a screen that opens needs few of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .bundles import load_bundle, load_everything
    from .doctor import Complaint, examine
    from .example import add_example
    from .following import Followed, LogPlace, data_version, follow, load_map_and_place, log_place
    from .glancing import count_statements, done_to, newest_adds
    from .ingest import Account, ImportFile, ImportOptions, import_records, read_records
    from .loading import (
        document_ids,
        document_named,
        list_sources,
        load_document,
        load_map,
        rubrics,
    )
    from .offering import home_of, offer, offer_file
    from .opening import Store, copy_to, open_memory, open_store, open_to_read
    from .operations import Logged, apply, history, redo, undo
    from .searching import Hit, Listed, document_with_text, is_rated, list_documents, search
    from .sources import (
        ListedSource,
        Saying,
        admiralty_pairs,
        earlier_letters,
        list_cited,
        merge_sources,
        said_by,
        source_named,
        source_with,
    )

_HOME: Final = {
    "Account": "ingest",
    "Complaint": "doctor",
    "Followed": "following",
    "Hit": "searching",
    "ImportFile": "ingest",
    "ImportOptions": "ingest",
    "Listed": "searching",
    "ListedSource": "sources",
    "LogPlace": "following",
    "Logged": "operations",
    "Saying": "sources",
    "Store": "opening",
    "add_example": "example",
    "admiralty_pairs": "sources",
    "apply": "operations",
    "copy_to": "opening",
    "count_statements": "glancing",
    "data_version": "following",
    "document_ids": "loading",
    "document_named": "loading",
    "document_with_text": "searching",
    "done_to": "glancing",
    "earlier_letters": "sources",
    "examine": "doctor",
    "follow": "following",
    "history": "operations",
    "home_of": "offering",
    "import_records": "ingest",
    "is_rated": "searching",
    "list_cited": "sources",
    "list_documents": "searching",
    "list_sources": "loading",
    "load_bundle": "bundles",
    "load_document": "loading",
    "load_everything": "bundles",
    "load_map": "loading",
    "load_map_and_place": "following",
    "log_place": "following",
    "merge_sources": "sources",
    "newest_adds": "glancing",
    "offer": "offering",
    "offer_file": "offering",
    "open_memory": "opening",
    "open_store": "opening",
    "open_to_read": "opening",
    "read_records": "ingest",
    "redo": "operations",
    "rubrics": "loading",
    "said_by": "sources",
    "search": "searching",
    "source_named": "sources",
    "source_with": "sources",
    "undo": "operations",
}
"""In which module each name is."""

__all__ = [
    "Account",
    "Complaint",
    "Followed",
    "Hit",
    "ImportFile",
    "ImportOptions",
    "Listed",
    "ListedSource",
    "LogPlace",
    "Logged",
    "Saying",
    "Store",
    "add_example",
    "admiralty_pairs",
    "apply",
    "copy_to",
    "count_statements",
    "data_version",
    "document_ids",
    "document_named",
    "document_with_text",
    "done_to",
    "earlier_letters",
    "examine",
    "follow",
    "history",
    "home_of",
    "import_records",
    "is_rated",
    "list_cited",
    "list_documents",
    "list_sources",
    "load_bundle",
    "load_document",
    "load_everything",
    "load_map",
    "load_map_and_place",
    "log_place",
    "merge_sources",
    "newest_adds",
    "offer",
    "offer_file",
    "open_memory",
    "open_store",
    "open_to_read",
    "read_records",
    "redo",
    "rubrics",
    "said_by",
    "search",
    "source_named",
    "source_with",
    "undo",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any of the names above)
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value

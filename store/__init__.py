"""The store: argument maps in one SQLite file, through sqlite-utils."""

from .doctor import Complaint, examine
from .example import add_example
from .following import Followed, LogPlace, data_version, follow, load_map_and_place, log_place
from .glancing import count_statements, done_to, load_document
from .ingest import Account, ImportFile, ImportOptions, import_records, read_records
from .loading import (
    document_ids,
    document_named,
    list_sources,
    load_bundle,
    load_everything,
    load_map,
    rubrics,
)
from .opening import Store, copy_to, open_memory, open_store, open_to_read
from .operations import Logged, apply, history, redo, undo
from .searching import Hit, Listed, document_with_text, is_rated, list_documents, search

__all__ = [
    "Account",
    "Complaint",
    "Followed",
    "Hit",
    "ImportFile",
    "ImportOptions",
    "Listed",
    "LogPlace",
    "Logged",
    "Store",
    "add_example",
    "apply",
    "copy_to",
    "count_statements",
    "data_version",
    "document_ids",
    "document_named",
    "document_with_text",
    "done_to",
    "examine",
    "follow",
    "history",
    "import_records",
    "is_rated",
    "list_documents",
    "list_sources",
    "load_bundle",
    "load_document",
    "load_everything",
    "load_map",
    "load_map_and_place",
    "log_place",
    "open_memory",
    "open_store",
    "open_to_read",
    "read_records",
    "redo",
    "rubrics",
    "search",
    "undo",
]

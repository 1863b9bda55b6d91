"""The store: argument maps in one SQLite file, through sqlite-utils."""

from .doctor import Complaint, examine
from .ingest import Account, ImportFile, ImportOptions, import_records, read_records
from .loading import document_ids, document_named, load_bundle, load_everything, load_map, rubrics
from .opening import Store, copy_to, open_memory, open_store, open_to_read
from .operations import Logged, apply, history, redo, undo
from .searching import Hit, Listed, document_with_text, is_rated, list_documents, search

__all__ = [
    "Account",
    "Complaint",
    "Hit",
    "ImportFile",
    "ImportOptions",
    "Listed",
    "Logged",
    "Store",
    "apply",
    "copy_to",
    "document_ids",
    "document_named",
    "document_with_text",
    "examine",
    "history",
    "import_records",
    "is_rated",
    "list_documents",
    "load_bundle",
    "load_everything",
    "load_map",
    "open_memory",
    "open_store",
    "open_to_read",
    "read_records",
    "redo",
    "rubrics",
    "search",
    "undo",
]

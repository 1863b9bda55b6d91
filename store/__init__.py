"""The store: argument maps in one SQLite file, through sqlite-utils.

What a script needs, with `argmap` for what it does to a map in memory::

    with store.open_store("op-eds.db") as opened:       # made if it is not there
        id_ = store.add_text(opened, text, author="R. Ames")
        account = store.import_from(opened, records, assessor="amy")
        argument_map = store.load_map(opened, id_)
        operation = argmap.edit.change_statement(argument_map, "C1", nature="causal")
        store.apply(opened, operation)
        store.undo(opened)
        markdown = argmap.export_text(store.load_map(opened, id_))

`document_ids` lists all documents, `document_named` finds one by a beginning of its title,
`fresh_id` makes the ids that verbs ask for, `history` and `redo` go with `undo`, and
`examine` is the doctor. The other names serve the command line and the workbench.

Each write is one operation, done and undone as one, and other processes may read and write
the same file meanwhile. What cannot be done raises a subclass of `argmap.ArgmapError` and
changes nothing; what is wrong with single records is in the account instead. A store
belongs to the thread that opened it, and to nobody once it is closed.

Names are loaded when they are first used: a screen that opens needs few of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .database.backup import copy_to
    from .database.opening import open_memory, open_store, open_to_examine, open_to_read
    from .database.store import Store
    from .doctor.examination import Complaint, examine
    from .doctor.repairs import repair
    from .ingest.example import add_example
    from .ingest.inputs import ImportFile, ImportOptions, read_records
    from .ingest.report import Account
    from .ingest.run import import_records
    from .ingest.script_records import import_from
    from .log.documents import add_text
    from .log.fresh_ids import fresh_id
    from .log.map_updates import (
        Followed,
        LogPlace,
        data_version,
        follow,
        load_map_and_place,
        log_place,
    )
    from .log.operations import Logged, apply, history
    from .log.reversal import redo, undo
    from .log.source_merge import merge_sources
    from .merge.run import Merged, MergeOptions, merge_database
    from .queries.bundles import load_bundle, load_everything
    from .queries.document_search import (
        Hit,
        Listed,
        document_with_text,
        is_rated,
        list_documents,
        search,
    )
    from .queries.maps import document_ids, document_named, list_sources, load_document, load_map
    from .queries.quick_queries import count_statements, done_to, newest_adds
    from .queries.rubric_files import home_of, offer, offer_file
    from .queries.sources import (
        ListedSource,
        Saying,
        admiralty_pairs,
        earlier_letters,
        list_cited,
        newest_classes,
        said_by,
        source_named,
        source_with,
    )
    from .queries.suspected_copies import look_elsewhere
    from .rows.known_rubrics import rubrics

_HOME: Final = {
    "Account": "rejections",
    "Complaint": "doctor",
    "Followed": "following",
    "Hit": "searching",
    "ImportFile": "inputs",
    "ImportOptions": "inputs",
    "Listed": "searching",
    "ListedSource": "sources",
    "LogPlace": "following",
    "Logged": "operations",
    "MergeOptions": "merging",
    "Merged": "merging",
    "Saying": "sources",
    "Store": "database",
    "add_example": "example",
    "add_text": "shelving",
    "admiralty_pairs": "sources",
    "apply": "operations",
    "copy_to": "copying",
    "count_statements": "glancing",
    "data_version": "following",
    "document_ids": "maps",
    "document_named": "maps",
    "document_with_text": "searching",
    "done_to": "glancing",
    "earlier_letters": "sources",
    "examine": "doctor",
    "follow": "following",
    "fresh_id": "fresh_ids",
    "history": "operations",
    "home_of": "offering",
    "import_from": "spooling",
    "import_records": "ingest",
    "is_rated": "searching",
    "list_cited": "sources",
    "list_documents": "searching",
    "list_sources": "maps",
    "load_bundle": "bundles",
    "load_document": "maps",
    "load_everything": "bundles",
    "load_map": "maps",
    "load_map_and_place": "following",
    "log_place": "following",
    "look_elsewhere": "elsewhere",
    "merge_database": "merging",
    "merge_sources": "source_merge",
    "newest_adds": "glancing",
    "newest_classes": "sources",
    "offer": "offering",
    "offer_file": "offering",
    "open_memory": "opening",
    "open_store": "opening",
    "open_to_examine": "opening",
    "open_to_read": "opening",
    "read_records": "inputs",
    "redo": "reversing",
    "repair": "repairing",
    "rubrics": "known_rubrics",
    "said_by": "sources",
    "search": "searching",
    "source_named": "sources",
    "source_with": "sources",
    "undo": "reversing",
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
    "MergeOptions",
    "Merged",
    "Saying",
    "Store",
    "add_example",
    "add_text",
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
    "fresh_id",
    "history",
    "home_of",
    "import_from",
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
    "look_elsewhere",
    "merge_database",
    "merge_sources",
    "newest_adds",
    "newest_classes",
    "offer",
    "offer_file",
    "open_memory",
    "open_store",
    "open_to_examine",
    "open_to_read",
    "read_records",
    "redo",
    "repair",
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


def __dir__() -> list[str]:
    return __all__

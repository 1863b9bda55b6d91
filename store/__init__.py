"""The store: argument maps in one SQLite file, through sqlite-utils.

These are the functions for scripts. `argmap` has those that work on a map in memory::

    with store.open_store("op-eds.db") as opened:       # creates the file if it is missing
        id_ = store.add_text(opened, text, author="R. Ames")
        report = store.import_from(opened, records, assessor="amy")
        argument_map = store.load_map(opened, id_)
        operation = argmap.edit.change_statement(argument_map, "C1", nature="causal")
        store.apply(opened, operation)
        store.undo(opened)
        markdown = argmap.export_text(store.load_map(opened, id_))

`document_ids` lists all documents, `document_named` finds one by the beginning of its title,
`fresh_id` makes the ids that edits need, `history` and `redo` go with `undo`, and `examine`
checks the database. The functions that only the command line and the workbench need are in the
rooms: `database`, `rows`, `rules`, `queries`, `log`, `doctor`, `ingest` and `merge`.

Each write is one operation, which is done or undone as a whole. Other processes may read and
write the file at the same time. A call that fails raises a subclass of `argmap.ArgmapError` and
changes nothing; faults in single records are listed in the import report instead. Only the
thread that opened a store may use it, and only until it is closed.

Names are loaded when they are first used, because a screen needs only a few of them.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

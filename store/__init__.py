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
`examine` is the doctor. What the command line and the workbench need besides, each room offers
itself: `database`, `rows`, `rules`, `queries`, `log`, `doctor`, `ingest` and `merge`.

Each write is one operation, done and undone as one, and other processes may read and write
the same file meanwhile. What cannot be done raises a subclass of `argmap.ArgmapError` and
changes nothing; what is wrong with single records is in the account instead. A store
belongs to the thread that opened it, and to nobody once it is closed.

Names are loaded when they are first used: a screen that opens needs few of them.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

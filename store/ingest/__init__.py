"""Import records: read, checked together, and written some hundreds at a time.

`run` scans the files once (`prescan`), hands their records to `pipeline`, and returns the
account. In the pipeline `check` asks `build` for an entity of each record and finds what is
wrong with it, `backlog` keeps records that have to wait, and `write` makes rows of those that
are accepted; `transactions` commits, and resumes what was interrupted. In the store only `merge`
imports this room.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Import records: read, checked together, and written some hundreds at a time.

`run` takes the files and gives the account, and `pipeline` is the way of a record: `build`
makes an entity of it, `check` finds what is wrong with it, `backlog` keeps it while it has to
wait, and `write` makes rows of those that are accepted. Only `merge` imports this room.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""The database file: opened, migrated, copied and checked.

The lowest room: it knows no entity, and every other room of the store may import it. It turns
SQLite's errors into messages for people.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Examine a database, and rebuild everything in it that is derived from other rows.

No row that a person entered is changed. Nothing else in the store imports this room.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Rules for stored data that SQLite's constraints cannot express.

Edits, imports, merges and the doctor apply the same rules. The room imports `rows`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

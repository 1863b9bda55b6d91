"""Entities as rows: how each type is stored, read, and indexed in the full text.

All rooms except `database` may import it. It reads and writes single entities, or those that
meet a condition; the queries that people need are in `queries`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

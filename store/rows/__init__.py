"""Entities as rows: how each type is stored, read back, and kept in the full-text indexes.

All rooms but `database` may import it. One entity at a time, or those that meet a condition;
what people ask for is put together in `queries`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

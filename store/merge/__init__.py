"""Merge another database into this one: ids decide, and nothing of either is lost.

The plan becomes records, which `ingest` imports. Nothing in the store imports this room.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Merge another database into this one, by id; neither loses anything.

The plan of a merge is written as records, which `ingest` imports. Nothing else in the store
imports this room.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

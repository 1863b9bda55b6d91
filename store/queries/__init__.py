"""Queries for people: maps, documents, sources and searches.

Each query reads one state of the file, in its own snapshot or its caller's, and changes nothing
in the file. It imports `rows`; the rooms that write may import it.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

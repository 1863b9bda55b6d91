"""Examine a database, and repair what can be worked out from its rows.

It changes no record of a person. Nothing in the store imports it.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

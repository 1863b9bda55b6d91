"""The log of operations: apply, undo, redo and follow them.

Everything that a person can undo is written here, each operation in one transaction. The room
imports `queries`; imports write their part of the log through it.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

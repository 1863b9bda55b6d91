"""Operations: applied and logged, undone and redone, and followed by other processes.

Everything that a person can take back is done here, each operation in one transaction. It
imports `queries`; imports write their part of the log through it.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

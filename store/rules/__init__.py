"""What may be stored where SQLite's own constraints cannot say it.

Edits, imports, merges and the doctor check by the same rules. It imports `rows`.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

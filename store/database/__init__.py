"""The file as SQLite sees it: opened, migrated, copied, and never damaged.

The lowest room: it knows no entity, and every other room of the store may import it. SQLite's
errors leave it as sentences for people.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

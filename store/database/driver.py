"""Python's module for SQLite that sqlite-utils uses too: pysqlite3 where there is one.

It stands here, because who only reads needs nothing else of sqlite-utils, which takes longer to
load than a map to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3"]

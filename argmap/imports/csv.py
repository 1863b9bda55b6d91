"""CSV: one row for each statement, in any dialect of it; `argmap.tables` says its columns."""

from __future__ import annotations

from typing import Final

from argmap.imports._tables import table_format

FORMAT: Final = table_format("csv", "CSV", candidates=",;|\t", own=",;|")

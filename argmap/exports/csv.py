"""CSV: a row for each statement; `argmap.tables` says its columns and what it cannot carry."""

from __future__ import annotations

from typing import Final

from argmap.exports._tables import table_format

FORMAT: Final = table_format("csv", "CSV", ",")

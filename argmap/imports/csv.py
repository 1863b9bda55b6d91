"""CSV in any dialect: a row for each statement, in the columns of `argmap.tables`."""

from __future__ import annotations

from typing import Final

from ._tables import table_format

FORMAT: Final = table_format("csv", "CSV", candidates=",;|\t", own=",;|")

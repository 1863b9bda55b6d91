"""CSV in any dialect: a row for each statement, in the columns of `argmap.formats.table_syntax`."""

from __future__ import annotations

from typing import Final

from ._table.rows import table_format

FORMAT: Final = table_format("csv", "CSV", candidates=",;|\t", own=",;|")

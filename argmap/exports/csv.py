"""CSV: a row for each statement, in the columns that `argmap.formats.table_syntax` names."""

from __future__ import annotations

from typing import Final

from ._table import table_format

FORMAT: Final = table_format("csv", "CSV", ",")

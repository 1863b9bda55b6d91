"""CSV: a row for each statement, in the columns that `argmap.tables` names."""

from __future__ import annotations

from typing import Final

from ._tables import table_format

FORMAT: Final = table_format("csv", "CSV", ",")

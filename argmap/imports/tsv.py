"""TSV: like CSV, with tabs between the cells, as spreadsheets write and copy it."""

from __future__ import annotations

from typing import Final

from ._table.rows import table_format

FORMAT: Final = table_format("tsv", "TSV", candidates="\t", own="\t")

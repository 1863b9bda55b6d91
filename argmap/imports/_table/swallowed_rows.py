"""Find rows inside a quoted cell that is never closed, or closed far from where it opens.

Without this check, they would become one wrong row or, worse, the words of one cell.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from argmap.model.faults import Fault
from argmap.model.vocabulary import KINDS
from argmap.text.display import counted

from .sheet import UNCLOSED, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_END = re.compile(r"[\r\n]+\Z")
_FEWEST_CELLS: Final = 3
"""The fewest cells of a line that may be a row; prose has a comma or two."""


def mark_swallowed_rows(
    row: TableRow, columns: Sequence[str | None], delimiter: str
) -> Iterator[TableRow]:
    """Yield *row*, and each row inside one of its quoted cells, all with faults.

    Args:
        row: A row of several lines.
        columns: argmap's name of each column.
        delimiter: The delimiter between cells.
    """
    starts = [
        n for n, line in enumerate(row.lines) if n and _is_row(line, columns, delimiter, row.fault)
    ]
    if not starts:
        yield row if row.fault is None else _with_line_count(row)
        return
    last = row.line + len(row.lines) - 1
    reason = f"{UNCLOSED} in this row; it contains {counted(len(starts), 'row')}, to line {last}"
    yield _reject_part(row, 0, starts[0], reason)
    for start, end in zip(starts, [*starts[1:], len(row.lines)], strict=True):
        yield _reject_part(
            row, start, end, f"is inside the quoted cell that opens in line {row.line}"
        )


def _is_row(line: str, columns: Sequence[str | None], delimiter: str, fault: Fault | None) -> bool:
    """Return whether *line*, inside a quoted cell, looks like a row of the table."""
    if line.count(delimiter) < _FEWEST_CELLS - 1:
        return False
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False
    named = dict(zip(columns, cells, strict=False))
    is_kind = named.get("kind", "").strip().lower() in KINDS
    if fault is None:  # a cell may quote a table: accept only a complete row
        return is_kind and all(named.get(name, "x").strip() for name in ("document", "text"))
    return is_kind or len(cells) == len(columns)


def _reject_part(row: TableRow, start: int, end: int, reason: str) -> TableRow:
    raw = _END.sub("", "".join(row.lines[start:end])).encode()
    return TableRow(row.line + start, raw, (), Fault("", reason, "form"))


def _with_line_count(row: TableRow) -> TableRow:
    """Return a wrong row of several lines with their number in its fault."""
    assert row.fault is not None  # noqa: S101  (the caller has seen it)
    if row.fault.reason != UNCLOSED:
        return row
    reason = f"{UNCLOSED}; it contains {len(row.lines)} lines, to the end of the table"
    return _reject_part(row, 0, len(row.lines), reason)

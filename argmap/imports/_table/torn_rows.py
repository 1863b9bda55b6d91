"""Find rows that are spread over several lines because a cell with line ends is not quoted.

The first line looks like a row without its last cells: its last cell would be cut off
without a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.model.faults import Fault
from argmap.model.vocabulary import KINDS
from argmap.text.display import counted

from .sheet import TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_LINES: Final = 200
"""The most lines that are searched for the end of a row."""


def mark_torn_rows(rows: Iterable[TableRow], columns: Sequence[str | None]) -> Iterator[TableRow]:
    """Yield the *rows*, with a fault on each line of a torn row.

    Args:
        rows: All rows below the header.
        columns: argmap's name of each column.
    """
    if "kind" not in columns:
        yield from rows
        return
    kind = columns.index("kind")
    document = columns.index("document") if "document" in columns else kind
    pending: list[TableRow] = []
    for row in rows:
        is_short = row.fault is None and len(row.cells) < len(columns)
        if pending and not (is_short and _continues(row, pending, kind, document)):
            yield from pending
            pending = []
        if pending or (is_short and _has_kind(row, kind)):
            pending.append(row)
            if len(pending) > 1 and sum(len(r.cells) - 1 for r in pending) + 1 == len(columns):
                yield from _reject_lines(pending)
                pending = []
        else:
            yield row
    yield from pending


def _continues(row: TableRow, pending: Sequence[TableRow], kind: int, document: int) -> bool:
    """Return whether *row* may continue the row that *pending* begins."""
    is_next = row.line == pending[-1].line + 1 and len(pending) < _MOST_LINES
    # A line with the same document is a row itself, even if its kind is misspelt.
    is_of_same = row.cells[document : document + 1] == pending[0].cells[document : document + 1]
    return is_next and not is_of_same and not _has_kind(row, kind)


def _has_kind(row: TableRow, place: int) -> bool:
    return len(row.cells) > place and row.cells[place].strip().lower() in KINDS


def _reject_lines(lines: Sequence[TableRow]) -> Iterator[TableRow]:
    first = lines[0]
    count = counted(len(first.cells), "cell")
    reason = (
        f"ends after {count} and continues on the next line; put quotes around cells with line ends"
    )
    yield TableRow(first.line, first.raw, (), Fault("", reason, "form"))
    for row in lines[1:]:
        reason = f"continues the row of line {first.line}"
        yield TableRow(row.line, row.raw, (), Fault("", reason, "form"))

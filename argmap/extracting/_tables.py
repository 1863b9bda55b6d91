"""Tables of web pages and Word documents: whether they hold data, and their columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_CELL: Final = 2000
"""The most characters in a cell of a data table; a longer cell contains paragraphs."""

_SENTENCE = re.compile(r".{40,}[.!?…。！？]\W*", re.DOTALL)
_MOST_SPANNED: Final = 100
_SPAN = re.compile(r"\s*(\d{1,3})")

BREAK: Final = "\v"
"""A line end inside a cell, until the text on both sides of it is known."""

_BREAKS = re.compile(r"[ \v]*\v[ \v]*")
_BREAK_BETWEEN_FIGURES = re.compile(r"(?<=\d)[ \v]*\v[ \v]*(?=\d)")


def holds_data(cells: Iterable[str], *, is_headed: bool, longest: int = LONGEST_CELL) -> bool:
    """Return whether a table holds figures or facts, instead of laying out a page.

    Args:
        cells: The text of its cells.
        is_headed: True if some of its cells are marked as headings.
        longest: The most characters in a cell of a data table.
    """
    words = [text for cell in cells if (text := " ".join(cell.split()))]
    if any(len(text) > longest for text in words):
        return False
    return is_headed or 2 * sum(map(bool, map(_SENTENCE.fullmatch, words))) <= len(words)


def without_breaks(words: str) -> str:
    """Return the *words* of cells, each on one line.

    A line end between two figures becomes "; ", because it may be the only sign that they are two.
    """
    return _BREAKS.sub(" ", _BREAK_BETWEEN_FIGURES.sub("; ", words)) if BREAK in words else words


def span(value: str | None) -> int:
    """Return the number of columns or rows that a cell spans, as a file gives it in *value*."""
    match = _SPAN.match(value or "")
    return max(1, min(int(match[1]), _MOST_SPANNED)) if match else 1


@define
class TableColumns:
    """The columns of a table, which show how many tabs come before each cell."""

    _next: int = 0
    _written: int = 0
    _covered: dict[int, int] = field(factory=dict)
    """Columns that cells of earlier rows cover, each with the number of rows still covered."""
    _begun: dict[int, int] = field(factory=dict)

    def start_row(self) -> None:
        """Start a row."""
        covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._covered = covered | self._begun
        self._begun = {}
        self._next = self._written = 0

    def tabs_before(self, columns: int, rows: int) -> str:
        """Return the tabs before the next cell, which covers *columns* and *rows*."""
        while self._next in self._covered:
            self._next += 1
        tabs = "\t" * (self._next - self._written)
        self._written = self._next
        self._next += columns
        if rows > 1:
            self._begun |= dict.fromkeys(range(self._written, self._next), rows - 1)
        return tabs

"""Tables of web pages and Word documents: those that give data, and their columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_CELL: Final = 2000
"""Characters in a cell of a table of data; a longer cell holds paragraphs."""

_SENTENCE = re.compile(r".{40,}[.!?…。！？]\W*", re.DOTALL)
_MOST_SPANNED: Final = 100
_SPAN = re.compile(r"\s*(\d{1,3})")

BREAK: Final = "\v"
"""A line end inside a cell, until it is known what is on both sides of it."""

_BREAKS = re.compile(r"[ \v]*\v[ \v]*")
_BREAK_BETWEEN_FIGURES = re.compile(r"(?<=\d)[ \v]*\v[ \v]*(?=\d)")


def holds_data(cells: Iterable[str], *, is_headed: bool, longest: int = LONGEST_CELL) -> bool:
    """Tell whether a table gives figures or facts, and does not arrange a page.

    Args:
        cells: The words of its cells.
        is_headed: True where it says which cells are headings.
        longest: Characters that a cell of data has at most.
    """
    words = [text for cell in cells if (text := " ".join(cell.split()))]
    if any(len(text) > longest for text in words):
        return False
    return is_headed or 2 * sum(map(bool, map(_SENTENCE.fullmatch, words))) <= len(words)


def without_breaks(words: str) -> str:
    """Return *words* of cells with each on one line.

    A line end may be the only sign that two figures are two.
    """
    return _BREAKS.sub(" ", _BREAK_BETWEEN_FIGURES.sub("; ", words)) if BREAK in words else words


def span(value: str | None) -> int:
    """Return how many columns or rows a cell covers, as a file gives it in *value*."""
    match = _SPAN.match(value or "")
    return max(1, min(int(match[1]), _MOST_SPANNED)) if match else 1


@define
class Columns:
    """The columns of a table, so that each cell is written in its own."""

    _next: int = 0
    _written: int = 0
    _covered: dict[int, int] = field(factory=dict)
    """Columns that cells of rows above cover, and for how many rows more."""
    _begun: dict[int, int] = field(factory=dict)

    def start_row(self) -> None:
        """Begin a row."""
        covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._covered = covered | self._begun
        self._begun = {}
        self._next = self._written = 0

    def tabs_before(self, columns: int, rows: int) -> str:
        """Return the tabs before the next cell, which covers so many *columns* and *rows*."""
        while self._next in self._covered:
            self._next += 1
        tabs = "\t" * (self._next - self._written)
        self._written = self._next
        self._next += columns
        if rows > 1:
            self._begun |= dict.fromkeys(range(self._written, self._next), rows - 1)
        return tabs

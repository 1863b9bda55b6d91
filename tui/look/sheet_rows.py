"""Rows of a sheet, made of parts in different styles; some parts can be clicked."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from rich.cells import cell_len

from argmap.text.display import visible

from .cells import cut, wrapped
from .signs import drawn


class Part(NamedTuple):
    """A piece of a row in one style."""

    words: str
    """Text, safe to draw."""
    look: str = ""
    does: str = ""
    """Code that a click sends, such as `level:3` or `criterion:fit`; empty for none."""


Row: TypeAlias = tuple[Part, ...]
"""The parts of a row, from left to right; none for a blank row."""

BLANK: Row = ()
_LEAST = 8
"""Minimum width, in cells, of the words after a head."""


def plain_row(words: str, look: str = "", does: str = "") -> Row:
    """Return a row of one part."""
    return (Part(words, look, does),)


def cut_row(words: str, width: int, look: str = "") -> Row:
    """Return a row of one part, cut to *width* cells with an ellipsis."""
    return plain_row(cut(visible(words), width).rstrip(), look)


def wrapped_rows(words: str, width: int, look: str = "", does: str = "") -> list[Row]:
    """Wrap *words* into rows of at most *width* cells."""
    return [plain_row(line, look, does) for line in wrapped(visible(words), max(_LEAST, width))]


def hanging_rows(head: Part, words: str, width: int, look: str = "") -> list[Row]:
    """Wrap *words* after *head*, with the further rows indented to the same column.

    A click on any of the rows does the same as a click on *head*.
    """
    if not words:
        return []
    indent = cell_len(head.words)
    if indent + _LEAST > width:  # too narrow: the words go below their head
        below = wrapped_rows(f"{words}", width, look, head.does)
        return [(head._replace(words=cut(head.words, width).rstrip()),), *below]
    lines = wrapped(visible(words), width - indent)
    first, *others = (Part(line, look, head.does) for line in lines)
    return [(head, first), *((Part(" " * indent, look, head.does), part) for part in others)]


def words_of(row: Row) -> str:
    """Return the words of *row*."""
    return "".join(part.words for part in row)


def width_of(row: Row) -> int:
    """Return the width of *row* in cells."""
    return sum(cell_len(part.words) for part in row)


def continued_row(row: Row, width: int) -> Row:
    """Return *row* with an ellipsis at its end, in at most *width* cells."""
    if not row:
        return row
    *before, last = row
    room = width - width_of(tuple(before))
    words = f"{last.words} {drawn('…')}"
    return (*before, last._replace(words=cut(words, room).rstrip()))


def spread_row(left: Row, right: Row, width: int) -> Row:
    """Return *left* and *right* at both ends of *width* cells, or *left* alone.

    *right* is left out where the two do not fit.
    """
    gap = width - width_of(left) - width_of(right)
    return (*left, Part(" " * gap), *right) if gap > 1 else left

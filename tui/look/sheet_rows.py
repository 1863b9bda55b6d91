"""Rows of words for a sheet: parts with looks, some of which the mouse can press."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from rich.cells import cell_len

from argmap.text.display import visible

from .cells import cut, wrapped
from .signs import drawn


class Part(NamedTuple):
    """A stretch of a row."""

    words: str
    """Safe to draw."""
    look: str = ""
    does: str = ""
    """What a click on it does, such as `level:3` or `criterion:fit`; empty for nothing."""


Row: TypeAlias = tuple[Part, ...]
"""The parts of a row, from left to right; none for a blank row."""

BLANK: Row = ()
_LEAST = 8
"""Cells of words that are left behind a head, at least."""


def plain_row(words: str, look: str = "", does: str = "") -> Row:
    """Return a row of one part."""
    return (Part(words, look, does),)


def cut_row(words: str, width: int, look: str = "") -> Row:
    """Return a row of one part, with a sign where it is cut at *width* cells."""
    return plain_row(cut(visible(words), width).rstrip(), look)


def wrapped_rows(words: str, width: int, look: str = "", does: str = "") -> list[Row]:
    """Return *words* in rows of at most *width* cells."""
    return [plain_row(line, look, does) for line in wrapped(visible(words), max(_LEAST, width))]


def hanging_rows(head: Part, words: str, width: int, look: str = "") -> list[Row]:
    """Return *words* wrapped behind *head*, the further rows indented as far.

    A click on any of the rows does what *head* does.
    """
    if not words:
        return []
    indent = cell_len(head.words)
    if indent + _LEAST > width:  # the words go below their head
        below = wrapped_rows(f"{words}", width, look, head.does)
        return [(head._replace(words=cut(head.words, width).rstrip()),), *below]
    lines = wrapped(visible(words), width - indent)
    first, *others = (Part(line, look, head.does) for line in lines)
    return [(head, first), *((Part(" " * indent, look, head.does), part) for part in others)]


def words_of(row: Row) -> str:
    """Return the words of *row*."""
    return "".join(part.words for part in row)


def width_of(row: Row) -> int:
    """Return the cells that *row* takes."""
    return sum(cell_len(part.words) for part in row)


def continued_row(row: Row, width: int) -> Row:
    """Return *row*, of at most *width* cells, with a sign at its end that it goes on."""
    if not row:
        return row
    *before, last = row
    room = width - width_of(tuple(before))
    words = f"{last.words} {drawn('…')}"
    return (*before, last._replace(words=cut(words, room).rstrip()))


def spread_row(left: Row, right: Row, width: int) -> Row:
    """Return *left* with *right* at the right end of *width* cells, if both fit; else *left*."""
    gap = width - width_of(left) - width_of(right)
    return (*left, Part(" " * gap), *right) if gap > 1 else left

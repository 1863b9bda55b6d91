"""Markdown tables without empty columns, and lists that name some items and count the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

MOST_NAMED: Final = 40
"""The most labels that a sentence names; the others are counted."""


def format_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], centred: Container[int] = ()
) -> Iterator[str]:
    """Yield the lines of a table; a column whose cells are all empty is left out.

    Args:
        head: A title for each column, escaped.
        rows: The cells, escaped; empty for no value.
        centred: Numbers of the columns, from 0, whose cells are centred.
    """
    kept = [n for n in range(len(head)) if any(row[n] for row in rows)]
    yield _row([head[n] for n in kept])
    yield f"|{''.join(':-:|' if n in centred else '---|' for n in kept)}\n"
    yield from (_row([row[n] for n in kept]) for row in rows)


def list_words(words: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return the first *most* of *words*, separated by commas, and the number of the others."""
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"

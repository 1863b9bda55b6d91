"""Fit text into terminal cells: shorten it to a width, or wrap it."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from .layout import TextLayout
from .sentences import paragraphs_of


def fit_to_width(text: str, width: int, sign: str = "…") -> str:
    """Return *text* as exactly *width* cells; *sign*, of one cell, marks omitted text."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + sign if width > 0 else ""


def wrap_to_width(text: str, width: int) -> list[str]:
    """Return *text* as lines of at most *width* cells; its own line ends are kept."""
    found = []
    for line in text.split("\n"):
        if line.strip():
            layout = TextLayout(paragraphs_of(line), width)
            found += [layout.shown(*row).rstrip() for row in layout.rows]
        else:
            found.append("")
    return found

"""Text in the cells of this terminal, which may have ASCII alone: cut to a width, and wrapped."""

from __future__ import annotations

from argmap.text import cells
from argmap.text.cells import wrap_to_width as wrapped

from .signs import drawn

__all__ = ["cut", "wrapped"]


def cut(text: str, width: int) -> str:
    """Return *text* as exactly *width* cells, with a sign where it goes on."""
    return cells.fit_to_width(text, width, drawn("…"))

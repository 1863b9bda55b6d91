"""Text fitted to terminal cells, for terminals that may only have ASCII."""

from __future__ import annotations

from argmap.text import cells
from argmap.text.cells import wrap_to_width as wrapped

from .signs import drawn

__all__ = ["cut", "wrapped"]


def cut(text: str, width: int) -> str:
    """Return *text* in exactly *width* cells, with an ellipsis where it is cut."""
    return cells.fit_to_width(text, width, drawn("…"))

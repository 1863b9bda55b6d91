"""Rows of tables in Word documents: lines of cells, or the paragraphs of a layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile(r"[ \t]*\n\s*")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[ \t]*\n\s*(?=\d)")


@define
class Blocks:
    """The paragraphs of a text, a cell or a text box, in their order."""

    paragraphs: list[str] = field(factory=list)
    carried: list[str] = field(factory=list)
    """Words whose paragraph has lost its end, so that they begin the next one."""

    def flush(self) -> None:
        """End the paragraph that is carried over, since none follows that could take it."""
        words = "".join(self.carried)
        self.carried.clear()
        if words.strip():
            self.paragraphs.append(words)


def row_paragraphs(cells: Sequence[Blocks]) -> list[str]:
    """Return a row as one line, its cells apart by tabs.

    Where a cell has several paragraphs, or one alone has words, the table arranges a page
    and gives no data: its paragraphs stay as they are.
    """
    with_words = sum(bool(cell.paragraphs) for cell in cells)
    if with_words < 2 or any(len(cell.paragraphs) > 1 for cell in cells):  # noqa: PLR2004  (a line has two)
        return [words for cell in cells for words in cell.paragraphs]
    return ["\t".join(_on_one_line(cell) for cell in cells).rstrip("\t")]


def _on_one_line(cell: Blocks) -> str:
    words = "".join(cell.paragraphs).strip()
    # A line end may be the only sign that two figures are two.
    return _LINE_END.sub(" ", _BETWEEN_FIGURES.sub("; ", words))

"""Lines of words on pages, without running headers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AT_EDGE: Final = 2
"""Lines at the top and at the bottom of a page that may be a header or a footer."""

_NUMBER = re.compile(r"\d+")


@frozen
class TextLine:
    """Words next to each other on a page."""

    words: str
    x: float
    """The left end, in the page's units from its left."""
    y: float
    """The baseline, in the page's units from its bottom."""
    height: float
    """The size of the letters, in the page's units."""
    end: float = field()
    """The right end, in the page's units from its left."""
    order: int = 0
    """Number of letters that the page draws before this line."""
    fonts: frozenset[str] = frozenset()
    """The fonts of most of the letters."""
    is_row: bool = False
    """True for a row of a table."""

    @end.default
    def _end(self) -> float:
        return self.x + self.height * len(self.words) / 2

    def with_more(self, line: TextLine) -> TextLine:
        """Return the line with *line* appended."""
        return evolve(
            self,
            words=f"{self.words} {line.words}",
            height=self.height if len(self.words) >= len(line.words) else line.height,
            end=max(self.end, line.end),
            fonts=self.fonts | line.fonts,
        )


def without_running_lines(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Return the lines of *pages* without the headers and footers of most pages.

    Only the top and the bottom of pages are compared, and only lines at the same position. Lines
    that differ only in numbers are the same. Letters of another size make a different line: a
    headline stays if the header of later pages repeats it.
    """
    edges = [_edges(page) for page in pages]
    seen = Counter(
        key for page, edge in zip(pages, edges, strict=True) for key in _keys(page, edge)
    )
    least = max(2, (len(pages) + 1) // 2)
    return [
        [line for number, line in enumerate(page) if number not in edge or seen[_key(line)] < least]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: Sequence[TextLine]) -> set[int]:
    """Return the indices of the lines at the top and at the bottom of *page*."""
    heights = sorted({round(line.y) for line in page})
    outer = {*heights[:_AT_EDGE], *heights[-_AT_EDGE:]}
    return {number for number, line in enumerate(page) if round(line.y) in outer}


def _keys(page: Sequence[TextLine], edge: Iterable[int]) -> set[tuple[str, int, int]]:
    return {_key(page[number]) for number in edge}


def _key(line: TextLine) -> tuple[str, int, int]:
    return _NUMBER.sub("0", " ".join(line.words.split())), round(line.height), round(line.y)

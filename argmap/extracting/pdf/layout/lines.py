"""Lines of words on pages, without the headers and page numbers that run through them."""

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
class Line:
    """Words that stand beside each other on a page."""

    words: str
    x: float
    """Where they begin, in the page's units from its left."""
    y: float
    """Where they stand, in the page's units from its bottom."""
    height: float
    """The size of their letters, in the page's units."""
    end: float = field()
    """Where they end, in the page's units from its left."""
    order: int = 0
    """How many letters the page draws before them."""
    fonts: frozenset[str] = frozenset()
    """The fonts of most of their letters."""
    is_row: bool = False
    """True for a row of a table."""

    @end.default
    def _end(self) -> float:
        return self.x + self.height * len(self.words) / 2

    def with_more(self, line: Line) -> Line:
        """Return the line with *line* after it."""
        return evolve(
            self,
            words=f"{self.words} {line.words}",
            height=self.height if len(self.words) >= len(line.words) else line.height,
            end=max(self.end, line.end),
            fonts=self.fonts | line.fonts,
        )


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of *pages* without those that most pages repeat: headers, page numbers.

    Only the top and the bottom of pages are looked at, and only what stands at one place.
    Lines that differ in their numbers alone are one. Letters of another size are another
    line: a headline stays where the header of later pages repeats it.
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


def _edges(page: Sequence[Line]) -> set[int]:
    """Return the places of the lines at the top and at the bottom of *page*."""
    heights = sorted({round(line.y) for line in page})
    outer = {*heights[:_AT_EDGE], *heights[-_AT_EDGE:]}
    return {number for number, line in enumerate(page) if round(line.y) in outer}


def _keys(page: Sequence[Line], edge: Iterable[int]) -> set[tuple[str, int, int]]:
    return {_key(page[number]) for number in edge}


def _key(line: Line) -> tuple[str, int, int]:
    return _NUMBER.sub("0", " ".join(line.words.split())), round(line.height), round(line.y)

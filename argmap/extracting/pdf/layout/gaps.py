"""Distinguish the gaps of justified lines from the gaps between columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .glyphs import Glyph

# All as parts of the letters' size.
APART: Final = 0.8
"""The gap from which words are separate pieces: cells of a table, or two columns."""

SPREAD: Final = 0.06
"""The usual gap between the letters of a letter-spaced word."""

_MOST_SPREAD: Final = 0.6
"""The gap from which spaced letters are not a word but the labels of a chart."""

_WORD_GAP: Final = 0.15
_NEAR: Final = 2.2
"""Distance of the lines that show whether a gap continues in them."""

_UNEVEN: Final = 2.0
"""The largest gap of a justified line, as a multiple of its usual gap."""

_EVEN: Final = 1.15
"""The same, for a page whose program made all gaps equal."""

_FEWEST_EVEN: Final = 3
"""The smallest number of equal gaps that cannot be chance."""

_COVERED: Final = 0.6
"""The smallest fraction of a justified line's gaps with words above or below."""

_COVERED_SPACES: Final = 0.3
"""The same, if a space is drawn in each gap."""


@frozen
class _Row:
    """The letters at one height, from left to right, without spaces."""

    glyphs: list[Glyph]
    starts: list[float]
    y: float

    def covers(self, x: float) -> bool:
        """Return whether there is a word, or the space between two, at *x*."""
        number = bisect_right(self.starts, x) - 1
        if number < 0:
            return False
        glyph = self.glyphs[number]
        if glyph.x1 >= x:
            return True
        following = self.glyphs[number + 1 : number + 2]
        return bool(following) and following[0].x0 - glyph.x1 < glyph.size / 2

    def has_words(self, x0: float, x1: float) -> bool:
        """Return whether there is a letter between *x0* and *x1*."""
        return bisect_left(self.starts, x0) < bisect_right(self.starts, x1)


@frozen
class _Drawn:
    """The order in which the letters of a page are drawn, by their ids."""

    order: dict[int, int]
    spaced: set[int]
    """Letters that are drawn after one space."""

    @classmethod
    def of_glyphs(cls, glyphs: Iterable[Glyph]) -> _Drawn:
        order: dict[int, int] = {}
        spaced: set[int] = set()
        spaces = 0
        for glyph in glyphs:
            if glyph.text.isspace():
                spaces += 1
                continue
            if spaces == 1:
                spaced.add(id(glyph))
            order[id(glyph)] = len(order)
            spaces = 0
        return cls(order, spaced)


def within_lines(glyphs: Iterable[Glyph], rows: Sequence[Sequence[Glyph]]) -> set[int]:
    """Return the ids of the letters that follow a wide gap inside a line.

    The gaps of justified lines can be as wide as those between columns. But they are even, and the
    lines above and below have words there, whereas gaps between columns continue. The words of
    letter-spaced text have wider gaps.

    Args:
        glyphs: The letters of a page in the order of drawing.
        rows: The same letters by their height, from the top.
    """
    drawn = _Drawn.of_glyphs(glyphs)
    seen = [_row(row) for row in rows]
    kept: set[int] = set()
    for number, row in enumerate(seen):
        for stretch in _stretches(row, drawn.order):
            wide = [(a, b) for a, b in pairwise(stretch) if _room(a, b) > APART]
            if not wide:
                continue
            spread = _spread(stretch)
            if SPREAD < spread <= _MOST_SPREAD:
                kept |= {id(b) for a, b in wide if _room(a, b) - 2.5 * spread <= APART}
                continue
            is_spaced = all(id(b) in drawn.spaced for _, b in wide)
            gaps = [room for a, b in pairwise(stretch) if (room := _room(a, b)) > _WORD_GAP]
            is_equal = max(gaps) <= _EVEN * min(gaps) and len(gaps) >= _FEWEST_EVEN
            least = _COVERED_SPACES if is_spaced else _COVERED
            if (is_spaced and is_equal) or (
                max(gaps) <= _UNEVEN * median_low(gaps)
                and _covered(wide, number, seen, stretch) >= least
            ):
                kept |= {id(b) for _, b in wide}
    return kept


def _row(glyphs: Sequence[Glyph]) -> _Row:
    seen = sorted((g for g in glyphs if not g.text.isspace()), key=lambda glyph: glyph.x0)
    return _Row(seen, [glyph.x0 for glyph in seen], seen[0].y if seen else 0.0)


def _stretches(row: _Row, order: Mapping[int, int]) -> Iterator[list[Glyph]]:
    """Yield the letters of *row* that are drawn one after the other."""
    stretch: list[Glyph] = []
    for glyph in row.glyphs:
        if stretch and order[id(glyph)] != order[id(stretch[-1])] + 1:
            yield stretch
            stretch = []
        stretch.append(glyph)
    if stretch:
        yield stretch


def _room(before: Glyph, after: Glyph) -> float:
    return (after.x0 - before.x1) / min(before.size, after.size)


def _spread(stretch: Sequence[Glyph]) -> float:
    """Return the usual gap between the letters of words."""
    rooms = sorted(_room(a, b) for a, b in pairwise(stretch))
    return rooms[len(rooms) // 5] if len(rooms) > 3 else 0.0  # noqa: PLR2004


def _covered(
    wide: Sequence[tuple[Glyph, Glyph]], number: int, rows: Sequence[_Row], stretch: Sequence[Glyph]
) -> float:
    """Return the fraction of the *wide* gaps where the lines above and below have words."""
    covered = tried = 0
    for step in (-1, 1):
        near = _near(number, step, rows, stretch)
        if near:
            tried += len(wide)
            covered += sum(any(row.covers((a.x1 + b.x0) / 2) for row in near) for a, b in wide)
    return covered / tried if tried else 0.0


def _near(number: int, step: int, rows: Sequence[_Row], stretch: Sequence[Glyph]) -> list[_Row]:
    """Return the rows above or below with words in the range of *stretch*."""
    near = []
    y, reach = rows[number].y, _NEAR * stretch[0].size
    at = number + step
    while 0 <= at < len(rows) and abs(rows[at].y - y) <= reach:
        if rows[at].has_words(stretch[0].x0, stretch[-1].x1):
            near.append(rows[at])
        at += step
    return near

"""Put the pieces of lines into reading order, one column after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from statistics import median, median_low
from typing import TYPE_CHECKING, Final

from .bidirectional import is_right_to_left
from .tables import rows_of, with_wrapped_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import TextLine

_MOST_PLACES: Final = 16
"""The most positions that are tried as the start of a column."""

_DEEPEST: Final = 8
_LEAST_LINES: Final = 3
_LEAST_LENGTH: Final = 14
"""The fewest letters in the lines of a column; cells of tables have fewer."""

_SURE_LENGTH: Final = 20
"""The fewest letters in lines that make even two of them a column."""

_NARROW_LINES: Final = 6
_LEAST_NARROW: Final = 8
"""The fewest letters in the usual line of a column with short lines."""

_ROOM_ACROSS: Final = 2.8
"""Space in columns for a heading across them, in heights of letters."""

_LEAST_FILL: Final = 0.55
"""The smallest usual length of a line, as a fraction of the width of its column."""

_MOST_FIGURES: Final = 0.3
_LEAST_SMALL: Final = 0.25
"""The smallest fraction of a column's lines that start in lower case, unlike cells."""


def blocks_of(lines: Sequence[TextLine], depth: int = 0) -> list[list[TextLine]]:
    """Return the *lines* of a page as blocks in reading order.

    Pieces of one line are joined. A line across both columns comes before the text below it. Cells
    of tables are not columns: they are read row by row.
    """
    if not depth:
        lines = with_wrapped_rows(lines)
    bands = _bands(lines) if depth < _DEEPEST else None
    if bands is None:
        return [rows_of(lines)] if lines else []
    return [block for band in bands for block in blocks_of(band, depth + 1)]


def _bands(lines: Sequence[TextLine]) -> list[list[TextLine]] | None:
    """Return *lines* split at the best start of a column; None if there is none."""
    if len(lines) < _LEAST_LINES:
        return None  # too few for two columns
    best: list[list[TextLine]] | None = None
    most = 0
    height = median_low([line.height for line in lines])
    places = Counter(round(line.x / height) for line in lines)
    for place, _ in places.most_common(_MOST_PLACES):
        x = min(line.x for line in lines if round(line.x / height) == place)
        bands, count = _parted(lines, x, height)
        if count > most:
            best, most = bands, count
    return best


def _parted(lines: Sequence[TextLine], x: float, height: float) -> tuple[list[list[TextLine]], int]:
    """Return *lines* split at a column that starts at *x*, and the number of lines in columns."""
    bands: list[list[TextLine]] = []
    across: list[TextLine] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    count = 0

    def finish() -> None:
        nonlocal across, left, right, count
        if _are_columns(left, right, height):
            if across:
                bands.append(across)
            sides = [left, right]
            if is_right_to_left("".join(line.words for line in left[:20])):
                sides.reverse()
            bands.extend(sides)
            count += len(left) + len(right)
            across = []
        else:
            across += left + right
        left, right = [], []

    headings = _headings_across(lines, x, height)
    for line in sorted(lines, key=lambda line: -line.y):
        if id(line) in headings:
            finish()
            across.append(line)
        elif line.x >= x - height / 10:
            right.append(line)
        elif line.end <= x - height / 4:
            left.append(line)
        else:
            finish()
            across.append(line)
    finish()
    if across:
        bands.append(across)
    return bands, count


def _headings_across(lines: Sequence[TextLine], x: float, height: float) -> set[int]:
    """Return the ids of headings in the left column that run across all columns.

    The column at *x* has a gap next to such a heading, which is drawn after the text above it in
    both columns and before the text below it.
    """
    fonts = Counter(font for line in lines for font in line.fonts)
    main = {font for font, _ in fonts.most_common(1)}
    headings = [
        line
        for line in lines
        if line.end <= x - height / 4 and (line.height > 1.1 * height or not line.fonts & main)
    ]
    if not headings:
        return set()
    right = sorted((line for line in lines if line.x >= x - height / 10), key=lambda line: -line.y)
    last = list(accumulate((line.order for line in right), max))
    first = list(accumulate((line.order for line in reversed(right)), min))[::-1]
    across = set()
    for line in headings:
        below = bisect_right(right, -line.y, key=lambda other: -other.y)
        if not 0 < below < len(right):
            continue
        room = right[below - 1].y - right[below].y
        if room > _ROOM_ACROSS * height and last[below - 1] < line.order < first[below]:
            across.add(id(line))
    return across


def _are_columns(left: Sequence[TextLine], right: Sequence[TextLine], height: float) -> bool:
    """Return whether *left* and *right* are columns of text, not cells of a table."""
    if not left or not right:
        return False
    if min(left[0].y, right[0].y) < max(left[-1].y, right[-1].y) - height:
        return False  # one is below the other
    if min(line.x for line in right) - max(line.end for line in left) < 0.6 * height:
        return False
    orders = [[line.order for line in side] for side in (left, right)]
    is_drawn_apart = max(orders[0]) < min(orders[1]) or max(orders[1]) < min(orders[0])
    if is_drawn_apart:
        return len(left) > 1 and all(_has_words(side) or _is_narrow(side) for side in (left, right))
    return all(_is_prose(side) for side in (left, right))


def _has_words(side: Sequence[TextLine]) -> bool:
    words = "".join(line.words for line in side)
    figures = sum(letter.isdigit() for letter in words)
    is_long = median(len(line.words) for line in side) >= _LEAST_LENGTH
    return is_long and figures < _MOST_FIGURES * len(words)


def _is_narrow(side: Sequence[TextLine]) -> bool:
    """Return whether *side*, of short lines, is prose that continues across lines."""
    rows = rows_of(side)
    starts = [row.words.strip()[:1] for row in rows]
    return (
        len(rows) >= _NARROW_LINES
        and median(len(row.words) for row in rows) >= _LEAST_NARROW
        and sum(start.islower() for start in starts) >= len(rows) / 2
    )


def _is_prose(side: Sequence[TextLine]) -> bool:
    if len(side) < _LEAST_LINES and min(len(line.words) for line in side) < _SURE_LENGTH:
        return False
    if len(side) == 1 or not _has_words(side):
        return False
    widths = [line.end - line.x for line in side]
    starts = [line.words.strip()[:1] for line in side]
    has_cases = any(start.islower() or start.isupper() for start in starts)
    small = sum(start.islower() for start in starts)
    is_full = median(widths) >= _LEAST_FILL * max(widths)
    return is_full and (not has_cases or small >= _LEAST_SMALL * len(starts))

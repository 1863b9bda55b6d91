"""Tables on the pages of a PDF: each row becomes one line of separate cells."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve

from .bidirectional import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .lines import TextLine

CELL: Final = "\t"
"""The separator of the cells of a row, as in Word documents."""

CELL_LINE: Final = "\n"
"""The separator of the lines of a cell, until split words are rejoined."""

_NEAR: Final = 0.5
"""The largest offset of cells below each other, in heights of letters."""

_LABEL = re.compile(r"\W|\(?\w{1,4}[.)]|[o–—-]")
"""The bullet or number of a list item, which is not a cell."""

_FEWEST_ROWS: Final = 2
_FURTHEST: Final = 4
"""The largest distance between rows of a table, in heights of letters."""

_CELL_LEADING: Final = 1.6
"""The same for lines of one cell."""

_SAME_LEADING: Final = 1.2
_MOST_CELL_LINES: Final = 12


def rows_of(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return *lines* from top to bottom, with one line for each height or table row."""
    heights = list(_by_height(lines))
    rows: list[TextLine] = []
    number = 0
    while number < len(heights):
        count = _length_of_table(heights, number)
        if count:
            rows += [_row(row) for row in heights[number : number + count]]
        else:
            rows.append(_joined(heights[number]))
        number += count or 1
    return rows


def with_wrapped_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return *lines* with one line for each table row, even if its cells wrap.

    Only the order of drawing shows where such a cell ends: programs draw all lines of a cell before
    those of the next one to the right.
    """
    cells = _drawn_cells(lines)
    rows: list[list[list[TextLine]]] = []
    for cell in cells:
        if rows and _is_right_of(cell, rows[-1][-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    kept: list[TextLine] = []
    for is_table, tables in groupby(rows, key=_are_cells):
        table = list(tables)
        longest = max(len(cell) for row in table for cell in row)
        if is_table and len(table) >= _FEWEST_ROWS and 1 < longest <= _MOST_CELL_LINES:
            kept += [_row([line for cell in row for line in cell]) for row in table]
        else:
            kept += [line for row in table for cell in row for line in cell]
    return kept


def _are_cells(row: Sequence[Sequence[TextLine]]) -> bool:
    return len(row) > 1 and not (len(row[0]) == 1 and _is_label(row[0][0]))


def _drawn_cells(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return groups of *lines* that are drawn in sequence, each below the last."""
    cells: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.order):
        last = cells[-1][-1] if cells else None
        if (
            last is not None
            and 0 < last.y - line.y <= _CELL_LEADING * line.height
            and _is_aligned(line, last, _NEAR * line.height)
        ):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _is_right_of(cell: Sequence[TextLine], left: Sequence[TextLine]) -> bool:
    """Return whether *cell* is to the right of the cell *left*, in the same row."""
    is_beside = cell[-1].y <= left[0].y and left[-1].y <= cell[0].y
    return is_beside and min(line.x for line in cell) > max(line.end for line in left)


def _by_height(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if row and row[0].y - line.y >= min(row[0].height, line.height) / 3:
            yield _ordered(row)
            row = []
        row.append(line)
    if row:
        yield _ordered(row)


def _ordered(row: list[TextLine]) -> list[TextLine]:
    sign = -1 if is_right_to_left("".join(line.words for line in row)) else 1
    return sorted(row, key=lambda line: sign * line.x)


def _joined(row: Sequence[TextLine]) -> TextLine:
    whole = row[0]
    for line in row[1:]:
        whole = whole.with_more(line)
    return whole


def _length_of_table(rows: Sequence[Sequence[TextLine]], first: int) -> int:
    """Return the number of *rows*, from *first*, that are a table; 0 if none."""
    count = 0
    for above, row in zip(rows[first:], rows[first + 1 :], strict=False):
        is_near = above[0].y - row[0].y <= _FURTHEST * row[0].height
        if not (is_near and _has_cells(above) and _has_cells(row) and _is_under(above, row)):
            break
        count += 1
    if count == 1 and _are_words(rows, first):
        return 0
    return count + 1 if count else 0


def _are_words(rows: Sequence[Sequence[TextLine]], first: int) -> bool:
    """Return whether two of *rows* are justified lines of two words in a paragraph."""
    pair = rows[first : first + 2]
    if any(len(row) > 2 for row in pair):  # noqa: PLR2004
        return False
    room, leading = _NEAR * pair[0][0].height, pair[0][0].y - pair[1][0].y
    return any(
        0 <= number < len(rows)
        and abs(rows[number][0].y - row[0].y) <= _SAME_LEADING * leading
        and abs(rows[number][0].x - row[0].x) <= room
        for number, row in ((first - 1, pair[0]), (first + 2, pair[1]))
    )


def _has_cells(row: Sequence[TextLine]) -> bool:
    return len(row) > 1 and not _is_label(row[0])


def _is_label(line: TextLine) -> bool:
    return bool(_LABEL.fullmatch(line.words.strip()))


def _is_under(above: Sequence[TextLine], row: Sequence[TextLine]) -> bool:
    """Return whether a cell of *row*, and the gap before it, is below one *above*."""
    room = _NEAR * row[0].height
    gaps = [sorted((_sides(a), _sides(b))) for a, b in pairwise(above)]
    for before, cell in pairwise(row):
        gap = sorted((_sides(before), _sides(cell)))
        for other in gaps:
            overlap = min(gap[1][0], other[1][0]) - max(gap[0][1], other[0][1])
            # The ends of lines are also aligned in justified text.
            has_figure = any(letter.isdigit() for letter in cell.words)
            if overlap >= room and any(
                _is_aligned(cell, each, room) and (has_figure or abs(cell.x - each.x) <= room)
                for each in above
            ):
                return True
    return False


def _sides(line: TextLine) -> tuple[float, float]:
    return line.x, line.end


def _is_aligned(cell: TextLine, other: TextLine, room: float) -> bool:
    if abs(cell.x - other.x) <= room:
        return True
    middles = abs(cell.x + cell.end - other.x - other.end) / 2
    return min(abs(cell.end - other.end), middles) <= room


def _row(lines: Sequence[TextLine]) -> TextLine:
    """Return the *lines* of a row's cells as one."""
    cells: list[list[TextLine]] = []
    for line in _ordered(list(lines)):
        for cell in cells:
            if any(line.x < other.end and other.x < line.end for other in cell):
                cell.append(line)
                break
        else:
            cells.append([line])
    if len(cells) == 1:
        return _joined(lines)
    words = CELL.join(
        CELL_LINE.join(line.words.strip() for line in sorted(cell, key=lambda line: -line.y))
        for cell in cells
    )
    return evolve(_joined(lines), words=words, is_row=True)

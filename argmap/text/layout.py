"""Wrap a text into rows of a given width, and map characters to columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, split_graphemes

from .display import HIDDEN, sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sentences import Paragraphs, Stretch

APART: Final = 60
"""The paragraph length from which a blank row separates paragraphs, in code points."""

# Without the no-break spaces U+00A0, U+2007 and U+202F: no row may end at one of them.
_SPACES: Final = " \n\t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
_TOKEN = re.compile(f"[^{_SPACES}]+[{_SPACES}]*|[{_SPACES}]+")
_TAIL = re.compile(f"[{_SPACES}]+$")
# Characters of one cell each, so that most text needs no slow measuring by graphemes.
_PLAIN = re.compile(r"[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u0590‐-‧…€™]*")
_ACTS = re.compile(f"[{HIDDEN}]")


class TextRow(NamedTuple):
    """One row: a stretch of the text; an empty stretch is a blank row."""

    start: int
    end: int


class Cell(NamedTuple):
    """One grapheme: its position in the text, and its columns in its row."""

    start: int
    end: int
    column: int
    width: int


class TextLayout:
    """A text wrapped into rows of at most *width* cells."""

    def __init__(self, paragraphs: Paragraphs, width: int) -> None:
        """Wrap the text of *paragraphs*; *width* is at least 1."""
        self.text = paragraphs.text
        self.width = max(1, width)
        self.rows: list[TextRow] = []
        before: Stretch | None = None
        for stretch in paragraphs.paragraphs:
            if before is not None and self._is_apart(before, stretch):
                self.rows.append(TextRow(before[1], before[1]))
            self.rows.extend(self._wrap_paragraph(*stretch))
            before = stretch
        self._starts = [row.start for row in self.rows]

    def row_of(self, offset: int) -> int:
        """Return the number of the row that contains *offset*, else of the row before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def shown(self, start: int, end: int) -> str:
        """Return a stretch of the text as it is drawn, with signs for control characters."""
        piece = self.text[start:end]
        return _ACTS.sub(_draw_sign, piece) if _ACTS.search(piece) else piece

    def cells(self, number: int) -> Iterator[Cell]:
        """Yield the characters of row *number* with their columns."""
        start, end = self.rows[number]
        column = 0
        for first, last, width in _characters(self.text, start, end):
            yield Cell(first, last, column, width)
            column += width

    def offset_at(self, number: int, column: int) -> int:
        """Return the offset of the character drawn at *column* of a row, or nearest to it."""
        row = self.rows[number]
        for cell in self.cells(number):
            if column < cell.column + cell.width:
                return cell.start
        return max(row.start, row.end - 1)

    def column_of(self, offset: int) -> int:
        """Return the column of the character at *offset* in its row."""
        for cell in self.cells(self.row_of(offset)):
            if offset < cell.end:
                return cell.column
        return 0

    def _is_apart(self, before: Stretch, after: Stretch) -> bool:
        between = self.text[before[1] : after[0]].count("\n") > 1
        return between or max(before[1] - before[0], after[1] - after[0]) >= APART

    def _wrap_paragraph(self, start: int, end: int) -> Iterator[TextRow]:
        """Yield the rows of one paragraph, which together contain every character of it."""
        plain = _PLAIN.fullmatch(self.text, start, end) is not None
        begin, used = start, 0
        for match in _TOKEN.finditer(self.text, start, end):
            # Spaces may hang over the right edge, so only the word itself must fit.
            bare = _TAIL.sub("", match[0])
            word = len(bare) if plain else _measure(bare)
            if used and used + word > self.width and not self._breaks_anywhere(match, plain=plain):
                yield TextRow(begin, match.start())
                begin, used = match.start(), 0
            if used + word > self.width:
                for place in self._break_word(match.start(), match.end(), used):
                    yield TextRow(begin, place)
                    begin = place
                used = _measure(self.text[begin : match.end()])
            else:
                used += len(match[0]) if plain else _measure(match[0])
        yield TextRow(begin, end)

    def _breaks_anywhere(self, match: re.Match[str], *, plain: bool) -> bool:
        """Return whether a word is in a script that is written without spaces."""
        # Such text is one long token: moved to the next row whole, it would leave a gap.
        return not plain and _wide().search(match[0]) is not None

    def _break_word(self, start: int, end: int, used: int) -> Iterator[int]:
        """Yield the places to break a word that is too wide for its row."""
        for first, last, width in _characters(self.text, start, end):
            # A space hangs over the edge too: at the start of a row it would look like an indent.
            if used and used + width > self.width and not _TAIL.fullmatch(self.text, first, last):
                yield first
                used = 0
            used += width


@cache
def _wide() -> re.Pattern[str]:
    """Return the pattern of characters of scripts without spaces, which takes long to compile."""
    return re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _draw_sign(match: re.Match[str]) -> str:
    return " " if match[0] in "\n\t" else sign(match[0])


def _measure(text: str) -> int:
    """Return the number of cells that *text* takes when drawn."""
    if text.isascii() and text.isprintable():
        return len(text)
    return cell_len(_ACTS.sub(_draw_sign, text))


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the start, end and width of each grapheme."""
    place = start
    for match in _ACTS.finditer(text, start, end):
        yield from _graphemes(text, place, match.start())
        yield match.start(), match.end(), len(_draw_sign(match))
        place = match.end()
    yield from _graphemes(text, place, end)


def _graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    for first, last, _ in split_graphemes(text[start:end])[0]:  # its widths differ from cell_len's
        yield start + first, start + last, cell_len(text[start + first : start + last])

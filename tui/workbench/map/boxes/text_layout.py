"""Text in boxes: wrapped, shortened and sliced in terminal cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES: Final = 3
"""Maximum number of lines of text in a box."""

# Only the start of a long text is looked at, since a box shows few lines of it. Four code points
# for each cell leave room for combining marks.
_MARKS: Final = 4
# A character with more code points than this is cut: hostile text can pile up marks without end.
_MOST: Final = 16
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482–—‘’“”…€⊕⊖⊘\u2500-\u25fc]*")
"""Characters that take one cell for each code point."""
_LOOSE = re.compile(r"(?<!\S)[\u0300-\u036f\u200b-\u200d\ufe0f]+|\u200d+(?!\S)")
"""Combining characters that would join the neighbouring blank or border."""


def wrap_in_box(text: str, room: int) -> list[str]:
    """Return the first `LINES` lines of *text*, each at most *room* cells wide.

    A shortened text ends in `…`.
    """
    longest = _MARKS * LINES * room
    start = collapse_blanks(text[:longest])
    lines = [""]
    # Most text is plain, and splitting it into graphemes takes far longer than this pattern.
    if _PLAIN.fullmatch(start):
        lines = re.findall(rf"\S.{{0,{room - 1}}}(?= |$)|\S{{{room}}}", start) or lines
    elif start:
        lines = list(_wide_lines(start, room))
    if len(lines) > LINES or len(text) > longest:
        del lines[LINES:]
        # The blanks make the line too wide, so that `shorten` ends it in an ellipsis.
        lines[-1] = shorten(lines[-1] + " " * room, room)
    return lines


def _wide_lines(text: str, room: int) -> Iterator[str]:
    """Yield the lines of *text*, broken at blanks and before wide characters."""
    begin = best = used = 0
    spans = split_graphemes(text)[0]
    for number, (first, last, width) in enumerate(spans):
        is_blank = text[first:last] == " "
        if is_blank or width > 1:  # Chinese and Japanese have no blanks to break at
            best = number
        used += width
        if used > room and not is_blank:
            end = best if best > begin else number
            yield text[spans[begin][0] : spans[end][0]].rstrip(" ")
            begin = end + (text[spans[end][0]] == " ")
            used = sum(span[2] for span in spans[begin : number + 1])
    yield text[spans[begin][0] :].rstrip(" ")


def collapse_blanks(text: str) -> str:
    """Return *text* with single blanks, and without combining marks that lack a base."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text):
        return text
    # A mark without a base would combine with the border and shift the cells after it.
    text = _LOOSE.sub("", text)
    spans = [span for span in split_graphemes(text)[0] if span[2]]
    pieces = (text[a : b if b - a <= _MOST and text[a] != " " else a + 1] for a, b, _ in spans)
    return " ".join("".join(pieces).split())


def shorten(text: str, room: int) -> str:
    """Return *text* in at most *room* cells; a shortened text ends in `…`."""
    return text if cell_len(text) <= room else slice_cells(text, 0, room - 1).rstrip(" ") + "…"


def slice_cells(words: str, first: int, last: int) -> str:
    """Return cells *first* to *last* of *words*; half a wide character is a blank."""
    if _PLAIN.fullmatch(words):
        return words[first:last]
    cells, place = "", 0
    for begin, end, width in split_graphemes(words)[0]:
        low, high = max(first, place), min(last, place + width)
        if low < high:
            # Half a wide character would make the row wider than the pane.
            cells += words[begin:end] if high - low == width else " " * (high - low)
        place += width
    return cells

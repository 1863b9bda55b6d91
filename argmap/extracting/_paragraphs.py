"""Lines become paragraphs: told by the space between them, by indents, by the size of letters."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.extracting._lines import Line

_WIDER: Final = 1.3
"""Times the usual space between lines from which a paragraph ends."""

_INDENT: Final = 0.8
"""Heights of letters that a first line stands further right."""

_OTHER_SIZE: Final = 0.15
"""Part by which letters of a heading differ in size."""

_FULL: Final = 0.75
"""Part of the longest line that a line is at least which goes on on the next page."""

_SOFT: Final = "\u00ad"
_ENDS_IN_HYPHEN = re.compile(r"(\w+)[-\u2010]$")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'\u2019\u201d\u00bb)\]]*$")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")


def paragraphs_of(pages: Iterable[Sequence[Line]]) -> list[str]:
    """Return the paragraphs that the lines of *pages* make, in their order.

    A word that a line end parts is joined. Its hyphen goes, unless the word stands with
    it within a line elsewhere, or its second part is a name.
    """
    rows = [row for page in pages for row in _rows(page)]
    if not rows:
        return []
    usual = _usual_space(rows)
    longest = max(len(row.words) for row in rows)
    groups = [[rows[0].words]]
    for above, row in pairwise(rows):
        if _begins(above, row, usual, longest):
            groups.append([])
        groups[-1].append(row.words)
    hyphenated = {match[0].lower() for row in rows for match in _WORD.finditer(row.words)}
    return [_joined(group, hyphenated) for group in groups]


def _rows(page: Sequence[Line]) -> list[Line]:
    """Return the lines of *page*, those beside each other as one."""
    rows: list[Line] = []
    for line in page:
        before = rows[-1] if rows else None
        if before and abs(before.y - line.y) < before.height / 3 and line.x >= before.x:
            rows[-1] = before.with_more(f" {line.words}")
        else:
            rows.append(line)
    return rows


def _usual_space(rows: Sequence[Line]) -> float:
    spaces = [
        above.y - row.y
        for above, row in pairwise(rows)
        if 0 < above.y - row.y < 4 * row.height and _is_like(above, row)
    ]
    return median(spaces) if spaces else rows[0].height * _WIDER


def _is_like(above: Line, row: Line) -> bool:
    return abs(above.height - row.height) <= _OTHER_SIZE * max(above.height, row.height)


def _begins(above: Line, row: Line, usual: float, longest: int) -> bool:
    """Tell whether a paragraph begins with *row*, which follows *above*."""
    space = above.y - row.y
    if not _is_like(above, row):
        return True
    if space <= 0:  # another column, or another page
        is_full = len(above.words.strip()) >= _FULL * longest
        return bool(_ENDS_SENTENCE.search(above.words.strip())) and not is_full
    return space > _WIDER * usual or row.x > above.x + _INDENT * row.height


def _joined(lines: Sequence[str], hyphenated: set[str]) -> str:
    """Return *lines* as one, with words that line ends part made whole."""
    whole = ""
    for line in lines:
        words = " ".join(line.split())
        if whole.endswith(_SOFT):
            whole = whole[:-1] + words
        elif (parted := _ENDS_IN_HYPHEN.search(whole)) and (rest := _WORD.match(words)):
            is_kept = rest[0][0].isupper() or f"{parted[1]}-{rest[0]}".lower() in hyphenated
            whole = (whole if is_kept else whole[:-1]) + words
        else:
            whole = f"{whole} {words}" if whole else words
    return whole.replace(_SOFT, "")

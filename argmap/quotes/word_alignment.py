"""Align the words of a quote with those of a text: equal, changed, joined or left out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import category

from attrs import define, frozen

from .look_alikes import DASHES, QUOTATION_MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BAND: Final = 12
"""The most words by which the two may be out of step; near matches rarely are."""

_EDGE: Final = 8
"""Extra cost, in letters, of a missing first or last word."""

_SIGNS: Final = str.maketrans(QUOTATION_MARKS | DASHES)
_EXTRA_SYMBOLS: Final = "%\u2030\u2031#"
_LAST_SYMBOL: Final = 0x1FAFF
"""The last code point that is checked for being a symbol or a mark; emoji end there."""

_IDEOGRAPHS: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@frozen
class Word:
    """A word, a figure with its separators, or a sign such as % that belongs to a figure."""

    start: int
    end: int
    raw: str
    key: str
    """The form that is compared: in lower case, with typewriter apostrophes and hyphens."""
    is_sign: bool = False

    @property
    def is_ideograph(self) -> bool:
        """True for a character that is a word by itself."""
        return len(self.raw) == 1 and re.match(f"[{_IDEOGRAPHS}]", self.raw) is not None


@frozen
class AlignedPair:
    """Words of a quote, and the words of the text that match them; one side may have none."""

    quote: tuple[Word, ...]
    text: tuple[Word, ...]


@define
class _Cell:
    cost: float
    """Number of letters that differ up to this point."""
    before: tuple[int, int] | None = None
    """Numbers of words of the quote and of the text before the last pair; None at the beginning."""


def words_in(text: str) -> list[Word]:
    """Return the words of *text*, which is in Unicode's form C."""
    return [_word(match) for match in _pattern().finditer(text)]


def align_words(
    quote: Sequence[Word], text: Sequence[Word], distance: Callable[[Word, Word], float]
) -> list[AlignedPair]:
    """Return the pairs from the first word of *quote* to the last, with the least difference.

    Words of *text* before and after them are left out. Empty if the two are too far out of step.

    Args:
        quote: Words, all of which are aligned.
        text: Words that contain a match for *quote*.
        distance: Returns the number of letters in which two words differ.
    """
    rows: list[dict[int, _Cell]] = [{j: _Cell(0) for j in range(min(_BAND, len(text)) + 1)}]
    for i in range(1, len(quote) + 1):
        row: dict[int, _Cell] = {}
        rows.append(row)
        for j in range(max(0, i - _BAND), min(len(text), i + _BAND) + 1):
            options = _ways(quote, text, i, j, rows, distance)
            if options:
                row[j] = min(options, key=lambda cell: cell.cost)
    if not rows[-1]:
        return []
    end = min(rows[-1], key=lambda j: (rows[-1][j].cost, j))
    return _steps(quote, text, rows, end)


def _ways(
    quote: Sequence[Word],
    text: Sequence[Word],
    i: int,
    j: int,
    rows: list[dict[int, _Cell]],
    distance: Callable[[Word, Word], float],
) -> list[_Cell]:
    """Return the ways to align *i* words of the quote with *j* of the text."""
    found: list[_Cell] = []

    def add(back_i: int, back_j: int, cost: float) -> None:
        if back_i >= 0 and back_j in rows[back_i]:
            found.append(_Cell(rows[back_i][back_j].cost + cost, (back_i, back_j)))

    mine = quote[i - 1]
    if j:
        theirs = text[j - 1]
        add(i - 1, j - 1, distance(mine, theirs))
        add(i, j - 1, len(theirs.key))
        if i > 1 and quote[i - 2].key + mine.key == theirs.key:
            add(i - 2, j - 1, 0.5)
        if j > 1 and text[j - 2].key + theirs.key == mine.key:
            add(i - 1, j - 2, 0.5)
    # The passage has to begin and end with the first and last words of the quote. If these have
    # no match, a message should name the words that the text has instead.
    is_edge = i in (1, len(quote))
    add(i - 1, j, len(mine.key) + (_EDGE if is_edge else 0))
    return found


def _steps(
    quote: Sequence[Word], text: Sequence[Word], rows: list[dict[int, _Cell]], end: int
) -> list[AlignedPair]:
    i, j = len(quote), end
    steps: list[AlignedPair] = []
    while (before := rows[i][j].before) is not None:
        steps.append(AlignedPair(tuple(quote[before[0] : i]), tuple(text[before[1] : j])))
        i, j = before
    return steps[::-1]


def _word(match: re.Match[str]) -> Word:
    raw = match[0]
    key = raw.translate(_SIGNS)
    has_digit = any(character.isnumeric() for character in raw)
    is_sign = match.lastgroup == "sign"
    # Capitals make another unit (mW and MW), so figures are compared as written.
    return Word(
        match.start(), match.end(), raw, key if has_digit else key.casefold(), is_sign=is_sign
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of words, which is slow to build and so built on first use."""
    signs = _class_of("Sc", "Sm", "So")
    marks = _class_of("Mn", "Mc", "Me")
    minus = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
    return re.compile(
        rf"(?P<ideograph>[{_IDEOGRAPHS}])"
        rf"|(?P<figure>(?:(?<![^\W_])[{minus}](?=[.,]?\d))?(?:(?<![^\s(\[$£€¥{minus}])[.,])?"
        rf"\d+(?:[.,:/·٫٬'’]\d+)*(?:[^\W_{_IDEOGRAPHS}]|[{marks}])*)"
        rf"|(?P<word>[^\W_](?:[^\W_{_IDEOGRAPHS}]|[{marks}]|['\u2019\u02bc](?=[^\W_]))*)"
        rf"|(?P<sign>[{signs}{_EXTRA_SYMBOLS}])"
    )


def _class_of(*categories: str) -> str:
    """Return the ranges of the characters of *categories*, for a character class."""
    ranges: list[list[int]] = []
    for code in range(0x20, _LAST_SYMBOL + 1):
        if category(chr(code)) in categories:
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)

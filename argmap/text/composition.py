"""Unicode's canonical forms: é as one code point equals é as two, and positions are mapped.

Source: Unicode Standard Annex #15, Unicode Normalization Forms.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import category, is_normalized, normalize

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RUN: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Text that composition may change: non-ASCII characters with the character before them."""

_MOST_MARKS: Final = 250

_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors. Unicode counts them as marks, but people quote a heart without one."""

_JAMO: Final = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
"""Vowels and final consonants, which belong to the Hangul syllable before them."""


@frozen(eq=False)
class MappedText:
    """Another form of a text, with a map from its positions to those of the original."""

    text: str
    _ends: Sequence[tuple[int, int]] = ()
    """The ends of each stretch whose length differs: in the form, and in the original."""
    _starts: Sequence[tuple[int, int]] = ()
    """The starts of the same stretches."""

    def own_start(self, place: int) -> int:
        """Return the start in the original of the passage that starts at *place* in the form."""
        n = bisect_right(self._starts, place, key=lambda pair: pair[0]) - 1
        if n < 0:
            return place
        if place < self._ends[n][0]:
            return self._starts[n][1]  # inside a stretch: include all of it
        return self._ends[n][1] + place - self._ends[n][0]

    def own_end(self, place: int) -> int:
        """Return the end in the original of the passage that ends at *place* in the form."""
        n = bisect_left(self._starts, place, key=lambda pair: pair[0]) - 1
        if n < 0:
            return place
        if place <= self._ends[n][0]:
            return self._ends[n][1]
        return self._ends[n][1] + place - self._ends[n][0]


def composed(text: str) -> str:
    """Return *text* in Unicode normalization form C."""
    return text if text.isascii() or has_endless_letter(text) else normalize("NFC", text)


def spellings(text: str) -> list[str]:
    """Return *text* as it is, composed (NFC) and decomposed (NFD), without duplicates."""
    if text.isascii() or has_endless_letter(text):
        return [text]
    return list(dict.fromkeys((text, normalize("NFC", text), normalize("NFD", text))))


def has_endless_letter(text: str) -> bool:
    """Return whether *text* has hundreds of marks in a row, which no language has.

    Sorting such marks takes time that grows with the square of their number.
    """
    return any(
        _is_mark(text[start]) and _is_mark(text[end]) and all(map(_is_mark, text[start:end]))
        for start, end in pairwise(range(0, len(text), _MOST_MARKS))
    )


def search_key(text: str) -> str:
    """Return *text* in the form that searches compare, which ignore case and composition."""
    return composed(text.casefold())


@lru_cache(maxsize=4)
def composed_text(text: str) -> MappedText:
    """Return *text* in form C with its positions mapped.

    The last few results are cached, since many quotes are looked up in one text.
    """
    if text.isascii() or has_endless_letter(text) or is_normalized("NFC", text):
        return MappedText(text)
    return mapped_text(text, _find_changes(text))


def mapped_text(text: str, changes: Iterable[tuple[int, int, str]]) -> MappedText:
    """Return *text* after *changes* with its positions mapped.

    Args:
        text: The original.
        changes: Start, end and replacement of each stretch, in order.
    """
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []
    done = length = 0
    for start, end, form in changes:
        parts += (text[done:start], form)
        length += start - done
        starts.append((length, start))
        length += len(form)
        ends.append((length, end))
        done = end
    parts.append(text[done:])
    return MappedText("".join(parts), ends, starts)


def is_between_letters(text: str, place: int) -> bool:
    """Return whether *place* in *text* does not split a letter from its marks."""
    return not 0 < place < len(text) or not _is_mark(text[place])


def _find_changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each letter with marks that form C changes: start, end, form."""
    for run in _RUN.finditer(text):
        if is_normalized("NFC", run[0]):
            continue
        start = run.start()
        for place in range(start + 1, run.end() + 1):
            if place < run.end() and _is_mark(text[place]):
                continue
            letter = text[start:place]
            form = normalize("NFC", letter)
            if form != letter:
                yield start, place, form
            start = place


def _is_mark(character: str) -> bool:
    if character.isascii() or character in _SELECTORS:
        return False
    return category(character)[0] == "M" or any(ord(character) in jamo for jamo in _JAMO)

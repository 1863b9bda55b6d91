"""Detect near-duplicate texts: one op-ed under another headline, or typeset differently.

Texts are compared by the runs of three words that they share, whatever their case,
punctuation and line ends.

Source: A. Broder, "On the resemblance and containment of documents" (1997), shingles;
the coefficient is Dice's.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from .composition import has_endless_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_LIKENESS: Final = 0.7
"""The lowest likeness, from 0 to 1, of near-duplicates."""

_RUN: Final = 3
_MOST_WORDS: Final = 100_000
"""The most words, from the beginning of a text, that are compared."""

_PHRASES: Final = 12
_PHRASE: Final = 4
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_SPACED_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc]")


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words in *text*; a shorter text is one run."""
    compared = text[: 20 * _MOST_WORDS]
    plain = compared if has_endless_letter(compared) else normalize("NFKC", compared)
    folded = _APOSTROPHE.sub("", plain.casefold())
    words = _WORD.findall(folded)[:_MOST_WORDS]
    if len(words) < _RUN:
        return frozenset({tuple(words)} if words else ())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def text_likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Return the likeness of two texts by their `shingles`: 0 none shared, 1 all shared."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def phrases(text: str) -> Sequence[str]:
    """Return up to 12 phrases of four words from all over *text*; none if it has no words.

    A near-duplicate contains some of them; other texts contain hardly any. Each stretch of the
    text contributes its phrase with the most letters: long words are rare, so they are found fast.
    """
    words = _SPACED_WORD.findall(text[: 20 * _MOST_WORDS])[:_MOST_WORDS]
    last = max(1, len(words) - _PHRASE + 1)
    edges = [last * number // _PHRASES for number in range(_PHRASES + 1)]
    lengths = [len(word) for word in words]
    starts = [
        max(range(first, end), key=lambda start: sum(lengths[start : start + _PHRASE]))
        for first, end in pairwise(edges)
        if first < end
    ]
    return [" ".join(words[start : start + _PHRASE]) for start in starts] if words else []

"""Which texts are nearly one: the same op-ed under another headline, or typeset otherwise.

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
"""Likeness from 0 to 1 from which texts are nearly one."""

_RUN: Final = 3
_MOST_WORDS: Final = 100_000
"""Words from a text's beginning that are compared."""

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
    """Return how like two texts are by their `shingles`: 0 they share nothing, 1 they are one."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def phrases(text: str) -> Sequence[str]:
    """Return up to 12 phrases of four words from all over *text*, one at least if it has words.

    A text that is nearly the same has some of them; others hardly any. Of each stretch
    it is the phrase with the most letters: long words are rare, and rare ones soon found.
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

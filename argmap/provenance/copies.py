"""Items in each other's words: a suspicion, for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHINGLE: Final = 5
"""Words in a row that are compared at once."""

LEAST_SHARED: Final = Fraction(1, 2)
"""The part of the shorter item's runs of words from which on a copy is suspected."""

MOST_HOLDERS: Final = 20
"""Items in which a run of words is looked for, the earliest; past them it is a common phrase."""

_WORD = re.compile(r"\w+")


@frozen
class SuspectedCopy:
    """An item that has many runs of words in common with an earlier one."""

    later: str
    earlier: str
    """The one that it shares most with; the first of several."""
    shared: Fraction
    """The part of the shorter one's runs of five words that both have, 0.5 to 1."""


def suspected_copies(items: Iterable[tuple[str, str]]) -> Iterator[SuspectedCopy]:
    """Yield each of *items* that may be a copy of an earlier one, with that one.

    Capitals and punctuation make no difference. Items under five words are not compared.

    Args:
        items: Ids and words, the earliest first; each id once.

    Source: the measure is that of Broder 1997, containment; length and threshold
    are argmap's own.
    """
    met: list[tuple[str, int]] = []
    firsts: dict[frozenset[tuple[str, ...]], str] = {}
    holders: dict[tuple[str, ...], list[int]] = {}
    for item, words in items:
        shingles = _shingles(words)
        if shingles in firsts:  # not compared again, so that many that are alike stay quick
            yield SuspectedCopy(item, firsts[shingles], Fraction(1))
            continue
        if not shingles:
            continue
        common = Counter(place for s in shingles for place in holders.get(s, ()))
        shares = [(Fraction(n, min(len(shingles), met[p][1])), -p) for p, n in common.items()]
        share, place = max(shares, default=(Fraction(0), 0))
        if share >= LEAST_SHARED:
            yield SuspectedCopy(item, met[-place][0], share)
        firsts[shingles] = met[-place][0] if share == 1 else item
        for shingle in shingles:
            held = holders.setdefault(shingle, [])
            if len(held) < MOST_HOLDERS:
                held.append(len(met))
        met.append((item, len(shingles)))


def _shingles(words: str) -> frozenset[tuple[str, ...]]:
    found = [word.casefold() for word in _WORD.findall(words)]
    return frozenset(tuple(found[n : n + SHINGLE]) for n in range(len(found) - SHINGLE + 1))

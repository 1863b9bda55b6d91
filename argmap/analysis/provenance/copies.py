"""Suspected copies: items that share wording or a rare figure. A person has to confirm each."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from argmap.text.composition import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

SHINGLE: Final = 5
"""Words in a run; runs are compared whole."""

LEAST_SHARED: Final = Fraction(1, 2)
"""The smallest share of the shorter item's runs of words that suggests a copy."""

MOST_HOLDERS: Final = 20
"""The most items that are indexed under one run of words; in more, it is a common phrase."""

MOST_WITH_FIGURE: Final = 3
"""The most statements that a rare figure may occur in."""

_FEWEST_DIGITS: Final = 3
_WORD: Final = re.compile(r"\w+")
_FIGURE: Final = re.compile(
    r"(?<![\w.,])([0-9]{1,3}(?:[,'’\u00a0\u2009\u202f][0-9]{3})+|[0-9]+)(\.[0-9]+)?(?![0-9])"
)
# Unrelated texts share a year all the time, so it is no sign of a copy.
_PLAIN_YEAR: Final = re.compile(r"1[0-9]{3}|2[01][0-9]{2}")

Run = tuple[str, ...]

_ROOM: Final = 8
"""Bytes of the counting table for each run of words."""
_SEVERAL: Final = 2
_NO_FIGURES: Final = frozenset[str]()
"""Shared by all items without figures."""


@frozen
class Wording:
    """The runs of words and the figures of an item, for comparison.

    A run of words is represented by a whole number, its hash in this process. A big map has
    millions of runs, and the words themselves would take fifty times the memory.
    """

    words: array[int]
    """The runs of five words in the analyst's words, each once."""
    quoted: array[int]
    """The runs of five words in its quotations, each once, hashed differently from `words`."""
    figures: frozenset[str]
    """The figures in the analyst's words and in the quotations."""

    @property
    def runs(self) -> Iterator[int]:
        """The runs of five words in the analyst's words and in the quotations."""
        return chain(self.words, self.quoted)


@frozen
class SuspectedCopy:
    """An item that shares many runs of words, or a rare figure, with an earlier item."""

    later: str
    earlier: str
    """The earlier item that it shares most with; the first if there are several."""
    shared: Fraction
    """Share of the shorter item's runs of five words that both have, 0.5 to 1; else 0."""
    figure: str | None = None
    """The rare figure that both contain, only its digits, if they share too few words."""


@frozen
class CopyIndex:
    """An index of items by their runs of words and figures."""

    wanted: Container[int]
    """The runs of words that will be looked up; others are not kept."""
    items: list[tuple[str, Wording]] = field(factory=list, init=False)
    _holders: dict[int | str, list[int]] = field(factory=dict, init=False, repr=False)
    """The first items that have each run of words or figure."""

    def add(self, item: str, wording: Wording) -> None:
        """Add *item*, an id, to the index."""
        place = len(self.items)
        self.items.append((item, wording))
        wanted = (run for run in wording.runs if run in self.wanted)
        keys: Iterator[int | str] = chain(wanted, wording.figures)
        for key in keys:
            holders = self._holders.setdefault(key, [])
            # Without a limit, a phrase that every item has would take quadratic time.
            if len(holders) < MOST_HOLDERS:
                holders.append(place)

    def copied_by(
        self,
        item: str,
        wording: Wording,
        may_copy: Callable[[str, str], bool],
        is_rare: Callable[[str], bool],
    ) -> SuspectedCopy | None:
        """Return *item* as a suspected copy of the indexed item that it shares most with.

        Args:
            item: The id of the item.
            wording: The wording of the item.
            may_copy: Returns for two ids, that of *item* first, whether one may copy the other.
            is_rare: Returns whether only a few statements have a figure.

        Returns:
            None if no indexed item shares enough.
        """
        shares = self._shares(wording)
        # The greatest share first, and of equal ones the earliest item.
        near = sorted((-share, place) for place, share in shares.items() if share >= LEAST_SHARED)
        for share, place in near:
            if may_copy(item, self.items[place][0]):
                return SuspectedCopy(item, self.items[place][0], -share)
        for figure in sorted(wording.figures):
            if is_rare(figure):
                for place in self._holders.get(figure, ()):
                    if may_copy(item, self.items[place][0]):
                        return SuspectedCopy(item, self.items[place][0], Fraction(0), figure)
        return None

    def _shares(self, wording: Wording) -> dict[int, Fraction]:
        """Return each item's share of the words or of the quotations, whichever is greater."""
        shares: dict[int, Fraction] = {}
        for kind, runs in (("words", wording.words), ("quoted", wording.quoted)):
            common: defaultdict[int, int] = defaultdict(int)
            for run in runs:
                for place in self._holders.get(run, ()):
                    common[place] += 1
            for place, number in common.items():
                least = min(len(runs), len(getattr(self.items[place][1], kind)))
                shares[place] = max(shares.get(place, Fraction(0)), Fraction(number, least))
        return shares


def suspected_copies(
    items: Iterable[tuple[str, Wording]],
    may_copy: Callable[[str, str], bool] = lambda _later, _earlier: True,
    is_rare: Callable[[str], bool] = lambda _figure: False,
) -> Iterator[SuspectedCopy]:
    """Yield each of *items* that may be a copy of an earlier one, with that one.

    Letter case and punctuation are ignored. Texts of fewer than five words are not compared.

    Args:
        items: Ids and wordings, the earliest first; each id once.
        may_copy: Returns for a later and an earlier id whether one may copy the other.
        is_rare: Returns whether only a few statements have a figure.

    Source: Broder 1997 for containment as the measure; the length of a run and the threshold
    are argmap's own. Dong et al. 2009: a value that few share is a strong sign of copying.
    """
    known = list(items)
    index = CopyIndex(_repeated([wording for _, wording in known]))
    for item, wording in known:
        copy = index.copied_by(item, wording, may_copy, is_rare)
        if copy is not None:
            yield copy
        index.add(item, wording)


def wording_of(text: str, quotations: Iterable[str] = ()) -> Wording:
    """Return the wording of an item from its *text* and *quotations*."""
    quoted = list(quotations)
    return Wording(
        # From lists, because an array that grows from an iterator keeps spare room.
        array("q", [*set(map(hash, runs_in(text)))]),
        # Inverted, so that a quotation never matches the analyst's words for another item.
        array("q", [*{~hash(run) for words in quoted for run in runs_in(words)}]),
        figures_in(text).union(*map(figures_in, quoted)) or _NO_FIGURES,
    )


def runs_in(words: str) -> Iterator[Run]:
    """Yield the runs of five words in *words*, in lower case, from first to last."""
    found = [word.lower() for word in _WORD.findall(composed(words))]
    for start in range(len(found) - SHINGLE + 1):
        yield tuple(found[start : start + SHINGLE])


def figures_in(text: str) -> frozenset[str]:
    """Return the figures of three or more digits in *text*, without separators; no years.

    `3,871` and `3871` are one figure. Four digits without a separator are a year from 1000 to
    2199. Decimals belong to a figure and do not count as its digits.
    """
    found = set()
    for whole, decimals in _FIGURE.findall(text):
        digits = re.sub("[^0-9]", "", whole).lstrip("0")
        is_year = not decimals and digits == whole and _PLAIN_YEAR.fullmatch(digits)
        if len(digits) >= _FEWEST_DIGITS and not is_year:
            found.add(digits + decimals)
    return frozenset(found)


def thousands_of(figure: str) -> tuple[list[str], str]:
    """Split *figure* into groups of three digits, and its decimals with their point."""
    whole, point, decimals = figure.partition(".")
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[n : n + 3] for n in range(first, len(whole), 3))]
    return groups, point + decimals


def rare_among(counts: Mapping[str, int]) -> Callable[[str], bool]:
    """Return a predicate for rare figures; *counts* has the number of statements for each."""
    return lambda figure: counts.get(figure, 0) <= MOST_WITH_FIGURE


def _repeated(wordings: Sequence[Wording]) -> Container[int]:
    """Return the runs of words that occur in more than one of *wordings*."""
    total = sum(len(wording.words) + len(wording.quoted) for wording in wordings)
    # Most runs occur in one wording only. A first count by remainder, in one byte each, drops
    # nearly all of them, so that the sets below stay small.
    room = _ROOM * total + 1
    counts = bytearray(room)
    for wording in wordings:
        for run in wording.runs:
            if counts[run % room] < _SEVERAL:
                counts[run % room] += 1
    once: set[int] = set()
    again: set[int] = set()
    for wording in wordings:
        for run in wording.runs:
            if counts[run % room] == _SEVERAL:
                (again if run in once else once).add(run)
    return again

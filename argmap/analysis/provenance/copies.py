"""Items in each other's words, or with one rare figure: a suspicion, for a person to confirm."""

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
"""Words in a row that are compared at once."""

LEAST_SHARED: Final = Fraction(1, 2)
"""The part of the shorter item's runs of words from which on a copy is suspected."""

MOST_HOLDERS: Final = 20
"""Items in which a run of words is looked for, the earliest; past them it is a common phrase."""

MOST_WITH_FIGURE: Final = 3
"""Statements that a rare figure is in, at most."""

_FEWEST_DIGITS: Final = 3
_WORD: Final = re.compile(r"\w+")
_FIGURE: Final = re.compile(
    r"(?<![\w.,])([0-9]{1,3}(?:[,'’\u00a0\u2009\u202f][0-9]{3})+|[0-9]+)(\.[0-9]+)?(?![0-9])"
)
_PLAIN_YEAR: Final = re.compile(r"1[0-9]{3}|2[01][0-9]{2}")

Run = tuple[str, ...]

_ROOM: Final = 8
"""Bytes for each run while those are sought that two items have."""
_SEVERAL: Final = 2
_NO_FIGURES: Final = frozenset[str]()
"""One for all items without any."""


@frozen
class Wording:
    """What is compared of an item.

    A run of words is a whole number here, its hash in this process: a big map has millions of
    them, and the words themselves would take fifty times the memory.
    """

    words: array[int]
    """The runs of five words in the analyst's words, each once."""
    quoted: array[int]
    """The runs of five words in its quotations, each once; other numbers than in words."""
    figures: frozenset[str]
    """The figures in either."""

    @property
    def runs(self) -> Iterator[int]:
        """The runs of either kind."""
        return chain(self.words, self.quoted)


@frozen
class SuspectedCopy:
    """An item that has many runs of words in common with an earlier one, or a rare figure."""

    later: str
    earlier: str
    """The one that it shares most with; the first of several."""
    shared: Fraction
    """The part of the shorter one's runs of five words that both have, 0.5 to 1; else 0."""
    figure: str | None = None
    """The rare figure in both, in digits alone, where they share too few words."""


@frozen
class CopyIndex:
    """Items in which the wording of others is looked for."""

    wanted: Container[int]
    """The runs of words that will be looked for; others are not kept."""
    items: list[tuple[str, Wording]] = field(factory=list, init=False)
    _holders: dict[int | str, list[int]] = field(factory=dict, init=False, repr=False)
    """For each run of words in words or in quotations, and each figure, the first items."""

    def add(self, item: str, wording: Wording) -> None:
        """Look in *item*, an id, from now on."""
        place = len(self.items)
        self.items.append((item, wording))
        wanted = (run for run in wording.runs if run in self.wanted)
        keys: Iterator[int | str] = chain(wanted, wording.figures)
        for key in keys:
            holders = self._holders.setdefault(key, [])
            if len(holders) < MOST_HOLDERS:
                holders.append(place)

    def copied_by(
        self,
        item: str,
        wording: Wording,
        may_copy: Callable[[str, str], bool],
        is_rare: Callable[[str], bool],
    ) -> SuspectedCopy | None:
        """Return the copy that *item* is suspected to be of the one it shares most with.

        Args:
            item: Its id.
            wording: What is compared of it.
            may_copy: Tells for two ids, that of *item* first, whether one may copy the other.
            is_rare: Tells of a figure whether few statements have it.
        """
        shares = self._shares(wording)
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
        """Return which part of its words or quotations each item has, the greater of the two."""
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

    Capitals and punctuation make no difference. Runs of fewer than five words are not compared.

    Args:
        items: Ids and wordings, the earliest first; each id once.
        may_copy: Tells for a later and an earlier id whether one may copy the other.
        is_rare: Tells of a figure whether few statements have it.

    Source: the measure is that of Broder 1997, containment; length and threshold are argmap's
    own. Dong et al. 2009 for what few share: it is the strong sign of a copy.
    """
    known = list(items)
    index = CopyIndex(_repeated([wording for _, wording in known]))
    for item, wording in known:
        copy = index.copied_by(item, wording, may_copy, is_rare)
        if copy is not None:
            yield copy
        index.add(item, wording)


def wording_of(text: str, quotations: Iterable[str] = ()) -> Wording:
    """Return what is compared of an item with the words *text* and these *quotations*."""
    quoted = list(quotations)
    return Wording(
        # Of lists, because an array has room to spare where it does not know how long it will be.
        array("q", [*set(map(hash, runs_in(text)))]),
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
    """Return the digits of *figure* in groups of thousands, and its decimals with their point."""
    whole, point, decimals = figure.partition(".")
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[n : n + 3] for n in range(first, len(whole), 3))]
    return groups, point + decimals


def rare_among(counts: Mapping[str, int]) -> Callable[[str], bool]:
    """Return the test whether a figure is in few statements; *counts* says in how many."""
    return lambda figure: counts.get(figure, 0) <= MOST_WITH_FIGURE


def _repeated(wordings: Sequence[Wording]) -> Container[int]:
    """Return the runs of words that are in more than one of *wordings*.

    Most runs are in one alone. Counting them in one byte for all that have a remainder in
    common finds nearly all of these, in little memory.
    """
    total = sum(len(wording.words) + len(wording.quoted) for wording in wordings)
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

"""Similarity of source names: spellings of one name, and names that are close.

Only a person can tell that two names mean one source. These functions suggest; they never merge.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import category, combining, normalize

from attrs import frozen
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmap.model.source import Source

LEAST_LIKENESS: Final = 0.85
"""The lowest likeness, from 0 to 1, of a name that is suggested."""

INITIALS_LIKENESS: Final = 0.9
"""The likeness of a name and its initials, such as WHO."""

LONGEST: Final = 200
"""The most code points of a name that are compared for likeness."""

_ABBREVIATION = re.compile(r"(?<!\w)(?:[^\W\d_]{1,3}\.)+(?:[^\W\d_]{1,3})?(?!\w)")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")
_PUNCTUATION = re.compile(r"[\x00-\x1f\x7f!\"%()*,\-./:;<=>?@\[\\\]^_{|}~]")
_NUMBER = re.compile(r"\d+")
_ARTICLES: Final = frozenset({"a", "an"})
_SMALL: Final = frozenset({"of", "and", "for", "on", "in", "to"})
_NAMELESS: Final = frozenset({"unnamed", "vague"})
_INITIALS: Final = range(2, 9)


@frozen
class SimilarSource:
    """A source whose name is similar to a given name."""

    source: Source
    likeness: float
    """The likeness of the names, from 0 to 1."""
    is_same: bool
    """True if the names differ only in spelling."""


@frozen(eq=False)
class NameIndex:
    """An index of many sources by name; building it takes time in proportion to their number."""

    sources: Sequence[Source]
    fingerprints: Sequence[str]
    """One for each source, at most `LONGEST` code points."""
    in_order: Sequence[str]
    """The same with their words sorted."""
    by_fingerprint: Mapping[str, list[int]]
    """The positions of the sources that share each whole fingerprint."""
    by_initials: Mapping[str, list[int]]
    """The positions of the sources with the same initials; names have two words or more."""


def fingerprint(name: str) -> str:
    """Return *name* without differences of spelling, for comparison.

    Case, the form and width of characters, accents on Latin letters, invisible characters,
    punctuation, dots and spaces in initials, and articles are removed. A name that would be
    empty without them is returned as it is.
    """
    folded = _APOSTROPHE.sub("", _fold_name(name)).replace("&", " and ")
    undotted = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), folded)
    words = _join_initials(_PUNCTUATION.sub(" ", undotted).split())
    kept = [word for word in words if word != "the"] or words
    if len(kept) > 2 and kept[0] in _ARTICLES:  # noqa: PLR2004  (two words are left)
        kept = kept[1:]
    left = " ".join(kept) or " ".join(folded.split()) or " ".join(name.split()) or name
    return normalize("NFC", left)


def index_names(sources: Iterable[Source]) -> NameIndex:
    """Return an index of the names of *sources*, in their order."""
    listed = list(sources)
    whole = [fingerprint(source.name) for source in listed]
    cut = [each[:LONGEST] for each in whole]
    return NameIndex(
        listed,
        cut,
        [" ".join(sorted(each.split())) for each in cut],
        _group_positions(whole),
        _group_positions(map(_initials, cut)),
    )


def similar_sources(index: NameIndex, name: str, most: int = 10) -> list[SimilarSource]:
    """Return the sources whose names are similar to *name*, the most similar first.

    Names that contain different numbers are never similar: G7 is not G8.

    Args:
        index: All sources.
        name: A name being typed, or that of a source.
        most: The greatest number of sources to return.
    """
    whole = fingerprint(name)
    if not whole:
        return []
    wanted = whole[:LONGEST]
    same = index.by_fingerprint.get(whole, [])
    named = set(same)
    likeness: dict[int, float] = {}
    for place in index.by_initials.get(wanted, []) + index.by_fingerprint.get(
        _initials(wanted), []
    ):
        likeness[place] = INITIALS_LIKENESS
    in_order = " ".join(sorted(wanted.split()))
    for text, choices in ((wanted, index.fingerprints), (in_order, index.in_order)):
        found = process.extract(
            text, choices, scorer=fuzz.ratio, processor=None,
            score_cutoff=100 * LEAST_LIKENESS, limit=most + len(same),
        )  # fmt: skip
        for _, score, place in found:
            likeness[place] = max(score / 100, likeness.get(place, 0))
    numbers = _NUMBER.findall(wanted)
    near = [
        SimilarSource(index.sources[place], value, is_same=False)
        for place, value in likeness.items()
        if place not in named and _NUMBER.findall(index.fingerprints[place]) == numbers
    ]
    near.sort(key=lambda each: (-each.likeness, each.source.name, each.source.id))
    return ([SimilarSource(index.sources[place], 1.0, is_same=True) for place in same] + near)[
        :most
    ]


def completions(index: NameIndex, typed: str, most: int = 50) -> list[Source]:
    """Return sources whose names contain every word of *typed*, in the index's order.

    Names that begin with *typed* come first, then names with words that begin with its
    words. Words are compared by their fingerprints, so that `u.n.` finds the UN.
    """
    wanted = fingerprint(typed) if typed.strip() else ""
    words = wanted[:LONGEST].split()
    ranks: tuple[list[int], ...] = ([], [], [])
    for place, printed in enumerate(index.fingerprints):
        if all(word in printed for word in words):
            spaced = f" {printed}"
            begins = all(f" {word}" in spaced for word in words)
            ranks[0 if printed.startswith(wanted) else 1 if begins else 2].append(place)
            if len(ranks[0]) >= most:
                break
    return [index.sources[place] for rank in ranks for place in rank][:most]


def same_name_groups(index: NameIndex) -> list[list[Source]]:
    """Return the groups of sources that share a name, however it is spelled.

    Unnamed and vague sources are left out: two texts may mean different officials.
    """
    groups = (
        [s for s in map(index.sources.__getitem__, places) if s.kind not in _NAMELESS]
        for places in index.by_fingerprint.values()
        if len(places) > 1
    )
    return [group for group in groups if len(group) > 1]


def _fold_name(name: str) -> str:
    """Return *name* in lower case, without invisible characters; other marks become spaces."""
    if name.isascii():
        return name.lower()
    kept: list[str] = []
    for character in normalize("NFKD", normalize("NFKC", name).casefold()):
        if combining(character) and kept and kept[-1].isascii() and kept[-1].isalpha():
            continue
        stand_in = _replace_character(character)
        if stand_in:
            kept.append(stand_in)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _replace_character(character: str) -> str:
    if character.isascii() or _APOSTROPHE.match(character):
        return character
    kind = category(character)
    if kind == "Cf":
        return ""
    return " " if kind[0] in "PZC" or kind == "Sk" else character


def _join_initials(words: Iterable[str]) -> list[str]:
    """Return *words* with consecutive single letters joined into one word."""
    joined: list[str] = []
    is_open = False
    for word in words:
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and is_open:
            joined[-1] += word
        else:
            joined.append(word)
        is_open = is_letter
    return joined


def _initials(wanted: str) -> str:
    """Return the initials of the main words; empty if there are too few or too many."""
    letters = "".join(word[0] for word in wanted.split() if word not in _SMALL)
    return letters if len(letters) in _INITIALS and letters.isalpha() else ""


def _group_positions(keys: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(place)
    return places

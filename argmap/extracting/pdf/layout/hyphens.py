"""Join lines into one text, and rejoin the words that line ends split."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import frozen

from .hyphen_words import (
    AND,
    BETWEEN,
    DUTCH_AND,
    FIRST,
    FIRST_OF_SOME,
    HYPHENED_AFTER,
    NOT_BEFORE_SECOND,
    SECOND,
    SMALL,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SOFT: Final = "\u00ad"
_HYPHENS: Final = "-\u2010\u2011"
_TAIL: Final = 70
"""Letters at the end of a line in which a split word is searched for."""

_CLASS: Final = r"\-\u2010\u2011"
_PARTED = re.compile(rf"([^\W_](?:[\w{_CLASS}'’.]{{0,60}}[^\W_])?)[{_CLASS}{_SOFT}]$")
_NEXT = re.compile(rf"[\w'’]+(?:[{_CLASS}][\w'’]+)*")
_WORD = re.compile(rf"[^\W_]+(?:[{_CLASS}'’][^\W_]+)*")
_DASH_AT_END = re.compile(r"[^\s–—][–—/]$")

_DASH_AT_BEGINNING = re.compile(r"—[^\s–—]")
_CLOSE_DASH = re.compile(r"\w[^\s\w]?—[^\s\w]?\w")
_WIDE_DASH = re.compile(r"\s—|—\s")

_FEWEST: Final = 60
"""The fewest lines of a text that show whether words are split at their ends."""

_SHORT_NAME: Final = 4
_SHORTEST: Final = 3
"""The fewest letters of a word that is recognised by its letters alone."""


@frozen
class Vocabulary:
    """The words within the lines of a text, which show how it spells split words."""

    whole: Counter[str]
    hyphenated: Counter[str]
    is_ragged: bool
    """True if hyphens at line ends are rare, so that no program added them."""
    has_close_dashes: bool = False
    """True if most dashes have no spaces around them."""

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Vocabulary:
        """Return the vocabulary of *lines*."""
        whole: Counter[str] = Counter()
        hyphenated: Counter[str] = Counter()
        count = parted = close = 0
        for line in lines:
            words = line.strip()
            count += 1
            if "—" in words:
                close += len(_CLOSE_DASH.findall(words)) - len(_WIDE_DASH.findall(words))
            parted += bool(_PARTED.search(words[-_TAIL:]))
            for match in _WORD.finditer(words.lower()):
                if match.end() == len(words) - 1 and words[-1] in _HYPHENS + _SOFT:
                    continue  # only part of a word
                (hyphenated if any(h in match[0] for h in _HYPHENS) else whole)[match[0]] += 1
        is_ragged = count >= _FEWEST and parted < count / 60
        return cls(whole, hyphenated, is_ragged, has_close_dashes=close > 0)


def join_lines(lines: Sequence[str], known: Vocabulary) -> str:
    """Return *lines* as one, with the words that line ends split rejoined.

    Figures are never joined: a hyphen next to one always stays.
    """
    whole: list[str] = []
    end = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        if end:
            kept, between = _seam(end, words, known)
            if kept != end:
                whole[-1] = kept
            whole.append(between)
        whole.append(words)
        end = words
    return "".join(whole).replace(_SOFT, "")


def _seam(end: str, words: str, known: Vocabulary) -> tuple[str, str]:
    """Return *end* without a hyphen to remove, and the separator before *words*."""
    if _DASH_AT_END.search(end) and words[0] not in "–—":
        return end, ""
    if known.has_close_dashes and _DASH_AT_BEGINNING.match(words) and end[-1] not in "–—":
        return end, ""
    parted = _PARTED.search(end[-_TAIL:])
    following = _NEXT.match(words)
    if parted is None or (following is None and words[0] != "/"):
        return (end[:-1], "") if end.endswith(_SOFT) and len(end) > 1 else (end, " ")
    if following is None:
        return end, ""
    first, second = parted[1], following[0]
    if first[-1].isdigit() or second[0].isdigit():
        is_series = _is_and(first, second, words, known)
        return _with_hyphen(end), " " if is_series else ""
    if end.endswith(_SOFT):
        return end[:-1], ""
    if _is_and(first, second, words, known):
        return end, " "
    # In a line of capitals only, a capital does not mark a name.
    is_name = second[0].isupper() and not (end.isupper() and words.isupper())
    return (end if _keeps_hyphen(first, second, known, is_name=is_name) else end[:-1]), ""


def _with_hyphen(end: str) -> str:
    return f"{end[:-1]}-" if end.endswith(_SOFT) else end


def _is_and(first: str, second: str, words: str, known: Vocabulary) -> bool:
    """Return whether *words* start with "and", after a hyphen as in "pre- and"."""
    match = re.match(r"[\w/&]+", words)
    word = (match[0] if match else second).lower()
    if second.lower() != word and "/" not in word:
        return False  # and-so-on
    if len(word) > 1 and known.whole[(_last_part(first) + word).lower()]:
        return False  # brig-and, in a text with brigands
    if word in HYPHENED_AFTER:
        rest = words[len(word) :].split()
        return bool(rest) and any(hyphen in rest[0] for hyphen in _HYPHENS)
    is_dutch = word in DUTCH_AND and bool(known.whole["het"] and known.whole["een"])
    return word in AND or is_dutch


def _last_part(first: str) -> str:
    return re.split(f"[{_CLASS}]", first)[-1]


def _keeps_hyphen(first: str, second: str, known: Vocabulary, *, is_name: bool) -> bool:
    """Return whether *first* and *second* are written with a hyphen between them."""
    part = _last_part(first).lower()
    rest = re.split(f"[{_CLASS}]", second)[0].lower()
    rest = re.split("['’]", rest)[0]
    joined, apart = (first + second).lower(), f"{first}-{second}".lower()
    alone = known.whole[part + rest]
    if known.hyphenated[apart] != known.whole[joined]:
        return known.hyphenated[apart] > known.whole[joined]
    if is_name or len(part) == 1 or (part != first.lower() and part in SMALL):
        return True  # e-mail, state-of-the-art
    if alone:
        return False
    last = _last_part(first)
    if len(last) > 1 and last.isupper() and second.islower():
        return True  # UN-led
    return bool(BETWEEN.match(second)) or _is_compound(part, rest, known)


def _is_compound(part: str, rest: str, known: Vocabulary) -> bool:
    """Return whether words such as *part* and *rest* are written with a hyphen."""
    if part in FIRST:
        goes_on = FIRST[part]
        return len(rest) > 1 and not (goes_on and goes_on.match(rest))
    if part in FIRST_OF_SOME:
        second = FIRST_OF_SOME[part]
        return bool(second and second.match(rest))
    if len(part) < _SHORTEST or NOT_BEFORE_SECOND.match(part):
        return known.is_ragged
    if rest in SECOND:
        return len(rest) > _SHORTEST or bool(known.whole[part]) or len(part) > _SHORT_NAME
    both = known.whole[part] and known.whole[rest] and len(rest) >= _SHORTEST
    return bool(known.is_ragged or both)

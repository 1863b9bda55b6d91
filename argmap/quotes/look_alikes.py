"""Descriptions of the differences between texts that look alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import category, name, normalize

from rapidfuzz.distance import Levenshtein

from argmap.text.composition import composed
from argmap.text.display import and_list

if TYPE_CHECKING:
    from collections.abc import Callable

QUOTATION_MARKS: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9`\u00b4\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\uff02", '"'),
}
"""Quotation marks of every style, each with its equivalent on a typewriter."""

DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
"""Dashes and hyphens, each with the typewriter hyphen."""

_FOREIGN: Final = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455"  # Cyrillic
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
)
_LATIN: Final = (
    "aeopcyxijs" + "ABEKMHOPCTXI" + "ABEZHIKMNOPTYXo"
)  # the Latin letter that each of these looks like
_LETTERS: Final = dict(zip(_FOREIGN, _LATIN, strict=True))
_SPACE = re.compile(r"\s+")
_LONGEST: Final = 5000
"""The most code points of a text that is searched for the first difference."""


def describe_difference(quote: str, words: str) -> str | None:
    """Describe the difference between *quote* and *words* of a text that look alike.

    None if they are equal, or differ in ways that a reader can see.
    """
    if quote == words or _without(quote) != _without(words):
        return None
    kinds = [kind for kind in _FOLDS if _without(quote, kind) != _without(words, kind)]
    found = f"only {and_list(kinds) or 'how they are written'} differ"
    if len(kinds) == 1:
        found = f"{found}{_VERB_ENDINGS.get(kinds[0], '')}"
    return found + _first_difference(quote, words)


def _without(text: str, kept: str | None = None) -> str:
    """Return *text* without any invisible difference, except those of the kind *kept*."""
    for kind, fold in _FOLDS.items():
        if kind != kept:
            text = fold(text)
    return text


def _first_difference(quote: str, words: str) -> str:
    if len(quote) > _LONGEST or len(words) > _LONGEST:
        return ""
    for change in Levenshtein.opcodes(quote, words):
        if change.tag != "equal":
            mine = _named(quote[change.src_start : change.src_end])
            theirs = _named(words[change.dest_start : change.dest_end])
            return f": the text has {theirs} where the quote has {mine}"
    return ""


def _named(characters: str) -> str:
    if not characters:
        return "nothing"
    shown = characters[:3]
    points = " ".join(f"U+{ord(c):04X}" for c in shown)
    if len(characters) > 1:
        return points + (" …" if len(characters) > len(shown) else "")
    return f"{points} {name(characters, '').lower()}".rstrip()


@lru_cache(maxsize=4096)
def _plain_form(character: str) -> str:
    """Return a letter without its ligature or width, and an ellipsis sign as three dots."""
    is_plain = character != "\u2026" and category(character)[0] != "L"
    return character if is_plain else normalize("NFKC", character)


def _forms_folded(text: str) -> str:
    return text if text.isascii() else "".join(map(_plain_form, text))


def _hidden_removed(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in text if category(c) != "Cf" and not "\ufe00" <= c <= "\ufe0f")


def _translation(table: dict[str, str]) -> Callable[[str], str]:
    translation = str.maketrans(table)
    return lambda text: text.translate(translation)


_FOLDS: Final[dict[str, Callable[[str], str]]] = {
    "the composition of its letters": composed,
    "characters that cannot be seen": _hidden_removed,
    "spaces and line ends": lambda text: _SPACE.sub(" ", text).strip(),
    "quotation marks": _translation(QUOTATION_MARKS),
    "dashes": _translation(DASHES),
    "letters of another alphabet": _translation(_LETTERS),
    "ligatures, wide letters or dots": _forms_folded,
}
"""Each kind of difference, with the function that removes it."""

_VERB_ENDINGS: Final = {"the composition of its letters": "s"}
"""The ending of the verb after a kind whose name is singular."""

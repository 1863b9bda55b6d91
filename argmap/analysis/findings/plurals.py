"""English names in the plural, such as *officials familiar with the matter*, by their head noun.

The head is the first plural noun that ends the name or comes before a word that can only modify
a noun: a preposition, a relative pronoun or a participle. If such a word comes before any plural,
the head was a singular.

Source: the word lists are argmap's own; they were made for the voices that op-eds cite.
"""

from __future__ import annotations

import re
from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WORD: Final = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")
_FIRST_PART: Final = re.compile(r"[^,;:()\[\]–—/]*")
"""The part of a name before the first comma, bracket or dash."""

_COUNTED: Final = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|several|dozens?"
    r"|a couple)\b",
    re.IGNORECASE,
)
_SINGULAR_START: Final = frozenset({"a", "an", "one", "each", "every", "either", "neither", "any"})
_QUANTITY: Final = re.compile(
    r"(?:an?|the) (?:growing |large |small |great |whole )?"
    r"(?:number|handful|lot|host|majority|minority|range|variety|plurality) of ",
    re.IGNORECASE,
)
"""Words that make the noun after them a plural; *a series of* and *a group of* are singular."""

_AFTER_HEAD: Final = _words(
    "about above across after against alike along among amid and around as at before behind below"
    " beside between beyond but by close down during familiar for from here elsewhere in inside"
    " into like near of off on opposed or out outside over privy responsible since there through"
    " to toward towards under up upon which who whom whose that with within without aware abroad"
    " loyal present able unable involved known such"
)
_PARTICIPLE: Final = re.compile(r".{2,}(?:ed|ing)\Z")
_IRREGULAR: Final = _words(
    "people police media men women children clergy folk personnel alumni many others some few"
    " those these they most"
)
_PLURAL_ENDINGS: Final = ("men", "women", "people", "folk", "children")
_SINGULAR_ENDINGS: Final = ("ss", "sis", "xis", "us", "'s", "’s")
_SINGULAR: Final = _words(
    "news series species headquarters crossroads commons corps chaos bias alias atlas canvas gas"
    " lens class"
    " politics economics physics mathematics ethics statistics athletics genetics logistics"
    " robotics electronics linguistics mechanics obstetrics pediatrics paediatrics forensics"
    " his hers its theirs this thus always perhaps sometimes"
    " reuters forbes axios times hamas isis brussels paris athens texas wales"
    " netherlands philippines honduras"
)
_NOT_SINGULAR: Final = frozenset({"gurus", "menus", "taxis"})
_ONE_BODY: Final = re.compile(r"\bunited (?:states|nations|arab emirates)\b", re.IGNORECASE)
_INITIALS: Final = re.compile(r"[A-Z]{2,}s")
"""Initials in the plural, such as MPs; CBS is not."""


def is_plural(name: str) -> bool:
    """Return whether *name* is a plural that does not say how many."""
    part = _FIRST_PART.match(_ONE_BODY.sub("it", _QUANTITY.sub("", name, count=1)))
    words = _WORD.findall(part[0]) if part else []
    if not words or words[0].casefold() in _SINGULAR_START:
        return False
    for number, word in enumerate(words):
        after = words[number + 1].casefold() if number + 1 < len(words) else None
        if _is_plural_word(word) and (after is None or _modifies(after)):
            return not has_number(" ".join(words[: number + 1]))
        if number and word.casefold() in _AFTER_HEAD:
            return False
    return False


def has_number(description: str | None) -> bool:
    """Return whether *description* contains a number, which says how many voices there are."""
    return description is not None and _COUNTED.search(description) is not None


def _modifies(word: str) -> bool:
    return word in _AFTER_HEAD or _PARTICIPLE.match(word) is not None


def _is_plural_word(word: str) -> bool:
    plain = word.casefold().rsplit("-", 1)[-1]
    if plain in _IRREGULAR or plain in _NOT_SINGULAR or _INITIALS.fullmatch(word):
        return True
    if plain in _SINGULAR or plain.endswith(_SINGULAR_ENDINGS) or word.isupper():
        return False
    return plain.endswith(_PLURAL_ENDINGS) or (plain.endswith("s") and len(plain) > 3)  # noqa: PLR2004  (as `bus`)

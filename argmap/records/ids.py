"""Ids derived from content: the same on every machine and in every run."""

from __future__ import annotations

import hashlib
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

MADE = "~"
"""The first character of every id that argmap makes."""

_HEAD: Final = 16
"""Characters of the owner's id in a made id: as many as the time has in the id of an edit."""

_DIGITS: Final = tuple(map("".join, product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)))
"""The 1,024 pairs of digits in base 32."""
_TEN: Final = 1023
"""The bits of such a pair."""


def made_id(owner: str, *parts: object) -> str:
    """Return the id of the entity of *owner*, an id, that *parts* (JSON values) identify.

    It is `~`, the beginning of *owner*, `-` and 26 characters. Entities that come together in
    a file get ids that sort together, so that a database stores their rows in few pages.
    """
    digest = hashlib.blake2b(msgspec.json.encode((owner, *parts)), digest_size=16).digest()
    return f"{made_head(owner)}{_base32(digest)}"


def made_head(owner: str) -> str:
    """Return how every id begins that is made for an entity of *owner*."""
    return f"{MADE}{owner.lstrip(MADE)[:_HEAD]}-"


def statement_id(document: str, kind: str, text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return the id of a statement, derived from its text and its passages."""
    return made_id(document, "statement", kind, text, list(places))


def inference_id(premises: Iterable[str], conclusion: str, stance: str) -> str:
    """Return the id of an inference, derived from its premises, conclusion and stance."""
    joined = sorted(premises)
    return made_id(joined[0] if joined else "", "inference", joined, conclusion, stance)


def attribution_id(
    statement: str, class_: str, chain: Iterable[str], cue: str | None, cue_start: int | None
) -> str:
    """Return the id of an attribution, derived from its statement, class, chain and cue."""
    return made_id(statement, "attribution", class_, list(chain), cue, cue_start)


def rating_id(target: str, rubric: str, version: str, criterion: str, assessor: str) -> str:
    """Return the id of a rating, derived from its target, its criterion and its assessor."""
    return made_id(target, "rating", rubric, version, criterion, assessor)


def reliability_id(source: str, topic: str | None, assessor: str) -> str:
    """Return the id of an Admiralty letter."""
    return made_id(source, "reliability", topic, assessor)


def credibility_id(statement: str, assessor: str) -> str:
    """Return the id of an Admiralty number."""
    return made_id(statement, "credibility", assessor)


def edit_id(milliseconds: int, random: bytes) -> str:
    """Return a new id for an entity made by an edit: `~` and a UUIDv7, so that ids sort by time.

    Args:
        milliseconds: Since 1970, under 2^48.
        random: Ten random bytes, drawn for this id alone.

    Source: RFC 9562, section 5.7.
    """
    value = bytearray(milliseconds.to_bytes(6) + random)
    value[6] = 0x70 | value[6] & 0x0F
    value[8] = 0x80 | value[8] & 0x3F
    return MADE + _base32(bytes(value))


def _base32(value: bytes) -> str:
    """Return 16 bytes in the base 32 of RFC 4648, in lower case.

    The library's own takes twice as long, and a million inferences need a million ids.
    """
    written = ""
    for start in (0, 5, 10):  # five bytes are eight digits
        run = int.from_bytes(value[start : start + 5])
        written += (
            _DIGITS[run >> 30]
            + _DIGITS[run >> 20 & _TEN]
            + _DIGITS[run >> 10 & _TEN]
            + _DIGITS[run & _TEN]
        )
    return written + _DIGITS[value[15] << 2]

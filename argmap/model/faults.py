"""Checks of single values: ids, texts, words of a vocabulary, places among siblings, dates."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from argmap.errors import Fault, ModelError

__all__ = [
    "Fault",
    "date_faults",
    "id_faults",
    "order_faults",
    "raise_any",
    "text_faults",
    "word_faults",
]

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

LONGEST_ID: Final = 200
"""The greatest length of an id or a label, in code points."""

LARGEST: Final = 2**53
"""The greatest integer that every JSON reader represents exactly."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def raise_any(faults: Iterable[Fault]) -> None:
    """Raise one error for all *faults*, if there are any.

    Raises:
        ModelError: there is at least one fault.
    """
    found = tuple(faults)
    if found:
        raise ModelError(found)


def id_faults(path: str, value: str) -> Sequence[Fault]:
    """Return the reasons why *value* cannot be an id."""
    if type(value) is str and value.isascii() and value.isprintable():  # nearly all
        if 0 < len(value) <= LONGEST_ID:
            return ()
    elif not isinstance(value, str):
        return (Fault(path, f"must be a string, not {value!r}"),)
    return tuple(_faults_of_id(path, value))


def _faults_of_id(path: str, value: str) -> Iterator[Fault]:
    if not value:
        yield Fault(path, "is empty")
    elif len(value) > LONGEST_ID:
        yield Fault(path, f"has {len(value):,} characters; the most is {LONGEST_ID}")
    if _CONTROL.search(value):
        yield Fault(path, "has control characters")
    if not unicodedata.is_normalized("NFC", value):
        yield Fault(path, "is not in Unicode normalization form C (NFC)")


def text_faults(path: str, value: str | None, *, required: bool = False) -> Sequence[Fault]:
    """Return the reasons why *value* cannot be stored as a text."""
    if value is None and not required:
        return ()
    if not isinstance(value, str):
        return (Fault(path, f"must be a string, not {value!r}"),)
    if value.isprintable() and not (required and value.strip() == ""):  # most: skip the search
        return ()
    return tuple(_faults_of_text(path, value, required=required))


def _faults_of_text(path: str, value: str, *, required: bool) -> Iterator[Fault]:
    if required and not value.strip():
        yield Fault(path, "is empty")
    if "\0" in value:
        yield Fault(path, "has the character U+0000")
    if _SURROGATE.search(value):
        yield Fault(path, "has a lone surrogate (half a character)")


def word_faults(path: str, value: object, words: Collection[object]) -> Sequence[Fault]:
    """Return a fault if *value* is neither None nor one of *words*."""
    if value is None or value in words:
        return ()
    return (Fault(path, f"{value!r} is not one of {', '.join(map(str, words))}"),)


def order_faults(value: object) -> Sequence[Fault]:
    """Return a fault if *value* is neither None nor a place among siblings, counted from 1."""
    if value is None:
        return ()
    if not isinstance(value, int) or isinstance(value, bool):
        return (Fault("order", f"must be a whole number, not {value!r}"),)
    if not 1 <= value <= LARGEST:
        return (Fault("order", "must be from 1 to 2^53"),)
    return ()


def date_faults(path: str, value: str | None) -> Sequence[Fault]:
    """Return a fault if *value* is neither None nor a day, month or year of the calendar."""
    if value is None:
        return ()
    match = _DATE.fullmatch(value)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        if year and _is_day(year, month, day):
            return ()
    return (Fault(path, f"{value!r} is not a date such as 2023-08-14, 2023-08 or 2023"),)


def _is_day(year: int, month: int | None, day: int | None) -> bool:
    if month is None:
        return True
    if not 1 <= month <= len(_DAYS):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 28 if month == 2 and not leap else _DAYS[month - 1]  # noqa: PLR2004  (February)
    return day is None or 1 <= day <= last

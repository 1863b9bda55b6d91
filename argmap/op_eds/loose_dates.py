"""Dates as people and programs write them, converted to ISO days, months or years."""

from __future__ import annotations

import re
from typing import Final

from argmap.model.faults import date_faults

_LONGEST: Final = 80
"""The most code points of a date with its weekday, time and zone."""

_ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_OTHERS: Final = {
    1: ("januar", "jänner", "janvier", "janv", "enero", "ene"),
    2: ("februar", "février", "fevrier", "févr", "fév", "febrero"),
    3: ("märz", "mär", "mrz", "mars", "marzo"),
    4: ("avril", "avr", "abril", "abr"),
    5: ("mai", "mayo"),
    6: ("juni", "juin", "junio"),
    7: ("juli", "juillet", "juil", "julio"),
    8: ("août", "aout", "agosto", "ago"),
    9: ("septembre", "septiembre", "setiembre"),
    10: ("oktober", "okt", "octobre", "octubre"),
    11: ("novembre", "noviembre"),
    12: ("dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic"),
}
_MONTHS: Final = {name: month for month, names in _OTHERS.items() for name in names}

_WEEKDAY: Final = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mo|di|mi|do|fr|sa|so)(?=[.,])"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo)[.,]{0,2}\s+(?:(?:le|den|el)\s+)?",
    re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"[ ,|·–—-]{0,4}(?:T|\b(?:at|um|à|a las|kl)\b)?[ ]?\d{1,2}(?:[:.h]\d{2}){1,2}(?:[.,]\d+)?"
    r"(?:\s?[ap]\.?m\.?)?(?:\s?(?:Z|Uhr|[+-]\d{1,2}(?::?\d{2})?|\(?[A-Z]{2,5}\)?|[A-Z][a-z]+/[\w/]+)){0,3}"
    r"|\s+\d{1,2}\s?[ap]\.?m\.?(?:\s[A-Z]{2,4})?",
    re.IGNORECASE,
)
"""A time with its zone, which follows a date."""

_TIME_BEFORE: Final = re.compile(
    r"\A(?:at )?\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?(?: \(?[A-Z]{2,4}\)?)?,?\s+(?:on )?", re.IGNORECASE
)
_DAY_AFTER: Final = re.compile(r"[ ,]+[^\W\d]{3,10}\Z")
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_MONTH: Final = r"(?P<month>[^\W\d_]{3,10})\.?"
_FORMS: Final = (
    re.compile(r"(?P<year>\d{4})(?P<apart>[-/.])(?P<month>\d\d?)(?P=apart)(?P<day>\d\d?)"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(rf"{_DAY}\.?[ -](?:de )?{_MONTH}(?:,| de|-)? ?(?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH}(?:,| de)? (?P<year>\d{{4}})"),
    re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})"),
)
_NUMBERS: Final = re.compile(r"(\d\d?)([/-])(\d\d?)\2(\d{4})")


def date_from_words(words: str) -> str | None:
    """Return the day, month or year in *words*; None if there is none.

    Times and zones are ignored: the day is the one that is written. 02/03/2024 means different days
    in different countries, so it is not accepted.
    """
    words = " ".join(words.split()) if len(words) <= _LONGEST else ""
    words = _TIME_BEFORE.sub("", words, count=1)
    words = _WEEKDAY.sub("", words, count=1) if _WEEKDAY.match(words) else words
    if words and not any(date_faults("published", words)):
        return words
    for form in _FORMS:
        match = form.match(words)
        month = _month(match["month"]) if match else None
        if match is None or month is None or not _is_time(words[match.end() :]):
            continue
        day = match.groupdict().get("day")
        date = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
        if not any(date_faults("published", date)):
            return date
    return _from_numbers(words)


def _is_time(rest: str) -> bool:
    """Return whether the words after a date are empty or a time of the day."""
    rest = _WEEKDAY.sub("", f"{rest.lstrip(' ,')} ", count=1) if _DAY_AFTER.match(rest) else rest
    return not rest.strip(" .,") or bool(_TIME.fullmatch(rest))


def _from_numbers(words: str) -> str | None:
    """Return the date of day, month and year in figures if only one order makes a date."""
    match = _NUMBERS.match(words)
    if match is None or not _is_time(words[match.end() :]):
        return None
    one, other, year = int(match[1]), int(match[3]), match[4]
    dates = {f"{year}-{one:02}-{other:02}", f"{year}-{other:02}-{one:02}"}
    valid = [date for date in dates if not any(date_faults("published", date))]
    return valid[0] if len(valid) == 1 else None


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    word = word.lower()
    if word in _MONTHS:
        return _MONTHS[word]
    names = [n for n, name in enumerate(_ENGLISH, 1) if name.startswith(word)]
    return names[0] if len(names) == 1 else None

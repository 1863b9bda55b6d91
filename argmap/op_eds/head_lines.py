"""The lines around a title: bylines, dates, URLs, outlets, and a site's notices."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from .loose_dates import date_from_words
from .site_notices import is_notice, is_outlet, is_section_name

_PARTICLES: Final = "de|van|von|der|den|la|le|di|da|bin|al|del|dos|du|el|y|und|et|and|e|i|&"
"""Particles that names contain in small letters, and words between names."""
_ADDRESS = re.compile(r"<?((?:https?://|www\.)\S+?)>?(?:\s+\d+/\d+)?")
"""A URL; on a printed page, with the number of the page."""
_MAIL = re.compile(r"\S+@\S+\.\w+")
_CAPITAL: Final = r"[^\W\d_a-z][\w.'’-]*"
_NAME: Final = (
    r"(?:(?!(?:[Uu]pdated|[Pp]ublished|[Pp]osted|[Ss]pecial|On|In|For)\b)"
    rf"(?:{_CAPITAL}|(?:{_PARTICLES})(?!\w)))"
)
_NAMES = re.compile(rf"{_CAPITAL}(?:,? {_NAME}){{1,9}}")
_ROLE: Final = (
    r"(?:columnist|editor|writer|correspondent|reporter|contributor|professor|fellow|staff|opinion"
    r"|journalist|author|director|lecturer|redakteur\w*|kolumnist\w*|journaliste|periodista)"
)
_BYLINE = re.compile(
    r"(?i:(?:an? |ein |eine |une |un )?"
    r"(?:(?:words|written|story|text|opinion|guest|essay|analysis"
    r"|commentary|comment|column|editorial|review|op-ed|posted|published|interview|gastbeitrag"
    r"|gastkommentar|kommentar|kolumne|tribune|chronique|columna|contributed)[ ,]+){0,3}"
    rf"(?:(?:by|von|par|por|text)[ \t:]+|(?:byline|authors?):[ \t]+))"
    rf"(?P<names>{_CAPITAL}(?:,? {_NAME}){{0,9}}?)"
    rf"(?i:,? (?:in|for|at|on|updated|published|posted|special|\d)\b.{{0,80}}"
    rf"|,? (?:[\w-]+ ){{0,3}}{_ROLE}\b.{{0,80}})?"
)
_BEFORE_DATE = re.compile(
    r"(?:(?:first |originally )?published|posted|updated|last (?:updated|modified)|modified|date"
    r"|veröffentlicht|aktualisiert|stand|erschienen|publié|mis à jour|publicado|actualizado)"
    r"(?: on| at| am| le| el)?:?\s+(?:on\s+)?",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"(?:last|updated|modified|aktualisiert|stand|mis à|actual)", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_LONGEST: Final = 200
"""The most code points of a line of a head; a longer line is a paragraph."""
_APART = re.compile(
    r"\s*[|·•]\s*|\s+[—–-]\s+|\t+|,\s+(?=the\s|p(?:p|g|age)?\.?\s?\d|\d{1,2}\.?\s+\w|\d{4}-|(?:jan|feb|mar|apr|may|jun|jul"
    r"|aug|sep|oct|nov|dec)\w*\.?\s\d)",
    re.IGNORECASE,
)
"""Separators between the author, the outlet and the date if they are on one line."""

_DATE_AT_END = re.compile(
    r"(.{4,100}?)[,\s]\s*"
    r"(\d{1,2}\.? [^\W\d_]{3,10}\.? \d{4}\b.*|[^\W\d_]{3,10}\.? \d{1,2},? \d{4}\b.*)"
)
"""A line that ends in a date with the month in letters."""


def is_not_title(line: str) -> bool:
    """Return whether *line* is only notices, section names, bylines, dates and URLs."""
    if is_notice(line):
        return True
    kinds = {kind for kind, _ in classify_line(line)}
    return bool(kinds) and None not in kinds and not kinds <= {"name", "outlet"}


def classify_line(line: str) -> list[tuple[str | None, str | None]]:
    """Return the kind and value of each part of *line*, such as `("date", "2024-05-03")`.

    The kinds are byline, date, address, notice, outlet and name; None for other words. A value
    is None if it is uncertain, as the date of `03/05/2024`.
    """
    if len(line) > _LONGEST:
        return [(None, None)]
    dated = _DATE_AT_END.fullmatch(line)
    if dated and _kind(dated[1])[0] == "byline" and _kind(dated[2])[0] == "date":
        return [_kind(dated[1]), _kind(dated[2])]
    whole = _kind(line)
    if whole[0] in ("date", "byline", "address"):
        return [whole]
    return [_kind(part) for part in _APART.split(line) if part]


def _kind(part: str) -> tuple[str | None, str | None]:
    part = part.strip()
    before = _BEFORE_DATE.match(part)
    date = date_from_words(part[before.end() if before else 0 :].strip("()[] "))
    if date and ("-" in date or before):  # four digits alone may as well be a heading
        return "date", None if _CHANGED.match(part) else date
    if _NUMBERS.fullmatch(part):
        return "date", None
    address = _ADDRESS.fullmatch(part)
    if address or _MAIL.fullmatch(part):
        return "address", address[1] if address else None
    if is_notice(part) or is_section_name(part):
        return "notice", None
    byline = _BYLINE.fullmatch(part)
    if byline:
        names = ", ".join(takewhile(_is_capitalised, byline["names"].split(", ")))
        return "byline", names if " " in names else None
    if is_outlet(part):
        return "outlet", part
    return ("name", None) if _NAMES.fullmatch(part) or part.isupper() else (None, None)


def _is_capitalised(words: str) -> bool:
    """Return whether *words* are a name rather than a trade as in `Par Anne Bell, économiste`."""
    return not words[:1].islower()

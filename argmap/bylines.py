"""What the top of a plain text says of itself: front matter, a byline, a date, an address.

All of it is guessed, so it is offered to a person and never stored unseen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, evolve

from argmap.formats import Extract
from argmap.model.fault import date_faults
from argmap.text import LONGEST_TITLE, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOP: Final = 4096
"""Code points in which front matter has to end."""

_FIRST_LINES: Final = 8
"""Lines with words in them that may belong to the head of an op-ed."""

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.+?)[ \t]*")
_KEYS: Final = {
    "title": "title", "headline": "title",
    "author": "author", "authors": "author", "byline": "author", "by": "author",
    "publisher": "publisher", "publication": "publisher", "source": "publisher",
    "site": "publisher", "outlet": "publisher",
    "date": "published", "published": "published", "pubdate": "published",
    "url": "url", "link": "url", "canonical": "url", "permalink": "url", "address": "url",
}  # fmt: skip
"""Names that front matter gives to what we know, and ours."""

_NAME = r"(?:\w[\w.'’-]*|&)"
_BYLINE = re.compile(
    rf"(?:by|words by|written by)[ \t:]+({_NAME}(?:,? {_NAME}){{0,9}})", re.IGNORECASE
)
_SMALL: Final = frozenset(
    ["and", "&", "de", "van", "von", "der", "den", "la", "le", "di", "da", "bin", "al"]
)
"""Words in lower case that may stand in a name."""

_APART = re.compile(r"\s*[|·•]\s*|\s+[—–]\s+|\t+|,\s+(?=the\s|\d{1,2}\.?\s+[a-z])", re.IGNORECASE)
"""What parts the author, the outlet and the date of one line."""

_RUBRICS: Final = frozenset(
    ["opinion", "guest", "comment", "analysis", "op-ed", "editorial", "essay", "column"]
)
"""First words of what kind of text it is, which is not where it appeared."""

_ADDRESS = re.compile(r"https?://\S+")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<month>[A-Za-z]{3,9})\.?"
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d.*)?"),
    re.compile(rf"{_DAY}\.? {_MONTH},? (?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH} {_DAY},? (?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH},? (?P<year>\d{{4}})"),
)
_BEFORE_DATE = re.compile(
    r"(?:published|posted|updated|first published)(?: on)?:?\s+", re.IGNORECASE
)


def with_guesses(extract: Extract) -> Extract:
    """Return *extract* with what its text seems to say where its file says nothing."""
    guessed = asdict(extract_from_text(extract.text))
    missing = {key: value for key, value in guessed.items() if getattr(extract, key) is None}
    return evolve(extract, **missing)


def extract_from_text(text: str) -> Extract:
    """Return *text* with what its first lines seem to say; the text itself stays whole."""
    found: dict[str, Any] = {}
    body = text
    matter = _FRONT_MATTER.match(text[:_TOP])
    if matter:
        found = _from_pairs(matter[1])
        body = text[matter.end() :]
    title = title_of(body)
    if title is not None:
        found.setdefault("title", title)
    for key, value in _from_lines(_head(body)).items():
        found.setdefault(key, value)
    return Extract(text, **found)


def _head(body: str) -> list[str]:
    """Return the lines between the title and the first paragraph, and that paragraph's first."""
    lines = [line.strip() for line in body[:_TOP].split("\n")]
    return [line for line in lines if line][1:_FIRST_LINES]


def _from_pairs(matter: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in matter.split("\n"):
        pair = _PAIR.fullmatch(line)
        key = _KEYS.get(pair[1].lower()) if pair else None
        if pair is None or key is None:
            continue
        value = pair[2].strip("\"'[] ").replace('", "', ", ")
        date = _date(value) if key == "published" else value
        if date:
            found.setdefault(key, date)
    return found


def _from_lines(lines: Iterable[str]) -> dict[str, str]:
    """Return what short lines say of author, outlet, date and address."""
    found: dict[str, str] = {}
    for line in lines:
        if len(line) > LONGEST_TITLE:
            break  # the first paragraph
        parts = [part for part in _APART.split(line.strip("*_# ")) if part]
        known = [(_kind(part), part) for part in parts]
        if any(kind for kind, _ in known):
            for kind, part in known:
                if kind is not None:
                    found.setdefault(*kind)
                elif _is_outlet(part):
                    found.setdefault("publisher", part)
    return found


def _is_outlet(part: str) -> bool:
    """Tell whether *part* of a line with a byline or a date may be where the op-ed appeared."""
    words = part.split()
    is_name = len(words) > 1 and all(word[0].isupper() or word in _SMALL for word in words)
    return is_name and words[0].lower() not in _RUBRICS


def _kind(part: str) -> tuple[str, str] | None:
    """Return what *part* of a line is, by the name of the field, and its value."""
    if _ADDRESS.fullmatch(part):
        return "url", part
    date = _date(_BEFORE_DATE.sub("", part))
    if date and "-" in date:  # four digits alone are a heading as often as a year
        return "published", date
    byline = _BYLINE.fullmatch(part)
    if byline and all(w[0].isupper() or w in _SMALL for w in byline[1].replace(",", " ").split()):
        return "author", byline[1]
    return None


def _date(words: str) -> str | None:
    """Return the date that *words* are, as a day or a month; None where they are none."""
    words = words.strip()
    if not any(date_faults("published", words)):
        return words
    for pattern in _DATES:
        match = pattern.fullmatch(words)
        month = _month(match["month"]) if match else None
        if match is None or month is None:
            continue
        day = match.groupdict().get("day")
        date = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
        if not any(date_faults("published", date)):
            return date
    return None


def _month(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    names = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())]
    return names[0] if len(names) == 1 else None

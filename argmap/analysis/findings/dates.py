"""Findings about dates: a source that is dated after its copy, or after the text citing it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text.display import and_list, excerpt

from .finding import Case, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argmap.model.source import Source

_LONGEST_NAME: Final = 80
"""The most characters of a source's name in a message."""

_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<{0}>january|february|march|april|may|june|july|august|september|october|november"
    r"|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY: Final = r"(?P<{0}>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<{0}>1[89][0-9]{{2}}|2[01][0-9]{{2}})"

_DATE: Final = re.compile(
    r"(?<![\w£$€¥#§.,–])(?<![\d/-][/-])(?:"
    + "|".join([
        _YEAR.format("y1") + r"(?P<s1>[-/])(?P<m1>0[1-9]|1[0-2])"
        r"(?:(?P=s1)(?P<d1>0[1-9]|[12][0-9]|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?",
        _DAY.format("d2") + r"(?:\s+of)?\s+" + _MONTH.format("m2") + r",?\s+" + _YEAR.format("y2"),
        _MONTH.format("m3") + r"\s+" + _DAY.format("d3") + r",?\s+" + _YEAR.format("y3"),
        _MONTH.format("m4") + r",?\s+" + _YEAR.format("y4"),
        _YEAR.format("y5"),
    ])
    + r")(?![\w%]|[,.–/-]?\d)",
    re.IGNORECASE,
)  # fmt: skip
"""A date with its year; not part of a longer number, a span of years or another date."""

_BEFORE: Final = r"(?:\s+(?:in|on|the|around|about))?\s*\Z"
_OTHER_EVENT: Final = re.compile(
    r"\b(?:since|until|till|before|after|born|founded|established|created|built|opened|elected"
    rf"|appointed|joined){_BEFORE}",
    re.IGNORECASE,
)
"""Words before a date that is not the date of the source."""
_OTHER_NUMBER: Final = re.compile(
    r"\b(?:by|for|resolution|no\.?|number|page|pp?\.|flight|room|route|highway|source|item|case|file"
    rf"|agenda|vision|horizon|strategy|targets?|goals?|towards?){_BEFORE}",
    re.IGNORECASE,
)
"""Words before a number that is not a year, or before a year that the source is about."""
_LONGEST_BEFORE: Final = 30
_MONTH_AT_MOST: Final = 31


@frozen
class DateRange:
    """The first and last day that a date can mean, and the words of the date."""

    first: date
    last: date
    words: str

    @property
    def is_year(self) -> bool:
        """True if the date is only a year."""
        return (self.last - self.first).days > _MONTH_AT_MOST


def date_conflict(case: Case) -> Iterator[Finding]:
    """Find sources and op-eds that are dated before a source that they draw on.

    A source draws on the sources that it derives from and, in an item's chain, on the next voice.
    The op-ed draws on every voice that it cites. Two dates conflict only if the original's first
    possible day is after the last possible day of its copy.

    Source: the definition is argmap's own: a copy cannot be older than its original.
    """
    sources = case.map.sources
    dates = {id_: found for id_, s in sources.items() if (found := find_date_range(s)) is not None}
    citing = _citing(case)
    leading = _leading(case, citing)
    for taker, origin in _takes(case):
        if taker in dates and origin in dates and dates[origin].first > dates[taker].last:
            yield _between(case, (taker, origin), dates, leading.get(taker, ()))
    published = _published(case)
    for source, labels in citing.items():
        if published and source in dates and dates[source].first > published.last:
            yield Finding(
                labels,
                f"{and_list(labels)} {'cites' if len(labels) == 1 else 'cite'}"
                f" {_named(sources[source], dates[source])}, which is dated after this text"
                f" ({published.words})",
                advice="check both dates",
            )


def find_date_range(source: Source) -> DateRange | None:
    """Return the date of *source*, by its name, else its description, else its URL.

    None if none of them has a date, or if the first one with a date has several.
    """
    for words in (source.name, source.description, source.url):
        found = {(d.first, d.last): d for d in dates_in(words or "")}
        if source.kind == "person" and words == source.description:
            # A year in the life of a person is not when they said it; a month or a day may be.
            found = {days: d for days, d in found.items() if not d.is_year}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def dates_in(words: str) -> Iterator[DateRange]:
    """Yield the dates in *words*: days, months and years in English or ISO 8601, from 1800 on."""
    for match in _DATE.finditer(words):
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        before = words[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
        if _OTHER_EVENT.search(before) or ("m" not in parts and _OTHER_NUMBER.search(before)):
            continue
        found = _days(int(parts["y"]), _month(parts.get("m")), int(parts.get("d", 0)))
        if found:
            yield DateRange(*found, " ".join(match[0].split()))


def _days(year: int, month: int, day: int) -> tuple[date, date] | None:
    """Return the first and the last day of a date; 0 means that a part is missing."""
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    length = monthrange(year, month)[1]
    if day > length:
        return None
    return date(year, month, day or 1), date(year, month, day or length)


def _month(words: str | None) -> int:
    if words is None:
        return 0
    return int(words) if words.isdecimal() else 1 + _MONTHS.index(words[:3].casefold())


def _published(case: Case) -> DateRange | None:
    """Return the date of the op-ed; the model has checked its form."""
    words = case.map.document.published
    if words is None:
        return None
    year, month, day = (*map(int, words.split("-")), 0, 0)[:3]
    found = _days(year, month, day)
    return DateRange(*found, words) if found else None


def _takes(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the ids of each source and of a source that it draws on; each pair once."""
    pairs: dict[tuple[str, str], None] = {}
    for source in case.map.sources.values():
        pairs.update(dict.fromkeys((source.id, origin) for origin in source.derives_from))
    for statement in case.statements:
        for attribution in case.map.attributions_of.get(statement.id, ()):
            pairs.update(dict.fromkeys(pairwise(attribution.chain)))
    yield from pairs


def _citing(case: Case) -> dict[str, tuple[str, ...]]:
    """Map each cited source to the labels of the statements that cite it, in order."""
    found: dict[str, dict[str, None]] = {}
    for statement in case.statements:
        for attribution in case.map.attributions_of.get(statement.id, ()):
            for source in attribution.chain:
                found.setdefault(source, {})[statement.label] = None
    return {source: tuple(labels) for source, labels in found.items()}


def _leading(case: Case, citing: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Add to *citing* one statement for each source that is cited only through other sources."""
    leading = dict(citing)
    waiting = list(leading)
    for source in waiting:  # the loop extends the list by the sources of each one
        for origin in case.map.sources[source].derives_from:
            if origin not in leading:
                leading[origin] = leading[source][:1]
                waiting.append(origin)
    return leading


def _between(
    case: Case, pair: tuple[str, str], dates: Mapping[str, DateRange], labels: tuple[str, ...]
) -> Finding:
    taker, origin = (_named(case.map.sources[id_], dates[id_]) for id_ in pair)
    about = f" ({and_list(labels)})" if labels else ""
    return Finding(
        labels,
        f"{taker} derives from {origin}, which has a later date",
        advice=f"check both dates, and which source came first{about}",
    )


def _named(source: Source, when: DateRange) -> str:
    name = excerpt(source.name, _LONGEST_NAME)
    return name if when.words in name else f"{name} ({when.words})"


RULES: Final = (
    Rule("date-conflict", "warning", "a source dated after a copy of it",
         date_conflict),
)  # fmt: skip

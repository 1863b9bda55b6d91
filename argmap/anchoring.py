"""Find where a document says something: by the words, by offsets, by what stands before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen
from rapidfuzz import fuzz

from argmap.model.document import Passage
from argmap.model.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOSE_LIKENESS: Final = 0.85
"""Likeness from 0 to 1 that a near match needs at least (section 4.8 of the specification)."""

SHORTEST_LOOSE: Final = 16
"""Code points of a quote that may be taken loosely; a shorter one says too little."""

LEAD: Final = 0.05
"""What the best near match must be ahead of one elsewhere."""

MOST_EFFORT: Final = 10**9
"""Pairs of characters that are compared for one quote, at most: some seconds."""

MOST_PLACES: Final = 10
"""Places of an ambiguous quote that are named."""


@frozen
class Wanted:
    """What a record says of one passage; None for what it does not say."""

    quote: str | None = None
    prefix: str | None = None
    start: int | None = None
    end: int | None = None


@frozen
class Nearest:
    """The stretch of a text that is most like a quote."""

    passage: Passage
    likeness: float
    """From 0 to 1."""


def passage_for(wanted: Wanted, text: str, path: str = "quote") -> Passage | Fault:
    """Return the one passage of *text* that *wanted* means, or why there is none."""
    if wanted.quote is None:
        return _by_offsets(wanted, text)
    if not wanted.quote:
        return Fault(path, "is empty")
    if wanted.start is not None or wanted.end is not None:
        return _checked(wanted, wanted.quote, text, path)
    places = list(_places(wanted, wanted.quote, text))
    if len(places) == 1:
        return Passage(places[0], places[0] + len(wanted.quote), wanted.quote)
    if places:
        named = ", ".join(map(str, places[:MOST_PLACES]))
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        reason = f"stands {len(places)} times, at {named}{more}; add a prefix, or start and end"
        return Fault(path, reason)
    if wanted.prefix is not None and wanted.quote in text:
        return Fault("prefix", f"the words before the quote are not {wanted.prefix!r}")
    return Fault(path, "is not in the document's text")


def nearest(quote: str, text: str) -> Nearest | None:
    """Return the stretch of *text* most like *quote*.

    None where nothing is alike, or where to look for it would take more than seconds.
    """
    found = _align(quote, text) if effort(quote, text) <= MOST_EFFORT else None
    if found is None or found[1] >= found[2]:
        return None
    _, start, end = found
    start, end = _whole_words(text, start, end)
    likeness = fuzz.ratio(quote, text[start:end]) / 100
    return Nearest(Passage(start, end, text[start:end]), likeness) if likeness else None


def effort(quote: str, text: str) -> int:
    """Return how much work it is to look for what is most like *quote*: pairs of characters."""
    return len(quote) * len(text)


def loose_passage(quote: str, text: str) -> Passage | None:
    """Return the near match of *quote* in *text* if it is good and the only good one."""
    best = nearest(quote, text) if len(quote) >= SHORTEST_LOOSE else None
    if best is None or best.likeness < LOOSE_LIKENESS:
        return None
    start, end = best.passage.start, best.passage.end
    rivals = (nearest(quote, text[:start]), nearest(quote, text[end:]))
    if any(rival and rival.likeness > best.likeness - LEAD for rival in rivals):
        return None
    return best.passage


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch widened to the words that it cuts."""
    while start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _align(quote: str, text: str) -> tuple[float, int, int] | None:
    found = fuzz.partial_ratio_alignment(quote, text)
    if found is None:
        return None
    # Where the quote is longer than the text, rapidfuzz aligns the other way round.
    if len(quote) > len(text):
        return fuzz.ratio(quote, text) / 100, 0, len(text)
    return found.score / 100, found.dest_start, found.dest_end


def _by_offsets(wanted: Wanted, text: str) -> Passage | Fault:
    start, end = wanted.start, wanted.end
    if start is None or end is None:
        missing = "start" if start is None else "end"
        return Fault(missing, "is missing: a passage without a quote needs start and end")
    return _range_fault(start, end, text) or Passage(start, end, text[start:end])


def _checked(wanted: Wanted, quote: str, text: str, path: str) -> Passage | Fault:
    start, end = wanted.start, wanted.end
    if start is None:
        start = (end or 0) - len(quote)
    if end is None:
        end = start + len(quote)
    fault = _range_fault(start, end, text)
    if fault:
        return fault
    if text[start:end] != quote:
        there = text[start : min(end, start + 60)]
        return Fault(path, f"is not what the text has at {start} to {end}: {there!r}")
    if wanted.prefix and not _stands_before(wanted.prefix.rstrip(), start, text):
        return Fault("prefix", f"the words before {start} are not {wanted.prefix!r}")
    return Passage(start, end, quote)


def _range_fault(start: int, end: int, text: str) -> Fault | None:
    if start < 0:
        return Fault("start", f"{start} is before the text")
    if end > len(text):
        return Fault("end", f"{end} is past the text's {len(text):,} characters")
    if start >= end:
        return Fault("start", f"{start} is not before the end, {end}")
    return None


def _places(wanted: Wanted, quote: str, text: str) -> Iterator[int]:
    """Yield where *quote* stands, overlapping ones too, after the prefix if there is one."""
    place = text.find(quote)
    before = wanted.prefix.rstrip() if wanted.prefix else ""
    seen = solid = 0
    while place >= 0:
        # Up to here there is more than white space; not looked for again in a long run of it.
        solid = seen + len(text[seen:place].rstrip()) if text[seen:place].strip() else solid
        seen = place
        if text.endswith(before, 0, solid):
            yield place
        place = text.find(quote, place + 1)


def _stands_before(words: str, place: int, text: str) -> bool:
    end = place
    while end and text[end - 1].isspace():
        end -= 1
    return text.endswith(words, 0, end)

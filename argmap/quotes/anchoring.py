"""Anchor quotes: find passages by their words, their offsets and the words before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import category

from attrs import evolve, frozen
from rapidfuzz import fuzz

from argmap.model.document import Passage
from argmap.model.faults import Fault
from argmap.text.composition import composed, composed_text, is_between_letters
from argmap.text.decoding import normal_lines

from .look_alikes import describe_difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.text.composition import MappedText

MOST_EFFORT: Final = 2 * 10**10
"""The most effort spent on one quote: ten seconds if a text repeats itself."""

MOST_PLACES: Final = 10
"""The most places of an ambiguous quote that a message lists."""

NOT_THERE: Final = "is not in the document's text"
"""The reason given in a fault if the text does not contain the quote at all."""

_LONGEST_WORD: Final = 40
_WORD_BITS: Final = 64
_APOSTROPHES: Final = "'\u2019\u02bc"


@frozen
class PassageSelector:
    """The words, prefix and offsets by which a record selects a passage; None if not given."""

    quote: str | None = None
    prefix: str | None = None
    start: int | None = None
    end: int | None = None


@frozen
class Nearest:
    """The passage of a text that is most similar to a quote."""

    passage: Passage
    likeness: float
    """The similarity, 0 to 1."""


def find_passage(selector: PassageSelector, text: str, path: str = "quote") -> Passage | Fault:
    """Return the one passage of *text* that *selector* selects, or a fault with the reason.

    The words are searched for as they are written. If they are not found, they are searched for
    with the line ends of a stored text, and then in any spelling that is canonically equivalent.
    The passage has the text's own characters.

    Args:
        selector: The words, prefix and offsets.
        text: The text of a document.
        path: The place of the quote in its record, for the fault.
    """
    found = _passage_as_written(selector, text, path)
    if isinstance(found, Passage) or not selector.quote:
        return found
    plain = _with_stored_lines(selector)
    if plain != selector:
        found = _passage_as_written(plain, text, path)
    if isinstance(found, Fault) and plain.quote:
        return _composed_passage(plain, plain.quote, text, path) or found
    return found


def find_sole_passage(quote: str, text: str) -> Passage | None:
    """Return the passage of *quote* if *text* has exactly these characters once, as whole letters.

    After None, `find_passage` may still find it.
    """
    start = text.find(quote) if quote else -1
    if start < 0 or text.find(quote, start + 1) >= 0:
        return None
    end = start + len(quote)
    is_whole = is_between_letters(text, start) and is_between_letters(text, end)
    return Passage(start, end, quote) if is_whole else None


def _passage_as_written(selector: PassageSelector, text: str, path: str) -> Passage | Fault:
    if selector.quote is None:
        return _by_offsets(selector, text)
    if not selector.quote:
        return Fault(path, "is empty")
    if selector.start is not None or selector.end is not None:
        return _checked(selector, selector.quote, text, path)
    if selector.prefix is None and (passage := find_sole_passage(selector.quote, text)):
        return passage
    length = len(selector.quote)
    # The word cafe is not in a text that has café, though its code points may be.
    places = [
        place
        for place in _places(selector, selector.quote, text)
        if is_between_letters(text, place) and is_between_letters(text, place + length)
    ]
    if len(places) == 1:
        return Passage(places[0], places[0] + length, selector.quote)
    if places:
        return _ambiguous(places, path)
    if selector.prefix is not None and selector.quote in text:
        return Fault("prefix", f"the words before the quote are not {selector.prefix!r}")
    return Fault(path, NOT_THERE)


def _with_stored_lines(selector: PassageSelector) -> PassageSelector:
    """Return *selector* with its words normalised in the same way as a stored text."""
    words = (selector.quote, selector.prefix)
    if not any(said and ("\r" in said or said[0] == "\ufeff") for said in words):
        return selector
    quote, prefix = (said and normal_lines(said) for said in words)
    return evolve(selector, quote=quote, prefix=prefix)


def _composed_passage(
    selector: PassageSelector, quote: str, text: str, path: str
) -> Passage | Fault | None:
    """Return the passage that is canonically equivalent to *quote*; None if there is none.

    It is made of whole letters: where the text has é as two code points, e is not in it.
    """
    form = composed_text(text)
    plain, prefix = composed(quote), composed(selector.prefix or "")
    if form.text == text and plain == quote and prefix == (selector.prefix or ""):
        return None  # composition changes nothing, so the first search was final
    if not plain:
        return None
    found = [
        (start, end)
        for start, end in _letters_places(PassageSelector(plain, prefix), plain, form)
        if selector.start in (None, start) and selector.end in (None, end)
    ]
    if len(found) == 1:
        start, end = found[0]
        return Passage(start, end, text[start:end])
    if found:
        return _ambiguous([start for start, _ in found], path)
    if prefix and selector.start is None and selector.end is None and plain in form.text:
        return Fault("prefix", f"the words before the quote are not {selector.prefix!r}")
    return None


def _letters_places(
    selector: PassageSelector, plain: str, form: MappedText
) -> Iterator[tuple[int, int]]:
    """Yield the places in the original text where *plain* is found as whole letters of *form*."""
    for place in _places(selector, plain, form.text):
        end = place + len(plain)
        if is_between_letters(form.text, place) and is_between_letters(form.text, end):
            yield form.own_start(place), form.own_end(end)


def _ambiguous(places: Sequence[int], path: str) -> Fault:
    named = ", ".join(map(str, places[:MOST_PLACES]))
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    reason = f"occurs {len(places)} times, at {named}{more}; add a prefix, or start and end"
    return Fault(path, reason)


def find_first_passage(words: str, text: str, low: int, high: int) -> Passage | None:
    """Return the first passage of *text* between *low* and *high* with *words*, in any spelling.

    It is made of whole letters, unless it has exactly the characters of *words*.
    """
    place = text.find(words, max(0, low), high)
    if place >= 0 or not words:
        return Passage(place, place + len(words), words) if words else None
    form, plain = composed_text(text), composed(words)
    for start, end in _letters_places(PassageSelector(plain), plain, form):
        if low <= start and end <= high:
            return Passage(start, end, text[start:end])
    return None


def find_nearest(quote: str, text: str) -> Nearest | None:
    """Return the passage of *text* most similar to *quote*, widened to whole words.

    None if nothing is similar, or if the search would take more effort than `MOST_EFFORT`.
    """
    found = align(quote, text)
    if found is None:
        return None
    start, end = _whole_words(text, *found)
    if start >= end:
        return None
    likeness = fuzz.ratio(quote, text[start:end]) / 100
    return Nearest(Passage(start, end, text[start:end]), likeness) if likeness else None


def align(quote: str, text: str, least: float = 0) -> tuple[int, int] | None:
    """Return the stretch of *text* that has most of the characters of *quote*, in their order.

    None if there is none, if all are less similar than *least*, or if the search would take more
    effort than `MOST_EFFORT`.
    """
    if estimate_effort(quote, text) > MOST_EFFORT:
        return None
    # Where the quote is longer than the text, rapidfuzz aligns the text within the quote, so its
    # score is not that of the whole text.
    is_longer = len(quote) > len(text)
    cutoff = 0 if is_longer else 100 * least
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=cutoff)
    if found is None:
        return None
    start, end = (0, len(text)) if is_longer else (found.dest_start, found.dest_end)
    return (start, end) if start < end else None


def estimate_effort(quote: str, text: str) -> int:
    """Return the most work that a search for similar passages may need.

    It is the number of pairs of characters, times the machine words that the shorter of the two
    takes. A text that repeats itself needs all of it; most texts need far less.
    """
    return len(quote) * len(text) * -(-min(len(quote), len(text)) // _WORD_BITS)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without white space at its edges, widened to the words that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    first, last = start, end
    # Where words have no space between them, as in Chinese, the edges stay as they are.
    while start > first - _LONGEST_WORD and _cuts_word(text, start):
        start -= 1
    while end < last + _LONGEST_WORD and _cuts_word(text, end):
        end += 1
    return (
        first if _cuts_word(text, start) else start,
        last if _cuts_word(text, end) else end,
    )


def _cuts_word(text: str, place: int) -> bool:
    """Return whether *place* is inside a word, over an apostrophe too."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if after in _APOSTROPHES:
        return before.isalnum() and text[place + 1 : place + 2].isalnum()
    if before in _APOSTROPHES:
        return after.isalnum() and place > 1 and text[place - 2].isalnum()
    if not is_between_letters(text, place):
        return True
    return after.isalnum() and (before.isalnum() or category(before)[0] == "M")


def _by_offsets(selector: PassageSelector, text: str) -> Passage | Fault:
    start, end = selector.start, selector.end
    if start is None or end is None:
        missing = "start" if start is None else "end"
        return Fault(missing, "is missing; a passage without a quote needs start and end")
    return _range_fault(start, end, text) or Passage(start, end, text[start:end])


def _checked(selector: PassageSelector, quote: str, text: str, path: str) -> Passage | Fault:
    start, end = selector.start, selector.end
    if start is None:
        start = (end or 0) - len(quote)
    if end is None:
        end = start + len(quote)
    fault = _range_fault(start, end, text)
    if fault:
        return fault
    if text[start:end] != quote:
        words = text[start : min(end, start + 60)]
        reason = f"differs from the text at {start} to {end}: {words!r}"
        unlike = describe_difference(quote, text[start:end])
        return Fault(path, f"{reason}; {unlike}" if unlike else reason)
    if selector.prefix and not _is_before(selector.prefix.rstrip(), start, text):
        return Fault("prefix", f"the words before {start} are not {selector.prefix!r}")
    return Passage(start, end, quote)


def _range_fault(start: int, end: int, text: str) -> Fault | None:
    if start < 0:
        return Fault("start", f"{start} is before the beginning of the text")
    if end > len(text):
        return Fault(
            "end", f"{end} is past the end of the text, which has {len(text):,} characters"
        )
    if start >= end:
        return Fault("start", f"{start} is not before the end, {end}")
    return None


def _places(selector: PassageSelector, quote: str, text: str) -> Iterator[int]:
    """Yield each place of *quote*, overlapping ones too, after the prefix if there is one."""
    place = text.find(quote)
    before = selector.prefix.rstrip() if selector.prefix else ""
    while place >= 0 and not before:
        yield place
        place = text.find(quote, place + 1)
    seen = solid = 0
    while place >= 0:
        # White space before a place is stripped once only: a long run of it would otherwise take
        # quadratic time.
        solid = seen + len(text[seen:place].rstrip()) if text[seen:place].strip() else solid
        seen = place
        if text.endswith(before, 0, solid):
            yield place
        place = text.find(quote, place + 1)


def _is_before(words: str, place: int, text: str) -> bool:
    end = place
    while end and text[end - 1].isspace():
        end -= 1
    return text.endswith(words, 0, end)

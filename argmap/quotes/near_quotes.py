"""Decide whether a passage that nearly matches a quote may be taken for it.

Punctuation, white space, capitals and the style of quotation marks may differ. Figures and
negations may not. Any other word may differ from the text's in at most two letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from argmap.model.document import Passage
from argmap.text.composition import composed, composed_text, mapped_text
from argmap.text.decoding import normal_lines
from argmap.text.display import and_list, short

from .anchoring import MOST_EFFORT, align, estimate_effort
from .fixed_words import is_figure, is_negation, may_be_opposite
from .look_alikes import DASHES, QUOTATION_MARKS
from .word_alignment import Word, align_words, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.text.composition import MappedText

    from .word_alignment import AlignedPair

LOOSE_LIKENESS: Final = 0.85
"""The similarity, 0 to 1, that a near match needs."""

SHORTEST_LOOSE: Final = 16
"""Code points of a quote that may be matched loosely; a shorter one is too unspecific."""

LEAD: Final = 0.05
"""The lead in similarity that the best near match needs over a match elsewhere in the text."""

MOST_LETTERS: Final = 2
"""The most letters in which a word may differ from the text's."""

_MOST_WORDS: Final = 5000
"""The most words of a quote that are compared one by one; a longer one takes seconds."""

_MOST_NAMED: Final = 3
"""The most differences that a refusal lists."""

_EXTRA: Final = 4
"""Words on each side of the most similar stretch that the quote may begin or end with."""

_MARGIN: Final = 200
"""Characters on each side of that stretch that are searched for those words."""

_SHORT_WORD: Final = 3
_LONGEST_UNIT: Final = 3
_RUN: Final = re.compile(r"\s{2,}")
_MEND: Final = "copy the words exactly from the text, or give start and end instead"
_FOLDED: Final = str.maketrans(
    QUOTATION_MARKS | DASHES | dict.fromkeys("\t\n\u00a0\u2007\u2009\u202f", " ")
)


@frozen
class NearMatchRefusal:
    """The reason why the most similar passage is not taken for a quote, with the remedy."""

    reason: str


def find_near_match(quote: str, text: str, prefix: str | None = None) -> Passage | NearMatchRefusal:
    """Return the only near match of *quote* in *text*, or the reason why there is none.

    It begins and ends with words of the quote, and with the punctuation that the quote has there.
    """
    if len(quote) < SHORTEST_LOOSE:
        shortest = f"a near match needs a quote of {SHORTEST_LOOSE} or more characters"
        return NearMatchRefusal(f"{shortest}, and this one has {len(quote)}; {_MEND}")
    form = composed_text(text)
    spaced = _spaced(form.text)
    wanted = _RUN.sub(" ", composed(normal_lines(quote)))
    found = _stretch(wanted, spaced.text)
    if isinstance(found, NearMatchRefusal):
        return found
    start, end = found
    if prefix and not _follows(composed(normal_lines(prefix)), start, spaced.text):
        return NearMatchRefusal(f"the words before the closest passage are not {prefix!r}")
    start, end = form.own_start(spaced.own_start(start)), form.own_end(spaced.own_end(end))
    return Passage(start, end, text[start:end])


@lru_cache(maxsize=4)
def _spaced(text: str) -> MappedText:
    """Return *text* with one space for each run of white space."""
    return mapped_text(text, ((m.start(), m.end(), " ") for m in _RUN.finditer(text)))


def _stretch(quote: str, text: str) -> tuple[int, int] | NearMatchRefusal:
    """Return the place in *text* that nearly matches *quote*; both are in form C."""
    plain, plain_text = _folded(quote), _folded(text)
    if estimate_effort(plain, plain_text) > MOST_EFFORT:
        return NearMatchRefusal(f"the quote and the text are too long to compare; {_MEND}")
    found = align(plain, plain_text, LOOSE_LIKENESS)
    if found is None or _likeness(plain, plain_text, found) < LOOSE_LIKENESS:
        return NearMatchRefusal(f"no passage is {LOOSE_LIKENESS:.0%} alike; {_MEND}")
    words = words_in(quote)
    if not words or len(words) > _MOST_WORDS:
        return NearMatchRefusal(
            f"a near match needs a quote of 1 to {_MOST_WORDS:,} words; {_MEND}"
        )
    steps = align_words(words, _words_near(text, *found), _distance)
    matched = [step for step in steps if step.text]
    faults = list(_faults(steps)) if matched else ["its words are in another order"]
    if faults:
        more = f" and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
        return NearMatchRefusal(f"{and_list(faults[:_MOST_NAMED])}{more}; {_MEND}")
    likeness = _likeness(plain, plain_text, found)
    for part, offset in ((plain_text[: found[0]], 0), (plain_text[found[1] :], found[1])):
        rival = align(plain, part, likeness - LEAD)
        if rival and _likeness(plain, part, rival) > likeness - LEAD:
            place = offset + rival[0]
            return NearMatchRefusal(f"another passage, near {place}, is almost as similar; {_MEND}")
    first, last = matched[0].text[0].start, matched[-1].text[-1].end
    before, after = quote[: words[0].start], quote[words[-1].end :]
    return first - _lead(before, text[:first]), last + _trail(after, text[last : last + _MARGIN])


def _words_near(text: str, start: int, end: int) -> list[Word]:
    """Return the words of *text* from *start* to *end*, and a few before and after."""
    low, high = max(0, start - _MARGIN), min(len(text), end + _MARGIN)
    words = words_in(text[low:high])
    # The edges of the piece may cut a word in two.
    words = words[1 if low else 0 : -1 if high < len(text) else len(words)]
    inside = [n for n, w in enumerate(words) if w.end > start - low and w.start < end - low]
    if not inside:
        return []
    kept = words[max(0, inside[0] - _EXTRA) : inside[-1] + 1 + _EXTRA]
    return [Word(w.start + low, w.end + low, w.raw, w.key, is_sign=w.is_sign) for w in kept]


def _distance(mine: Word, theirs: Word) -> float:
    """Return the letters in which two words differ; for unrelated words, almost all of both."""
    if mine.key == theirs.key:
        return 0
    letters = _letters_between(mine, theirs)
    # Half a letter less than leaving one out and adding the other, so that the message names
    # both: 'Alpha' is not 'Beta'.
    return len(mine.key) + len(theirs.key) - 0.5 if letters is None else letters


def _letters_between(mine: Word, theirs: Word) -> int | None:
    """Return the number of letters in which two words differ; None for unrelated words."""
    longest = max(len(mine.key), len(theirs.key))
    if (
        longest <= _SHORT_WORD
    ):  # two changed letters make another word, except for swaps such as teh
        letters = OSA.distance(mine.key, theirs.key)
        return letters if letters < min(longest, MOST_LETTERS) else None
    letters = Levenshtein.distance(mine.key, theirs.key, score_cutoff=MOST_LETTERS)
    return letters if letters <= MOST_LETTERS else None


def _faults(steps: Sequence[AlignedPair]) -> Iterator[str]:
    """Yield a description of each difference that is too great."""
    before: Word | None = None
    for n, step in enumerate(steps):
        is_edge = n in (0, len(steps) - 1)
        mine = " ".join(word.raw for word in step.quote)
        theirs = " ".join(word.raw for word in step.text)
        is_same = "".join(w.key for w in step.quote) == "".join(w.key for w in step.text)
        if is_same:
            if len(step.quote) != len(step.text) and _joins_figures(step):
                yield f"{short(mine)!r} is not {short(theirs)!r}"
        elif not step.quote:
            if _is_fixed(step.text[0], before) or len(theirs) > MOST_LETTERS:
                yield f"the quote leaves out {short(theirs)!r}"
        elif not step.text:
            if is_edge or _is_fixed(step.quote[0], before) or len(mine) > MOST_LETTERS:
                yield f"the text does not have {short(mine)!r}"
        elif not _are_near(step.quote[0], step.text[0], before):
            yield f"{short(mine)!r} is not {short(theirs)!r}"
        before = step.text[-1] if step.text else step.quote[-1]


def _are_near(mine: Word, theirs: Word, before: Word | None) -> bool:
    if any(_is_fixed(word, before) for word in (mine, theirs)):
        return False
    if may_be_opposite(mine.key, theirs.key):
        return False
    return _letters_between(mine, theirs) is not None


def _is_fixed(word: Word, before: Word | None) -> bool:
    """Return whether *word* may not differ at all; a unit after a figure is part of it."""
    is_unit = (
        before is not None
        and len(word.raw) <= _LONGEST_UNIT
        and any(character.isnumeric() for character in before.raw)
    )
    return (
        is_unit or word.is_sign or word.is_ideograph or is_figure(word.raw) or is_negation(word.key)
    )


def _joins_figures(step: AlignedPair) -> bool:
    """Return whether digits are joined or split, as in 20 12 for 2012."""
    parts = max(step.quote, step.text, key=len)
    return parts[0].raw[-1].isnumeric() and parts[1].raw[0].isnumeric()


def _folded(text: str) -> str:
    """Return *text* without the differences that are allowed, character by character."""
    plain = text.translate(_FOLDED)
    small = plain.lower()
    if len(small) == len(plain):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def _likeness(quote: str, text: str, stretch: tuple[int, int]) -> float:
    return fuzz.ratio(quote, text[slice(*stretch)]) / 100


def _lead(marks: str, text: str) -> int:
    """Return the number of characters at the end of *text* that are opening *marks* of a quote."""
    return _trail(marks, text[-_MARGIN:][::-1])


def _trail(marks: str, text: str) -> int:
    """Return the number of characters at the beginning of *text* that are *marks* of the quote."""
    left = [*_dotted(marks)]
    for count, character in enumerate(text):
        if character.isspace():
            return count
        for plain in _dotted(character):
            if plain not in left:
                return count
            left.remove(plain)
    return len(text)


def _dotted(marks: str) -> str:
    """Return *marks* as typewriter signs, with one sign for single and double quotation marks."""
    return marks.translate(_FOLDED).replace("\u2026", "...").replace('"', "'")


def _follows(prefix: str, place: int, text: str) -> bool:
    """Return whether the words of *prefix* are right before *place*."""
    wanted = [word.key for word in words_in(prefix)]
    before = words_in(text[max(0, place - len(prefix) - _MARGIN) : place])
    return not wanted or [word.key for word in before[-len(wanted) :]] == wanted

"""Attach a big first letter (drop cap) to the word that it starts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import TextLine


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BIGGER: Final = 1.35
_HEIGHT: Final = 0.78
"""The height of a capital above its line, as a fraction of its size."""

_NEAR: Final = 1.6
"""The largest gap between the letter and its lines, in sizes of the text."""

_QUOTES: Final = "\"'‘’‚‛“”„‟«»‹›¿¡("
_INITIAL = re.compile(rf"[{_QUOTES}]{{0,2}}\s?\w['’]?")
_WORD = re.compile(r"\w+")
_ALONE: Final = frozenset("AIOÀÁÓYE")
"""Letters that are words by themselves."""

_AFTER: Final = {
    "A": _words("""
        big boy building bus campaign century child city clear common council country couple
        court day decade deep different fair family famous few friend full girl good
        government great group growing handful hundred huge key leading letter little look
        man majority mere minister million modern month more mother national new number
        people person police policy political poll public quarter question quick recent
        report second senior series serious short simple single small society strange strong
        study successful survey tax team thing third thousand toll town visit week wise
        woman world year young
    """),
    "I": _words("""
        admit agree always am believe came can cannot could did do doubt fear feel felt find
        first found gave get give go got grew had hate have hear heard hope keep knew know
        learned like live lived look love loved may mean met might must need never often
        once ought read really recall remember said saw say see shall should spent still
        support suspect take talk tell think thought took understand used visited walk want
        wanted was watch watched went were will wish woke wonder work worked worry would
        write wrote
    """),
}
"""Words that often follow one of these letters and form no other word with it."""
_AFTER_FIGURE: Final = re.compile(r"(?:st|nd|rd|th|er|re|e|s|x|k|m|bn|tn|am|pm|km|kg|D|G)\b")
"""Endings written directly after a figure: 1st, 3m, 5G."""


def with_initials(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return *lines* with each big first letter attached to its word."""
    initials = [line for line in lines if _INITIAL.fullmatch(line.words.strip())]
    if not initials:
        return list(lines)
    known = Counter(word for line in lines for word in _WORD.findall(line.words.lower()))
    kept = list(lines)
    for initial in initials:
        beside = _beside(initial, kept)
        if not beside:
            continue
        first = max(beside, key=lambda line: line.y)
        quote = _quote_before(initial, first, kept)
        gone = {id(initial), id(first), id(quote)}
        words = (quote.words.strip() if quote else "") + initial.words.strip()
        start = _margin(initial, beside, kept)
        whole = evolve(
            first,
            words=_whole(words, first, beside, known),
            x=start,
            order=min(initial.order, first.order),
        )
        narrow = {id(line) for line in [*beside, *_under(initial, beside, kept)]} - gone
        # The lines next to the letter start further right, but are not indented.
        kept = [
            evolve(line, x=start) if id(line) in narrow else line
            for line in kept
            if id(line) not in gone
        ]
        kept.append(whole)
    return kept


def _beside(initial: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines directly to the right of *initial*; none if it is not a drop cap."""
    top = initial.y + _HEIGHT * initial.height
    beside = [
        line
        for line in lines
        if line.height * _BIGGER <= initial.height
        and initial.y - 0.5 * line.height <= line.y <= top
        and -0.4 * line.height <= line.x - initial.end <= _NEAR * line.height
        and len(line.words.strip()) > 1
    ]
    if not beside:
        return []
    first = max(line.y for line in beside)
    is_on_its_line = abs(first - initial.y) <= 0.25 * beside[0].height
    return beside if len(beside) > 1 or is_on_its_line else []


def _margin(initial: TextLine, beside: Sequence[TextLine], lines: Sequence[TextLine]) -> float:
    """Return the left end of the line under *initial*, or of *initial* itself."""
    lowest = min(beside, key=lambda line: line.y)
    below = [
        line
        for line in lines
        if 0.5 * lowest.height < lowest.y - line.y < 3.5 * lowest.height
        and initial.x - lowest.height <= line.x < initial.end
    ]
    return max(below, key=lambda line: line.y).x if below else initial.x


def _under(
    initial: TextLine, beside: Sequence[TextLine], lines: Sequence[TextLine]
) -> list[TextLine]:
    """Return the line under *initial* that is still indented, if there is one."""
    lowest = min(beside, key=lambda line: line.y)
    return [
        line
        for line in lines
        if 0.5 * lowest.height < lowest.y - line.y < 1.8 * lowest.height
        and initial.y - line.y < 1.3 * line.height
        and abs(line.x - lowest.x) <= 0.3 * line.height
        and abs(line.height - lowest.height) <= 0.1 * line.height
    ]


def _quote_before(initial: TextLine, first: TextLine, lines: Sequence[TextLine]) -> TextLine | None:
    """Return the quotation mark that is drawn separately before *initial*."""
    for line in lines:
        if (
            line is not initial
            and 0 < len(line.words.strip()) <= len("«\u202f")
            and set(line.words.strip()) <= set(_QUOTES)
            and initial.y - initial.height / 2 <= line.y <= first.y + initial.height
            and -0.3 * initial.height <= initial.x - line.end <= 0.6 * initial.height
        ):
            return line
    return None


def _whole(initial: str, first: TextLine, beside: Sequence[TextLine], known: Counter[str]) -> str:
    """Return the words of the line *first* with *initial* before them."""
    initial = "".join(initial.split())
    words = first.words
    letter = initial[-1]
    if initial.endswith(("'", "’")) or not words[:1].isalnum():
        return initial + words
    if letter.isdigit() and words[:1].isdigit():
        return f"{initial} {words}"  # never join two figures
    rest = _WORD.match(words)
    if letter.isdigit():
        return initial + words if _AFTER_FIGURE.match(words) else f"{initial} {words.strip()}"
    others = [line.x for line in beside if line is not first]
    if letter.upper() in _ALONE and rest:
        is_moved = bool(others) and first.x - min(others) > 0.15 * first.height
        word, joined = rest[0].lower(), (letter + rest[0]).lower()
        is_common = word in _AFTER.get(letter, ())
        is_word = (known[word] > 1 or is_common) and not known[joined]
        if is_moved or is_word or words[:1] == " ":
            return f"{initial} {words.strip()}"
    return initial + words

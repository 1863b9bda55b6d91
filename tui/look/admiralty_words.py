"""The Admiralty system in words: letters of sources, numbers of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.admiralty import LETTER_WORDS, NUMBER_WORDS
from argmap.text.display import visible

if TYPE_CHECKING:
    from argmap.model.rating import Credibility, Reliability


def letter_in_words(given: Reliability) -> str:
    """Return a letter with its meaning and its topic, safe to draw."""
    words = f"{given.letter} {LETTER_WORDS[given.letter]}" if given.letter else "no letter"
    return f"{words} on {visible(given.topic)}" if given.topic else words


def letter_with_basis(given: Reliability) -> str:
    """Return a letter with its basis, assessor, date and reason, safe to draw."""
    checked = ""
    if given.checked is not None:
        checked = f"{given.valid or 0} of {given.checked} checked statements were right"
    day = (given.at or "")[:10]
    about = ", ".join(filter(None, (checked, f"by {visible(given.assessor)}", day)))
    because = f": {visible(given.because)}" if given.because else ""
    return f"{letter_in_words(given)}  ({about}){because}"


def number_in_words(given: Credibility) -> str:
    """Return a number with its meaning and its assessor, safe to draw."""
    words = f"{given.number} {NUMBER_WORDS[given.number]}" if given.number else "no number"
    return f"{words}  (by {visible(given.assessor)})"

"""The words that say who says so, guessed from what stands round a passage.

A guess saves typing and is shown before it is kept; nothing is stored unseen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argmap.model.document import Passage
    from argmap.model.words import AttributionClass

_VERBS: Final = (
    "says? say said told tells added adds argues? argued claims? claimed reports? reported"
    " reportedly insists? insisted warns? warned estimates? estimated found finds shows?"
    " showed believes? believed thinks? admits? admitted denies denied replies replied notes?"
    " noted suggests? suggested [Aa]ccording announced announces wrote writes maintains? maintained"
)
_CUE: Final = re.compile(
    rf"\b(?:(?:it is|is|are|was|were) )?(?:{'|'.join(_VERBS.split())})"
    r"(?: (?:that|to|by|us|reporters))?\b"
    r"|\b(?:[Aa]pparently|[Ii]t seems|[Aa]llegedly|I assume|as everybody knows)\b"
)
"""Reporting verbs of English op-eds."""

_BODIES: Final = re.compile(
    r"\b(?:U\.?N\.?|E\.?U\.?|agency|association|bank|board|bureau|centre|center|commission|committee"
    r"|company|council|department|foundation|government|group|institute|league|ministry|office"
    r"|organi[sz]ation|party|police|post|society|team|times|trust|union|university)\b",
    re.IGNORECASE,
)
_PAPERS: Final = re.compile(
    r"\b(?:act|bill|charter|law|memo|paper|report|return|statistics|study|survey|treaty)\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(r"(?:reports?|it is|some|many|sources|rumou?rs?)\b", re.IGNORECASE)

_AROUND: Final = 120
"""Code points before and after a passage in which a cue may stand."""


def cue_near(text: str, passage: Passage) -> tuple[int, int] | None:
    """Return start and end of the reporting words in *passage*, else of the nearest to it."""
    within = _CUE.search(text, passage.start, passage.end)
    if within:
        return within.span()
    low, high = max(0, passage.start - _AROUND), min(len(text), passage.end + _AROUND)
    before = [m.span() for m in _CUE.finditer(text, low, passage.start)]
    if before and "\n" not in text[before[-1][1] : passage.start]:
        return before[-1]
    after = _CUE.search(text, passage.end)
    if after and after.end() <= high and "\n" not in text[passage.end : after.start()]:
        return after.span()
    return None


def class_for(name: str) -> AttributionClass:
    """Return how a source called *name* is probably named; a guess, shown before it is kept."""
    if _VAGUE.match(name):
        return "vague_report"
    if _PAPERS.search(name):
        return "named_document"
    if _BODIES.search(name):
        return "named_organisation"
    return "unnamed_role" if name[:1].islower() else "named_person"

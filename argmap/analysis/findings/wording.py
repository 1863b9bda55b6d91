"""Findings about the wording of statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from argmap.text.sentences import paragraphs_of

from .finding import Case, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVEL: Final = (
    r"(?:(?:very|extremely|fairly|reasonably|moderately)\s+)?(?:high|moderate|medium|low)"
)
_JUDGMENT: Final = (
    r"(?:judge?ments?|assessments?|estimates?|conclusions?|findings?|forecasts?|predictions?"
    r"|projections?|analys[ei]s|it|this|that|these|those|the\s+(?:view|idea|claim|result)s?)"
)
_CONFIDENCE: Final = re.compile(
    rf"\b(?:{_LEVEL}[\s-]+(?:(?:levels?|degrees?)\s+of\s+)?confidence\b"
    # Confidence in a person is trust, which says nothing about how sure a judgment is.
    rf"(?!\s+in\s+(?!(?:[\w’']+\s+){{0,3}}{_JUDGMENT}\b))"
    r"|(?:am|is|are|was|were|be|been|being|feel|feels|felt|remain|remains|remained|become|becomes"
    r"|[’'](?:m|re|s)|highly|very|fully|quite|reasonably|fairly|moderately|less|more)\s+"
    r"(?:(?!un)\w+\s+)?confident"
    r"|confident\s+(?:that|in\s+(?:our|its|their|this|the)\s+\w+|about)"
    rf"|confidence\s+(?:in\s+(?:[\w’']+\s+){{1,4}})?(?:is|are|was|were|remains?|remained)\s+{_LEVEL}\b"
    r"|confidently\s+(?:assess|judge|predict|expect|estimate|conclude|say|state|forecast))",
    re.IGNORECASE,
)
_CHANCE: Final = (
    r"(?:chances?|possibilit(?:y|ies)|likelihoods?|prospects?|odds|risks?|probabilit(?:y|ies)"
    r"|danger)"
)
_LIKELIHOOD: Final = re.compile(
    r"\b(?:almost\s+(?:no\s+chance|certain(?:ly)?)|nearly\s+certain"
    r"|(?:un)?likely(?!\s+(?:voters?|candidates?|suspects?|hero(?:es)?|all(?:y|ies)))"
    r"|roughly\s+even\s+(?:chances?|odds)|(?:im)?probabl[ey]"
    # A village may be remote too; only a remote chance is a likelihood.
    rf"|remote\s+{_CHANCE}|(?:{_CHANCE}|outcome|scenario)\b[^.;!?]{0, 80}?\b(?:is|are|was|were|be"
    r"|remains?|remained|seems?|seemed|looks?|looked|as)\s+(?:\w+\s+)?remote"
    r"|(?:%|per\s?cent)\s+(?:chance|likelihood|probability))\b",
    re.IGNORECASE,
)


def confidence_with_likelihood(case: Case) -> Iterator[Finding]:
    """Find sentences that mix a level of confidence with a likelihood; in English only.

    Source: ICD 203: a confidence level and a likelihood do not belong in one sentence.
    """
    for statement in case.statements:
        texts = (statement.text, *(passage.words for passage in statement.passages))
        if any(_is_mixed(sentence) for text in texts for sentence in _sentences(text)):
            label = statement.label
            yield Finding(
                (label,),
                f"{label} mixes a level of confidence and a likelihood in one sentence",
                advice="state separately how likely it is and how confident the author is",
            )


def _sentences(text: str) -> Iterator[str]:
    for start, end in paragraphs_of(text).sentences:
        yield text[start:end]


def _is_mixed(sentence: str) -> bool:
    return bool(_CONFIDENCE.search(sentence) and _LIKELIHOOD.search(sentence))


RULES: Final = (
    Rule("confidence-with-likelihood", "warning", "confidence and likelihood in one sentence",
         confidence_with_likelihood),
)  # fmt: skip

"""Findings about how statements are put."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from argmap.findings.finding import Case, Finding, Rule
from argmap.sentences import paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFIDENCE: Final = re.compile(
    r"\b(?:(?:very )?(?:high|moderate|low) confidence|(?:highly|very|fully) confident)\b",
    re.IGNORECASE,
)
_LIKELIHOOD: Final = re.compile(
    r"\b(?:almost (?:no chance|certain(?:ly)?)|remote|(?:very |highly )?(?:un)?likely"
    r"|roughly even (?:chance|odds)|(?:very |highly )?(?:im)?probabl[ey]|nearly certain)\b",
    re.IGNORECASE,
)


def confidence_with_likelihood(case: Case) -> Iterator[Finding]:
    """Find sentences that mix a level of confidence with a likelihood; English alone.

    Source: ICD 203: a confidence level and a likelihood do not stand in one sentence.
    """
    for statement in case.statements:
        texts = (statement.text, *(passage.words for passage in statement.passages))
        if any(_is_mixed(sentence) for text in texts for sentence in _sentences(text)):
            label = statement.label
            yield Finding((label,), f"{label} has a confidence and a likelihood in one sentence")


def _sentences(text: str) -> Iterator[str]:
    for start, end in paragraphs_of(text).sentences:
        yield text[start:end]


def _is_mixed(sentence: str) -> bool:
    return bool(_CONFIDENCE.search(sentence) and _LIKELIHOOD.search(sentence))


RULES: Final = (
    Rule("confidence-with-likelihood", "warning", "a confidence and a likelihood in one sentence",
         confidence_with_likelihood),
)  # fmt: skip

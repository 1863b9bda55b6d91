"""Remove a site's notices from the blocks of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from argmap.op_eds.site_notices import is_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .blocks import PageBlock

_LEAD: Final = (
    r"(?:related(?: (?:articles?|content|coverage|links?|posts?|reading|stor(?:y|ies)|topics?))?"
    r"|read (?:also|more|next|on)|see also|also see|see more|watch|(?:don['’]t|do not) miss"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)|more (?:from|on|in) .{1,60}"
    r"|must[- ]reads?(?: stories)?|recommended(?: (?:for you|stories|articles|reading))?"
    r"|most (?:read|popular|viewed)(?: .{1,40})?|trending(?: now)?|what to read next"
    r"|lesen sie auch|mehr zum thema|(?:à )?lire aussi|leggi anche|lea también|te puede interesar"
    r"|veja também|leia também|você pode gostar)"
)
_HEADING = re.compile(rf"{_LEAD}\W*", re.IGNORECASE)
_POINTER = re.compile(rf"\W*{_LEAD}\s*[:|»>–—-].*", re.IGNORECASE | re.DOTALL)
_CREDIT = re.compile(
    r"\W*(?:(?:featured|file|header|lead|main) )?"
    r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?)(?: credits?)?"
    r"(?: by\b|\s*:|\s+[–—-]\s)[^.!?]{0,50}"
    r"|\W*(?:[^\W\d][\w'’-]*[ /]+){0,6}(?:(?:getty images|reuters|shutterstock|istock)\W*)+",
    re.IGNORECASE,
)
"""A photo credit alone; a caption that ends with one is kept."""
_LONGEST_CREDIT: Final = 80
_APPEAL = re.compile(
    r"read (?:also|more)\W*|chat with us (?:in|on) .{1,100}"
    r"|do you have an opinion on the issues raised in this article\?.*"
    r"|(?:click here to )?get (?:the )?.{1,40} (?:app|on the go\b.*)"
    r"|an error has occurred\W.{0,40}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r".{0,80}\d+ min(?:ute)?s? read\b.{0,60}|[-–—·\s\d.,km]*(?:follow|listen|save|share)+",
    re.IGNORECASE | re.DOTALL,
)
"""Text between the title and the first sentence on blogging sites."""
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]\W*$")
_MOSTLY: Final = 0.9


def without_notices(blocks: Sequence[PageBlock], chosen: set[int]) -> set[int]:
    """Return *chosen* without the notices that a site adds to an article.

    Between the sentences of the article, only blocks that are clearly something else are removed;
    at both ends, labels too.
    """
    numbers = sorted(chosen)
    numbers = [n for n in numbers[: _end(blocks, numbers)] if not _interrupts(blocks[n])]
    while numbers and is_notice(blocks[numbers[-1]].text):
        numbers.pop()
    begin = next((p for p, n in enumerate(numbers) if _is_paragraph(blocks[n])), len(numbers))
    head = [n for n in numbers[:begin] if not _is_label(blocks[n].text)]
    return {*head, *numbers[begin:]}


def _is_paragraph(block: PageBlock) -> bool:
    is_sentence = len(block.text) > _LONGEST_CREDIT or bool(_ENDS_SENTENCE.search(block.text))
    return is_sentence and not _is_label(block.text)


def _is_label(text: str) -> bool:
    # A longer one may be a caption that starts with a credit.
    return len(text) <= _LONGEST_CREDIT and (is_notice(text) or bool(_BYLINE.fullmatch(text)))


def _interrupts(block: PageBlock) -> bool:
    is_linked = block.linked > _MOSTLY * len(block.text)
    if is_linked and block.text.isupper() and block.parent.tag != "li":
        return True  # the headline of another article
    if 2 * block.linked > len(block.text) and _POINTER.fullmatch(block.text):
        return True
    if _APPEAL.fullmatch(block.text.removeprefix("• ")):
        return True
    return len(block.text) <= _LONGEST_CREDIT and bool(_CREDIT.fullmatch(block.text))


def _end(blocks: Sequence[PageBlock], numbers: Sequence[int]) -> int:
    """Return the index at which a list of other articles follows the article."""
    end = len(numbers)
    for place in range(len(numbers) - 1, -1, -1):
        block = blocks[numbers[place]]
        if _HEADING.fullmatch(block.text):
            end = place
        elif 2 * block.linked <= len(block.text) and _ENDS_SENTENCE.search(block.text):
            break
    return end

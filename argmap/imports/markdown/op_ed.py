"""Restore the op-ed's text from argmap's Markdown, and the words quoted from it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from argmap.formats import markdown_syntax as form
from argmap.formats.double_spaces import restore_double_spaces
from argmap.formats.markdown_syntax import from_line

from .draft import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .front_matter import MapFrontMatter


def restore_text(paragraphs: Sequence[str], front: MapFrontMatter, line: int) -> str:
    """Return the op-ed's text with its double spaces, checked against its SHA-256.

    Args:
        paragraphs: The Markdown source of each paragraph.
        front: The front matter, with the SHA-256 of the text and the places of its double spaces.
        line: The line where the text's part begins, for the message.

    Raises:
        InputError: the paragraphs are not the text with that SHA-256.
    """
    sha256 = front.values.get("sha256")
    readings = _possible_texts(paragraphs, front)
    if sha256 is None:
        return next(readings)
    text = next((each for each in readings if _sha256(each) == sha256), None)
    if text is None:
        refuse(
            line, "the op-ed's text has changed, and an import cannot change it; restore the text"
        )
    return text


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _possible_texts(paragraphs: Sequence[str], front: MapFrontMatter) -> Iterator[str]:
    """Yield the possible texts, the likeliest first."""
    places = front.values.get("double_spaces", "")
    for breaks_at_spaces in (False, True):
        text = _join_paragraphs(paragraphs, front, breaks_at_spaces=breaks_at_spaces)
        yield text
        if places and (spaced := restore_double_spaces(text, places)) is not None:
            yield spaced


def _join_paragraphs(
    paragraphs: Sequence[str], front: MapFrontMatter, *, breaks_at_spaces: bool
) -> str:
    by_blank_lines = front.values.get("paragraphs") == form.BY_BLANK_LINES
    words = (from_line(each, breaks_at_spaces=breaks_at_spaces) for each in paragraphs)
    end = "\n" if front.values.get("final_newline") == "yes" else ""
    return ("\n\n" if by_blank_lines else "\n").join(words) + end


def find_quoted_words(words: str, start: int | None, end: int | None, text: str) -> str:
    """Return the quoted *words* as *text* has them; their white space may differ in the file.

    Args:
        words: The words quoted in the file.
        start: Their start in *text*; None if the file does not give it.
        end: Their end in *text*.
        text: The op-ed.
    """
    if start is not None and end is not None:
        original = text[start:end]
        return original if original.split() == words.split() else words
    if words in text:
        return words
    pattern = r"\s+".join(map(re.escape, words.split()))
    match = re.search(pattern, text)
    return match[0] if match and match[0] else words

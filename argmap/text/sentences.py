"""Split a text into paragraphs, sentences and words, the units of the cursor."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import sentencex  # type: ignore[import-untyped]  # it has none
from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

Stretch = tuple[int, int]
"""Start and end of a piece of text, half-open, in code points."""

SHORTEST_WRAPPED: Final = 45
"""The shortest line, in code points, that an editor may have broken; others end a paragraph."""

LONGEST_WRAPPED: Final = 110
"""The longest line, in code points, that an editor would break at."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ITEM = re.compile(r"\s*(?:[-*+•>#|]|\d{1,3}[.)])\s")


@frozen
class Paragraphs:
    """The paragraphs and sentences of a text, with their offsets."""

    text: str = field(repr=False)
    paragraphs: tuple[Stretch, ...]
    """The paragraphs in order. A line end inside one was made by an editor and is drawn as a
    space.
    """
    sentences: tuple[Stretch, ...]
    """The sentences in order, none across paragraphs, without surrounding white space; never
    empty.
    """
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(start for start, _ in self.sentences))

    def sentence_number(self, offset: int) -> int:
        """Return the index of the sentence that contains *offset*, else of the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def words_in(self, stretch: Stretch) -> list[Stretch]:
        """Return the words between two offsets; the whole stretch if it has none."""
        found = [m.span() for m in _word().finditer(self.text, *stretch)]
        return found or [stretch]


def paragraphs_of(text: str, language: str | None = None) -> Paragraphs:
    r"""Split *text*, which is not just white space, into paragraphs and sentences.

    Args:
        text: Line ends are `\n`.
        language: A code such as `en`, whose abbreviations end no sentence.
    """
    found = tuple(_split_paragraphs(text))
    code = (language or "en").split("-")[0].lower()
    sentences = tuple(s for stretch in found for s in _split_sentences(text, stretch, code))
    return Paragraphs(text, found, sentences)


def paragraph_number(text: str, offset: int) -> int:
    """Return the number, from 1, of the paragraph of *text* that contains *offset*."""
    return max(1, bisect_right(_paragraph_starts(text), offset))


@lru_cache(maxsize=2)
def _paragraph_starts(text: str) -> tuple[int, ...]:
    """Return the offsets at which paragraphs begin; kept for the next passages of the text."""
    return tuple(start for start, _ in _split_paragraphs(text))


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word, which takes long to compile."""
    return re.compile(
        # In scripts without spaces each character is a word.
        "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
        "|\\w[\\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d]*"
        "(?:[’'\\-.,:/@&](?=\\w)[\\w\u0300-\u036f\u200c\u200d]+)*"
    )


def _split_paragraphs(text: str) -> Iterator[Stretch]:
    """Yield the paragraphs; lines that an editor seems to have broken are joined."""
    block: list[Stretch] = []
    for match in _LINE.finditer(text):
        if block and block[-1][1] + 1 != match.start():
            yield from _join_lines(text, block)
            block = []
        block.append(match.span())
    yield from _join_lines(text, block)


def _join_lines(text: str, lines: list[Stretch]) -> Iterator[Stretch]:
    lengths = [end - start for start, end in lines[:-1]]
    wrapped = (
        lengths
        and min(lengths) >= SHORTEST_WRAPPED
        and max(end - start for start, end in lines) <= LONGEST_WRAPPED
        and not any(_ITEM.match(text, start) for start, _ in lines)
    )
    if wrapped:
        yield lines[0][0], lines[-1][1]
    else:
        yield from lines


def _split_sentences(text: str, paragraph: Stretch, code: str) -> Iterator[Stretch]:
    start, end = paragraph
    words = text[start:end].replace("\n", " ")
    place = 0
    for boundary in sentencex.get_sentence_boundaries(code, words):
        piece = boundary["text"]
        place = words.find(piece, place)
        inner = piece.strip()
        if inner:
            first = start + place + len(piece) - len(piece.lstrip())
            yield first, first + len(inner)
        place += len(piece)

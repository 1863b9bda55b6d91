"""The text cursor: one sentence, a few words, or a range of either."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

if TYPE_CHECKING:
    from argmap.text.layout import TextLayout
    from argmap.text.sentences import Paragraphs, Stretch

Unit = Literal["sentence", "word", "line"]


@frozen
class TextCursor:
    """A range of the text, from the place where it was begun to the place of the cursor."""

    anchor: tuple[int, int]
    """First sentence or word of the range, half-open, in code points."""
    head: tuple[int, int]
    """Sentence or word the reader moved to; the anchor until the range is extended."""

    @property
    def range(self) -> Stretch:
        """Everything from the anchor to the head."""
        return min(self.anchor[0], self.head[0]), max(self.anchor[1], self.head[1])

    def at(self, stretch: Stretch, *, extending: bool = False) -> TextCursor:
        """Return the cursor moved to *stretch*; if *extending*, the anchor stays."""
        return evolve(self, head=stretch) if extending else TextCursor(stretch, stretch)


def cursor_at(stretch: Stretch) -> TextCursor:
    """Return a cursor on *stretch* alone."""
    return TextCursor(stretch, stretch)


def step(
    cursor: TextCursor, unit: Unit, by: int, paragraphs: Paragraphs, layout: TextLayout
) -> Stretch:
    """Return the range *by* units after the head of *cursor*, or before it.

    From a part of a sentence, the first step back goes to the whole sentence.
    """
    if unit == "word":
        return _word(cursor, by, paragraphs)
    if unit == "line":
        return _line(cursor, by, paragraphs, layout)
    number = paragraphs.sentence_number(cursor.head[0])
    here = paragraphs.sentences[number]
    if by < 0 and cursor.head[0] > here[0] and cursor.head != here:
        by += 1  # the beginning of the current sentence is the first step back
    number = min(max(0, number + by), len(paragraphs.sentences) - 1)
    return paragraphs.sentences[number]


def _word(cursor: TextCursor, by: int, paragraphs: Paragraphs) -> Stretch:
    """Return the next or previous word; from a whole sentence its first or last."""
    number = paragraphs.sentence_number(cursor.head[0])
    words = paragraphs.words_in(paragraphs.sentences[number])
    if cursor.head not in words or len(words) == 1 == len(paragraphs.sentences):
        return words[0 if by > 0 else -1] if cursor.head[1] > words[0][1] else words[0]
    place = words.index(cursor.head) + by
    # A sentence can have one word, so *by* words may cross several sentences.
    while not 0 <= place < len(words):
        if not 0 <= number + (1 if place >= 0 else -1) < len(paragraphs.sentences):
            return words[0 if place < 0 else -1]
        if place >= 0:
            number, place = number + 1, place - len(words)
            words = paragraphs.words_in(paragraphs.sentences[number])
        else:
            number -= 1
            words = paragraphs.words_in(paragraphs.sentences[number])
            place += len(words)
    return words[place]


def _line(cursor: TextCursor, by: int, paragraphs: Paragraphs, layout: TextLayout) -> Stretch:
    """Return the words of the row *by* rows further; blank rows do not count."""
    rows = [row for row in layout.rows if row.end > row.start]
    starts = [row.start for row in rows]
    number = bisect_right(starts, cursor.head[0]) - 1
    here = rows[max(0, number)]
    if by < 0 and cursor.head[0] > paragraphs.words_in(here)[0][0]:
        by += 1  # as for sentences: first to the beginning of the current row
    row = rows[min(max(0, number + by), len(rows) - 1)]
    words = paragraphs.words_in((row.start, row.end))
    return words[0][0], words[-1][1]


def stretch_between(first: int, last: int, paragraphs: Paragraphs) -> Stretch:
    """Return the words from offset *first* to offset *last*, in either order."""
    ends = [_word_at(offset, paragraphs) for offset in (first, last)]
    return min(start for start, _ in ends), max(end for _, end in ends)


def _word_at(offset: int, paragraphs: Paragraphs) -> Stretch:
    sentence = paragraphs.sentences[paragraphs.sentence_number(offset)]
    words = paragraphs.words_in(sentence)
    place = bisect_right([start for start, _ in words], offset) - 1
    return words[max(0, place)]

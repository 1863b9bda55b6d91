"""Each step of the text cursor goes to the right place, and a step back reverts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.text.layout import TextLayout
from argmap.text.sentences import Paragraphs, paragraphs_of
from tui.text.cursor import TextCursor, Unit, cursor_at, step, stretch_between

PIECES = [
    "a", "word", "Reports say", ". ", "? ", " ", "  ", "\n", "\n\n", "“", "” ", "— ", "字", "漢字。", "é",
    "👨‍👩‍👧", "\u202e", "\x0c", "incomprehensibilities", "The toll pays for itself. ", "…",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join).filter(str.strip)
widths = st.integers(1, 40)
units: st.SearchStrategy[Unit] = st.sampled_from(["sentence", "word", "line"])

TEXT = "One two. Three four five.\n\n“Six” seven — eight."
SENTENCES = ["One two.", "Three four five.", "“Six” seven — eight."]
WORDS = ["One", "two", "Three", "four", "five", "Six", "seven", "eight"]


class Reader:
    """A text in a pane, with a cursor."""

    def __init__(self, text: str, width: int = 40) -> None:
        self.paragraphs: Paragraphs = paragraphs_of(text)
        self.layout = TextLayout(self.paragraphs, width)
        self.cursor = cursor_at(self.paragraphs.sentences[0])

    def go(self, unit: Unit, by: int, *, extending: bool = False) -> tuple[int, int]:
        """Step, and return the new position of the head."""
        stretch = step(self.cursor, unit, by, self.paragraphs, self.layout)
        self.cursor = self.cursor.at(stretch, extending=extending)
        return stretch

    def walk(self, unit: Unit, by: int) -> list[tuple[int, int]]:
        """Step until the cursor stays; return every position, the first one included."""
        seen = [self.cursor.head]
        while (place := self.go(unit, by)) != seen[-1]:
            seen.append(place)
            assert len(seen) <= 2 * len(self.paragraphs.text) + 2
        return seen

    def words(self, *stretches: tuple[int, int]) -> list[str]:
        return [self.paragraphs.text[start:end] for start, end in stretches]


@given(texts, widths, st.lists(st.tuples(units, st.integers(-5, 5), st.booleans()), max_size=15))
def test_no_steps_lead_out_of_the_text_or_onto_nothing(
    text: str, width: int, moves: list[tuple[Unit, int, bool]]
) -> None:
    reader = Reader(text, width)
    for unit, by, extending in moves:
        anchor = reader.cursor.anchor
        start, end = reader.go(unit, by, extending=extending)
        assert 0 <= start < end <= len(text)
        low, high = reader.cursor.range
        assert 0 <= low <= start < end <= high <= len(text)
        assert reader.cursor.anchor == (anchor if extending else (start, end))


@given(texts)
def test_steps_by_sentences_visit_each_once_and_lead_back(text: str) -> None:
    reader = Reader(text)
    every = list(reader.paragraphs.sentences)
    assert reader.walk("sentence", 1) == every
    assert reader.walk("sentence", -1) == every[::-1]


@given(texts)
def test_steps_by_words_visit_each_once_and_lead_back(text: str) -> None:
    reader = Reader(text)
    cut = reader.paragraphs
    every = [word for sentence in cut.sentences for word in cut.words_in(sentence)]
    reader.cursor = cursor_at(every[0])
    assert reader.walk("word", 1) == every
    assert reader.walk("word", -1) == every[::-1]


@given(texts, widths)
def test_steps_by_lines_visit_each_once_and_lead_back(text: str, width: int) -> None:
    reader = Reader(text, width)
    reader.walk("line", -1)
    down = reader.walk("line", 1)
    rows = [row for row in reader.layout.rows if row.start < row.end]
    assert len(down) == len(rows)
    assert all(row.start <= at[0] < at[1] <= row.end for at, row in zip(down, rows, strict=True))
    assert reader.walk("line", -1) == down[::-1]


@given(texts, units, st.integers(0, 30), st.integers(1, 6), st.sampled_from([1, -1]))
def test_several_steps_at_once_are_as_many_steps(
    text: str, unit: Unit, first: int, count: int, way: int
) -> None:
    one, other = Reader(text, 20), Reader(text, 20)
    start = one.go(unit, first)
    other.cursor = one.cursor = cursor_at(start)
    for _ in range(count):
        one.go(unit, way)
    assert other.go(unit, way * count) == one.cursor.head


@given(texts, units, st.integers(1, 5))
def test_a_range_that_is_extended_and_taken_back_is_what_it_was(
    text: str, unit: Unit, count: int
) -> None:
    reader = Reader(text, 20)
    begun = reader.go(unit, 1)
    reader.cursor = cursor_at(begun)
    made = [reader.cursor]
    for _ in range(count):
        reader.go(unit, 1, extending=True)
        made.append(reader.cursor)
    assert all(cursor.anchor == begun for cursor in made)
    assert [c.range[1] for c in made] == sorted(c.range[1] for c in made)
    assert all(cursor.range[0] == begun[0] for cursor in made)


@given(texts, st.data())
def test_what_is_dragged_over_is_the_same_either_way_and_holds_both_ends(
    text: str, data: st.DataObject
) -> None:
    cut = paragraphs_of(text)
    offsets = st.integers(0, len(text) - 1)
    first, last = data.draw(offsets), data.draw(offsets)
    start, end = stretch_between(first, last, cut)
    assert (start, end) == stretch_between(last, first, cut)
    assert 0 <= start < end <= len(text)
    for sentence in cut.sentences:
        for low, high in cut.words_in(sentence):
            if any(low <= offset < high for offset in (first, last)):
                assert start <= low < high <= end


def test_the_whole_text_is_walked_by_sentences_and_by_words() -> None:
    reader = Reader(TEXT)
    assert reader.words(*reader.walk("sentence", 1)) == SENTENCES
    reader.cursor = cursor_at((0, 3))
    assert reader.words(*reader.walk("word", 1)) == WORDS


@pytest.mark.parametrize(("by", "words"), [(1, "Three"), (-1, "five"), (2, "Three"), (-2, "five")])
def test_from_a_sentence_a_step_by_words_leads_into_it(by: int, words: str) -> None:
    reader = Reader(TEXT)
    reader.go("sentence", 1)
    assert reader.words(reader.go("word", by)) == [words]


@pytest.mark.parametrize(("by", "number"), [(-2, 0), (-1, 1), (0, 1), (1, 2), (9, 2), (-9, 0)])
def test_from_a_word_the_first_step_back_leads_to_its_own_sentence(by: int, number: int) -> None:
    reader = Reader(TEXT)
    reader.cursor = cursor_at((TEXT.index("four"), TEXT.index("four") + 4))
    assert reader.words(reader.go("sentence", by)) == [SENTENCES[number]]


def test_from_the_first_word_of_a_sentence_a_step_back_leaves_it() -> None:
    reader = Reader(TEXT)
    reader.cursor = cursor_at((TEXT.index("Three"), TEXT.index("Three") + 5))
    assert reader.words(reader.go("sentence", -1)) == ["One two."]


def test_lines_are_the_words_of_rows_and_blank_rows_are_passed_over() -> None:
    reader = Reader(TEXT, 12)
    lines = ["One two", "Three four", "five", "Six” seven", "eight"]
    reader.go("line", 0)
    assert reader.words(*reader.walk("line", 1)) == lines
    assert reader.words(*reader.walk("line", -1)) == lines[::-1]


def test_a_line_that_begins_with_a_quotation_mark_is_left_upwards_too() -> None:
    reader = Reader("One two.\n\n“Six” seven.")
    reader.go("line", 1)
    assert reader.words(reader.go("line", -1)) == ["One two"]


def test_a_line_that_is_indented_is_left_upwards_too() -> None:
    reader = Reader("One two.\n\n    Six seven.")
    reader.go("line", 1)
    assert reader.words(reader.go("line", -1)) == ["One two"]


def test_extending_goes_back_over_the_anchor_and_keeps_it() -> None:
    reader = Reader(TEXT)
    reader.go("sentence", 1)
    reader.go("sentence", 1, extending=True)
    assert reader.cursor.range == (TEXT.index("Three"), len(TEXT))
    reader.go("sentence", -2, extending=True)
    assert reader.cursor.range == (0, TEXT.index("five.") + 5)
    reader.go("sentence", 1)
    assert reader.cursor == cursor_at(reader.paragraphs.sentences[1])


def test_a_range_reaches_from_the_first_end_to_the_last() -> None:
    assert TextCursor((5, 9), (0, 3)).range == (0, 9)
    assert TextCursor((0, 9), (2, 4)).range == (0, 9)
    assert TextCursor((0, 3), (5, 9)).at((7, 8)).range == (7, 8)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("w", "w", "two"),
        ("o.", "T", "two. Three"),
        (" four", "five", "Three four five"),
        ("S", "seven", "Six” seven"),
        ("“", "S", "Six"),
        ("\n", "ix", "five.\n\n“Six"),
    ],
)
def test_dragging_takes_whole_words(first: str, last: str, words: str) -> None:
    cut = paragraphs_of(TEXT)
    start, end = stretch_between(TEXT.index(first), TEXT.index(last), cut)
    assert TEXT[start:end] == words

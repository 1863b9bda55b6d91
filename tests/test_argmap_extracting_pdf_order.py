"""The reading order of a PDF: headings across columns, notes, large letters and dashes."""

from __future__ import annotations

import pytest
from support.strategies.op_ed_files import Placed, column, pdf

from argmap.extracting.pdf.format import FORMAT
from argmap.extracting.pdf.layout.lines import TextLine
from argmap.extracting.pdf.layout.paragraphs import paragraphs_of

pytest.importorskip("pdfminer")

LEFT = (
    "The council has kept the toll for",
    "three years and reports that the",
    "traffic in the old town has gone.",
)
RIGHT = (
    "Nobody in the port has asked for",
    "it to go away since then, and the",
    "poor of the port take the bus now.",
)


def text_of(*page: Placed) -> str:
    return FORMAT.read(pdf(page), "a.pdf").text


def test_a_short_heading_that_both_columns_leave_room_for_goes_across_them() -> None:
    page = [
        *column(LEFT, 700), *column(RIGHT, 700, 320),
        Placed(72, 640, "Second thoughts", 14),
        *column(LEFT, 610), *column(RIGHT, 610, 320),
    ]  # fmt: skip
    both = " ".join(LEFT + RIGHT)
    assert text_of(*page) == f"{both}\n\nSecond thoughts\n\n{both}"


def test_a_heading_of_one_column_stays_in_it() -> None:
    page = [
        *column(LEFT, 700), Placed(72, 640, "Second thoughts", 14), *column(LEFT, 610),
        *column((*RIGHT, *RIGHT, *RIGHT), 700, 320),
    ]  # fmt: skip
    text = text_of(*page)
    assert text.startswith(f"{' '.join(LEFT)}\n\nSecond thoughts\n\n{' '.join(LEFT)}")


def test_notes_with_numbers_in_order_are_paragraphs() -> None:
    notes = ("3 See the report of the harbour board, p. 14.", "4 A survey of households in 2017.")
    assert text_of(*column(notes)) == "\n\n".join(notes)


def test_a_line_under_a_big_letter_that_makes_room_for_it_is_no_paragraph() -> None:
    page = [
        Placed(72, 682, "T", 36),
        Placed(98, 700, "HE toll on the harbour bridge pays for"),
        Placed(98, 686, "itself, and the council should keep it,"),
        Placed(98, 672, "as it has been there for some years."),
        Placed(72, 658, "nobody has asked for it to go away at all."),
    ]
    assert "\n" not in text_of(*page)


@pytest.mark.parametrize(
    ("others", "seam"), [("a toll—or a tax—is paid", "why—and"), ("a toll — or a tax", "why —and")]
)
def test_a_dash_at_the_beginning_of_a_line_is_set_as_the_others_are(others: str, seam: str) -> None:
    lines = (others, "by those who drive, and they know why", "—and so do those who take the bus.")
    assert seam in text_of(*column(lines))


def test_lines_that_are_read_from_the_right_are_full_where_they_end_at_the_left() -> None:
    rows = (("הגשר נסגר לפני שנים.", 72), ("המועצה שמרה על האגרה", 90), ("והתנועה ירדה מאוד.", 190))
    lines = [TextLine(words, x, 700 - 14 * at, 11, end=300) for at, (words, x) in enumerate(rows)]
    assert paragraphs_of([lines]) == [" ".join(words for words, _ in rows)]


@pytest.mark.parametrize(
    ("end", "start", "whole"),
    [
        ("Stratford-", "upon-Avon", "Stratford-upon-Avon"),
        ("mother-", "in-law", "mother-in-law"),
        ("the UN-", "led mission", "the UN-led mission"),
        ("all non-US-", "based firms", "all non-US-based firms"),
        ("the Toron-", "to council", "the Toronto council"),
    ],
)
def test_a_hyphen_stays_before_a_small_word_within_and_after_capitals(
    end: str, start: str, whole: str
) -> None:
    text = text_of(*column((f"The report of the port is about {end}", f"{start} of the river.")))
    assert whole in text


@pytest.mark.parametrize(
    ("letter", "rest", "words"),
    [
        ("A", "toll on the bridge", "A toll on"),
        ("A", "fter the toll came", "After the toll"),
        ("I", "have seen the bridge", "I have seen"),
        ("I", "t is said that they", "It is said"),
        ("7", "people on the bridge", "7 people"),
        ("1", "st of the bridges to", "1st of"),
    ],
)
def test_a_big_letter_that_is_a_word_stays_one(letter: str, rest: str, words: str) -> None:
    page = [
        Placed(72, 686, letter, 30), Placed(95, 700, f"{rest} pay for"),
        Placed(95, 686, "itself, and nobody has shown"),
        Placed(72, 672, "that it does not, as the council says."),
    ]  # fmt: skip
    assert text_of(*page).startswith(words)

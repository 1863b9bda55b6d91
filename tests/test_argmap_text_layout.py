"""Text in rows: every character has one position, and its drawn form fits and is harmless."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from argmap.text.display import HIDDEN
from argmap.text.layout import APART, TextLayout
from argmap.text.sentences import paragraphs_of

FAMILY = "👨‍👩‍👧"
PIECES = [
    "a", "word", " ", "  ", "    ", "\n", "\n\n", ". ", "“", "—", "\t", "\xa0", "incomprehensibilities",
    "字", "漢字かな", "한국어", "e\u0301", "हिन्दी", FAMILY, "🇫🇮", "👍🏽", "❤\ufe0f", "\u202e", "\u2066",
    "\x1b[31m", "\x07", "\x0c", "\x1f", "\x85", "\u2028", "\u2029", "\u200b", "\ufeff", "\u0301", "\u200d",
]  # fmt: skip
"""Characters that are wide, narrow, invisible, or would act on the terminal."""

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=40),
).filter(str.strip)
widths = st.integers(1, 30)


def laid_out(text: str, width: int) -> TextLayout:
    return TextLayout(paragraphs_of(text), width)


def drawn(layout: TextLayout) -> list[str]:
    """Return the rows as they are drawn; the pane draws no space at the end of one."""
    return [layout.shown(*row).rstrip() for row in layout.rows]


@given(texts, widths)
def test_rows_hold_every_character_of_every_paragraph_once_and_in_order(
    text: str, width: int
) -> None:
    layout = laid_out(text, width)
    held = [place for start, end in layout.rows for place in range(start, end)]
    assert held == [p for start, end in paragraphs_of(text).paragraphs for p in range(start, end)]


@given(texts, widths)
def test_no_row_is_wider_than_the_pane_unless_one_character_is(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for number, words in enumerate(drawn(layout)):
        seen = [cell for cell in layout.cells(number) if layout.shown(*cell[:2]).strip()]
        assert cell_len(words) <= width or len([cell for cell in seen if cell.width]) == 1


@given(texts, widths)
def test_cells_tile_their_row_and_are_as_wide_as_what_is_drawn(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for number, row in enumerate(layout.rows):
        cells = list(layout.cells(number))
        assert "".join(text[cell.start : cell.end] for cell in cells) == text[row.start : row.end]
        columns = [sum(cell.width for cell in cells[:n]) for n in range(len(cells))]
        assert [cell.column for cell in cells] == columns
        for cell in cells:
            assert cell_len(layout.shown(cell.start, cell.end)) == cell.width


@given(texts, widths)
def test_the_column_of_a_character_leads_back_to_it(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for number in range(len(layout.rows)):
        for cell in layout.cells(number):
            for offset in range(cell.start, cell.end):
                assert layout.row_of(offset) == number
                assert layout.column_of(offset) == cell.column
                if cell.width:
                    assert layout.offset_at(number, cell.column) == cell.start
                    assert layout.offset_at(number, cell.column + cell.width - 1) == cell.start


@given(texts, widths, st.integers(0, 60), st.data())
def test_a_place_on_the_screen_is_a_place_in_the_row_that_is_there(
    text: str, width: int, column: int, data: st.DataObject
) -> None:
    layout = laid_out(text, width)
    number = data.draw(st.integers(0, len(layout.rows) - 1))
    row, offset = layout.rows[number], layout.offset_at(number, column)
    assert row.start <= offset < row.end or offset == row.start == row.end


@given(texts, st.data())
def test_nothing_that_is_drawn_acts(text: str, data: st.DataObject) -> None:
    layout = laid_out(text, 20)
    start = data.draw(st.integers(0, len(text)))
    shown = layout.shown(start, data.draw(st.integers(start, len(text))))
    assert re.search(f"[{HIDDEN}]", shown) is None


@given(texts, widths)
def test_a_place_between_rows_belongs_to_the_row_before(text: str, width: int) -> None:
    layout = laid_out(text, width)
    for offset in range(len(text)):
        number = layout.row_of(offset)
        assert number == 0 or layout.rows[number].start <= offset
        assert number + 1 == len(layout.rows) or offset < layout.rows[number + 1].start


@given(st.lists(st.text("abcdefgh.,'", min_size=1, max_size=8), min_size=1, max_size=30), widths)
def test_plain_words_are_wrapped_as_everybody_wraps_them(words: list[str], width: int) -> None:
    width = max(width, *map(len, words))
    expected = textwrap.wrap(" ".join(words), width, break_on_hyphens=False)
    assert drawn(laid_out(" ".join(words), width)) == expected


@given(st.lists(st.text("abcéß—", min_size=1, max_size=8), min_size=1, max_size=30), widths)
def test_a_wide_word_somewhere_changes_no_row_before_it(words: list[str], width: int) -> None:
    width = max(width, *map(len, words))
    plain = drawn(laid_out(" ".join(words), width))
    mixed = drawn(laid_out(" ".join([*words, "語"]), width))
    assert mixed[: len(plain) - 1] == plain[:-1]


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("The toll pays for itself.", 10, ["The toll", "pays for", "itself."]),
        ("The toll", 8, ["The toll"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("an incomprehensible toll", 6, ["an", "incomp", "rehens", "ible", "toll"]),
        ("abc-def", 3, ["abc", "-de", "f"]),
        ("abc\u2003\u2003def", 3, ["abc", "def"]),
        ("字字字字", 5, ["字字", "字字"]),
        ("字字", 1, ["字", "字"]),
        ("見て toll", 6, ["見て", "toll"]),
        ("an 字字字字", 6, ["an 字", "字字字"]),
        ("e\u0301" * 4, 2, ["e\u0301e\u0301"] * 2),
        (FAMILY * 3, 4, [FAMILY * 2, FAMILY]),
        ("a\tb", 9, ["a b"]),
        ("a\u202eb", 12, ["a⟦U+202E⟧b"]),
        ("a\x1bb", 8, ["a", "⟦U+001B⟧", "b"]),
        ("one     two", 5, ["one", "two"]),
        ("  one two", 5, ["  one", "two"]),
    ],
)
def test_a_text_is_wrapped_at_words_and_only_then_within_them(
    text: str, width: int, rows: list[str]
) -> None:
    assert drawn(laid_out(text, width)) == rows


@pytest.mark.parametrize("hidden", ["\u2028", "\x0c", "\x85", "\x1f"])
def test_white_space_that_is_drawn_as_a_sign_takes_its_place(hidden: str) -> None:
    rows = drawn(laid_out(f"word{hidden}more", 10))
    assert max(map(cell_len, rows)) <= 10


def test_a_line_end_within_a_paragraph_is_drawn_as_a_space() -> None:
    line = "The toll pays for itself and for much that nobody counts"
    assert drawn(laid_out(f"{line}\nor sees.", 200)) == [f"{line} or sees."]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("One.\n\nTwo.", ["One.", "", "Two."]),
        ("One.\n\n\n\n\nTwo.", ["One.", "", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("- " + "a" * (APART - 2) + "\nTwo.", ["- " + "a" * (APART - 2), "", "Two."]),
        ("One.\n" + "a" * APART, ["One.", "", "a" * APART]),
        ("- " + "a" * (APART - 3) + "\nTwo.", ["- " + "a" * (APART - 3), "Two."]),
        ("\n\nOne.\n\n", ["One."]),
    ],
)
def test_a_blank_row_is_round_what_is_a_paragraph_by_itself(text: str, rows: list[str]) -> None:
    assert drawn(laid_out(text, 80)) == rows


def test_the_end_of_a_row_is_what_is_right_of_it() -> None:
    layout = laid_out("The toll pays.", 8)
    assert layout.offset_at(0, 99) == len("The toll ") - 1
    assert layout.offset_at(1, 99) == len("The toll pays.") - 1


def test_a_pane_without_columns_still_has_rows() -> None:
    assert drawn(laid_out("ab", 0)) == drawn(laid_out("ab", -3)) == ["a", "b"]


def test_a_long_text_is_laid_out_at_once_and_found_again() -> None:
    text = "\n\n".join("Reports say that traffic fell by a fifth. " * 20 for _ in range(200))
    layout = laid_out(text, 60)
    assert layout.row_of(len(text) - 1) == len(layout.rows) - 1
    assert layout.rows[-1].end == len(text)

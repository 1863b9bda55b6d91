"""Marks of list items in Word documents, counted as Word counts them."""

from __future__ import annotations

import pytest
from support.strategies.word_files import item, paragraph, table, text_of, warnings_of


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{number}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def numbering(
    *levels: str, lists: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
) -> str:
    return f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>{lists}"


def marks(body: str, numbers: str, styles: str = "") -> list[str]:
    """Return the marks of the items, whose text is always `x`."""
    return [
        each.removesuffix(" x")
        for each in text_of(body, numbering=numbers, styles=styles).split("\n\n")
    ]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 4: "4"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix", 14: "xiv"}),
        ("upperRoman", {19: "XIX"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 23: "23rd"}),
    ],
)
def test_numbers_are_written_in_the_form_of_their_level(form: str, numbers: dict[int, str]) -> None:
    read = marks(item("x") * 30, numbering(level(0, form, "%1)")))
    assert {place: read[place - 1] for place in numbers} == {
        place: f"{words})" for place, words in numbers.items()
    }


def test_levels_count_by_themselves_and_begin_again_below_a_new_item() -> None:
    levels = numbering(level(0, "decimal", "%1."), level(1, "lowerLetter", "%1.%2"))
    body = "".join(item("x", level=n) for n in (0, 1, 1, 0, 1))
    assert marks(body, levels) == ["1.", "1.a", "1.b", "2.", "2.a"]


def test_a_level_that_never_begins_again_counts_on() -> None:
    on = level(1, "decimal", "(%2)", "<w:lvlRestart w:val='0'/>")
    body = "".join(item("x", level=n) for n in (0, 1, 0, 1))
    assert marks(body, numbering(level(0, "decimal", "%1."), on)) == ["1.", "(1)", "2.", "(2)"]


def test_legal_numbers_are_figures() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = "".join(item("x", level=n) for n in (0, 0, 1))
    assert marks(body, numbering(level(0, "upperRoman", "%1"), legal)) == ["I", "II", "2.1"]


def test_lists_of_one_definition_count_on_unless_one_says_where_it_begins() -> None:
    again = (
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>"
    )
    body = item("x") + item("x", 2) + item("x", 3) + item("x", 3) + item("x", 1)
    read = marks(body, numbering(level(0, "decimal", "%1."), lists=again))
    assert read == ["1.", "2.", "7.", "8.", "9."]


def test_a_list_comes_from_the_style_of_its_paragraphs_too() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H1'/>"
        "<w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    one = paragraph("x", properties="<w:pStyle w:val='H1'/>")
    two = paragraph("x", properties="<w:pStyle w:val='H2'/>")
    none = paragraph(
        "x", properties="<w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr>"
    )
    levels = numbering(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    assert marks(one + two + none + one, levels, styles) == ["1", "1.1", "x", "2"]


def test_a_level_that_is_tied_to_a_style_is_that_of_its_paragraphs() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Second'><w:pPr><w:numPr><w:numId w:val='1'/>"
        "</w:numPr></w:pPr></w:style>"
    )
    tied = level(1, "decimal", "%1.%2", "<w:pStyle w:val='Second'/>")
    body = item("x") + paragraph("x", properties="<w:pStyle w:val='Second'/>")
    assert marks(body, numbering(level(0, "decimal", "%1"), tied), styles) == ["1", "1.1"]


@pytest.mark.parametrize(
    ("bullet", "mark"), [("\uf0b7", "•"), ("o", "•"), ("–", "–"), ("▪", "▪"), ("", "•")]
)
def test_a_bullet_is_a_bullet_and_no_letter_of_a_font(bullet: str, mark: str) -> None:
    assert (
        text_of(item("Words."), numbering=numbering(level(0, "bullet", bullet))) == f"{mark} Words."
    )


def test_a_number_and_a_figure_after_it_are_two() -> None:
    close = level(0, "decimal", "%1", "<w:suff w:val='nothing'/>")
    assert text_of(item("5 people"), numbering=numbering(close)) == "1 5 people"


def test_an_item_without_words_is_counted_and_left_out() -> None:
    levels = numbering(level(0, "decimal", "%1."))
    assert text_of(item("a") + item("") + item("b"), numbering=levels) == "1. a\n\n3. b"


def test_a_column_that_a_list_numbers_keeps_its_numbers() -> None:
    levels = numbering(level(0, "decimal", "%1."), level(1, "bullet", "•"))
    assert text_of(table((item(""), "a"), (item(""), "b")), numbering=levels) == "1.\ta\n2.\tb"
    assert text_of(table((item("", level=1), "a")), numbering=levels) == "a"


def test_a_form_that_is_not_known_is_written_in_figures_and_warned_of() -> None:
    levels = numbering(level(0, "hebrew1", "%1."))
    assert text_of(item("x"), numbering=levels) == "1. x"
    assert warnings_of(item("x"), numbering=levels) == (
        "list numbers in the format 'hebrew1' are written as figures",
    )


@pytest.mark.parametrize("start", ["999999999", "9" * 5000, "-3", "x", ""])
def test_a_first_number_of_any_size_is_no_trouble(start: str) -> None:
    wild = level(0, "lowerRoman", "%1").replace("w:start w:val='1'", f"w:start w:val='{start}'")
    assert len(text_of(item("x"), numbering=numbering(wild))) < 20


def test_styles_and_lists_that_are_defined_by_each_other_end() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/></w:style>"
        "<w:style w:type='numbering' w:styleId='N'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    linked = numbering("<w:numStyleLink w:val='N'/>")
    body = item("x") + paragraph("x", properties="<w:pStyle w:val='A'/>")
    assert text_of(body, numbering=linked, styles=styles) == "x\n\nx"

"""Letters of a PDF without a value are marked; all others are as a reader sees them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.strategies.op_ed_files import Placed, column, pdf, refusal

from argmap.extracting.pdf.format import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pdfminer")

LINE = "The rst of cials said so, and the council should keep it as it is."


def read(content: bytes) -> tuple[str, tuple[str, ...]]:
    extract = FORMAT.read(content, "a.pdf")
    return extract.text, extract.warnings


def text_of(*page: Placed, **given: str) -> str:
    text, warnings = read(pdf(page, **given))  # type: ignore[arg-type]
    assert warnings == ()
    return text


def with_map(rows: str, words: str) -> bytes:
    """Return a PDF that draws *words* with a map of *rows* from codes to letters."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
        " 1 begincodespacerange <00> <FF> endcodespacerange"
        f" 1 beginbfrange <20> <7E> <0020> endbfrange {rows} endcmap end end"
    )
    font = "/Encoding /WinAnsiEncoding /ToUnicode 6 0 R"
    return pdf([Placed(72, 700, words)], font=font, streams=[cmap.encode()])


@pytest.mark.parametrize("value", ["0000", "FFFD", "E123", "0002"])
def test_a_letter_without_a_value_is_marked_and_counted(value: str) -> None:
    rows = f"2 beginbfchar <E9> <{value}> <EB> <{value}> endbfchar"
    text, warnings = read(with_map(rows, "The érst ofëcials of the town said so, and ëve did not."))
    assert text == "The �rst of�cials of the town said so, and �ve did not."
    assert warnings == ("3 letters cannot be decoded: compare the text with the page at each �",)


def test_a_letter_with_a_name_that_says_nothing_is_marked() -> None:
    font = "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /g23 /fi /f_l /B.sc] >>"
    assert read(pdf([Placed(72, 700, "A Brst Coor: D and so on")], font=font))[0] == (
        "� first floor: B and so on"
    )


def test_a_letter_that_is_named_by_its_code_is_that_letter() -> None:
    font = "/Encoding << /Differences [65 /a65 /g66] >>"
    assert text_of(Placed(72, 700, "A B"), font=font) == "A B"


def test_a_file_that_has_lost_most_letters_is_refused_in_one_line() -> None:
    font = "/Encoding << /Differences [65 /g1 /g2 /g3 /g4] >>"
    assert refusal("a.pdf", pdf([Placed(72, 700, "ABCD ABCD the")], font=font)) == (
        "a.pdf: 8 of its 11 letters cannot be decoded; run text recognition (OCR) first"
    )


def test_adding_warns_about_letters_that_are_lost(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.write(
        "a.pdf", with_map("1 beginbfchar <E9> <0000> endbfchar", "The bridge is so éne.")
    )
    ran = terminal.run("add", "a.pdf")
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == (
        "warning: a.pdf: 1 letter cannot be decoded: compare the text with the page at each �"
    )


def test_old_style_figures_and_bullets_of_private_letters_are_read() -> None:
    rows = "3 beginbfchar <E9> <F731> <EB> <F739> <E8> <F0B7> endbfchar"
    assert read(with_map(rows, "è In ééëë it was so.")) == ("• In 1199 it was so.", ())


@pytest.mark.parametrize(
    "entries", ["/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [0 0 612 792] /Rotate 90"]
)
def test_a_page_that_is_turned_is_read_as_it_lies(entries: str) -> None:
    lines = column(["The toll pays for itself, and the", "council should keep it."])
    assert text_of(*lines, entries=entries) == (
        "The toll pays for itself, and the council should keep it."
    )


def test_words_up_the_margin_do_not_cut_into_the_lines() -> None:
    drawn = (
        b"BT /F1 11 Tf 1 0 0 1 72 700 Tm (The toll pays for itself, and) Tj"
        b" 0 1 -1 0 40 300 Tm (Draft of May) Tj 1 0 0 1 72 686 Tm (the council should keep it.) Tj ET"
    )
    assert read(pdf([], content=zlib.compress(drawn)))[0] == (
        "The toll pays for itself, and the council should keep it.\n\nDraft of May"
    )


def test_words_outside_the_page_are_not_read() -> None:
    lines = [Placed(72, 700, "The toll pays."), Placed(72, 20, "Print pass 4, page 37")]
    assert text_of(*lines, entries="/CropBox [50 60 600 780]") == "The toll pays."


def test_words_that_places_part_are_parted_and_others_are_not() -> None:
    words = [
        Placed(72, 700, "T"),
        Placed(78.4, 700, "he"),
        Placed(93, 700, "toll"),
        Placed(113, 700, "pays."),
    ]
    assert text_of(*words) == "The toll pays."


def test_letters_that_are_spread_are_one_word_and_figures_with_room_are_not() -> None:
    spread = [Placed(72 + 10 * place, 700, letter) for place, letter in enumerate("HARBOUR")]
    figures = [Placed(190 + 14 * place, 700, figure) for place, figure in enumerate("1234")]
    assert text_of(*spread, Placed(160, 700, "toll:"), *figures) == "HARBOUR toll: 1 2 3 4"


def test_words_that_are_drawn_twice_to_look_bold_are_read_once() -> None:
    words = [Placed(72, 700, "The tall hill"), Placed(72.4, 700, "The tall hill")]
    assert text_of(*words) == "The tall hill"


def test_spaces_that_other_words_are_drawn_over_part_nothing() -> None:
    words = [
        Placed(72, 700, "In May" + " " * 30),
        Placed(120, 700, "03"),
        Placed(132.2, 700, "/25"),
    ]
    assert text_of(*words) == "In May 03/25"


def test_an_accent_that_is_a_letter_of_its_own_is_on_its_letter() -> None:
    words = [
        Placed(72, 700, "caf"),
        Placed(86, 700, "\xb4"),
        Placed(87, 700, "e"),
        Placed(97, 700, "pays \xa8"),
    ]
    assert text_of(*words) == "café pays ¨"


def test_quotation_marks_and_apostrophes_stay() -> None:
    words = "“It’s ‘done’,” she said; «oui», „ja“ – \"no\" 'yes'."
    assert text_of(Placed(72, 700, words)) == words


def test_a_raised_mark_of_a_note_is_no_part_of_a_figure_or_a_word() -> None:
    words = [
        Placed(72, 700, "It rose by 5"), Placed(132.5, 704, "3", 6), Placed(139, 700, "in May"),
        Placed(172, 704, "12", 6), Placed(182, 700, "and June."),
    ]  # fmt: skip
    assert text_of(*words) == "It rose by 5 3 in May 12 and June."


def test_a_raised_figure_of_a_power_stays_raised() -> None:
    assert text_of(
        Placed(72, 700, "It is 10"), Placed(104.8, 704, "2", 6), Placed(112, 700, "times")
    ) == ("It is 10² times")


def test_raised_letters_stay_with_their_word() -> None:
    assert text_of(
        Placed(72, 700, "On the 1"), Placed(114, 704, "st", 6), Placed(123, 700, "day")
    ) == ("On the 1st day")


def test_a_font_with_endless_letters_is_refused() -> None:
    rows = "1 beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange"
    assert "unpacks to far more than an op-ed has" in refusal("a.pdf", with_map(rows, "The toll."))


def test_a_drawing_that_asks_for_itself_without_end_is_read_or_refused() -> None:
    pages = pdf([Placed(72, 700, "The toll.")])
    again = pages.replace(b"/F1 11 Tf", b"/X0 Do /F1 11 Tf")
    assert read(again)[0] == "The toll."


def test_a_row_of_dots_does_not_spread_the_words_before_it() -> None:
    dots = [Placed(112 + 6 * place, 700, ".") for place in range(30)]
    words = [Placed(72, 700, "The"), Placed(92.6, 700, "toll"), *dots]
    assert text_of(*words).startswith("The toll")


def test_a_file_without_pages_is_damaged() -> None:
    assert refusal("a.pdf", pdf()) == (
        "a.pdf: is damaged (a page cannot be read); get the whole file again"
    )


@pytest.mark.parametrize("damage", ["/F2 7", "/F2 99 0 R"])
def test_letters_of_a_font_that_cannot_be_read_are_marked(damage: str) -> None:
    content = zlib.compress(
        f"BT /F1 11 Tf 1 0 0 1 72 700 Tm ({LINE}) Tj /F2 11 Tf 1 0 0 1 72 686 Tm (abc) Tj ET".encode()
    )
    file = pdf([], content=content).replace(b"/F1 3 0 R", f"/F1 3 0 R {damage}".encode())
    text, warnings = read(file)
    assert text.startswith(LINE)
    assert text.endswith("\ufffd" * 3)
    assert len(warnings) == 1

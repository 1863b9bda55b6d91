"""Tables of a PDF: each row is one line, and no number runs into the next row."""

from __future__ import annotations

import pytest
from support.strategies.op_ed_files import Placed, column, pdf

from argmap.extracting.pdf.format import FORMAT

pytest.importorskip("pdfminer")

ABOVE = ("The council has kept the toll for three years and reports", "what it has changed so far.")
BELOW = ("Nobody in the port has asked for it to go away since then.",)


def text_of(*page: Placed) -> str:
    return FORMAT.read(pdf(page), "a.pdf").text


def cell(x: float, top: float, *lines: str) -> list[Placed]:
    return column(lines, top, x, leading=13)


def test_a_row_is_a_line_of_its_own_with_its_cells_apart() -> None:
    rows = (("Year", "Cars"), ("2019", "45,000"), ("2020", "12,400"))
    cells = [
        Placed(72 + 120 * place, 640 - 16 * number, words)
        for number, row in enumerate(rows)
        for place, words in enumerate(row)
    ]
    text = text_of(*column(ABOVE), *cells, *column(BELOW, 570))
    table = "\n".join("\t".join(row) for row in rows)
    assert text.split("\n\n") == [" ".join(ABOVE), table, *BELOW]


def test_a_cell_of_several_lines_is_read_before_the_next_one() -> None:
    page = [
        *column(ABOVE),
        *cell(72, 640, "A charge for each car", "that crosses the bridge"),
        *cell(220, 640, "The revenue is", "sure, and the rule", "is simple"),
        *cell(360, 640, "It hits 3,400", "commuters"),
        *cell(72, 590, "A charge by distance"),
        *cell(220, 590, "It is fair"),
        *cell(360, 590, "It costs 40", "euros for each car"),
        *column(BELOW, 540),
    ]
    middle = "The revenue is sure, and the rule is simple"
    assert text_of(*page).split("\n\n") == [
        " ".join(ABOVE),
        (
            f"A charge for each car that crosses the bridge\t{middle}\tIt hits 3,400 commuters\n"
            "A charge by distance\tIt is fair\tIt costs 40 euros for each car"
        ),
        *BELOW,
    ]


@pytest.mark.parametrize("label", ["1.", "(a)", "-", "*"])
def test_items_with_a_number_or_a_sign_before_them_are_no_table(label: str) -> None:
    items = [
        ("Keep the toll as it is until 2024, which the", "council wants."),
        ("Publish the figures.",),
    ]
    page: list[Placed] = []
    for number, lines in enumerate(items):
        top = 700 - 28 * number
        page += [Placed(72, top, label), *column(lines, top, 100)]
    assert "\t" not in text_of(*page)


def test_justified_lines_of_two_words_are_no_table() -> None:
    pairs = (("which", "carries"), ("twelve", "thousand"))
    lines = ("The bridge now", *pairs, "cars every day.")
    page = []
    for number, line in enumerate(lines):
        words = (line,) if isinstance(line, str) else line
        page += [Placed(72 + 56 * at, 700 - 14 * number, word) for at, word in enumerate(words)]
    assert text_of(*page) == "The bridge now which carries twelve thousand cars every day."

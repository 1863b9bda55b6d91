"""The layout of a PDF decides the reading order: columns, indents, drop caps, tables."""

from __future__ import annotations

import pytest
from support.strategies.op_ed_files import Placed, column, pdf

from argmap.extracting.pdf.format import FORMAT

pytest.importorskip("pdfminer")

LEFT = (
    "The council has kept the toll for", "three years and reports that the",
    "traffic in the old town fell by a", "fifth while the buses ran on time",
)  # fmt: skip
RIGHT = (
    "and nobody in the port has asked", "for it to go away since then. The",
    "poor take the bus, as the report", "shows, and it is faster now.",
)  # fmt: skip
BOTH = " ".join(LEFT + RIGHT)


def text_of(*page: Placed) -> str:
    return FORMAT.read(pdf(page), "a.pdf").text


def row_by_row(*columns: tuple[float, tuple[str, ...]], shift: float = 0) -> list[Placed]:
    """Return columns, each at its place, drawn one row after the other."""
    return [
        Placed(x, 700 - 14 * number - shift * place, words[number], 10)
        for number in range(4)
        for place, (x, words) in enumerate(columns)
    ]


@pytest.mark.parametrize("shift", [0, 1.5, 5])
def test_two_columns_that_are_drawn_row_by_row_are_read_by_column(shift: float) -> None:
    assert text_of(*row_by_row((72, LEFT), (320, RIGHT), shift=shift)) == BOTH


def test_three_columns_are_read_from_the_left() -> None:
    assert text_of(*row_by_row((40, LEFT), (220, RIGHT), (400, LEFT))) == f"{BOTH} {' '.join(LEFT)}"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_headline_across_both_columns_is_read_first(*, is_first: bool) -> None:
    headline = [Placed(120, 740, "A headline that goes across both columns", 18)]
    page = row_by_row((72, LEFT), (320, RIGHT))
    assert text_of(*(headline + page if is_first else page + headline)) == (
        f"A headline that goes across both columns\n\n{BOTH}"
    )


def test_a_line_across_parts_what_is_above_it_from_what_is_below() -> None:
    above = row_by_row((72, LEFT), (320, RIGHT))
    across = Placed(72, 630, "A heading that goes across both of the columns here", 14)
    below = [Placed(each.x, each.y - 100, each.words, each.size) for each in above]
    text = text_of(*above, *below, across)
    assert text == f"{BOTH}\n\n{across.words}\n\n{BOTH}"


@pytest.mark.parametrize(
    "rows",
    [
        [("Year", "Cars", "Buses"), ("2019", "1,204", "35"), ("2020", "998", "41"), ("2021", "1,050", "52")],
        [
            ("Revenue from the toll in all", "12.5", "1"), ("Spending on the new buses", "7.25", "2"),
            ("Money left over for the bridge", "5.25", "3"), ("Debt of the harbour authority", "99.0", "4"),
        ],
    ],
)  # fmt: skip
@pytest.mark.parametrize("by_column", [True, False])
def test_a_table_of_figures_is_read_row_by_row(
    rows: list[tuple[str, ...]], *, by_column: bool
) -> None:
    cells = [
        (place, Placed(72 + 170 * place, 700 - 14 * number, cell))
        for number, row in enumerate(rows)
        for place, cell in enumerate(row)
    ]
    if by_column:
        cells.sort(key=lambda cell: cell[0])
    assert text_of(*(cell for _, cell in cells)) == "\n".join("\t".join(row) for row in rows)


BODY = (
    Placed(98, 700, "HE toll on the harbour bridge pays for"),
    Placed(98, 686, "itself, and the council should keep it."),
    Placed(72, 672, "It has been there for three years, and"),
    Placed(72, 658, "nobody has asked for it to go away at all."),
)
BODY_TEXT = (
    "HE toll on the harbour bridge pays for itself, and the council should keep it."
    " It has been there for three years, and nobody has asked for it to go away at all."
)


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_drop_cap_belongs_to_its_word_whenever_it_is_drawn(place: int) -> None:
    lines = list(BODY)
    lines.insert(place, Placed(72, 686, "T", 36))
    assert text_of(Placed(72, 740, "The bridge", 18), *lines) == f"The bridge\n\nT{BODY_TEXT}"


def test_a_drop_cap_takes_its_quotation_mark_with_it() -> None:
    big = [Placed(60, 686, "“T", 36), *BODY]
    small = [Placed(66, 700, "“"), Placed(72, 686, "T", 36), *BODY]
    assert text_of(*big) == text_of(*small) == f"“T{BODY_TEXT}"


def test_a_raised_first_letter_belongs_to_its_word() -> None:
    lines = [
        Placed(72, 700, "T", 24),
        Placed(87, 700, BODY[0].words),
        Placed(72, 686, BODY[1].words),
    ]
    assert (
        text_of(*lines)
        == "THE toll on the harbour bridge pays for itself, and the council should keep it."
    )


def test_a_drop_cap_that_is_a_word_stays_one() -> None:
    lines = [
        Placed(72, 686, "A", 36), Placed(98, 700, "bridge that pays for itself is a good"),
        Placed(98, 686, "bridge, and the council should keep it."),
    ]  # fmt: skip
    assert text_of(*lines).startswith("A bridge that pays for itself is a good bridge, and")


def test_a_big_figure_is_not_put_together_with_another() -> None:
    lines = [
        Placed(72, 686, "7", 36), Placed(98, 700, "3 years ago the toll on the harbour"),
        Placed(98, 686, "bridge began, and it should be kept."),
    ]  # fmt: skip
    assert text_of(*lines).startswith("7 3 years ago the toll")


def test_hanging_indents_are_one_paragraph() -> None:
    lines = [
        Placed(72, 700, "The toll pays for itself, says the council in its"),
        Placed(86, 686, "last report, and nobody has shown that it does"), Placed(86, 672, "not."),
        Placed(72, 658, "Traffic fell by a fifth, as many reports say, and"), Placed(86, 644, "the buses run on time."),
    ]  # fmt: skip
    assert text_of(*lines) == (
        "The toll pays for itself, says the council in its last report, and nobody has shown that"
        " it does not.\n\nTraffic fell by a fifth, as many reports say, and the buses run on time."
    )


def test_first_lines_that_are_indented_begin_paragraphs() -> None:
    lines = [
        Placed(86, 700, "The toll pays for itself, says the council."), Placed(72, 686, "It should be kept as it is for some more years."),
        Placed(86, 672, "Traffic fell by a fifth."), Placed(86, 658, "The buses run on time, and the ferries in"), Placed(72, 644, "the harbour do."),
    ]  # fmt: skip
    assert text_of(*lines).split("\n\n") == [
        "The toll pays for itself, says the council. It should be kept as it is for some more years.",
        "Traffic fell by a fifth.",
        "The buses run on time, and the ferries in the harbour do.",
    ]


@pytest.mark.parametrize("marks", [("•", "•", "•"), ("1.", "2.", "3."), ("a.", "b.", "c.")])
def test_items_of_a_list_are_apart_and_whole(marks: tuple[str, str, str]) -> None:
    lines = [
        Placed(72, 714, "The council says:"), Placed(72, 700, marks[0]), Placed(86, 700, "the toll pays for itself and should"),
        Placed(86, 686, "be kept as it is"), Placed(72, 672, marks[1]), Placed(86, 672, "the buses run on time"),
        Placed(72, 658, marks[2]), Placed(86, 658, "nobody asked."),
    ]  # fmt: skip
    assert text_of(*lines).split("\n\n") == [
        "The council says:", f"{marks[0]} the toll pays for itself and should be kept as it is",
        f"{marks[1]} the buses run on time", f"{marks[2]} nobody asked.",
    ]  # fmt: skip


def test_a_short_line_before_a_paragraph_is_a_heading() -> None:
    lines = column(
        ["The toll", "The toll pays for itself, says the council in its last report, and", "stays."]
    )
    assert text_of(*lines).startswith("The toll\n\nThe toll pays for itself")


def test_figures_of_neighbouring_lines_are_apart() -> None:
    assert text_of(*column(["In the year it took in 12", "500 people paid."])) == (
        "In the year it took in 12 500 people paid."
    )


@pytest.mark.parametrize("count", [2, 3])
def test_short_columns_of_text_are_columns_too(count: int) -> None:
    page = [each for each in row_by_row((72, LEFT), (246, RIGHT)) if each.y > 700 - 14 * count]
    assert text_of(*page) == " ".join(LEFT[:count] + RIGHT[:count])

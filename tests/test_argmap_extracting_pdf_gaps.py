"""Wide gaps inside justified or spread lines of a PDF are not taken for columns."""

from __future__ import annotations

import zlib

import pytest
from support.strategies.op_ed_files import pdf

from argmap.extracting.pdf.format import FORMAT

pytest.importorskip("pdfminer")

# Words, and the room that is added to each space so that all lines end at one place.
LEFT = (
    ("the council has kept", 1), ("its toll on cars for", 6), ("three long years", 9),
    ("and says so often", 6), ("that the traffic in", 7), ("town is what it was", 2),
    ("when no bus ever ran", 1), ("on time in the port.", 4),
)  # fmt: skip
RIGHT = (
    ("nobody in port has", 6), ("asked for it to go", 8), ("away since then, as", 4),
    ("those who take a bus", 2), ("to work are faster", 8), ("than they ever were", 3),
    ("before the toll, and", 4), ("they know it well.", 9),
)  # fmt: skip


def text_of(drawn: str, *, spread: float = 0) -> str:
    content = f"BT /F1 10 Tf {spread} Tc\n{drawn}ET".encode("cp1252")
    return FORMAT.read(pdf([], content=zlib.compress(content)), "a.pdf").text


def justified(x: float, lines: tuple[tuple[str, float], ...]) -> str:
    return "".join(
        f"{room} Tw 1 0 0 1 {x} {700 - 14 * number} Tm ({words}) Tj\n"
        for number, (words, room) in enumerate(lines)
    )


def test_narrow_justified_columns_are_read_one_after_the_other() -> None:
    words = " ".join(line for line, _ in LEFT + RIGHT)
    text = text_of(justified(72, LEFT) + justified(188, RIGHT))
    assert " ".join(text.split()) == words
    assert "\t" not in text


def test_a_spread_headline_with_a_figure_stays_in_one_order() -> None:
    assert text_of("1 0 0 1 72 700 Tm (THE TOLL OF 2019) Tj\n", spread=3) == "THE TOLL OF 2019"

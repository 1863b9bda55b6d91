"""Every Admiralty rating that is suggested, in full: letter or number, its name, and the reason.

`python tests/test_argmap_analysis_admiralty_words.py` writes the golden file again.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.analysis import admiralty
from argmap.model.vocabulary import ATTRIBUTION_CLASSES, CONSISTENCIES, LOGICALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.vocabulary import Letter

GOLDEN = Path(__file__).parent / "golden" / "admiralty.txt"


def lines() -> Iterator[str]:
    """Yield the names of the ratings, and the suggestion for each combination of answers."""
    for letter, words in admiralty.LETTER_WORDS.items():
        yield f"{letter}: {words}"
    for number, words in admiralty.NUMBER_WORDS.items():
        yield f"{number}: {words}"
    for class_ in ATTRIBUTION_CLASSES:
        suggested = admiralty.suggest_letter(class_, 5, 5)
        yield f"{class_} → {suggested.letter}: {suggested.reason}"
    for checked, valid in ((4, 4), (10, 9), (10, 8), (10, 6), (10, 5), (10, 2), (10, 1)):
        suggested = admiralty.suggest_letter(None, checked, valid)
        yield f"{valid} of {checked} → {suggested.letter}: {suggested.reason}"
    for answers in product((0, 1, 2, 3), LOGICALS, CONSISTENCIES, (None, False, True)):
        found = admiralty.suggest_number(*answers)
        yield f"{', '.join(map(str, answers))} → {found.number}: {found.reason}"


def test_every_suggestion_has_its_letter_or_number_and_its_reason() -> None:
    assert "\n".join([*lines(), ""]) == GOLDEN.read_text(encoding="utf-8")


def test_the_warning_counts_the_pairs_and_says_what_to_do() -> None:
    on: tuple[Letter, int] = ("B", 2)
    off: tuple[Letter, int] = ("B", 3)
    pairs = [on] * 8 + [off] * 2
    assert admiralty.diagonal_of(pairs).warning == (
        "8 of 10 Admiralty pairs have a letter and a number of one rank;"
        " rate each item without looking at its source's letter"
    )
    assert admiralty.diagonal_of(pairs[1:]).warning == ""


if __name__ == "__main__":
    GOLDEN.write_text("\n".join([*lines(), ""]), encoding="utf-8")

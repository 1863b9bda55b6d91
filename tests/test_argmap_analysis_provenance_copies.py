"""Suspected copies: the items that are compared, and the words that they share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.analysis.provenance import suspected_copies, wording_of
from argmap.analysis.provenance.copies import MOST_WITH_FIGURE, figures_in, rare_among, thousands_of

WORDS = "the toll cut traffic by a fifth within its first full year"


def copies(*texts: str) -> list[tuple[str, str, Fraction]]:
    """Return the suspected copies among items whose words are *texts*."""
    found = suspected_copies((f"e{n}", wording_of(text)) for n, text in enumerate(texts, 1))
    return [(each.later, each.earlier, each.shared) for each in found]


def quoted(*quotations: str) -> list[tuple[str, str, Fraction]]:
    """Return the suspected copies among items with these *quotations* and different words."""
    items = ((f"e{n}", wording_of(f"Item {n}.", [q])) for n, q in enumerate(quotations, 1))
    return [(each.later, each.earlier, each.shared) for each in suspected_copies(items)]


def test_the_same_words_are_a_copy_whatever_their_capitals_and_marks() -> None:
    assert copies(WORDS, "Nothing alike here at all", f"“{WORDS.upper()}”!") == [
        ("e3", "e1", Fraction(1))
    ]


def test_a_short_item_inside_a_long_one_is_a_copy() -> None:
    assert copies(WORDS, "cut traffic by a fifth") == [("e2", "e1", Fraction(1))]


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("toll cut traffic by a large part", []),
        ("toll cut traffic by a large", [Fraction(1, 2)]),
        ("a toll cut traffic by a", [Fraction(1, 2)]),
    ],
)
def test_half_of_the_runs_of_the_shorter_one_make_a_copy(text: str, shared: list[Fraction]) -> None:
    assert [share for _, _, share in copies(WORDS, text)] == shared


def test_items_under_five_words_are_not_compared() -> None:
    assert copies("cut by a fifth", "cut by a fifth") == []


def test_a_copy_points_to_the_earlier_item_that_it_shares_most_with() -> None:
    half = "the toll cut traffic by a fifth of what nobody counted"
    assert copies(half, WORDS, f"{WORDS} of use")[-1][:2] == ("e3", "e2")
    assert copies(WORDS, WORDS, WORDS) == [("e2", "e1", Fraction(1)), ("e3", "e1", Fraction(1))]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


texts_of_few_words = st.lists(st.sampled_from("abb"), max_size=9).map(" ".join)


@given(st.lists(texts_of_few_words, max_size=8))
def test_copies_are_those_that_comparing_every_pair_finds(texts: list[str]) -> None:
    expected = []
    for later, text in enumerate(texts):
        shares = [
            (Fraction(len(shingles(text) & shingles(other)), least), -earlier)
            for earlier, other in enumerate(texts[:later])
            if (least := min(len(shingles(text)), len(shingles(other))))
        ]
        share, place = max(shares, default=(Fraction(0), 0))
        if share >= Fraction(1, 2):
            expected.append((f"e{later + 1}", f"e{1 - place}", share))
    assert copies(*texts) == expected


@given(st.lists(texts_of_few_words, max_size=8))
def test_quotations_are_compared_as_words_are(texts: list[str]) -> None:
    assert quoted(*texts) == copies(*texts)


def test_words_are_not_compared_with_quotations() -> None:
    items = [("e1", wording_of(WORDS)), ("e2", wording_of("It did.", [WORDS]))]
    assert list(suspected_copies(items)) == []


def test_the_likest_item_that_may_be_the_original_is_named() -> None:
    items = [(f"e{n}", wording_of(WORDS)) for n in (1, 2, 3)]
    found = suspected_copies(items, lambda later, earlier: (later, earlier) == ("e3", "e2"))
    assert [(each.later, each.earlier) for each in found] == [("e3", "e2")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("3,871 wells", {"3871"}),
        ("3871 wells", {"3871"}),
        ("3\u202f871 wells, 412 dry", {"3871", "412"}),
        ("£212,000, or $1,234,567.89", {"212000", "1234567.89"}),
        ("412-413", {"412", "413"}),
        ("2,021 people in 2021", {"2021"}),
        ("1000, 1999 and 2199", set()),
        ("2200, 999", {"2200", "999"}),
        ("99 wells, 12.5 per cent at 10.30", set()),
        ("the A320, room 007, 1990s", set()),
        ("", set()),
    ],
)
def test_a_figure_has_three_digits_and_is_no_year(text: str, figures: set[str]) -> None:
    assert figures_in(text) == figures


@given(st.integers(100, 10**12))
def test_a_separator_makes_no_difference_to_a_figure_but_a_year(number: int) -> None:
    assert figures_in(f"({number:,})") == {str(number)}
    expected = set() if 1000 <= number < 2200 else {str(number)}
    assert figures_in(f"({number})") == expected


@pytest.mark.parametrize(
    "written", ["387", "3,871", "38,712", "387,123", "3,871,234", "38,712,345.5", "387,123,456.25"]
)
def test_a_figure_is_split_at_its_thousands(written: str) -> None:
    whole, _, decimals = written.partition(".")
    groups = (whole.split(","), f".{decimals}" if decimals else "")
    assert thousands_of(written.replace(",", "")) == groups


def test_items_that_share_a_rare_figure_are_suspected() -> None:
    items = [("e1", wording_of("It had 3,871 wells.")), ("e2", wording_of("Wells: 3871"))]
    rare = rare_among({"3871": MOST_WITH_FIGURE})
    assert [c.figure for c in suspected_copies(items, is_rare=rare)] == ["3871"]
    common = rare_among({"3871": MOST_WITH_FIGURE + 1})
    assert list(suspected_copies(items, is_rare=common)) == []


def test_a_copy_of_a_copy_is_a_copy_of_the_first_one() -> None:
    part = "cut traffic by a fifth"
    assert [earlier for _, earlier, _ in copies(WORDS, part, part)] == ["e1", "e1"]

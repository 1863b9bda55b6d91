"""Hyphens at the ends of lines: those that split a word are removed, the others stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.extracting.pdf.layout.hyphens import Vocabulary, join_lines


def joined(*lines: str) -> str:
    return join_lines(lines, Vocabulary.of_lines(lines))


@pytest.mark.parametrize(
    ("end", "begin", "whole"),
    [
        ("The pre-", "and post-war bridges", "The pre- and post-war bridges"),
        ("for short-", "or long-term use", "for short- or long-term use"),
        ("for short-", "to medium-term use", "for short- to medium-term use"),
        ("all 10-", "or 12-year-olds", "all 10- or 12-year-olds"),
        ("die Vor-", "und Nachteile", "die Vor- und Nachteile"),
        ("les franco-", "et germanophones", "les franco- et germanophones"),
        ("en la pre-", "y posguerra", "en la pre- y posguerra"),
        ("los pre-", "y/o posgrados", "los pre- y/o posgrados"),
        ("un e/", "o dos", "un e/o dos"),
    ],
)
def test_a_suspended_hyphen_stays_with_its_space(end: str, begin: str, whole: str) -> None:
    assert joined(end, begin) == whole


@pytest.mark.parametrize(
    "compound",
    """well-known Franco-German Anglo-Saxon Jean-Luc e-mail co-op co-operate self-esteem
    non-European UN-NATO anti-war ex-minister vice-president right-wing so-called full-time
    part-time decision-making evidence-based twenty-five two-thirds follow-up peut-être
    a-t-il Nord-Süd state-of-the-art mother-in-law $5-a-day""".split(),  # noqa: SIM905
)
def test_a_compound_keeps_the_hyphen_at_which_it_is_parted(compound: str) -> None:
    first, _, second = compound.rpartition("-")
    assert joined(f"It is {first}-", f"{second} here.") == f"It is {compound} here."


@pytest.mark.parametrize(
    "word",
    """har-bour gov-ernment thou-sand re-port post-pone ex-pect self-ish non-sense part-ner
    ten-sion all-owed long-est under-stand with-out news-paper in-law-ful tax-payers up-on
    im-portant birth-day HAR-BOUR""".split(),  # noqa: SIM905
)
def test_a_word_that_a_program_parted_is_made_whole(word: str) -> None:
    first, _, second = word.rpartition("-")
    given_lines = (
        (f"IT IS {first}-", f"{second} HERE.")
        if word.isupper()
        else (f"It is {first}-", f"{second} here.")
    )
    assert joined(*given_lines).split()[2] == first + second


def test_a_text_that_writes_a_word_in_its_lines_shows_how_it_is_written() -> None:
    assert joined("The selfless and the sub-way", "is a sub-", "way of a sort") == (
        "The selfless and the sub-way is a sub-way of a sort"
    )
    assert joined("A McDonald is a Mc-", "Donald, as a policymaker is a policy-", "maker") == (
        "A McDonald is a McDonald, as a policymaker is a policymaker"
    )


@pytest.mark.parametrize(
    ("end", "begin", "whole"),
    [
        ("in 2019-", "2021 it", "in 2019-2021 it"),
        ("of COVID-", "19 it", "of COVID-19 it"),
        ("a 20-", "year-old man", "a 20-year-old man"),
        ("by 10-", "12 per cent", "by 10-12 per cent"),
        ("in 1990–", "2000 it", "in 1990–2000 it"),
        ("by 12", "500 people", "by 12 500 people"),
        ("2\u00ad", "3 of them", "2-3 of them"),
        ("the toll –", "it pays –", "the toll – it pays –"),
        ("the toll—", "it pays", "the toll—it pays"),
        ("it fell by -", "3 per cent", "it fell by - 3 per cent"),
        ("and/", "or", "and/or"),
        ("gov\u00ad", "ernment", "government"),
    ],
)
def test_no_figure_is_joined_and_no_dash_goes(end: str, begin: str, whole: str) -> None:
    assert joined(end, begin) == whole


PARTS = st.sampled_from(
    ["pre-", "and", "12-", "3", "2019-", "year-old", "e-", "mail", "–", "10–", "har-", "bour", "/", "y/", "o",
     "7\u00ad", "8", "\u00ad", "-", "--", "a-b-", "5-", "A", "ten-", "٣-", "٤"]
)  # fmt: skip


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3).map(" ".join), max_size=6))
def test_the_figures_of_lines_are_those_of_the_text(lines: list[str]) -> None:
    figures = re.findall(r"\d+", " ".join(line.replace("\u00ad", "-") for line in lines))
    assert re.findall(r"\d+", joined(*lines)) == figures


@given(
    st.lists(
        st.lists(PARTS | st.text(max_size=5), min_size=1, max_size=3).map(" ".join), max_size=6
    )
)
def test_letters_of_lines_are_those_of_the_text(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(joined(*lines)) == letters("".join(lines))


def test_a_line_without_an_end_takes_no_endless_time() -> None:
    assert len(joined("ab" * 200_000 + "-", "c" * 200_000)) > 400_000
    assert joined("a-" * 100_000, "b" * 10).endswith("b" * 10)

"""Guesses of who says so: near the passage, on its line, and never a part of a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.model.document import passage_at
from argmap.model.words import ATTRIBUTION_CLASSES
from tui.cues import class_for, cue_near

PIECES = [
    "said", "says", "reports", "sayings", "essays", "according to", "It is said that", "Drivers",
    " ", " ", ". ", "\n", "\n\n", "apparently", "word", "é", "字", ",",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


def cue(text: str, words: str) -> str | None:
    """Return the cue near the passage of *words*."""
    start = text.index(words)
    found = cue_near(text, passage_at(text, start, start + len(words)))
    return text[found[0] : found[1]] if found else None


@pytest.mark.parametrize("between", ["said{}Toll", "Toll{}said"])
def test_a_cue_is_taken_from_120_code_points_away_and_no_further(between: str) -> None:
    assert cue(between.format("." * 116), "Toll") == "said"
    assert cue(between.format("." * 117), "Toll") is None


@given(texts, st.data())
@settings(max_examples=120)
def test_a_cue_is_in_the_passage_or_near_it_on_its_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = cue_near(text, passage_at(text, start, end))
    if found is not None:
        low, high = found
        assert 0 <= low < high <= len(text)
        if not start <= low < high <= end:
            assert high <= start or low >= end
            assert start - 120 <= low
            assert high <= end + 120
            between = text[high:start] if high <= start else text[end:low]
            assert "\n" not in between


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Reports say that traffic fell.", "Reports say that traffic fell.", "say that"),
        ("The mayor said tolls pay.", "tolls pay", "said"),
        ("“Tolls pay,” the mayor said.", "Tolls pay", "said"),
        ("Amy said A. Bob argued that tolls pay.", "tolls pay", "argued that"),
        ("Tolls pay, according to Amy. Bob said no.", "Tolls pay", "according to"),
        ("It is said that tolls pay.", "tolls pay", "is said that"),
        ("Apparently tolls pay.", "tolls pay", "Apparently"),
        ("Tolls pay.", "Tolls", None),
        ("Her essays please. Tolls pay.", "Tolls pay", None),
        ("The mayor said.\n\nTolls pay.", "Tolls pay", None),
        ("Tolls pay.\n\nThe mayor said.", "Tolls pay", None),
        ("The mayor said" + " x" * 80 + " tolls pay.", "tolls pay", None),
        ("Tolls pay" + " x" * 80 + " said Amy.", "Tolls pay", None),
    ],
)
def test_the_words_that_report_are_found_where_a_reader_would_look(
    text: str, words: str, expected: str | None
) -> None:
    assert cue(text, words) == expected


def test_words_in_the_passage_win_over_those_before_and_those_before_over_those_after() -> None:
    text = "Amy said A, Bob argues B, Cid denied it."
    assert cue(text, "Bob argues B") == "argues"
    assert cue(text, "B, ") == "argues"
    assert cue(text, " it.") == "denied"


@pytest.mark.parametrize("length", range(100, 121))
def test_a_word_that_is_only_partly_near_is_no_cue(length: int) -> None:
    text = "Tolls pay." + " " * length + "sayings reportership."
    assert cue(text, "Tolls pay.") is None


@pytest.mark.parametrize(
    ("name", "class_"),
    [
        ("Roads Institute", "named_organisation"),
        ("the U.N.", "named_organisation"),
        ("The Harbour Times", "named_organisation"),
        ("Toll Act 1998", "named_document"),
        ("the bank's report", "named_document"),
        ("Amy Banks", "named_person"),
        ("Society", "named_organisation"),
        ("a harbour official", "unnamed_role"),
        ("reports", "vague_report"),
        ("Sources", "vague_report"),
        ("many", "vague_report"),
        ("Rumours", "vague_report"),
        ("Manya Sourcesmith", "named_person"),
        ("", "named_person"),
        ("橋", "named_person"),
    ],
)
def test_a_name_tells_what_kind_of_source_it_is(name: str, class_: str) -> None:
    assert class_for(name) == class_


@given(st.text(max_size=20))
def test_any_name_has_a_class_that_there_is(name: str) -> None:
    assert class_for(name) in ATTRIBUTION_CLASSES

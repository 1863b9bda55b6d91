"""The differences between texts that look alike are named."""

from __future__ import annotations

import pytest

from argmap.quotes.look_alikes import describe_difference


@pytest.mark.parametrize(
    ("quote", "words", "told"),
    [
        (
            "a caf\u00e9",
            "a cafe\u0301",
            "only the composition of its letters differs: the text has",
        ),
        (
            "in May",
            "in\u00a0May",
            "only spaces and line ends differ: the text has U+00A0 no-break space",
        ),
        ("in May", "in\nMay", "spaces and line ends"),
        ("in  May", "in May", "spaces and line ends"),
        ("the 'toll'", "the \u2018toll\u2019", "quotation marks"),
        ('the "toll"', "the \u201etoll\u201c", "quotation marks"),
        ("3-5", "3\u20135", "only dashes differ"),
        ("well-known", "well\u2011known", "only dashes differ"),
        ("toll", "to\u200bll", "only characters that cannot be seen differ: the text has U+200B"),
        ("toll", "to\u00adll", "characters that cannot be seen"),
        ("the \ufb01sh", "the fish", "ligatures"),
        ("and\u2026", "and...", "ligatures, wide letters or dots"),
        ("\u0440\u0430\u0443", "pay", "letters of another alphabet"),
        (
            "it's\u00a03-5",
            "it\u2019s 3\u20135",
            "spaces and line ends, quotation marks and dashes differ",
        ),
    ],
)
def test_differences_are_named(quote: str, words: str, told: str) -> None:
    found = describe_difference(quote, words)
    assert found is not None
    assert told in found
    assert describe_difference(words, quote) is not None


@pytest.mark.parametrize(
    ("quote", "words"), [("toll", "toll"), ("toll", "tolls"), ("10\u00b2", "102"), ("a", "b")]
)
def test_what_is_the_same_or_looks_different_is_not_explained(quote: str, words: str) -> None:
    assert describe_difference(quote, words) is None


def test_a_long_text_is_explained_without_its_first_difference() -> None:
    found = describe_difference("a b" * 2000, "a\u00a0b" * 2000)
    assert found == "only spaces and line ends differ"

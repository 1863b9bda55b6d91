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


@pytest.mark.parametrize(
    ("signs", "plain", "kind"),
    [
        ("аеорсухіјѕ", "aeopcyxijs", "letters of another alphabet differ"),  # Cyrillic
        ("АВЕКМНОРСТХІ", "ABEKMHOPCTXI", "letters of another alphabet differ"),  # Cyrillic
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", "letters of another alphabet differ"),  # Greek
        (
            "\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9`\u00b4\u2039\u203a",
            "'" * 11,
            "quotation marks",
        ),
        (
            "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\uff02",
            '"' * 10,
            "quotation marks",
        ),
        ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-" * 10, "dashes differ"),
    ],
)
def test_every_sign_that_looks_like_another_is_known(signs: str, plain: str, kind: str) -> None:
    for sign, same in zip(signs, plain, strict=True):
        found = describe_difference(f"x{sign}x", f"x{same}x")
        assert found is not None, sign
        assert found.startswith(f"only {kind}"), found


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\u200b", "U+200B zero width space"),
        ("\u200b\u200c", "U+200B U+200C"),
        ("\u200b\u200c\u200d", "U+200B U+200C U+200D"),
        ("\u200b\u200c\u200d\u2060", "U+200B U+200C U+200D …"),
    ],
)
def test_three_signs_that_differ_are_named(hidden: str, shown: str) -> None:
    assert describe_difference("toll", f"to{hidden}ll") == (
        "only characters that cannot be seen differ:"
        f" the text has {shown} where the quote has nothing"
    )

"""A text in pieces: none lost, none overlapping, and no sentence ends at an abbreviation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.text.sentences import LONGEST_WRAPPED, SHORTEST_WRAPPED, Paragraphs, paragraphs_of

PIECES = [
    "a", "word", "Reports say so", ". ", ".", "? ", "! ", "…", "Mr. ", "e.g. ", "3.5", " ", "  ",
    "\n", "\n\n", "\t", "\xa0", "“", "” ", "’s", "(", ") ", "- ", "1. ", "字", "漢字。", "か", "한국",
    "e\u0301", "👨‍👩‍👧", "\u202e", "\u2028", "\x85", "\x1c", "\x0c", "\x1b", "[1] ", "\u200b",
    "The toll pays for itself and for much that nobody counts. ",
]  # fmt: skip
"""Pieces of sentences, with some that confuse the search for their ends."""

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=40),
).filter(str.strip)
languages = st.sampled_from([None, "en", "de", "en-GB", "FI", "ja", "hi", "xx", "zh-Hant", ""])


def sentences(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in paragraphs_of(text, language).sentences]


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs_of(text).paragraphs]


@given(texts, languages)
def test_sentences_hold_every_character_but_white_space_and_each_once(
    text: str, language: str | None
) -> None:
    found = paragraphs_of(text, language).sentences
    for (_, end), (start, _) in pairwise(found):
        assert end <= start
    held = {place for start, end in found for place in range(start, end)}
    assert [place for place, c in enumerate(text) if not c.isspace() and place not in held] == []


@given(texts, languages)
def test_no_sentence_is_empty_begins_or_ends_with_white_space_or_leaves_its_paragraph(
    text: str, language: str | None
) -> None:
    cut = paragraphs_of(text, language)
    assert cut.sentences
    for start, end in cut.sentences:
        assert text[start:end].strip() == text[start:end] != ""
        assert any(low <= start and end <= high for low, high in cut.paragraphs)


@given(texts)
def test_paragraphs_are_in_order_and_only_white_space_is_between_them(text: str) -> None:
    found = paragraphs_of(text).paragraphs
    edges = [0, *(edge for stretch in found for edge in stretch), len(text)]
    assert edges == sorted(edges)
    outside = "".join(text[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True))
    assert not outside.strip()
    assert all(text[start:end].strip() for start, end in found)


@given(texts)
def test_a_place_in_a_sentence_has_its_number_and_one_after_it_too(text: str) -> None:
    cut = paragraphs_of(text)
    for number, (start, end) in enumerate(cut.sentences):
        following = [*cut.starts, len(text) + 1][number + 1]
        assert cut.sentence_number(start) == cut.sentence_number(end - 1) == number
        assert cut.sentence_number(following - 1) == number
    assert cut.sentence_number(0) == 0


@given(texts)
def test_words_are_in_order_and_within_the_sentence_that_they_were_asked_of(text: str) -> None:
    cut = paragraphs_of(text)
    for sentence in cut.sentences:
        words = cut.words_in(sentence)
        edges = [sentence[0], *(edge for word in words for edge in word), sentence[1]]
        assert edges == sorted(edges)
        assert all(start < end for start, end in words)
        held = {place for start, end in words for place in range(start, end)}
        if words != [sentence]:
            missed = [p for p in range(*sentence) if text[p].isalnum() and p not in held]
            assert missed == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Mr. Smith paid 3.5 million. He left.", ["Mr. Smith paid 3.5 million.", "He left."]),
        ("“It pays.” She left.", ["“It pays.”", "She left."]),
        ("A title\n\nIts text. More.", ["A title", "Its text.", "More."]),
        ("  led and trailed  ", ["led and trailed"]),
        ("橋は必要だ。人は払う。", ["橋は必要だ。", "人は払う。"]),
        ("same. same. same.", ["same.", "same.", "same."]),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, expected: list[str]) -> None:
    language = "ja" if "橋" in text else "en"
    assert sentences(text, language) == expected


def test_an_abbreviation_is_one_of_the_texts_language() -> None:
    text = "Das gilt z.B. Montags. Danach nicht."
    assert sentences(text, "de") == ["Das gilt z.B. Montags.", "Danach nicht."]
    assert sentences(text, "de-CH") == sentences(text, "DE") == sentences(text, "de")


def test_a_language_that_nobody_knows_is_cut_all_the_same() -> None:
    assert sentences("One. Two.", "xx") == ["One.", "Two."]


LINE = "The toll pays for itself, and reports say that traffic"
"""54 code points: long enough to have been broken by an editor."""


def test_lines_that_an_editor_broke_are_one_paragraph_and_a_sentence_runs_over_them() -> None:
    text = f"{LINE}\nfell by a fifth. Drivers adapt.\n\nThe bridge."
    assert paragraphs(text) == [f"{LINE}\nfell by a fifth. Drivers adapt.", "The bridge."]
    assert sentences(text) == [f"{LINE}\nfell by a fifth.", "Drivers adapt.", "The bridge."]


@pytest.mark.parametrize("item", ["- ", "* ", "1. ", "12) ", "> ", "# ", "• ", "| "])
def test_items_of_a_list_are_paragraphs_of_their_own(item: str) -> None:
    assert paragraphs(f"{item}{LINE}\n{item}{LINE}") == [f"{item}{LINE}"] * 2


@pytest.mark.parametrize(
    ("length", "last", "count"),
    [
        (SHORTEST_WRAPPED, 10, 1),
        (SHORTEST_WRAPPED - 1, 10, 2),
        (LONGEST_WRAPPED, 10, 1),
        (LONGEST_WRAPPED + 1, 10, 2),
        (SHORTEST_WRAPPED, LONGEST_WRAPPED, 1),
        (SHORTEST_WRAPPED, LONGEST_WRAPPED + 1, 2),
    ],
)
def test_only_lines_of_an_editors_length_are_joined(length: int, last: int, count: int) -> None:
    assert len(paragraphs("a" * length + "\n" + "b" * last)) == count


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in Paragraphs(text, (), ()).words_in((0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s 3.5% of E.U. money.", ["It’s", "3.5", "of", "E.U", "money"]),
        ("long-term, and/or so", ["long-term", "and/or", "so"]),
        ("see https://example.org/a-b now", ["see", "https", "example.org/a-b", "now"]),
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("漢字と", ["漢", "字", "と"]),
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("a 👨‍👩‍👧 and 👍🏽", ["a", "and"]),
        ("— … —", ["— … —"]),
    ],
)
def test_words_are_what_a_reader_takes_for_one(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_words_of_a_stretch_begin_and_end_where_it_does() -> None:
    cut = paragraphs_of("The toll pays.")
    assert cut.words_in((5, 11)) == [(5, 8), (9, 11)]

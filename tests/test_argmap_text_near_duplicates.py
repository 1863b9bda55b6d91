"""Near-duplicate texts are recognised by the runs of words that they share."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from support.strategies.op_ed_files import PARAGRAPHS

from argmap.text.near_duplicates import LEAST_LIKENESS, phrases, shingles, text_likeness

TEXT = "\n\n".join(PARAGRAPHS)
CHINESE = "这座桥的通行费自给自足市议会应当保持不变因为交通量第一年就下降了五分之一"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)


def likeness(one: str, other: str) -> float:
    return text_likeness(shingles(one), shingles(other))


@given(texts, texts)
def test_likeness_has_no_side_and_lies_between_nothing_and_all(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1 if shingles(one) else 0)


def test_how_a_text_is_typeset_does_not_count() -> None:
    for other in (
        TEXT.upper(),
        TEXT.replace("\n\n", "\n").replace(" ", "  "),
        TEXT.replace("“", '"').replace("”", '"'),
        TEXT.replace("fi", "ﬁ"),
        TEXT.replace("toll", "ｔｏｌｌ"),
        TEXT.replace(". ", " — "),
    ):
        assert likeness(TEXT, other) == 1
    assert likeness("It's the baker's. Yes.", "It’s the baker’s. Yes.") == 1


def test_another_headline_leaves_texts_nearly_one_and_another_text_does_not() -> None:
    assert LEAST_LIKENESS < likeness(f"Keep it\n\n{TEXT}", f"Why the toll pays\n\n{TEXT}") < 1
    assert likeness(TEXT, "The toll on the harbour bridge is a tax on the poor.") < 0.2


def test_a_word_here_and_there_counts_little() -> None:
    words = [f"word{number}" for number in range(800)]
    edited = list(words)
    for place in random.Random(1).sample(range(800), 40):  # noqa: S311  (any will do)
        edited[place] = "other"
    assert LEAST_LIKENESS < likeness(" ".join(words), " ".join(edited)) < 0.95


def test_scripts_without_spaces_are_compared_too() -> None:
    assert likeness(CHINESE, CHINESE.replace("市议会", "市政府")) > LEAST_LIKENESS
    assert likeness(CHINESE, "天气很好我们去海边散步吧") < 0.2


@given(texts)
def test_phrases_are_words_of_the_text_in_its_order(text: str) -> None:
    found = phrases(text)
    assert len(found) <= 12
    assert bool(found) == any(character.isalnum() for character in text)
    for phrase in found:
        words = phrase.split(" ")
        assert len(words) <= 4
        assert all(word in text for word in words)


def test_phrases_come_from_all_over_a_text() -> None:
    words = [f"{'long' if number % 100 == 50 else 'w'}{number:04}" for number in range(1200)]
    found = phrases(" ".join(words))
    assert all("long" in phrase for phrase in found), "of each stretch the one with most letters"
    assert [int(phrase.split()[0][-4:]) // 100 for phrase in found] == list(range(12))

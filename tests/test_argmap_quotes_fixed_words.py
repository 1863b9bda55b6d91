"""The words that a near match may not change: each is known, alone and in a quote.

`python tests/test_argmap_quotes_fixed_words.py` writes the golden file again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.model.document import Passage
from argmap.quotes import fixed_words
from argmap.quotes.fixed_words import is_figure, is_negation, may_be_opposite
from argmap.quotes.near_quotes import find_near_match

GOLDEN = Path(__file__).parent / "golden" / "fixed_words.txt"


def lines() -> list[str]:
    """Return the lists of words, one to a line."""
    lists = {
        "figures": fixed_words._NUMBERS | fixed_words._DATES,  # noqa: SLF001  (written down)
        "negations": fixed_words._NEGATIONS,  # noqa: SLF001  (as above)
        "prefixes": fixed_words._PREFIXES,  # noqa: SLF001  (as above)
        "opposites": {"/".join(sorted(pair)) for pair in fixed_words._OPPOSITES},  # noqa: SLF001
    }
    return [f"{name}: {' '.join(sorted(words))}" for name, words in lists.items()]


def golden(name: str) -> list[str]:
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        title, _, words = line.partition(": ")
        if title == name:
            return words.split()
    return []


def test_the_lists_have_these_words_and_no_others() -> None:
    assert "\n".join([*lines(), ""]) == GOLDEN.read_text(encoding="utf-8")


def test_every_listed_word_is_known_in_small_and_in_capital_letters() -> None:
    assert golden("figures")
    assert golden("negations")
    assert golden("prefixes")
    for word in golden("figures"):
        assert is_figure(word), word
        assert is_figure(word.capitalize()), word
    for word in golden("negations"):
        assert is_negation(word), word
        assert is_negation(word.capitalize()), word
    for prefix in golden("prefixes"):
        assert may_be_opposite(f"{prefix}legal", "legal"), prefix
        assert may_be_opposite("Legal", f"{prefix}legal"), prefix
    for pair in golden("opposites"):
        one, other = pair.split("/")
        assert may_be_opposite(one, other)
        assert may_be_opposite(other, one.capitalize())


@pytest.mark.parametrize("word", ["harbour", "river", "mild", "IIX", "einst", "mixed", "dix-"])
def test_other_words_are_no_figures_and_no_negations(word: str) -> None:
    assert not is_figure(word)
    assert not is_negation(word)


@pytest.mark.parametrize(
    "word", ["2", "٣", "½", "20th", "XIV", "MM", "einundzwanzig", "zweihundert"]
)
def test_digits_roman_and_german_numbers_are_figures(word: str) -> None:
    assert is_figure(word)


@pytest.mark.parametrize("word", ["Don't", "dont", "couldn't", "needn't"])
def test_a_contraction_negates(word: str) -> None:
    assert is_negation(word)


@pytest.mark.parametrize(
    ("one", "other"), [("legal", "regal"), ("fell", "fel"), ("up", "un"), ("unit", "knit")]
)
def test_words_of_nearly_the_same_letters_are_no_opposites(one: str, other: str) -> None:
    assert not may_be_opposite(one, other)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Der Plan kostet dreiundzwanzig Euro", "Der Plan kostet zweiundzwanzig Euro"),
        ("It is said that 5 < 6 in the north", "It is said that 5 > 6 in the north"),
        ("It is said that a + b in the north", "It is said that a - b in the north"),
        ("It has 5 ‰ of the north of it", "It has 5 % of the north of it"),
        ("The item #5 in the north of it", "The item 5 in the north of it"),
        ("这个计划很好我们都这样认为的吧今天", "这个计划很坏我们都这样认为的吧今天"),
    ],
)
def test_numbers_signs_and_ideographs_may_not_differ(quote: str, text: str) -> None:
    assert not isinstance(find_near_match(quote, text), Passage)
    assert not isinstance(find_near_match(text, quote), Passage)


@pytest.mark.parametrize("space", ["\t", "\n", "\u00a0", "\u2007", "\u2009", "\u202f"])
def test_a_space_may_be_of_another_kind(space: str) -> None:
    quote = "We met the old ferry man at the mill".replace(" ", space)
    text = "Here We met the old ferry man at the mill."
    assert isinstance(find_near_match(quote, text), Passage)
    assert isinstance(find_near_match(text, f"{quote} again"), Passage) is False


if __name__ == "__main__":
    GOLDEN.write_text("\n".join([*lines(), ""]), encoding="utf-8")

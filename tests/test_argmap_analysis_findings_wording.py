"""Findings about English words: plural voices, and confidence together with likelihood."""

from __future__ import annotations

import pytest
from support.strategies.maps import statement, with_all

from argmap.analysis.findings import findings
from argmap.analysis.findings.plurals import is_plural


@pytest.mark.parametrize(
    "name",
    [
        "Officials",
        "people",
        "officials familiar with the matter",
        "sources close to the board",
        "officials in the capital",
        "officials briefed on the plan",
        "people with knowledge of the talks",
        "the officials, who asked not to be named",
        "those close to the minister",
        "some in the party",
        "some",
        "police",
        "the police in two counties",
        "senior White House officials",
        "Western diplomats",
        "the minister's aides",
        "advisers to the mayor",
        "a number of officials",
        "critics",
        "medics and nurses",
        "Israelis",
        "businessmen",
        "Tory MPs",
        "the media",
        "sources",
    ],
)
def test_a_name_in_the_plural(name: str) -> None:
    assert is_plural(name)


@pytest.mark.parametrize(
    "name",
    [
        "An official",
        "One of the pilots",
        "the news",
        "the Commons",
        "crossroads",
        "the news from officials",
        "the press",
        "press in two cities",
        "a series of leaks",
        "the series of reports",
        "Reuters",
        "CBS",
        "the Times",
        "the United States",
        "politics",
        "economics",
        "analysis",
        "analysis by economists",
        "a source in the officials' union",
        "the officials' union",
        "someone close to officials",
        "source close to the talks",
        "the chief of police",
        "a spokesman for the police",
        "the sales manager",
        "the campus",
        "the boss",
        "two officials",
        "three people familiar with the plan",
        "It",
        "…",
    ],
)
def test_a_name_in_the_singular_or_one_that_says_how_many(name: str) -> None:
    assert not is_plural(name)


PLURALS = (
    "people police media men women children clergy folk personnel alumni many others some few"
    " those these they most gurus menus taxis statesmen businesswomen townspeople"
    " schoolchildren townsfolk officials MPs vice-presidents"
)
SINGULARS = (
    "news series species headquarters crossroads commons corps chaos bias alias atlas canvas gas"
    " lens class politics economics physics mathematics ethics statistics athletics genetics"
    " logistics robotics electronics linguistics mechanics obstetrics pediatrics paediatrics"
    " forensics his hers its theirs this thus always perhaps sometimes reuters forbes axios times"
    " hamas isis brussels paris athens texas wales netherlands philippines honduras"
    " boss crisis praxis virus yes minister's minister’s bus CBS official"
)


@pytest.mark.parametrize("word", PLURALS.split())
def test_a_word_of_the_list_is_a_plural_before_a_word_that_modifies_it(word: str) -> None:
    assert is_plural(word)
    for after in ("in", "who", "familiar", "elsewhere", "known", "such", "elected"):
        assert is_plural(f"{word} {after} it")


@pytest.mark.parametrize("word", SINGULARS.split())
def test_a_word_of_the_other_list_is_one(word: str) -> None:
    assert not is_plural(word)


@pytest.mark.parametrize("start", ["a", "an", "one", "each", "every", "either", "neither", "any"])
def test_a_name_that_begins_as_one_is_one(start: str) -> None:
    assert not is_plural(f"{start} officials")
    assert not is_plural(f"{start.capitalize()} of the officials")


@pytest.mark.parametrize(
    "noun",
    ["number", "handful", "lot", "host", "majority", "minority", "range", "variety", "plurality"],
)
def test_a_quantity_of_many_is_many(noun: str) -> None:
    assert is_plural(f"a {noun} of officials")
    assert is_plural(f"the growing {noun} of officials")
    assert is_plural(f"A Large {noun.capitalize()} of officials")


def is_mixed(words: str) -> bool:
    """Return whether a claim with *words* is found to mix a confidence with a likelihood."""
    whole = with_all([statement("c", "C1", text=words)])
    return any(rule.id == "confidence-with-likelihood" for rule, _ in findings(whole))


@pytest.mark.parametrize(
    "words",
    [
        "We have high confidence that prices will likely rise.",
        "It is very unlikely, I say with moderate confidence.",
        "High-confidence judgment: a default is likely.",
        "The minister is confident that it is unlikely.",
        "We are fairly confident a deal is unlikely.",
        "She is not confident that it is likely.",
        "Confident that rain was unlikely, he left.",
        "We confidently expect that it will probably rain.",
        "We have high confidence in our assessment that war is likely.",
        "With a high degree of confidence, it is almost certain.",
        "We judge with high confidence that there is a remote chance of war.",
        "The chance is remote, we say with high confidence.",
        "Our confidence is high that this is unlikely.",
        "Confidence in this judgment is moderate, and a strike is probable.",
        "There is a 60 per cent chance of rain, we judge with low\nconfidence.",
    ],
)
def test_a_confidence_and_a_likelihood_in_one_sentence(words: str) -> None:
    assert is_mixed(words)


@pytest.mark.parametrize(
    "words",
    [
        "We have high confidence in it. Prices will likely rise.",
        "A confidence trick is likely.",
        "A remote village had high confidence.",
        "A village that is remote had high confidence in its doctor.",
        "Voters have low confidence in the police and are likely to say so.",
        "Likely voters have high confidence.",
        "Consumer confidence is likely to rise.",
        "A confident young man is likely to win.",
        "The vote of confidence is unlikely.",
    ],
)
def test_a_confidence_or_a_likelihood_alone_and_what_is_neither(words: str) -> None:
    assert not is_mixed(words)

"""Speakers are guessed from the statement's own words; doubtful ones are left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model.document import passage_at
from argmap.model.vocabulary import ATTRIBUTION_CLASSES
from tui.views.cues import Speaker, find_cue, guess_class_from_name, guess_class_without_source

PIECES = [
    "said", "says", "reports", "sayings", "essays", "according to", "It is said that", "Drivers",
    " ", " ", ". ", "\n", "\n\n", "apparently", "word", "é", "字", ",",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


def cue(text: str, words: str = "", speaker: Speaker = "source", name: str = "") -> str | None:
    """Return the reporting words guessed for the passage of *words*, or for the text."""
    start = text.index(words)
    passage = passage_at(text, start, start + len(words or text))
    found = find_cue(text, [passage], speaker, name)
    return text[slice(*found)] if found else None


@given(texts, st.data())
def test_reporting_words_are_within_the_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    speaker: Speaker = data.draw(st.sampled_from(["source", "author", "nobody"]))
    found = find_cue(text, [passage_at(text, start, end)], speaker)
    if found is not None:
        low, high = found
        assert start <= low < high <= end
        assert not text[high : high + 1].isalnum(), "it is no part of a word"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor said tolls pay.", "tolls pay"),
        ("“Tolls pay,” the mayor said.", "Tolls pay"),
        ("Drivers adapt. Officials say that tolls pay.", "Drivers adapt."),
        ("Officials say that tolls pay. Drivers adapt.", "Drivers adapt."),
        ("The mayor said.\n\nTolls pay.", "Tolls pay"),
        ("Her sayings please. Tolls pay.", "Her say"),
    ],
)
def test_words_outside_the_passage_are_another_speakers(text: str, words: str) -> None:
    assert cue(text, words) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reports say that traffic fell.", "say that"),
        ("“Tolls pay,” the mayor said.", "said"),
        ("Tolls pay, according to Amy.", "according to"),
        ("According to the council, tolls pay.", "According to"),
        ("It is said that tolls pay.", "It is said that"),
        ("The bridge is believed to pay.", "is believed to"),
        ("Dr Ostler told this newspaper that tolls pay.", "told this newspaper that"),
        ("A police report found that tolls pay.", "found that"),
        ("The union claims that tolls pay.", "claims that"),
        ("“Tolls pay,” claims the union.", "claims"),
        ("She pointed out that tolls pay.", "pointed out that"),
        ("Critics, who had said that tolls pay, left.", "said that"),
        ("The bridge reportedly pays.", "reportedly"),
        ("Reportedly the mayor said tolls pay.", "said"),
        ("Apparently the mayor says tolls pay.", "says"),
        ("Apparently tolls pay, says Amy.", "says"),
    ],
)
def test_the_words_that_report_are_found(text: str, expected: str) -> None:
    assert cue(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tolls pay.",
        "Her essays please.",
        "Apparently tolls pay.",
        "It seems that tolls pay.",
        "The claims of the union are absurd.",
        "The claim that tolls pay is absurd.",
        "The union’s claim that tolls pay is absurd.",
        "A police report that traffic fell is missing.",
        "Its new estimates are lower.",
        "TV shows and bank notes cost money.",
        "They found a car under the bridge.",
        "The car was found under the bridge.",
        "The council maintains the bridge.",
        "The bridge added traffic.",
        "He wrote a book about bridges.",
        "Needless to say, tolls pay.",
        "Nobody said that tolls pay.",
        "The mayor did not say that tolls pay.",
        "The mayor didn’t say that tolls pay.",
        "They would say that.",
        "Drivers have a say and the final say.",
        "Take, say, forty cars.",
        "Who says that tolls pay?",
        "All told, tolls pay.",
        "The said bridge pays.",
        "Fares rise according to the season.",
        "Cars are sorted according to size.",
        "I believe that tolls pay.",
        "He was reported missing.",
    ],
)
def test_what_may_be_no_report_is_not_offered(text: str) -> None:
    assert cue(text) is None


def test_words_inside_quotation_marks_are_what_is_said_and_no_report_of_it() -> None:
    text = "“They told us that tolls pay,” said Amy."
    assert cue(text) == "said"
    assert cue(text, "They told us that tolls pay") is None
    assert cue('"Officials say that tolls pay," Amy warned.') == "warned"
    assert cue("‘Officials say that tolls pay,’ Amy warned.") == "warned"
    assert cue("“Officials say that\ntolls pay,” Amy warned.") == "warned"
    assert cue("“Tolls pay.\n\nAmy warned drivers.", "Amy warned drivers.") == "warned"
    assert cue("“Officials say that tolls pay,” Amy warned.", name="Officials") == "say that"


def test_of_several_reports_that_of_the_speaker_is_offered_else_the_first() -> None:
    text = "Amy Ash said A, Bob Birch argues B and the union warns of C."
    assert cue(text) == "said"
    assert cue(text, name="Bob Birch") == "argues"
    assert cue(text, name="Prof. Birch") == "argues"
    assert cue(text, name="the union") == "warns"
    assert cue(text, name="Cid") == "said"


def test_an_author_and_nobody_have_words_of_their_own() -> None:
    text = "Amy said tolls pay; apparently they do, as everybody knows, and I believe that."
    assert cue(text, speaker="author") == "I believe that"
    assert cue(text, speaker="nobody") == "apparently"
    assert cue("Amy said tolls pay.", speaker="author") is None
    assert cue("Amy said tolls pay.", speaker="nobody") is None


def test_the_second_passage_counts_where_the_first_has_no_report() -> None:
    text = "Tolls pay. Amy said so."
    passages = [passage_at(text, 0, 10), passage_at(text, 11, 23)]
    assert find_cue(text, passages, "source") == (15, 19)


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("Tolls pay.", "author", "author_assertion"),
        ("I counted forty cars.", "author", "firsthand_author"),
        ("Amy saw forty cars.", "author", "author_assertion"),
        ("Tolls pay.", "nobody", "author_assertion"),
        ("It seems that tolls pay.", "nobody", "evidential_hedge"),
        ("As everybody knows, tolls pay.", "nobody", "common_knowledge"),
    ],
)
def test_a_statement_without_a_source_is_put_as_its_words_say(
    text: str, speaker: Speaker, expected: str
) -> None:
    assert guess_class_without_source(text, [passage_at(text, 0, len(text))], speaker) == expected


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
    assert guess_class_from_name(name) == class_


@given(st.text(max_size=20))
def test_any_name_has_a_class_that_there_is(name: str) -> None:
    assert guess_class_from_name(name) in ATTRIBUTION_CLASSES

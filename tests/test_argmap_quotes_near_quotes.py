"""Near matches are taken for a quote only where they say the same."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argmap.model.document import Passage
from argmap.quotes.near_quotes import NearMatchRefusal, find_near_match

TEXT = (
    "Reports say traffic fell by a fifth.\n\nTeam Beta reported that it fell by twelve percent "
    "across all regions.\n\nThat many cars a day use it.\n\nThe second paragraph is short. "
    "Nobody objected; not even the owners.\n\nOn 3 May 2021 the office said that \u201cover 12,500 "
    "cars\u201d use it, at $4 or 5% more. It isn\u2019t legal under Article IV, anyone can see. "
    "He will go up in June with the well-known owner of 5 km of road."
)

few = st.text(st.sampled_from("ab1 .\n\u201c"), max_size=40)


def refusal(quote: str, text: str = TEXT) -> str:
    found = find_near_match(quote, text)
    assert isinstance(found, NearMatchRefusal), found
    return found.reason


def words(quote: str, text: str = TEXT) -> str:
    found = find_near_match(quote, text)
    assert isinstance(found, Passage), found
    assert text[found.start : found.end] == found.words
    return found.words


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("Reports say traffic fel by a fifth", "Reports say traffic fell by a fifth"),
        ("Nobody objected ; not even", "Nobody objected; not even"),
        ("use it. The second paragraf is short.", "use it.\n\nThe second paragraph is short."),
        ("it fell by twelve per cent across", "it fell by twelve percent across"),
        ("TEAM BETA REPORTED THAT IT FELL", "Team Beta reported that it fell"),
        ('said that "over 12,500 cars"', "said that \u201cover 12,500 cars\u201d"),
        ('"over 12,500 cars" used it', "\u201cover 12,500 cars\u201d use it"),
        ("'over 12,500 cars' used it", "\u201cover 12,500 cars\u201d use it"),
        ("It isn't legal under Artikle IV", "It isn\u2019t legal under Article IV"),
        ("Article IV, any one can see", "Article IV, anyone can see"),
        ("with the well known owner of 5 km", "with the well-known owner of 5 km"),
        ("the wellknown owner of 5km of road", "well-known owner of 5 km of road"),
        ("at $4 or 5 % more. It isn't", "at $4 or 5% more. It isn\u2019t"),
        ("That many car day use it.", "That many cars a day use it."),
        ("Teh second paragraph is short.", "The second paragraph is short."),
        ("  Nobody objected, not even ", "Nobody objected; not even"),
        ("The  \n  second \t\n\n\n paragraph is  short", "The second paragraph is short"),
    ],
)
def test_what_says_the_same_is_taken_from_word_to_word(quote: str, wanted: str) -> None:
    assert words(quote).endswith(wanted)
    assert not words(quote)[0].isspace()


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("Reports say traffic rose by a fifth.", "'rose' is not 'fell'"),
        ("Team Alpha reported that it fell by twelve", "'Alpha' is not 'Beta'"),
        ("On 3 May 2012 the office said that", "'2012' is not '2021'"),
        (
            "On 3 May 2021 the office said that \u201cover 12.500 cars\u201d",
            "'12.500' is not '12,500'",
        ),
        ("said that over 1,250 cars use it", "'1,250' is not '12,500'"),
        ("On 3 Mai 2021 the office said that", "'Mai' is not 'May'"),
        ("He will go up in July with the", "'July' is not 'June'"),
        ("Reports say traffic fell by a sixth.", "'sixth' is not 'fifth'"),
        ("use it, at \u20ac4 or 5% more. It", "'\u20ac' is not '$'"),
        ("use it, at $4 or 5 more. It isn't", "leaves out '%'"),
        ("cars use it, at $-4 or 5% more. It", "'-4' is not '4'"),
        ("more. It is legal under Article IV", "'is' is not 'isn"),
        ("more. It isn't illegal under Article IV", "'illegal' is not 'legal'"),
        ("more. It isn't legal under Article VI", "'VI' is not 'IV'"),
        ("He will go on in June with the", "'on' is not 'up'"),
        ("He will not go up in June with the", "does not have 'not'"),
        ("He will go up in June with well-known owner", "leaves out 'the'"),
        ("He will go up in the June with the", "does not have 'the'"),
        ("second paragraph is short. Nobody up", "'up' is not 'objected'"),
        ("known owner of 5 m of road.", "'m' is not 'km'"),
        ("Nobody objected; even the owners", "leaves out 'not'"),
        ("On 3 May 20 21 the office said that", "is not"),
        ("He will go up in June but the well-known", "'but' is not 'with'"),
        ("It was legal under Article IV, anyone", "'was' is not 'isn"),
        ("traffic", "needs a quote of 16"),
        ("Nobody knows what the traffic did at all", "no passage is 85% alike"),
    ],
)
def test_what_says_something_else_is_refused_with_the_words_that_differ(
    quote: str, told: str
) -> None:
    assert told in refusal(quote)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Imports will increase again this year", "Imports will decrease again this year"),
        ("Imports will rise again this year", "Exports will rise again this year"),
        ("Dieser Plan ist keine gute Sache", "Dieser Plan ist eine gute Sache"),
        ("Der Plan kostet einundzwanzig Euro", "Der Plan kostet zweiundzwanzig Euro"),
        ("Le plan ne coûte pas deux euros", "Le plan coûte bien deux euros"),
        ("Le plan coûte dix euros par an", "Le plan coûte six euros par an"),
        ("El plan cuesta seis euros al año", "El plan cuesta siete euros al año"),
        ("\u8fd9\u4e2a\u8ba1\u5212\u4e0d\u597d\u6211\u4eec\u90fd\u8fd9\u6837\u8ba4\u4e3a\u7684\u5427",
         "\u8fd9\u4e2a\u8ba1\u5212\u5f88\u597d\u6211\u4eec\u90fd\u8fd9\u6837\u8ba4\u4e3a\u7684\u5427"),
        ("\u8fd9\u4e2a\u8ba1\u5212\u597d\u6211\u4eec\u90fd\u8fd9\u6837\u8ba4\u4e3a\u7684\u5427",
         "\u8fd9\u4e2a\u8ba1\u5212\u5f88\u597d\u6211\u4eec\u90fd\u8fd9\u6837\u8ba4\u4e3a\u7684\u5427"),
        ("It grew by 10\u00b2 in the north", "It grew by 102 in the north"),
        ("A rise of .5 was seen there", "A rise of 5 was seen there"),
        ("It could not face more, up they led", "It could not face more, but they led"),
        ("It happened in the north of it", "It happened in the south of it"),
    ],
)  # fmt: skip
def test_what_turns_the_meaning_is_refused_in_many_languages(quote: str, text: str) -> None:
    assert isinstance(find_near_match(quote, text), NearMatchRefusal)
    assert isinstance(find_near_match(text, quote), NearMatchRefusal)


def test_a_quote_and_a_text_that_are_too_long_to_be_compared_are_refused_as_such() -> None:
    assert "too long to compare" in refusal("toll road " * 4000, "toll roads " * 4000)


def test_a_near_match_with_a_rival_elsewhere_is_not_taken() -> None:
    text = "Reports say traffic fell by a fifth. Then: reports say traffic fell by a fifth."
    assert "almost as similar" in refusal("eports say traffic fel by a fifth", text)


def test_a_near_match_in_another_composition_has_the_texts_own_characters() -> None:
    text = normalize("NFD", "Le café a fermé ses portes hier. Après, rien.")
    wanted = normalize("NFD", "café a fermé ses portes hier.")
    assert words("café a fermé ses porte hier.", text) == wanted


def test_the_words_before_a_near_match_have_to_be_those_of_the_prefix() -> None:
    quote = "it fell by twelve percent acros"
    for prefix, kind in (("reported that ", Passage), ("nobody said", NearMatchRefusal)):
        found = find_near_match(quote, TEXT, prefix)
        assert isinstance(found, kind), found


FIGURE = re.compile(r"\d+")


@given(few, few)
@example("a  a1.\n\n ab a b b a", "b a  a1.\n\n ab a b a a")
def test_a_near_match_begins_and_ends_without_space_and_has_the_figures_of_its_quote(
    quote: str, text: str
) -> None:
    found = find_near_match(quote, text)
    if isinstance(found, Passage):
        assert text[found.start : found.end] == found.words == found.words.strip()
        assert FIGURE.findall(found.words) == FIGURE.findall(quote)


SENTENCE = st.lists(
    st.sampled_from(
        [
            "toll",
            "tolls",
            "tell",
            "not",
            "no",
            "12",
            "21",
            "1,000",
            "%",
            "5",
            "of",
            "or",
            "percent",
            "illegal",
            "legal",
        ]
    ),
    min_size=4,
    max_size=12,
)


@given(SENTENCE, st.integers(0, 11), st.sampled_from(["", "not", "21", "tall", "x", "legal"]))
def test_one_word_that_is_changed_changes_no_figure_and_no_negation(
    sentence: list[str], place: int, word: str
) -> None:
    quoted = [*sentence]
    quoted[place % len(sentence)] = word
    quote, text = " ".join(quoted), f"Before. {' '.join(sentence)}. After."
    found = find_near_match(quote, text)
    if isinstance(found, Passage):
        fixed = ("not", "no", "12", "21", "1,000", "%", "5")
        kept = [w for w in found.words.rstrip(".").split() if w in fixed]
        assert kept == [w for w in quoted if w in fixed]


def test_a_short_word_at_the_edge_is_not_left_out_where_the_text_ends() -> None:
    assert "does not have 'at'" in refusal(
        "It was seen and found there at", "It was seen and found there."
    )


def test_runs_of_white_space_in_the_text_count_for_nothing() -> None:
    text = "It says:\n\n      The toll\n      pays  for\n      itself,\n      every year.   "
    wanted = "The toll\n      pays  for\n      itself,\n      every year."
    assert words("The toll pays for itself, evry year.", text) == wanted

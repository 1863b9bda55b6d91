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


@pytest.mark.parametrize(
    ("quote", "text", "is_near"),
    [
        ("alxya bravo dexta ge", "alpha bravo delta ge", True),  # 17 of 20 letters: 85 %
        ("alxya bravo dexxa gamma n", "alpha bravo delta gamma n", False),  # 21 of 25: 84 %
        ("harbur gros fast", "harbour grows fast", True),  # 16 characters
        ("harbur gros fas", "harbour grows fast", False),
    ],
)
def test_a_near_match_needs_sixteen_characters_of_which_85_percent_are_in_the_text(
    quote: str, text: str, *, is_near: bool
) -> None:
    assert isinstance(find_near_match(quote, text), Passage) == is_near


@pytest.mark.parametrize(
    ("word", "is_near"),
    [
        ("extraordnary", True), ("extraordnry", True), ("extraodnry", False),
        ("extraordinaryly", True), ("extraordinarylyx", False),
    ],
)  # fmt: skip
def test_a_word_may_differ_in_two_letters_and_not_in_three(word: str, *, is_near: bool) -> None:
    found = find_near_match(
        f"the {word} harbour grows every year", "See the extraordinary harbour grows every year."
    )
    assert isinstance(found, Passage) == is_near


@pytest.mark.parametrize(("word", "is_near"), [("teh", True), ("thx", True), ("txx", False)])
def test_a_short_word_may_differ_in_one_letter_or_have_two_swapped(
    word: str, *, is_near: bool
) -> None:
    found = find_near_match(
        f"near {word} harbour it grows every year", "See near the harbour it grows every year."
    )
    assert isinstance(found, Passage) == is_near


@pytest.mark.parametrize(
    ("rival", "is_taken"),
    [
        ("the harbour grows in every single year of hers", False),
        ("the harbour grows in every year of hers", True),
    ],
)
def test_a_rival_counts_where_it_is_at_most_five_percent_less_alike(
    rival: str, *, is_taken: bool
) -> None:
    text = f"the harbour grows in every single year of ours. But {rival}."
    quote = "the harbour grows in evry single year of ours"
    assert isinstance(find_near_match(quote, text), Passage) == is_taken
    if not is_taken:
        assert refusal(quote, text) == (
            "another passage, near 53, is almost as similar; copy the words exactly from the text,"
            " or give start and end instead"
        )


def test_a_refusal_names_three_differences_and_counts_the_others() -> None:
    text = (
        "Late in the evening Boris came in by the river, and after him Clara with her brothers,"
        " whom Diana had invited, until Edgar closed the heavy door behind all of them."
    )
    quote = text.replace("Boris", "Fritz").replace("Clara", "Glenn").replace("Diana", "Jules")
    named = "'Fritz' is not 'Boris', 'Glenn' is not 'Clara' and 'Jules' is not 'Diana'"
    how = "; copy the words exactly from the text, or give start and end instead"
    assert refusal(quote, text) == named + how
    assert refusal(quote.replace("Edgar", "Wyatt"), text) == f"{named} and 1 more{how}"


def test_a_quote_of_very_many_words_is_not_compared_word_by_word() -> None:
    many = "w " * 5000
    assert "of 1 to 5,000 words" in refusal(f"{many}w", f"x {many}w y")

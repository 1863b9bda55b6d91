"""Anchoring: a quote is found where it occurs, or refused with the reason."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from argmap.model.document import Passage
from argmap.model.faults import Fault
from argmap.quotes.anchoring import (
    MOST_EFFORT,
    PassageSelector,
    estimate_effort,
    find_first_passage,
    find_nearest,
    find_passage,
    find_sole_passage,
)
from argmap.text.composition import has_endless_letter, is_between_letters, search_key, spellings

TEXT = "The toll pays. The toll stays. 𝒳 Reports say traffic fell by a fifth."

few = st.text(st.sampled_from("ab \n𝒳é"), max_size=40)


def fault(**wanted: str | int) -> tuple[str, str]:
    found = find_passage(PassageSelector(**wanted), TEXT)  # type: ignore[arg-type]  # each key has its type
    assert isinstance(found, Fault)
    return found.path, found.reason


def place(**wanted: str | int) -> tuple[int, int]:
    found = find_passage(PassageSelector(**wanted), TEXT)  # type: ignore[arg-type]  # as above
    assert isinstance(found, Passage)
    assert found.words == TEXT[found.start : found.end]
    return found.start, found.end


def places_of(quote: str, text: str) -> list[int]:
    return [n for n in range(len(text)) if text.startswith(quote, n)]


def test_a_quote_that_occurs_once_is_found() -> None:
    assert place(quote="The toll pays.") == (0, 14)


def test_places_are_counted_in_code_points() -> None:
    assert place(quote="𝒳 Reports") == (31, 40)


def test_a_quote_that_occurs_twice_is_refused_with_its_places() -> None:
    path, reason = fault(quote="The toll")
    assert path == "quote"
    assert "2 times, at 0, 15" in reason


def test_places_of_a_quote_that_overlaps_itself_are_all_counted() -> None:
    found = find_passage(PassageSelector("aa"), "aaa")
    assert isinstance(found, Fault)
    assert "2 times, at 0, 1" in found.reason


def test_many_places_are_counted_and_ten_named() -> None:
    found = find_passage(PassageSelector("a"), "ab" * 13)
    assert isinstance(found, Fault)
    assert "13 times" in found.reason
    assert "18 and 3 more" in found.reason


@pytest.mark.parametrize("prefix", ["pays.", "pays. ", "pays.\n ", "The toll pays."])
def test_a_prefix_settles_which_one_is_meant_whatever_the_space(prefix: str) -> None:
    assert place(quote="The toll", prefix=prefix) == (15, 23)


def test_a_prefix_that_does_not_stand_before_the_quote_is_a_fault() -> None:
    assert fault(quote="The toll stays", prefix="Nobody says")[0] == "prefix"


def test_offsets_settle_which_one_is_meant() -> None:
    assert place(quote="The toll", start=15) == (15, 23)
    assert place(quote="The toll", end=23) == (15, 23)
    assert place(start=15, end=23) == (15, 23)


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({"quote": ""}, "quote"),
        ({"quote": "The fee"}, "quote"),
        ({"quote": "The toll", "start": 1}, "quote"),
        ({"quote": "The toll", "start": 0, "end": 9}, "quote"),
        ({"quote": "The toll", "end": 3}, "start"),
        ({"quote": "fifth.", "start": 66}, "end"),
        ({"quote": "The toll", "start": 15, "prefix": "Nobody says"}, "prefix"),
        ({"start": 3}, "end"),
        ({"end": 3}, "start"),
        ({}, "start"),
        ({"start": 3, "end": 3}, "start"),
        ({"start": -2, "end": 3}, "start"),
        ({"start": 0, "end": 999}, "end"),
    ],
)
def test_what_means_no_passage_is_a_fault_of_its_key(
    wanted: dict[str, str | int], path: str
) -> None:
    assert fault(**wanted)[0] == path


@given(few, st.data())
def test_a_quote_that_occurs_once_is_found_where_it_occurs(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    found = find_passage(PassageSelector(quote), text)
    if len(places_of(quote, text)) == 1:
        assert found == Passage(start, end, quote)
    else:
        assert isinstance(found, Fault)
    for wanted in (
        PassageSelector(quote, None, start, end),
        PassageSelector(quote, text[:start], start),
    ):
        assert find_passage(wanted, text) == Passage(start, end, quote)


@given(few, few)
def test_a_quote_is_never_placed_where_the_text_has_other_words(quote: str, text: str) -> None:
    found = find_passage(PassageSelector(quote), text)
    if isinstance(found, Passage):
        assert places_of(quote, text) == [found.start]
    else:
        assert not quote or len(places_of(quote, text)) != 1


def test_the_closest_passage_is_named_with_its_likeness() -> None:
    found = find_nearest("Reports said traffic fell by a fifth", TEXT)
    assert found is not None
    assert "traffic fell by a fifth" in found.passage.words
    assert 0.85 < found.likeness < 1


def test_the_closest_passage_to_what_is_there_is_that() -> None:
    found = find_nearest("traffic fell", TEXT)
    assert found is not None
    assert (found.passage.words, found.likeness) == ("traffic fell", 1)


def test_nothing_is_close_to_what_is_altogether_different() -> None:
    assert find_nearest("zzz", "aaaa") is None


@given(few, few)
def test_a_closest_passage_is_a_stretch_of_the_text(quote: str, text: str) -> None:
    found = find_nearest(quote, text)
    if found is not None:
        passage = found.passage
        assert text[passage.start : passage.end] == passage.words
        assert 0 <= found.likeness <= 1


def test_a_quote_longer_than_the_text_is_compared_with_all_of_it() -> None:
    found = find_nearest("The toll pays for itself.", "The toll pays")
    assert found is not None
    assert found.passage == Passage(0, 13, "The toll pays")
    assert found.likeness < 1


@given(
    st.text("ab \n", max_size=30),
    st.text("ab ", min_size=1, max_size=3),
    st.text("ab ", max_size=3),
)
@example("a  ", " ", "a")
def test_a_prefix_selects_the_places_after_it_over_any_white_space(
    text: str, quote: str, prefix: str
) -> None:
    places = [
        n
        for n in range(len(text))
        if text.startswith(quote, n) and text[:n].rstrip().endswith(prefix.rstrip())
    ]
    found = find_passage(PassageSelector(quote, prefix), text)
    if len(places) == 1:
        assert found == Passage(places[0], places[0] + len(quote), quote)
    else:
        assert isinstance(found, Fault)
        assert not places or f"occurs {len(places)} times" in found.reason


def test_a_long_run_of_white_space_is_looked_through_once() -> None:
    found = find_passage(PassageSelector(" ", "x"), " " * 200_000)
    assert isinstance(found, Fault)
    assert found.path == "prefix"


def test_what_is_closest_to_very_much_in_very_much_is_not_looked_for() -> None:
    text = "Reports say that traffic fell by a fifth. " * 1000
    assert (
        estimate_effort("a" * 100, text)
        == estimate_effort(text, "a" * 100)
        == 2 * 100 * len(text)
        <= MOST_EFFORT
    )
    assert find_nearest(text[:-1] * 60, text) is None
    assert find_nearest("traffic fel", text) is not None


CAFE = "The Cafe\u0301 closed. The cafe\u0301 and the Cafe\u0301 Ver\u0323\u0307a stay."


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("The Café closed", "The Cafe\u0301 closed"),
        ("The cafe\u0301 and", "The cafe\u0301 and"),
        ("the Caf\u00e9 Ver\u0307\u0323a", "the Cafe\u0301 Ver\u0323\u0307a"),
        ("Ve\u1e5b\u0307a", "Ver\u0323\u0307a"),
    ],
)
def test_a_quote_that_is_canonically_the_same_has_the_texts_own_characters(
    quote: str, words: str
) -> None:
    start = CAFE.index(words)
    assert find_passage(PassageSelector(quote), CAFE) == Passage(start, start + len(words), words)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("\u212bngstr\u00f6m in \u2126", "A\u030angstro\u0308m in \u03a9"),
        ("\ud55c\uae00\ub9cc", "\u1112\u1161\u11ab\u1100\u1173\u11af\u1106\u1161\u11ab"),
        ("\u1112\u1161\u11ab", "\ud55c"),
    ],
)
def test_every_script_and_sign_is_found_in_its_other_spelling(quote: str, text: str) -> None:
    assert find_passage(PassageSelector(quote), text) == Passage(0, len(text), text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("caf\u00e9 cre", "cafe\u0301 cre\u0300me"),
        ("caf\u00e9 x", "cafe\u0301 x\u0301yz"),
        ("\u0301y caf\u00e9", "x\u0301y cafe\u0301"),
        ("\u0300 caf\u00e9", "a\u0300 cafe\u0301"),
        ("\ud558\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
        ("The cafe", "The cafe\u0301 closed"),
        ("\u0301 closed", "The cafe\u0301 closed"),
        ("\u1112\u1161", "\u1112\u1161\u11ab"),
    ],
)
def test_a_letter_is_not_parted_from_its_mark(quote: str, text: str) -> None:
    assert isinstance(find_passage(PassageSelector(quote), text), Fault)


def test_a_letter_with_another_mark_is_no_second_place_of_a_quote() -> None:
    text = "The cafe\u0301 is no cafe."
    assert find_passage(PassageSelector("cafe"), text) == Passage(16, 20, "cafe")
    assert find_passage(PassageSelector("I \u2764"), "I \u2764\ufe0f tolls") == Passage(
        0, 3, "I \u2764"
    )


def test_a_quote_in_another_spelling_that_occurs_twice_names_the_texts_places() -> None:
    found = find_passage(PassageSelector("Café"), CAFE)
    assert isinstance(found, Fault)
    assert "2 times, at 4, 36" in found.reason


def test_a_prefix_in_another_spelling_settles_which_place_is_meant() -> None:
    found = find_passage(PassageSelector("Café", "The café and the "), CAFE)
    assert found == Passage(36, 41, "Cafe\u0301")
    found = find_passage(PassageSelector("Café", "nobody said"), CAFE)
    assert isinstance(found, Fault)
    assert found.path == "prefix"


def test_offsets_settle_which_place_of_another_spelling_is_meant() -> None:
    for wanted in (PassageSelector("Café", None, 36), PassageSelector("Café", None, None, 41)):
        assert find_passage(wanted, CAFE) == Passage(36, 41, "Cafe\u0301")
    assert isinstance(find_passage(PassageSelector("Café", None, 36, 40), CAFE), Fault)


def test_offsets_may_part_a_letter_from_its_mark() -> None:
    assert find_passage(PassageSelector("Ver", None, 42, 45), CAFE) == Passage(42, 45, "Ver")


@given(
    st.text(
        st.sampled_from("e\u0301\u0323\u00e9k\u212b\u1112\u1161\u11ab\ud55c "),
        min_size=1,
        max_size=20,
    ),
    st.data(),
)
def test_whole_letters_in_any_spelling_are_found_where_they_are(
    text: str, data: st.DataObject
) -> None:
    edges = [n for n in range(len(text) + 1) if n == len(text) or is_between_letters(text, n)]
    pair = st.lists(st.sampled_from(edges), min_size=2, max_size=2, unique=True)
    start, end = sorted(data.draw(pair))
    for form in ("NFC", "NFD"):
        quote = normalize(form, text[start:end])
        found = find_passage(PassageSelector(quote, None, start), text)
        assert found in (
            Passage(start, end, text[start:end]),
            Passage(start, start + len(quote), quote),
        )


def test_marks_without_end_are_left_as_they_are() -> None:
    text = "e" + "\u0301" * 200_000 + "\u0323" * 200_000 + " toll"
    assert find_passage(PassageSelector("toll"), text) == Passage(400_002, 400_006, "toll")
    assert isinstance(find_passage(PassageSelector("caf\u00e9"), text), Fault)
    assert search_key(text) == text
    assert spellings(text) == [text]
    assert not has_endless_letter("\u0915\u093f\u093c" * 1000)


def test_line_ends_of_a_quote_are_those_of_a_stored_text() -> None:
    text = "Roads cost.\nTolls pay.\nRoads cost.\n"
    assert find_passage(PassageSelector("Tolls pay.\r\nRoads"), text) == Passage(
        12, 28, text[12:28]
    )
    assert find_passage(PassageSelector("Roads cost.\r", "pay.\r\n"), text) == Passage(
        23, 35, text[23:]
    )
    assert find_passage(PassageSelector("\ufeffTolls pay."), text) == Passage(12, 22, "Tolls pay.")


@pytest.mark.parametrize(
    ("words", "low", "high", "place"),
    [
        ("Café", 0, 99, 4),
        ("Café", 5, 99, 36),
        ("Café", 5, 40, None),
        ("Cafe\u0301", 5, 99, 36),
        ("Caf", -9, 99, 4),
        ("", 0, 99, None),
    ],
)
def test_the_first_passage_of_a_stretch_is_found_in_any_spelling(
    words: str, low: int, high: int, place: int | None
) -> None:
    found = find_first_passage(words, CAFE, low, high)
    assert (found.start if found else None) == place
    assert found is None or CAFE[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("The toll 'pays'", "only quotation marks differ: the text has U+2018"),
        ("The toll‘pays’", "spaces"),
    ],
)
def test_what_differs_at_the_offsets_is_named_where_it_looks_alike(quote: str, told: str) -> None:
    found = find_passage(PassageSelector(quote, None, 0, 15), "The toll ‘pays’ off")
    assert isinstance(found, Fault)
    assert (told in found.reason) == quote.startswith("The toll ")


@pytest.mark.parametrize(
    ("quote", "text", "start"),
    [
        ("toll", "The toll pays.", 4),
        ("toll", "The toll pays the toll.", None),
        ("aa", "aaa", None),
        ("toll", "The tunnel pays.", None),
        ("", "The toll pays.", None),
        ("cafe", "The cafe\u0301 pays.", None),
        ("\u0301 pays", "The cafe\u0301 pays.", None),
    ],
)
def test_a_sole_passage_is_found_at_once_if_it_is_of_whole_letters(
    quote: str, text: str, start: int | None
) -> None:
    found = find_sole_passage(quote, text)
    assert found == (None if start is None else Passage(start, start + len(quote), quote))

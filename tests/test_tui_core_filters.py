"""Searches and filters keep exactly the statements that match."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import Step, edited, inference, small_map, statement, steps, with_all

from argmap.model.source import Attribution, Source
from tui.core.filters import filter_in_words, filter_predicate
from tui.views.matches import places_in, statements_with

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap

words = st.text("abé字.*([\\^$?|+", min_size=1, max_size=5)
gaps = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", " \n "])


def passed(argument_map: ArgumentMap, chosen: str) -> set[str]:
    """Return the labels that the filter *chosen* keeps."""
    wants = filter_predicate(argument_map, chosen)
    assert wants is not None
    return {s.label for s in argument_map.statements.values() if wants(s.id)}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("all", ""),
        ("unsupported", "claims without support"),
        ("unattributed", "evidence without a source"),
        ("source:reports", "from Reports"),
        ("source:gone\x1b", "from a removed source"),
        ("text:a\x1b", "statements with “a⟦U+001B⟧”"),
    ],
)
def test_a_filter_is_named_in_words_that_can_be_drawn(chosen: str, said: str) -> None:
    assert filter_in_words(small_map(), chosen) == said


@given(st.lists(st.tuples(words, gaps), min_size=1, max_size=12), st.data())
def test_words_of_the_text_are_found_whatever_is_between_them(
    pieces: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(word + gap for word, gap in pieces)
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first + 1, len(pieces)))
    sought = [word for word, _ in pieces[first:last]]
    start = len("".join(word + gap for word, gap in pieces[:first]))
    found = places_in(text, " ".join(sought).lower())
    assert any(low <= start < high for low, high in found)
    for low, high in found:
        assert text[low:high].split() == sought


@given(st.text("ab \n", max_size=30), st.text("ab ", max_size=4))
def test_places_are_in_order_apart_and_as_many_as_there_are(text: str, sought: str) -> None:
    found = places_in(text, sought)
    edges = [edge for stretch in found for edge in stretch]
    assert edges == sorted(edges)
    assert all(low < high for low, high in found)
    if len(sought.split()) == 1:
        assert len(found) == text.count(sought.strip())


@pytest.mark.parametrize("sought", ["", "  ", "\n"])
def test_nothing_is_not_looked_for(sought: str) -> None:
    assert places_in("The toll", sought) == []
    assert statements_with(small_map(), sought) == []


def test_a_search_means_its_capitals_and_takes_signs_as_they_are() -> None:
    assert places_in("The TOLL. the toll", "the toll") == [(0, 8), (10, 18)]
    assert places_in("A.B axb", "a.b") == [(0, 3)]
    assert places_in("Über uns", "über") == [(0, 4)]
    assert places_in("The UN and under", "UN") == [(4, 6)]


def test_a_search_finds_letters_however_they_are_composed() -> None:
    text = "Le cafe\u0301 ferme, le caf\u00e9 aussi. \u1112\u1161\u11ab"
    for sought in ("café", "cafe\u0301", "CAFÉ".lower()):
        assert [text[slice(*place)] for place in places_in(text, sought)] == ["cafe\u0301", "café"]
    assert places_in(text, "\ud55c") == [(len(text) - 3, len(text))]
    whole = with_all([statement("a", "C1", text="Le Cafe\u0301 ferme.", note="\u00c9t\u00e9")])
    for sought in ("Café", "cafe\u0301 e\u0301te\u0301"):
        assert statements_with(whole, sought) == ["a"]


def test_statements_are_found_by_all_of_the_words_in_any_place_and_by_their_label() -> None:
    listed = [
        statement("a", "C1", text="The toll pays.", note="Straße"),
        statement("b", "C2", text="The TOLL stays.", note="It pays"),
        statement("c", "C10", text="Drivers adapt."),
    ]
    whole = with_all(listed)
    assert statements_with(whole, "pays toll") == ["a", "b"]
    assert statements_with(whole, "toll strasse") == ["a"]
    assert statements_with(whole, "c2") == ["b"]
    assert statements_with(whole, "C10 adapt") == ["c"]
    assert statements_with(whole, "toll adapt") == []


@given(st.lists(steps, max_size=20))
def test_a_statement_is_found_by_each_of_its_own_words(some: list[Step]) -> None:
    whole = edited(some)
    for each in whole.statements.values():
        assert each.id in statements_with(whole, f"{each.label} {each.text} {each.note or ''}")


@given(st.lists(steps, max_size=20))
def test_unsupported_claims_are_those_without_support(some: list[Step]) -> None:
    whole = edited(some)
    steps_for = {i.conclusion for i in whole.inferences.values() if i.stance == "supports"}
    bare = {s.label for s in whole.statements.values() if s.kind == "claim"} - {
        s.label for s in whole.statements.values() if s.id in steps_for
    }
    assert passed(whole, "unsupported") == bare


@given(st.lists(steps, max_size=20))
def test_what_is_unattributed_is_all_evidence_that_nobody_is_said_to_say(some: list[Step]) -> None:
    whole = edited(some)
    said = {a.statement for a in whole.attributions.values()}
    bare = {s.label for s in whole.statements.values() if s.kind == "evidence" and s.id not in said}
    assert passed(whole, "unattributed") == bare


def test_a_claim_that_is_only_opposed_is_unsupported() -> None:
    listed = [statement("a", "C1"), statement("b", "E1", "evidence"), statement("c", "C2")]
    links = [inference("i", "I1", ["b"], "a", "opposes"), inference("j", "I2", ["b"], "c")]
    assert passed(with_all(listed, links), "unsupported") == {"C1"}


def test_a_source_is_wanted_wherever_it_is_in_the_chain() -> None:
    sources = {id_: Source(id_, id_, "person") for id_ in ("amy", "bob", "bob:x")}
    said = {
        "1": Attribution("1", "a", "named_person", ("amy", "bob")),
        "2": Attribution("2", "b", "named_person", ("bob:x",)),
    }
    listed = [statement("a", "C1"), statement("b", "C2"), statement("c", "C3")]
    whole = with_all(listed, sources=sources, attributions=said)
    assert passed(whole, "source:amy") == passed(whole, "source:bob") == {"C1"}
    assert passed(whole, "source:bob:x") == {"C2"}
    assert passed(whole, "source:nobody") == set()


def test_a_filter_of_words_wants_what_a_search_finds() -> None:
    assert passed(small_map(), "text:words of c1") == {"C1"}
    assert passed(small_map(), "text:no: such words") == set()


@pytest.mark.parametrize("chosen", ["all", "", "of another version"])
def test_other_filters_keep_everything(chosen: str) -> None:
    assert filter_predicate(small_map(), chosen) is None

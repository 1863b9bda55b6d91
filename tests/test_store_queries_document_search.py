"""A search finds words in any position, and no query is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import AT, everything_of, small_map, statement, with_all

import store
from argmap.model.document import Document
from store.queries import SearchHit, document_with_text, is_rated, list_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = ['"', "'", "*", "(", ")", ":", "^", "-", "+", "{", "}", "\\", "\0", "NEAR", "AND", " "]


@pytest.fixture(scope="module")
def opened() -> Iterator[store.Store]:
    """A database in memory with a few words in it."""
    statements = [
        statement("c1", "C1", text="The congestion toll pays for itself."),
        statement("c2", "C2", text="Tolls stay.", note="A café owner said so."),
        statement("e1", "E1", "evidence", text="Bus riders OR drivers gained NEAR town."),
    ]
    toll = with_all(statements)
    bus = evolve(
        with_all(document="bus"), document=Document("bus", "Über Busse", "The buses are late.")
    )
    with store.open_memory() as memory:
        store.apply(memory, everything_of(toll), AT)
        store.apply(memory, everything_of(bus), AT)
        yield memory


def found(opened: store.Store, query: str) -> list[str]:
    return [hit.label or hit.document for hit in store.search(opened, query)]


@given(st.text(st.one_of(st.sampled_from("ab\"'*(){}:^-+~\\\0"), st.characters())))
def test_no_query_is_an_error(query: str) -> None:
    with store.open_memory() as memory:
        store.apply(memory, everything_of(small_map()), AT)
        assert isinstance(store.search(memory, query), list)


@given(st.lists(st.sampled_from([*MARKS, "toll"]), max_size=8).map("".join))
def test_nothing_in_a_query_is_an_operator(query: str) -> None:
    with store.open_memory() as memory:
        store.apply(memory, everything_of(small_map()), AT)
        assert isinstance(store.search(memory, query), list)


@pytest.mark.parametrize("half", [0xD800, 0xDCFF, 0xDFFF])
def test_half_a_pair_of_surrogates_is_no_error(opened: store.Store, half: int) -> None:
    assert store.search(opened, f"toll{chr(half)}") == []


@pytest.mark.parametrize("query", ["", "  ", '"', '" "', "\n"])
def test_a_query_without_words_finds_nothing(opened: store.Store, query: str) -> None:
    assert store.search(opened, query) == []


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("itself", ["C1", "toll"]),
        ("ITSELF toll", ["C1", "toll"]),
        ("itself absent", []),
        ("toll -itself", ["C1", "toll"]),
        ("riders OR drivers", ["E1"]),
        ("itself OR riders", []),
        ("NEAR", ["E1"]),
        ("cafe", ["C2"]),
        ("CAFÉ", ["C2"]),
        ("uber", ["bus"]),
        ("late", ["bus"]),
        ("cong", ["C1"]),
        ("rider", ["E1"]),
    ],
)
def test_every_word_of_a_query_must_be_there(
    opened: store.Store, query: str, labels: list[str]
) -> None:
    assert found(opened, query) == labels


@pytest.mark.parametrize("length", range(1, len("congestion") + 1))
def test_the_last_word_may_be_any_beginning_of_one(opened: store.Store, length: int) -> None:
    assert "C1" in found(opened, "congestion"[:length])


@pytest.mark.parametrize("word", ["Café", "ёлка", "한글", "Ångström", "ti\u1ebfng"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("other", ["NFC", "NFD"])
def test_a_word_is_found_however_its_letters_are_composed(
    word: str, form: Literal["NFC", "NFD"], other: Literal["NFC", "NFD"]
) -> None:
    said = statement("c1", "C1", text=f"Here {normalize(form, word)} ends.")
    with store.open_memory() as memory:
        store.apply(memory, everything_of(with_all([said])), AT)
        for query in ("here {} ends", "here {}"):
            assert found(memory, query.format(normalize(other, word))) == ["C1"]
        assert found(memory, f"{normalize(other, word)}x ends") == []


def test_only_the_last_word_may_be_a_beginning(opened: store.Store) -> None:
    assert found(opened, "cong toll") == []


def test_statements_come_before_documents_and_say_where_they_are(opened: store.Store) -> None:
    hits = store.search(opened, "toll")
    assert [hit.statement for hit in hits][-1] is None
    assert {hit.statement for hit in hits} == {"c1", "c2", None}
    assert hits[-1] == SearchHit("toll", None, None, "The toll", hits[-1].snippet)
    first = next(hit for hit in hits if hit.statement == "c1")
    assert (first.document, first.label) == ("toll", "C1")
    assert first.text == "The congestion toll pays for itself."


def test_a_snippet_is_one_line_round_the_match(opened: store.Store) -> None:
    [hit] = store.search(opened, "late")
    assert hit.snippet == "The buses are late."


def test_no_more_hits_than_asked_for_are_given(opened: store.Store) -> None:
    assert len([h for h in store.search(opened, "t", most=1) if h.statement]) == 1


def test_documents_are_listed_by_id_with_their_counts(opened: store.Store) -> None:
    listed = [(d.id, d.claims, d.evidence, d.assumptions) for d in list_documents(opened)]
    assert listed == [("bus", 0, 0, 0), ("toll", 2, 1, 0)]


def test_a_document_is_known_by_its_text(opened: store.Store) -> None:
    bus = store.load_map(opened, "bus").document
    assert document_with_text(opened, bus.sha256) == "bus"
    assert document_with_text(opened, "0" * 64) is None


def test_a_document_is_rated_once_a_statement_of_it_is(opened: store.Store) -> None:
    with store.open_memory() as memory:
        store.apply(memory, everything_of(small_map()), AT)
        assert is_rated(memory, "toll")
    assert not is_rated(opened, "toll")

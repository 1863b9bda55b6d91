"""The coverage is the same whether computed in one sweep or edit by edit."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    TEXT,
    Step,
    edited,
    inference,
    small_map,
    statement,
    steps,
    with_all,
)

from argmap.edit.verbs import remove_attribution, remove_statement
from argmap.model.document import Document, passage_at
from argmap.model.map import ArgumentMap
from argmap.model.source import Attribution
from tui.document.coverage import ROLES, Coverage, role_of
from tui.document.session import _touched

EVERYWHERE = range(len(TEXT))


def resting(*stretches: tuple[str, str, int, int]) -> ArgumentMap:
    """Return a map of statements: each an id, a kind and one passage."""
    return with_all(
        statement(id_, f"X{n}", kind, passages=(passage_at(TEXT, start, end),))
        for n, (id_, kind, start, end) in enumerate(stretches)
    )


def roles_at(argument_map: ArgumentMap, place: int) -> set[str]:
    """Return the roles of one character, computed from every statement."""
    return {
        role_of(argument_map, s)
        for s in argument_map.statements.values()
        if any(p.start <= place < p.end for p in s.passages)
    }


def statements_on(argument_map: ArgumentMap, place: int) -> int:
    """Return the number of passages that include the character at *place*."""
    return sum(
        p.start <= place < p.end for s in argument_map.statements.values() for p in s.passages
    )


def resting_on(argument_map: ArgumentMap, start: int, end: int) -> set[str]:
    return {
        s.id
        for s in argument_map.statements.values()
        if any(p.start < end and p.end > start for p in s.passages)
    }


def told(coverage: Coverage) -> list[object]:
    """Return every answer of *coverage*."""
    edges = [0, 1, 7, 26, 38, 61, len(TEXT)]
    stretches = [(a, b) for a in edges for b in edges if a < b]
    return [
        coverage.share,
        [coverage.signs_in(n, n + 1) for n in EVERYWHERE],
        [coverage.statements_at(n, n + 1) for n in EVERYWHERE],
        [coverage.cues_in(n, n + 1) for n in EVERYWHERE],
        [coverage.passage_after(n) for n in (-1, *EVERYWHERE)],
        [coverage.passage_before(n) for n in EVERYWHERE],
        [(coverage.edges_in(*s), coverage.is_mapped(*s), coverage.signs_in(*s)) for s in stretches],
    ]


@given(st.lists(steps, max_size=25))
def test_statement_by_statement_it_becomes_what_the_whole_map_makes_it(some: list[Step]) -> None:
    argument_map = small_map()
    coverage = Coverage.from_map(argument_map)
    for number, each in enumerate(some):
        operation = each.operation(argument_map, f"new-{number}")
        if operation is not None:
            argument_map = argument_map.apply(operation)
            coverage.update(argument_map, _touched(operation))
    assert told(coverage) == told(Coverage.from_map(argument_map))
    coverage.update(argument_map, argument_map.statements)
    assert told(coverage) == told(Coverage.from_map(argument_map))


@given(st.lists(steps, max_size=25))
def test_it_says_of_each_character_what_the_statements_say(some: list[Step]) -> None:
    argument_map = edited(some)
    coverage = Coverage.from_map(argument_map)
    for place in EVERYWHERE:
        roles = roles_at(argument_map, place)
        assert set(coverage.signs_in(place, place + 1)) == roles
        assert coverage.is_mapped(place, place + 1) == bool(roles)
        assert coverage.is_shared(place) == (statements_on(argument_map, place) > 1)
        assert set(coverage.statements_at(place, place + 1)) == resting_on(
            argument_map, place, place + 1
        )


@given(st.lists(steps, max_size=25), st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_of_a_stretch_it_says_what_it_says_of_its_characters(
    some: list[Step], start: int, length: int
) -> None:
    argument_map = edited(some)
    coverage = Coverage.from_map(argument_map)
    end = min(start + length, len(TEXT))
    by_place = [roles_at(argument_map, place) for place in range(start, end)]
    assert set(coverage.signs_in(start, end)) == set().union(*by_place)
    assert set(coverage.statements_at(start, end)) == resting_on(argument_map, start, end)
    counts = [min(2, statements_on(argument_map, place)) for place in range(start, end)]
    turns = [n for n in range(1, len(counts)) if counts[n] != counts[n - 1]]
    assert coverage.edges_in(start, end) == [start, *(start + n for n in turns)]


@given(st.lists(steps, max_size=25), st.integers(1, 40))
def test_a_sign_tells_whether_a_passage_begins_there(some: list[Step], length: int) -> None:
    argument_map = edited(some)
    begun = {
        (role_of(argument_map, s), p.start)
        for s in argument_map.statements.values()
        for p in s.passages
    }
    coverage = Coverage.from_map(argument_map)
    for start in EVERYWHERE:
        end = min(start + length, len(TEXT))
        signs = coverage.signs_in(start, end)
        here = {role for role, place in begun if start <= place < end}
        assert {role for role, begins in signs.items() if begins} == here


@given(st.lists(steps, max_size=25))
def test_the_share_is_that_of_characters_a_reader_sees(some: list[Step]) -> None:
    argument_map = edited(some)
    seen = [place for place in EVERYWHERE if not TEXT[place].isspace()]
    covered = [place for place in seen if roles_at(argument_map, place)]
    assert Coverage.from_map(argument_map).share == len(covered) / len(seen)
    assert 0 <= Coverage.from_map(argument_map).share <= 1


@given(st.lists(steps, max_size=25))
def test_passages_are_walked_from_the_first_to_the_last_and_back(some: list[Step]) -> None:
    argument_map = edited(some)
    coverage = Coverage.from_map(argument_map)
    starts = {p.start for s in argument_map.statements.values() for p in s.passages}
    walked, place = [], coverage.passage_after(-1)
    while place is not None and place not in walked:
        walked.append(place)
        place = coverage.passage_after(place)
    assert walked == sorted(starts)
    back, place = [], coverage.passage_before(len(TEXT))
    while place is not None and place not in back:
        back.append(place)
        place = coverage.passage_before(place)
    assert back == walked[::-1]


def test_an_empty_map_covers_nothing_and_one_passage_over_all_covers_all() -> None:
    assert Coverage.from_map(resting()).share == 0
    assert Coverage.from_map(resting(("a", "claim", 0, len(TEXT)))).share == 1
    assert Coverage("   ").share == 0


def test_a_space_adds_nothing_to_the_share_and_overlaps_count_once() -> None:
    one = Coverage.from_map(resting(("a", "claim", 0, 3)))
    assert Coverage.from_map(resting(("a", "claim", 0, 4))).share == one.share
    assert (
        Coverage.from_map(resting(("a", "claim", 0, 3), ("b", "evidence", 0, 3))).share == one.share
    )


def test_a_sign_rises_where_a_passage_begins_and_runs_on_below() -> None:
    coverage = Coverage.from_map(resting(("a", "claim", 5, 20), ("b", "assumption", 0, 10)))
    assert coverage.signs_in(0, 5) == {"assumption": True}
    assert coverage.signs_in(5, 12) == {"claim": True, "assumption": False}
    assert coverage.signs_in(12, 30) == {"claim": False}
    assert coverage.signs_in(30, 40) == {}
    assert list(coverage.signs_in(0, 30)) == ["claim", "assumption"]


def test_a_passage_that_begins_within_another_of_its_role_has_a_sign_of_its_own() -> None:
    coverage = Coverage.from_map(resting(("a", "claim", 0, 30), ("b", "claim", 12, 20)))
    assert coverage.signs_in(5, 10) == {"claim": False}
    assert coverage.signs_in(10, 15) == {"claim": True}


def test_a_passage_that_begins_where_another_of_its_role_ends_has_a_sign_of_its_own() -> None:
    coverage = Coverage.from_map(resting(("a", "claim", 0, 5), ("b", "claim", 5, 10)))
    assert coverage.signs_in(5, 10) == {"claim": True}


def test_the_shortest_passage_is_named_first_and_a_statement_once() -> None:
    argument_map = resting(("long", "claim", 0, 60), ("mid", "claim", 5, 30), ("in", "claim", 8, 9))
    coverage = Coverage.from_map(argument_map)
    assert coverage.statements_at(8, 9) == ["in", "mid", "long"]
    assert coverage.statements_at(30, 31) == ["long"]
    places = (passage_at(TEXT, 0, 4), passage_at(TEXT, 5, 9))
    twice = Coverage.from_map(with_all([statement("s", "C1", passages=places)]))
    assert twice.statements_at(0, 9) == ["s"]


@pytest.mark.parametrize(
    ("kind", "stance", "role"),
    [
        ("claim", "opposes", "claim"),
        ("assumption", "opposes", "assumption"),
        ("evidence", "supports", "supports"),
        ("evidence", "opposes", "opposes"),
        ("evidence", None, "unlinked"),
    ],
)
def test_evidence_is_contrary_where_it_opposes_anything_and_neutral_where_it_has_no_link(
    kind: str, stance: str | None, role: str
) -> None:
    both = [statement("a", "X1", kind), statement("b", "C2"), statement("c", "C3")]
    links = [] if stance is None else [inference("i", "I1", ["a"], "b", stance)]  # type: ignore[arg-type]  # one of the two
    argument_map = with_all(both, [*links, inference("j", "I2", ["a"], "c")] if stance else [])
    assert role_of(argument_map, argument_map.statements["a"]) == role
    assert role in ROLES


def test_a_role_that_turns_is_taken_in() -> None:
    claim = statement("b", "C1")
    fell = statement("a", "E1", "evidence", passages=(passage_at(TEXT, 0, 3),))
    before, after = (with_all([fell, claim], [inference("i", "I1", ["a"], "b", stance)])
                     for stance in ("supports", "opposes"))  # fmt: skip
    coverage = Coverage.from_map(before)
    coverage.update(after, ["a"])
    assert coverage.signs_in(0, 3) == {"opposes": True}


def test_what_is_not_known_and_what_is_gone_change_nothing() -> None:
    argument_map = resting(("a", "claim", 0, 3))
    coverage = Coverage.from_map(argument_map)
    coverage.update(argument_map, ["nobody"])
    assert told(coverage) == told(Coverage.from_map(argument_map))
    coverage.update(resting(), ["a", "a"])
    assert told(coverage) == told(Coverage(TEXT))


def test_cues_are_found_by_place_and_go_with_their_attribution_or_statement() -> None:
    whole = small_map()
    coverage = Coverage.from_map(whole)
    assert coverage.cues_in(0, 26) == []
    assert coverage.cues_in(30, 31) == coverage.cues_in(26, 60) == [(26, 37)]
    assert coverage.cues_in(37, 60) == []
    for operation in (remove_attribution(whole, "at-1"), remove_statement(whole, "s-fell")):
        kept = Coverage.from_map(whole)
        kept.update(whole.apply(operation), _touched(operation))
        assert kept.cues_in(0, len(TEXT)) == []


def test_a_cue_without_a_place_is_none() -> None:
    said = Attribution("a", "s", "evidential_hedge", cue="apparently")
    assert (
        Coverage.from_map(with_all([statement("s", "C1")], attributions={"a": said})).cues_in(
            0, len(TEXT)
        )
        == []
    )


def test_a_role_without_passages_takes_no_memory() -> None:
    text = "The toll pays. " * 20_000
    document = Document("long", "Long", text=text)
    coverage = []
    tracemalloc.start()
    try:
        coverage.append(Coverage.from_map(ArgumentMap(document)))
        _, empty = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert empty < len(text)
    assert coverage[0].edges_in(0, 10) == [0]
    assert coverage[0].edges_in(len(text), len(text) + 10) == []

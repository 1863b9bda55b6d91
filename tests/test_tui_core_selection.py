"""A selected statement leads to the claim it supports, over any chain or circle."""

from __future__ import annotations

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

from argmap.model.map import Change, Operation
from tui.core.selection import claim_supported_by, passages_in, places_of


@given(st.lists(steps, max_size=25))
def test_what_is_served_is_a_claim_of_the_map_and_a_claim_serves_itself(some: list[Step]) -> None:
    whole = edited(some)
    for each in whole.statements.values():
        found = claim_supported_by(whole, each.id)
        assert found is None or found is whole.statements[found.id]
        assert found is None or found.kind == "claim"
        if each.kind == "claim":
            assert found is each
        elif each.id not in whole.inferences_from:
            assert found is None


@given(st.lists(steps, max_size=25))
def test_a_statement_leads_to_the_claim_at_the_end_of_its_first_links(some: list[Step]) -> None:
    whole = edited(some)
    for each in whole.statements.values():
        used = whole.inferences_from.get(each.id, ())
        if each.kind != "claim" and used and used[0].conclusion in whole.statements:
            target = whole.statements[used[0].conclusion]
            if target.kind == "claim":
                assert claim_supported_by(whole, each.id) is target


def test_evidence_serves_the_claim_at_the_end_and_an_undercut_that_of_the_inference() -> None:
    listed = [
        statement("e1", "E1", "evidence"), statement("e2", "E2", "evidence"),
        statement("e3", "E3", "evidence"), statement("c", "C1"),
    ]  # fmt: skip
    links = [
        inference("i1", "I1", ["e1"], "e2"),
        inference("i2", "I2", ["e2"], "c"),
        inference("i3", "I3", ["e3"], "i2", "opposes"),
    ]
    whole = with_all(listed, links)
    assert {claim_supported_by(whole, id_) for id_ in ("e1", "e2", "e3", "c")} == {
        whole.statements["c"]
    }


def test_a_circle_without_a_claim_serves_none() -> None:
    listed = [statement("a", "E1", "evidence"), statement("b", "E2", "evidence")]
    links = [inference("i", "I1", ["a"], "b"), inference("j", "I2", ["b"], "a")]
    assert claim_supported_by(with_all(listed, links), "a") is None


def test_no_selection_and_a_removed_statement_lead_to_no_claim() -> None:
    assert claim_supported_by(small_map(), None) is None
    assert claim_supported_by(small_map(), "gone") is None


def test_places_are_those_of_the_passages() -> None:
    whole = small_map()
    assert places_of(whole.statements["s-fell"]) == [(38, 61)]
    assert places_of(whole.statements["s-toll"]) == []


def test_the_places_of_an_operation_are_those_of_what_it_changes_links_and_attributes() -> None:
    whole = small_map()
    fell, said, link = (
        whole.statements["s-fell"], whole.attributions["at-1"], whole.inferences["i-fell"]
    )  # fmt: skip
    for entity, places in ((fell, [(38, 61)]), (said, [(26, 37)]), (link, [(38, 61)])):
        operation = Operation("changed", (Change(entity, None),))
        assert passages_in(whole, operation) == places
    assert TEXT[26:37] == "Reports say"

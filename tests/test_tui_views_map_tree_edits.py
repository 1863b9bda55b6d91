"""Rows updated edit by edit equal the rows built from the whole map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from support.drivers.map_rows import (
    Turn,
    apply_operation,
    built,
    drawn,
    folds,
    follow,
    maps,
    quick,
    shifts,
    shown,
    undoings,
    wide_map,
)
from support.strategies.maps import Step, inference, small_map, statement, steps, with_all

from argmap.edit.compound import mark
from argmap.edit.verbs import add_statement, move_inference, move_statement, remove_statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Operation
    from tui.views.map_tree import MapTree


@given(maps, st.lists(st.one_of(steps, quick), max_size=15))
def test_after_edits_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step]
) -> None:
    follow(first(), list(turns))


@given(maps, st.lists(st.one_of(quick, folds), max_size=20))
def test_after_edits_and_folds_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


@given(maps, st.lists(st.one_of(quick, undoings), max_size=20))
def test_after_edits_that_are_undone_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


@given(maps, st.lists(st.one_of(quick, shifts), max_size=20))
def test_after_edits_and_moves_of_rows_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


def taken_in(argument_map: ArgumentMap, operation: Operation) -> bool:
    """Return whether *operation* is applied without a rebuild, and correctly."""
    tree, done = built(argument_map), argument_map.apply(operation)
    return tree.update(done, operation) and shown(tree) == shown(built(done))


def test_a_new_mark_is_added_without_a_rebuild() -> None:
    whole = wide_map()
    assert taken_in(whole, add_statement(whole, "new", "claim", "Words."))
    assert taken_in(whole, mark(whole, ("new", "link"), "evidence", [], "s2", text="Words."))
    assert taken_in(whole, remove_statement(whole, "s8"))
    assert taken_in(whole, remove_statement(whole, "s6"))


def rows_after(argument_map: ArgumentMap, operation: Operation, tree: MapTree | None = None) -> str:
    """Return the rows after *operation*, in the form of `drawn`."""
    tree = tree or built(argument_map)
    apply_operation(tree, argument_map.apply(operation), operation)
    return drawn(tree)


def test_what_is_undone_returns_to_its_place_before_what_came_later() -> None:
    whole = wide_map()
    removed = remove_statement(whole, "s6")
    later = mark(whole, ("new", "link"), "evidence", [], "s2", text="Words.")
    whole = whole.apply(later).apply(removed)
    assert rows_after(whole, removed.inverse) == "s1 .s2 ..s6 ..new .s3 .s4 .s5 s7 s8"


def test_a_restored_main_claim_is_first_even_as_a_premise() -> None:
    whole = with_all(
        [statement("s1", "C1", main=True), statement("s2", "C2")],
        [inference("i1", "I1", ["s1"], "s2")],
    )
    removed = remove_statement(whole, "s1")
    assert rows_after(whole.apply(removed), removed.inverse) == "s1 s2 .s1"


def test_a_restored_main_claim_is_first_whatever_its_label() -> None:
    whole = with_all([statement("s1", "C1"), statement("s2", "C2", main=True)])
    removed = remove_statement(whole, "s2")
    assert rows_after(whole.apply(removed), removed.inverse) == "s2 s1"


def test_premises_that_lose_their_step_stand_for_themselves() -> None:
    whole = wide_map()
    assert rows_after(whole, remove_statement(whole, "s3")) == "s1 .s2 ..s6 .s5 s4 s7 s8"


def test_a_new_step_comes_before_those_with_labels_of_other_programs() -> None:
    whole = wide_map()
    new = mark(whole, ("new", "link"), "evidence", [], "s1", text="Words.")
    assert rows_after(whole, new) == "s1 .s2 ..s6 .s3 .s4 .new .s5 s7 s8"


def test_what_is_new_comes_after_what_has_an_order() -> None:
    whole = with_all(
        [statement("s1", "C1"), statement("s2", "C2"), statement("s3", "E1", "evidence")]
    )
    whole = whole.apply(move_statement(whole, "s3", -1))
    new = add_statement(whole, "new", "claim", "Words.")
    assert rows_after(whole, new) == "s1 s3 s2 new"


def test_what_is_undone_returns_to_where_it_had_been_moved() -> None:
    whole = wide_map()
    whole = whole.apply(move_inference(whole, "i3", -1))
    tree = built(whole)
    removed = remove_statement(whole, "s5")
    whole = whole.apply(removed)
    assert tree.update(whole, removed)
    assert rows_after(whole, removed.inverse, tree) == "s1 .s2 ..s6 .s5 .s3 .s4 s7 s8"


def test_what_is_new_comes_after_what_was_new_where_the_main_claim_is_in_a_circle() -> None:
    whole, tree = small_map(), built(small_map())
    first = add_statement(whole, "new", "claim", "Words.")
    whole = whole.apply(first)
    assert tree.update(whole, first)
    newer = add_statement(whole, "newer", "claim", "Words.")
    assert tree.update(whole.apply(newer), newer)
    assert drawn(tree).endswith(" new newer")


def test_an_empty_map_has_no_rows_and_its_first_one_is_taken_in() -> None:
    empty = with_all()
    tree = built(empty)
    assert (tree.visible, tree.index(None), tree.reveal("nobody")) == ([], 0, 0)
    assert taken_in(empty, add_statement(empty, "new", "claim", "Words."))


def test_a_new_root_comes_before_what_only_leads_round_in_a_circle() -> None:
    listed = [statement("s1", "C1"), statement("s2", "C2")]
    links = [inference("i1", "I1", ["s1"], "s2"), inference("i2", "I2", ["s2"], "s1")]
    whole = with_all(listed, links)
    new = add_statement(whole, "new", "claim", "Words.")
    assert rows_after(whole, new) == "new s1 .s2 ..s1"


def test_a_root_moves_past_one_that_attacks_a_circle_of_inferences() -> None:
    listed = [statement(f"s{n}", f"C{n}") for n in (1, 2, 3, 4)]
    links = [inference("i1", "I1", ["s1"], "i2"), inference("i2", "I2", ["s2"], "i1", "opposes")]
    whole = with_all(listed, links)
    assert drawn(built(whole)) == "s3 s4 s1 s2"
    assert rows_after(whole, move_statement(whole, "s4", -1)) == "s4 s3 s1 s2"

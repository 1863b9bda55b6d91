"""The map has the right rows, also when folded, moved or filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.drivers.map_rows import (
    Turn,
    apply_operation,
    built,
    drawn,
    folds,
    follow,
    maps,
    parted,
    quick,
    shifts,
    shown,
    wide_map,
)
from support.strategies.maps import (
    Step,
    chain,
    edited,
    inference,
    small_map,
    statement,
    steps,
    with_all,
)

from argmap.edit.verbs import add_statement, move_inference, move_statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap
    from tui.views.map_tree import Node


@given(maps, st.lists(steps, max_size=20), st.integers(0, 50))
def test_folding_and_unfolding_restores_the_rows(
    first: Callable[[], ArgumentMap], some: list[Step], number: int
) -> None:
    tree = built(edited(some, first()))
    before = shown(tree)
    rows = parted(tree)
    if rows:
        node = rows[number % len(rows)]
        tree.toggle(node)
        at = tree.index(node)
        assert shown(tree) == before[: at + 1] + before[at + node.size :]
        tree.toggle(node)
    assert shown(tree) == before


@given(maps, st.lists(st.one_of(quick, folds), max_size=20))
def test_each_row_knows_its_number_and_what_is_folded_away_that_of_what_holds_it(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    tree, _ = follow(first(), turns)
    assert [tree.index(node) for node in tree.visible] == list(range(len(tree.visible)))
    seen = set(map(id, tree.visible))
    for node in tree.home.values():
        at = tree.visible[tree.index(node)]
        above: Node | None = node
        while above is not None and id(above) not in seen:
            above = above.parent
        assert at is above


# A statement that is referred to on a level above its own.
@example(small_map, [Step("add", "", (0,) * 14), Step("link", "", (0,) * 12 + (2, 0))])
@given(maps, st.lists(steps, max_size=20))
def test_levels_are_unfolded_while_there_is_room(
    first: Callable[[], ArgumentMap], some: list[Step]
) -> None:
    argument_map = edited(some, first())
    tree = built(argument_map)
    rows = shown(tree)
    for most in range(len(rows) + 2):
        tree.fold_below(most)
        depth = max((node.depth for node in tree.visible), default=0)
        assert shown(tree) == [row for row in rows if row[0] <= depth]
        assert depth == 0 or len(tree.visible) <= most
        with_next = [row for row in rows if row[0] <= depth + 1]
        assert shown(tree) == with_next or len(with_next) > most


@given(maps, st.lists(steps, max_size=20), st.integers(0, 50))
def test_a_revealed_row_is_visible(
    first: Callable[[], ArgumentMap], some: list[Step], number: int
) -> None:
    tree = built(edited(some, first()))
    tree.fold_below(1)
    ids = sorted(tree.home)
    if ids:
        wanted = ids[number % len(ids)]
        at = tree.reveal(wanted)
        assert tree.visible[at] is tree.home[wanted]


@given(maps, st.lists(steps, max_size=20), st.sets(st.integers(0, 12)))
def test_a_filter_shows_what_is_wanted_and_what_leads_there_and_then_all(
    first: Callable[[], ArgumentMap], some: list[Step], numbers: set[int]
) -> None:
    argument_map = edited(some, first())
    wanted = {id_ for n, id_ in enumerate(sorted(argument_map.statements)) if n in numbers}
    tree = built(argument_map)
    tree.fold_below(3)
    before = shown(tree)
    tree.filter(wanted.__contains__)
    seen = {node.statement for node in tree.visible}
    assert wanted <= seen
    leading = {node.parent.statement for node in tree.visible if node.parent}
    assert seen - wanted <= leading | {node.statement for node in tree.visible if node.mark}
    assert not tree.update(argument_map, add_statement(argument_map, "x", "claim", "Words."))
    tree.filter(None)
    assert shown(tree) == before


@pytest.mark.parametrize("fold", [True, False, None])
def test_under_a_filter_no_row_is_seen_twice(*, fold: bool | None) -> None:
    tree = built(wide_map())
    tree.toggle(tree.home["s1"])
    tree.filter({"s6", "s3"}.__contains__)
    tree.toggle(tree.home["s1"], fold=fold)
    assert len(set(map(id, tree.visible))) == len(tree.visible)


@given(maps, st.lists(steps, max_size=15), st.lists(shifts, max_size=12))
def test_moving_rows_moves_what_is_joined_together(
    first: Callable[[], ArgumentMap], some: list[Step], moves: list[Turn]
) -> None:
    tree, _ = follow(edited(some, first()), list(moves))
    for node in tree.home.values():
        runs = [child.inference for child in node.children]
        assert len({*runs}) == sum(a != b for a, b in zip(runs, [None, *runs], strict=False))


@given(maps, st.lists(steps, max_size=20))
def test_a_row_counts_itself_and_all_that_is_under_it(
    first: Callable[[], ArgumentMap], some: list[Step]
) -> None:
    tree = built(edited(some, first()))
    depths = [node.depth for node in tree.visible]
    for at, node in enumerate(tree.visible):
        rest = [n for n, depth in enumerate(depths) if n > at and depth <= node.depth]
        assert node.size == min(rest, default=len(depths)) - at


def test_a_row_moves_with_what_is_joined_to_it() -> None:
    whole, tree = wide_map(), built(wide_map())
    assert drawn(tree) == "s1 .s2 ..s6 .s3 .s4 .s5 s7 s8"
    operation = move_inference(whole, "i2", -1)
    assert tree.update(whole.apply(operation), operation)
    assert drawn(tree) == drawn(built(whole.apply(operation))) == "s1 .s3 .s4 .s2 ..s6 .s5 s7 s8"


def test_a_move_among_the_roots_needs_no_new_rows() -> None:
    whole, tree = wide_map(), built(wide_map())
    nodes = dict(tree.home)
    operation = move_statement(whole, "s8", -1)
    assert tree.update(whole.apply(operation), operation)
    assert drawn(tree) == "s1 .s2 ..s6 .s3 .s4 .s5 s8 s7"
    assert all(tree.home[id_] is node for id_, node in nodes.items())


def test_inferences_that_begin_with_one_statement_move_each_by_itself() -> None:
    listed = [statement(f"s{n}", f"C{n}") for n in range(1, 5)]
    premises = enumerate((["s2"], ["s3"], ["s2", "s4"]), 1)
    whole = with_all(listed, [inference(f"i{n}", f"I{n}", ids, "s1") for n, ids in premises])
    tree = built(whole)
    for _ in range(2):
        operation = move_inference(whole, "i3", -1)
        whole = whole.apply(operation)
        apply_operation(tree, whole, operation)
    assert [n.inference for n in tree.roots[0].children] == ["i3", "i3", "i1", "i2"]
    assert shown(built(whole, tree)) == shown(tree)


def test_rows_that_refer_to_others_do_not_fold() -> None:
    tree = built(small_map())
    again = next(node for node in tree.visible if node.mark)
    before = shown(tree)
    tree.toggle(again)
    assert shown(tree) == before
    assert again.statement not in tree.folded


def test_a_chain_of_fifty_thousand_is_built_folded_and_found() -> None:
    length = 50_000
    tree = built(chain(length))
    assert tree.visible[-1].depth == length - 1
    tree.toggle(tree.roots[0])
    assert len(tree.visible) == 1
    assert tree.reveal(f"s{length - 1}") == length - 1
    assert tree.roots[0].size == length
    tree.filter({f"s{length - 1}"}.__contains__)
    assert len(tree.visible) == length

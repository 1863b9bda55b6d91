"""The rows of the map: bit by bit they become what the whole map makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from map_strategies import Step, edited, inference, small_map, statement, steps, with_all

from argmap.edit import add_statement, remove_statement
from argmap.marking import mark
from tui.map_tree import MapTree, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Operation

SOME = settings(max_examples=70, deadline=None)
Shown = list[tuple[int, str | None, str, str, int, bool]]


@frozen
class Turn:
    """What a reader does to the rows, or to the map by undoing; numbers choose the row."""

    verb: str
    number: int = 0


def wide_map() -> ArgumentMap:
    """Return a map with joined premises, several of a kind, and labels that are not argmap's."""
    listed = [statement(f"s{n}", f"C{n}") for n in range(1, 9)]
    links = [
        inference("i1", "I1", ["s2"], "s1"),
        inference("i2", "I2", ["s3", "s4"], "s1"),
        inference("i3", "zeta", ["s5"], "s1", "opposes"),
        inference("i4", "I4", ["s6"], "s2"),
    ]
    return with_all(listed, links)


def shown(tree: MapTree) -> Shown:
    return [(n.depth, n.inference, n.statement, n.mark, n.size, n.is_last) for n in tree.visible]


def drawn(tree: MapTree) -> str:
    """Return the statements from the top, with a dot for each level they stand below it."""
    return " ".join("." * node.depth + node.statement for node in tree.visible)


def built(argument_map: ArgumentMap, like: MapTree | None = None) -> MapTree:
    """Return a new tree, with the folds and the order of *like*."""
    tree = MapTree() if like is None else MapTree(folded=set(like.folded), order=dict(like.order))
    tree.build(argument_map)
    return tree


def parted(tree: MapTree) -> list[Node]:
    """Return the rows that can be folded."""
    return [node for node in tree.visible if node.children and not node.mark]


def turn(tree: MapTree, verb: str, number: int) -> None:
    rows = parted(tree) if verb == "toggle" else tree.visible
    if rows and verb == "toggle":
        tree.toggle(rows[number % len(rows)])
    elif rows:
        tree.shift(rows[number % len(rows)], 1 if number % 2 else -1)


def take_in(tree: MapTree, argument_map: ArgumentMap, operation: Operation) -> None:
    """Let *tree* take in the *operation* that made *argument_map*, as the outline does."""
    if not tree.update(argument_map, operation):
        tree.build(argument_map)


def follow(first: ArgumentMap, turns: list[Step | Turn]) -> tuple[MapTree, ArgumentMap]:
    """Do *turns*; after each, the rows are those of a fresh build."""
    argument_map, tree = first, built(first)
    done: list[Operation] = []
    for number, each in enumerate(turns):
        operation = None
        if isinstance(each, Step):
            operation = each.operation(argument_map, f"new-{number}")
            done += [operation] if operation else []
        elif each.verb == "undo":
            operation = done.pop().inverse if done else None
        else:
            turn(tree, each.verb, each.number)
        if operation is not None:
            argument_map = argument_map.apply(operation)
            take_in(tree, argument_map, operation)
        assert shown(tree) == shown(built(argument_map, tree))
    return tree, argument_map


maps: st.SearchStrategy[Callable[[], ArgumentMap]] = st.sampled_from([small_map, wide_map])
"""Where edits begin; made anew for each, so that a failure is short to read."""
folds = st.builds(Turn, st.just("toggle"), st.integers(0, 50))
shifts = st.builds(Turn, st.just("shift"), st.integers(0, 50))
undoings = st.just(Turn("undo"))
quick = st.builds(
    Step,
    st.sampled_from(["add", "remove", "link", "unlink"]),
    st.just("Words"),
    st.tuples(*[st.integers(0, 31)] * 6),
)
"""The edits that move rows."""


@given(maps, st.lists(st.one_of(steps, quick), max_size=15))
@SOME
def test_after_edits_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step]
) -> None:
    follow(first(), list(turns))


@given(maps, st.lists(st.one_of(quick, folds), max_size=20))
@SOME
def test_after_edits_and_folds_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


@given(maps, st.lists(st.one_of(quick, undoings), max_size=20))
@SOME
def test_after_edits_that_are_undone_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


@given(maps, st.lists(st.one_of(quick, shifts), max_size=20))
@SOME
def test_after_edits_and_moves_of_rows_the_rows_are_those_of_a_fresh_build(
    first: Callable[[], ArgumentMap], turns: list[Step | Turn]
) -> None:
    follow(first(), turns)


def taken_in(argument_map: ArgumentMap, operation: Operation) -> bool:
    """Tell whether *operation* is taken in without a build, and rightly."""
    tree, done = built(argument_map), argument_map.apply(operation)
    return tree.update(done, operation) and shown(tree) == shown(built(done))


def test_a_mark_for_something_is_taken_in_without_a_build() -> None:
    whole = wide_map()
    assert taken_in(whole, add_statement(whole, "new", "claim", "Words."))
    assert taken_in(whole, mark(whole, ("new", "link"), "evidence", [], "s2", text="Words."))
    assert taken_in(whole, remove_statement(whole, "s8"))
    assert taken_in(whole, remove_statement(whole, "s6"))


def rows_after(argument_map: ArgumentMap, operation: Operation, tree: MapTree | None = None) -> str:
    """Return the rows after *operation*, as `drawn` does."""
    tree = tree or built(argument_map)
    take_in(tree, argument_map.apply(operation), operation)
    return drawn(tree)


def test_what_is_undone_returns_to_its_place_before_what_came_later() -> None:
    whole = wide_map()
    removed = remove_statement(whole, "s6")
    later = mark(whole, ("new", "link"), "evidence", [], "s2", text="Words.")
    whole = whole.apply(later).apply(removed)
    assert rows_after(whole, removed.inverse) == "s1 .s2 ..s6 ..new .s3 .s4 .s5 s7 s8"


def test_a_main_claim_that_is_undone_stands_first_though_it_is_a_premise() -> None:
    whole = with_all(
        [statement("s1", "C1", main=True), statement("s2", "C2")],
        [inference("i1", "I1", ["s1"], "s2")],
    )
    removed = remove_statement(whole, "s1")
    assert rows_after(whole.apply(removed), removed.inverse) == "s1 s2 .s1"


def test_a_main_claim_that_is_undone_stands_first_whatever_its_label() -> None:
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


def test_what_is_new_comes_last_where_the_reader_has_put_rows_in_order() -> None:
    whole = with_all(
        [statement("s1", "C1"), statement("s2", "C2"), statement("s3", "E1", "evidence")]
    )
    tree = built(whole)
    assert tree.shift(tree.home["s3"], -1)
    new = add_statement(whole, "new", "claim", "Words.")
    assert rows_after(whole, new, tree) == "s1 s3 s2 new"


def test_what_is_undone_returns_to_where_the_reader_had_put_it() -> None:
    whole = wide_map()
    tree = built(whole)
    assert tree.shift(tree.home["s5"], -1)
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


@given(maps, st.lists(steps, max_size=20), st.integers(0, 50))
@SOME
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
@SOME
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


@given(maps, st.lists(steps, max_size=20), st.integers(1, 30))
@SOME
def test_levels_are_unfolded_while_there_is_room(
    first: Callable[[], ArgumentMap], some: list[Step], most: int
) -> None:
    argument_map = edited(some, first())
    tree = built(argument_map)
    whole = len(tree.visible)
    tree.fold_below(most)
    assert len(tree.visible) <= max(most, len(tree.roots))
    if whole <= most:
        assert len(tree.visible) == whole
    assert shown(tree) == shown(built(argument_map, tree))


@given(maps, st.lists(steps, max_size=20), st.integers(0, 50))
@SOME
def test_what_is_revealed_is_seen(
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
@SOME
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
@SOME
def test_moving_rows_loses_none_and_joined_ones_stay_together(
    first: Callable[[], ArgumentMap], some: list[Step], moves: list[Turn]
) -> None:
    argument_map = edited(some, first())
    tree = built(argument_map)
    before = sorted(shown(tree), key=str)
    for each in moves:
        turn(tree, each.verb, each.number)
    rows = [row[:5] for row in sorted(shown(tree), key=str)]
    assert rows == [row[:5] for row in before]
    for node in tree.home.values():
        runs = [child.inference for child in node.children]
        assert len({*runs}) == sum(a != b for a, b in zip(runs, [None, *runs], strict=False))


@given(maps, st.lists(steps, max_size=20))
@SOME
def test_a_row_counts_itself_and_all_that_is_under_it(
    first: Callable[[], ArgumentMap], some: list[Step]
) -> None:
    tree = built(edited(some, first()))
    depths = [node.depth for node in tree.visible]
    for at, node in enumerate(tree.visible):
        rest = [n for n, depth in enumerate(depths) if n > at and depth <= node.depth]
        assert node.size == min(rest, default=len(depths)) - at


def test_a_row_moves_with_what_is_joined_to_it_and_not_beyond_the_last() -> None:
    tree = built(wide_map())
    assert drawn(tree) == "s1 .s2 ..s6 .s3 .s4 .s5 s7 s8"
    assert tree.shift(tree.home["s4"], -1)
    assert not tree.shift(tree.home["s3"], -1)
    assert not tree.shift(tree.home["s5"], 1)
    assert drawn(tree) == drawn(built(wide_map(), tree)) == "s1 .s3 .s4 .s2 ..s6 .s5 s7 s8"


def test_an_order_of_what_is_gone_harms_nothing() -> None:
    tree = built(wide_map())
    assert tree.shift(tree.home["s5"], -1)
    assert tree.shift(tree.home["s8"], -1)
    tree.order["gone"], tree.folded = ["x"], {"gone"}
    tree.build(wide_map().apply(remove_statement(wide_map(), "s3")))
    assert drawn(tree) == "s1 .s2 ..s6 .s5 s8 s7 s4"


def test_steps_that_begin_with_one_statement_move_each_by_itself() -> None:
    listed = [statement(f"s{n}", f"C{n}") for n in range(1, 5)]
    premises = enumerate((["s2"], ["s3"], ["s2", "s4"]), 1)
    whole = with_all(listed, [inference(f"i{n}", f"I{n}", ids, "s1") for n, ids in premises])
    tree = built(whole)
    joined = tree.roots[0].children[-1]
    assert tree.shift(joined, -1)
    assert tree.shift(joined, -1)
    assert [n.inference for n in tree.roots[0].children] == ["i3", "i3", "i1", "i2"]
    assert shown(built(whole, tree)) == shown(tree)


def test_rows_that_refer_to_others_do_not_fold() -> None:
    tree = built(small_map())
    again = next(node for node in tree.visible if node.mark)
    before = shown(tree)
    tree.toggle(again)
    assert shown(tree) == before
    assert again.statement not in tree.folded


def test_an_empty_map_has_no_rows_and_its_first_one_is_taken_in() -> None:
    empty = with_all()
    tree = built(empty)
    assert (tree.visible, tree.index(None), tree.reveal("nobody")) == ([], 0, 0)
    assert taken_in(empty, add_statement(empty, "new", "claim", "Words."))


def test_a_chain_of_fifty_thousand_is_built_folded_and_found() -> None:
    length = 50_000
    claims = [statement(f"s{n}", f"C{n}") for n in range(length)]
    links = [inference(f"i{n}", f"I{n}", [f"s{n + 1}"], f"s{n}") for n in range(length - 1)]
    tree = built(with_all(claims, links))
    assert tree.visible[-1].depth == length - 1
    tree.toggle(tree.roots[0])
    assert len(tree.visible) == 1
    assert tree.reveal(f"s{length - 1}") == length - 1
    assert tree.roots[0].size == length
    tree.filter({f"s{length - 1}"}.__contains__)
    assert len(tree.visible) == length

"""The rows of a map, for tests: maps to build them from, and the actions of a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from hypothesis import strategies as st

from argmap.edit.verbs import move_inference, move_statement
from argmap.errors import EditError
from support.strategies.maps import Step, inference, small_map, statement, with_all
from tui.views.map_tree import MapTree, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap, Operation

Shown = list[tuple[int, str | None, str, str, int, bool]]


@frozen
class Turn:
    """An action of a reader on the rows, or an undo; numbers choose the row."""

    verb: str
    number: int = 0


def wide_map() -> ArgumentMap:
    """Return a map with linked premises, several of a kind, and labels that are not argmap's."""
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
    """Return the statements from the top, with a dot for each level of depth."""
    return " ".join("." * node.depth + node.statement for node in tree.visible)


def built(argument_map: ArgumentMap, like: MapTree | None = None) -> MapTree:
    """Return a new tree, with the folds of *like*."""
    tree = MapTree() if like is None else MapTree(folded=set(like.folded))
    tree.build(argument_map)
    return tree


def parted(tree: MapTree) -> list[Node]:
    """Return the rows that can be folded."""
    return [node for node in tree.visible if node.children and not node.mark]


def toggle(tree: MapTree, number: int) -> None:
    """Fold or unfold one of the rows that can be folded."""
    if rows := parted(tree):
        tree.toggle(rows[number % len(rows)])


def moved(tree: MapTree, argument_map: ArgumentMap, number: int) -> Operation | None:
    """Return the edit that moves one of the rows up or down; None if it is refused."""
    node = tree.visible[number % len(tree.visible)]
    try:
        if node.inference is not None:
            return move_inference(argument_map, node.inference, 1 if number % 2 else -1)
        return move_statement(argument_map, node.statement, 1 if number % 2 else -1)
    except EditError:
        return None


def apply_operation(tree: MapTree, argument_map: ArgumentMap, operation: Operation) -> None:
    """Let *tree* apply the *operation* that made *argument_map*, as the outline does."""
    if not tree.update(argument_map, operation):
        tree.build(argument_map)


def follow(first: ArgumentMap, turns: list[Step | Turn]) -> tuple[MapTree, ArgumentMap]:
    """Do *turns*; after each, the rows must equal those of a fresh build."""
    argument_map, tree = first, built(first)
    done: list[Operation] = []
    for number, each in enumerate(turns):
        operation = None
        if isinstance(each, Step):
            operation = each.operation(argument_map, f"new-{number}")
        elif each.verb == "undo":
            operation = done.pop().inverse if done else None
        elif each.verb == "shift" and tree.visible:
            operation = moved(tree, argument_map, each.number)
        elif each.verb == "toggle":
            toggle(tree, each.number)
        if operation is not None and (isinstance(each, Step) or each.verb == "shift"):
            done.append(operation)
        if operation is not None:
            argument_map = argument_map.apply(operation)
            apply_operation(tree, argument_map, operation)
        assert shown(tree) == shown(built(argument_map, tree))
    return tree, argument_map


maps: st.SearchStrategy[Callable[[], ArgumentMap]] = st.sampled_from([small_map, wide_map])
"""Maps to start editing from; a new one for each example keeps failures short."""
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

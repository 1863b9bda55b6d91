"""Components of a graph: against reachability, in order, and at any depth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.analysis.graphs.components import components

SIZE = 7
graphs = st.lists(st.lists(st.integers(0, SIZE - 1), max_size=3), min_size=SIZE, max_size=SIZE)


def reach(graph: list[list[int]], node: int) -> set[int]:
    found = {node}
    while True:
        more = {after for each in found for after in graph[each]}
        if more <= found:
            return found
        found |= more


@given(graphs)
def test_what_leads_to_each_other_is_one_component(graph: list[list[int]]) -> None:
    found = {frozenset(component) for component in components(graph)}
    assert found == {
        frozenset(other for other in reach(graph, node) if node in reach(graph, other))
        for node in range(SIZE)
    }


@given(graphs)
def test_a_component_comes_after_all_that_it_leads_to(graph: list[list[int]]) -> None:
    done: set[int] = set()
    for component in components(graph):
        done.update(component)
        assert all(reach(graph, node) <= done for node in component)


def test_depth_is_unlimited() -> None:
    size = 50_000
    line = [[node + 1] for node in range(size - 1)]
    assert len([*components([*line, []])]) == size
    assert len([*components([*line, [0]])]) == 1

"""The outline: every statement in full once, circles cut, any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
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

from argmap.analysis.outline import DEEPEST, OutlineRow, outline, outline_lines, sign_for_row

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap


def rows(argument_map: ArgumentMap) -> list[tuple[int, str, str]]:
    return [(row.depth, row.statement.label, row.mark) for row in outline(argument_map)]


def test_a_small_map_is_shown_as_it_is_argued() -> None:
    assert rows(small_map()) == [
        (0, "C1", ""),
        (1, "A1", ""),
        (1, "E1", ""),
        (1, "C2", ""),
        (2, "C1", "circle"),
    ]


@given(st.lists(steps, max_size=30))
def test_each_statement_has_one_full_row(some: list[Step]) -> None:
    argument_map = edited(some)
    found = list(outline(argument_map))
    assert sorted(r.statement.id for r in found if not r.mark) == sorted(argument_map.statements)
    assert [r for r in found if r.mark and not has_its_mark(found, r)] == []


@given(st.lists(steps, max_size=30))
def test_the_ids_of_the_full_rows_go_into_the_table_of_the_caller(some: list[Step]) -> None:
    argument_map = edited(some)
    shown: dict[str, int] = {}
    full = 0
    for row in outline(argument_map, shown):
        if not row.mark:
            assert [*shown][full:] == [row.statement.id]
            full += 1
            shown[row.statement.id] = full
        assert len(shown) == full
    assert [*shown.values()] == [*range(1, len(argument_map.statements) + 1)]


@given(st.lists(steps, max_size=30))
def test_each_premise_is_one_level_below_its_conclusion(some: list[Step]) -> None:
    argument_map = edited(some)
    found = list(outline(argument_map))
    for place, row in enumerate(found):
        assert (row.depth == 0) == (row.inference is None)
        if row.inference is not None:
            target = row.inference.conclusion
            while target in argument_map.inferences:
                target = argument_map.inferences[target].conclusion
                if target == row.inference.conclusion:
                    break
            above = ancestors(found[: place + 1])
            assert row.statement.id in row.inference.premises
            assert target in argument_map.inferences or above[-1].statement.id == target


def ancestors(found: list[OutlineRow]) -> list[OutlineRow]:
    """Return the rows above the last of *found*, outermost first."""
    path: list[OutlineRow] = []
    for row in found:
        path = [*path[: row.depth], row]
    return path[:-1]


def has_its_mark(found: list[OutlineRow], row: OutlineRow) -> bool:
    """Return whether a repeated or circular row has the right mark."""
    place = next(n for n, each in enumerate(found) if each is row)
    is_above = row.statement.id in {r.statement.id for r in ancestors(found[: place + 1])}
    return row.mark == ("circle" if is_above else "again")


def test_a_statement_that_is_used_twice_is_shown_again_without_what_is_below_it() -> None:
    twice = with_all(
        [statement("a", "C1"), statement("b", "C2"), statement("e", "E1", "evidence"),
         statement("f", "E2", "evidence")],
        [inference("1", "I1", ["e"], "a"), inference("2", "I2", ["e"], "b"),
         inference("3", "I3", ["f"], "e")],
    )  # fmt: skip
    assert rows(twice) == [
        (0, "C1", ""), (1, "E1", ""), (2, "E2", ""), (0, "C2", ""), (1, "E1", "again"),
    ]  # fmt: skip


def test_a_circle_to_which_nothing_leads_is_shown_and_cut_where_it_closes() -> None:
    circle = with_all(
        [statement("a", "C1"), statement("b", "C2")],
        [inference("1", "I1", ["a"], "b"), inference("2", "I2", ["b"], "a")],
    )
    assert rows(circle) == [(0, "C1", ""), (1, "C2", ""), (2, "C1", "circle")]


def test_undercuts_that_target_each_other_end() -> None:
    circle = with_all(
        [statement("a", "C1"), statement("b", "C2")],
        [inference("1", "I1", ["a"], "2", "opposes"), inference("2", "I2", ["b"], "1", "opposes")],
    )
    assert sorted(label for _, label, mark in rows(circle) if not mark) == ["C1", "C2"]


def test_the_main_claim_comes_first() -> None:
    assert rows(with_all([statement("a", "C1"), statement("b", "C2", main=True)])) == [
        (0, "C2", ""), (0, "C1", ""),
    ]  # fmt: skip


def test_a_chain_of_fifty_thousand_is_shown_to_its_end() -> None:
    *_, last = outline(chain(50_000))
    assert (last.depth, last.statement.id, last.mark) == (49_999, "s49999", "")


def test_text_is_indented_to_a_limit_and_says_its_depth_beyond() -> None:
    lines = list(outline_lines(chain(DEEPEST + 2)))
    assert lines[DEEPEST] == "  " * DEEPEST + f"● C{DEEPEST} Words of C{DEEPEST}."
    assert lines[DEEPEST + 1].strip().startswith(f"({DEEPEST + 1}) ● C{DEEPEST + 1} ")
    assert max(len(line) - len(line.lstrip()) for line in lines) == 2 * DEEPEST


def test_the_signs_tell_what_each_row_is_to_the_row_above() -> None:
    argument_map = small_map()
    found = [(r.statement.label, sign_for_row(argument_map, r)) for r in outline(argument_map)]
    assert found == [("C1", "◉"), ("A1", "◆"), ("E1", "⊕"), ("C2", "⊘"), ("C1", "◉")]


def test_linked_premises_say_so() -> None:
    linked = [line for line in outline_lines(small_map()) if "linked" in line]
    assert linked == ["  ◆ A1 Words of A1. [I1, linked]", "  ⊕ E1 Words of E1. [I1, linked]"]

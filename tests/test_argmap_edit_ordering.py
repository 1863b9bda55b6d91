"""Moves in the map give exactly the wanted sequence, and change few orders."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.examples import FEW
from support.strategies.maps import inference, small_map, statement, with_all

from argmap import edit
from argmap.analysis.outline import outline, outline_lines, roots_of
from argmap.edit.ordering import orders_for
from argmap.errors import EditError
from argmap.model.map import place_order

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

LARGEST = 2**53

orders = st.one_of(st.none(), st.integers(1, 6), st.sampled_from([LARGEST - 1, LARGEST]))


def siblings(*orders_: int | None) -> list[Statement]:
    return [statement(f"s{n}", f"C{n}", order=order) for n, order in enumerate(orders_, 1)]


def after(wanted: list[Statement]) -> list[Statement]:
    """Return *wanted* with the orders computed for it, as the map then shows it."""
    found = orders_for(wanted)
    return sorted((evolve(s, order=found.get(s.id, s.order)) for s in wanted), key=place_order)


@given(st.lists(orders, min_size=1, max_size=7).flatmap(lambda o: st.permutations(siblings(*o))))
def test_any_sequence_comes_out_exactly(wanted: list[Statement]) -> None:
    assert [s.id for s in after(wanted)] == [s.id for s in wanted]


@given(st.lists(orders, min_size=1, max_size=7))
def test_a_sequence_that_is_there_already_takes_no_change(some: list[int | None]) -> None:
    assert orders_for(sorted(siblings(*some), key=place_order)) == {}


@given(st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=4, max_size=4), st.data())
@FEW
def test_no_smaller_change_would_do(some: list[int | None], data: st.DataObject) -> None:
    """All ways to give four siblings an order up to 7, or none, are tried."""
    wanted = data.draw(st.permutations(siblings(*some)))
    least = min(
        sum(s.order != order for s, order in zip(wanted, tried, strict=True))
        for tried in product((None, *range(1, 8)), repeat=4)
        if sorted_by(wanted, tried) == wanted
    )
    assert len(orders_for(wanted)) == least


def sorted_by(wanted: list[Statement], tried: tuple[int | None, ...]) -> list[Statement]:
    placed = [(evolve(s, order=o), s) for s, o in zip(wanted, tried, strict=True)]
    return [s for _, s in sorted(placed, key=lambda pair: place_order(pair[0]))]


def roots(argument_map: ArgumentMap) -> list[str]:
    return [s.label for s in roots_of(argument_map)]


def rows(argument_map: ArgumentMap) -> list[str]:
    return [row.statement.label for row in outline(argument_map)]


def three() -> ArgumentMap:
    """Return a map of three claims, with evidence and an undercut of it under the first."""
    claims = [statement(f"c{n}", f"C{n}", main=n == 1) for n in (1, 2, 3)]
    items = [statement(f"e{n}", f"E{n}", "evidence") for n in (1, 2, 3, 4)]
    links = [
        inference("i1", "I1", ["e1"], "c1"),
        inference("i2", "I2", ["e2", "e3"], "c1", "opposes"),
        inference("i3", "I3", ["e4"], "i1", "opposes"),
        inference("i4", "I4", ["c2"], "i1", "opposes"),
    ]
    return with_all([*claims, *items], links[:3])


def test_without_an_order_siblings_stand_by_label_and_the_main_claim_first() -> None:
    assert rows(three()) == ["C1", "E1", "E4", "E2", "E3", "C2", "C3"]


def test_what_has_an_order_comes_before_what_has_none() -> None:
    here = three()
    here = here.apply(edit.change_statement(here, "C3", order=7))
    here = here.apply(edit.change_inference(here, "I2", order=2**53))
    assert rows(here) == ["C3", "C1", "E2", "E3", "E1", "E4", "C2"]


def test_siblings_of_one_order_stand_by_label() -> None:
    here = three()
    for label in ("C3", "C2"):
        here = here.apply(edit.change_statement(here, label, order=1))
    assert roots(here) == ["C2", "C3", "C1"]


def test_an_undercut_moves_among_what_attacks_the_same_inference() -> None:
    here = three()
    here = here.apply(edit.link(here, "i4", ["c3"], "i1", "opposes"))
    assert rows(here) == ["C1", "E1", "E4", "C3", "E2", "E3", "C2"]
    operation = edit.move_inference(here, "i4", -1)
    assert operation.label == "moved C3 up under the link from E1 to C1"
    assert rows(here.apply(operation)) == ["C1", "E1", "C3", "E4", "E2", "E3", "C2"]


def test_a_move_is_named_and_changes_as_few_as_it_takes() -> None:
    here = three()
    down = edit.move_statement(here, "C1", 1)
    assert (down.label, len(down.changes)) == ("moved C1 down", 1)
    moved = here.apply(down)
    assert roots(moved) == ["C2", "C1", "C3"]
    up = edit.move_statement(moved, "C3", -1)
    assert (up.label, len(up.changes)) == ("moved C3 up", 1)
    assert roots(moved.apply(up)) == ["C2", "C3", "C1"]
    linked = edit.move_inference(here, "I2", -1)
    assert linked.label == "moved E2 and E3 up under C1"
    assert rows(here.apply(linked))[:5] == ["C1", "E2", "E3", "E1", "E4"]
    assert here.apply(linked).apply(linked.inverse) == here


def test_a_move_that_is_taken_back_by_another_leaves_no_order() -> None:
    here = three()
    for by in (-1, 1):
        here = here.apply(edit.move_statement(here, "C2", by))
    assert here == three()


@pytest.mark.parametrize(
    ("verb", "name", "by", "reason"),
    [
        (edit.move_statement, "C1", -1, "C1 cannot move further up"),
        (edit.move_statement, "C3", 1, "C3 cannot move further down"),
        (edit.move_inference, "I1", -1, "E1 cannot move further up"),
        (edit.move_inference, "I2", 1, "E2 and E3 cannot move further down"),
        (edit.move_inference, "I3", 1, "E4 cannot move further down"),
        (edit.move_statement, "E1", 1, "E1 is not a root of the map"),
    ],
)
def test_a_move_that_leads_nowhere_is_refused(
    verb: object, name: str, by: int, reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        verb(three(), name, by)  # type: ignore[operator]  # one of two verbs


def test_a_new_sibling_comes_last() -> None:
    here = three()
    here = here.apply(edit.move_statement(here, "C3", -1))
    here = here.apply(edit.move_inference(here, "I2", -1))
    here = here.apply(edit.add_statement(here, "new", "claim", "A new one."))
    here = here.apply(edit.add_statement(here, "item", "evidence", "For the first."))
    here = here.apply(edit.link(here, "link", ["item"], "c1", "supports"))
    assert rows(here) == ["C1", "E2", "E3", "E1", "E4", "E5", "C3", "C2", "C4"]


def test_what_is_moved_to_another_conclusion_loses_its_order() -> None:
    here = three()
    here = here.apply(edit.change_inference(here, "I2", order=1))
    kept = edit.change_inference(here, "I2", stance="supports", conclusion="c1")
    assert here.apply(kept).inferences["i2"].order == 1
    away = edit.change_inference(here, "I2", conclusion="c2")
    assert here.apply(away).inferences["i2"].order is None
    cleared = edit.change_inference(here, "I2", order=0)
    assert here.apply(cleared).inferences["i2"].order is None


def test_a_main_claim_that_is_used_comes_first_and_stays() -> None:
    here = small_map()  # C1, the main claim, supports C2
    assert rows(here)[0] == "C1"
    with pytest.raises(EditError, match="C1 is not a root of the map"):
        edit.move_statement(here, "C1", 1)


def test_the_outline_as_text_follows_the_order() -> None:
    here = three().apply(edit.move_statement(three(), "C3", -1))
    assert [line.split()[1] for line in outline_lines(here)] == [
        "C1", "E1", "E4", "E2", "E3", "C3", "C2",
    ]  # fmt: skip

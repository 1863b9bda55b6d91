"""Arrangements of panes: they fill the screen, and always include the focused pane."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.workbench.arrangement import NARROW, PANES, SMALLEST, THREE, TWO, WIDEST_TEXT, Arrangement

widths = st.integers(SMALLEST[0], 400)
moves = st.lists(st.tuples(st.sampled_from(PANES), st.integers(-60, 60)), max_size=10)


def arranged(active: str, some: list[tuple[str, int]], *, is_maximised: bool) -> Arrangement:
    arrangement = Arrangement()
    for pane, by in some:
        arrangement.active = pane
        arrangement.widen(by)
    arrangement.active, arrangement.is_maximised = active, is_maximised
    return arrangement


@given(width=widths, active=st.sampled_from(PANES), some=moves, is_maximised=st.booleans())
def test_panes_fill_the_screen_and_each_can_be_read(
    width: int, active: str, some: list[tuple[str, int]], *, is_maximised: bool
) -> None:
    arrangement = arranged(active, some, is_maximised=is_maximised)
    found = arrangement.widths(width)
    assert list(found) == arrangement.shown(width)
    assert sum(found.values()) == width
    assert min(found.values()) >= 20
    assert active in found


@given(widths, st.sampled_from(PANES), moves)
def test_panes_are_in_the_order_of_their_keys(
    width: int, active: str, some: list[tuple[str, int]]
) -> None:
    shown = arranged(active, some, is_maximised=False).shown(width)
    assert shown == [pane for pane in PANES if pane in shown]


@pytest.mark.parametrize(
    ("width", "active", "shown"),
    [
        (THREE, "details", ["text", "map", "details"]),
        (THREE - 1, "details", ["text", "details"]),
        (THREE - 1, "map", ["text", "map"]),
        (THREE - 1, "text", ["text", "map"]),
        (TWO, "text", ["text", "map"]),
        (TWO - 1, "text", ["text"]),
        (TWO - 1, "details", ["details"]),
    ],
)
def test_as_many_panes_are_shown_as_there_is_room_for(
    width: int, active: str, shown: list[str]
) -> None:
    assert Arrangement(active).shown(width) == shown


@given(widths, st.sampled_from(PANES))
def test_a_pane_that_is_maximised_is_alone(width: int, active: str) -> None:
    assert Arrangement(active, is_maximised=True).widths(width) == {active: width}


@pytest.mark.parametrize("active", PANES)
def test_the_pane_that_is_widened_becomes_wider_and_narrower_again(active: str) -> None:
    arrangement = Arrangement(active)
    before = arrangement.widths(160)
    arrangement.widen(4)
    assert arrangement.widths(160)[active] == before[active] + 4
    arrangement.widen(-4)
    assert arrangement.widths(160) == before


def test_a_long_line_of_text_is_not_made_longer_by_a_wide_screen() -> None:
    assert Arrangement().widths(400)["text"] == WIDEST_TEXT
    assert Arrangement().widths(400)["details"] == 56


@pytest.mark.parametrize("width", [THREE, 160, 200])
def test_the_map_has_the_room_of_the_details_while_nothing_is_selected(width: int) -> None:
    before = Arrangement(has_selection=False).widths(width)
    after = Arrangement(has_selection=True).widths(width)
    assert before["details"] == NARROW < after["details"]
    assert before["text"] == after["text"]
    assert before["map"] > after["map"]


def test_two_arrangements_share_nothing() -> None:
    one, other = Arrangement(), Arrangement()
    one.widen(4)
    assert other.shift == {"text": 0, "details": 0}

"""Boxes: in their places, never overlapping, and with any part drawable alone."""

from __future__ import annotations

from itertools import combinations, pairwise
from time import perf_counter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size, split_graphemes

from tui.workbench.map.boxes.layout import GAP, Box, BoxLayout, BoxPlace
from tui.workbench.map.boxes.text_layout import _PLAIN, LINES, wrap_in_box

MANY_MARKS = "\u0301" * 40
PIECES = [
    "a", "word ", " ", "   ", "incomprehensibilities", "“", "é", "字", "漢字かな", "e\u0301", "हिन्दी", "👩‍👩‍👧",
    "🇫🇮", "👍🏽", "❤\ufe0f", "1\ufe0f", "\ufe0f", "\u200d", "\u0301", MANY_MARKS, "\u3000", "\xa0", "\u200b",
]  # fmt: skip
"""Pieces that are wide, narrow, or combine with the character before them."""

texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
roles = st.sampled_from(["claim", "supports", "opposes", "assumption"])
widths = st.integers(12, 40)


def box(key: str, parent: str | None = None, **changed: Any) -> Box:  # noqa: ANN401  (any field)
    given = {"sign": "●", "label": key.upper(), "text": "words", "role": "claim", "linked": False}
    return Box(key=key, parent=parent, **{**given, "group": "", **changed})


@st.composite
def forests(draw: st.DrawFn) -> list[Box]:
    boxes: list[Box] = []
    for number in range(draw(st.integers(0, 14))):
        boxes.append(
            Box(
                key=str(number),
                parent=draw(st.sampled_from([None, *(each.key for each in boxes)])),
                sign="⊕",
                label=draw(
                    st.sampled_from(["E1", "", "字字字字字字字字字字字字", "e\u0301\u200d"])
                ),
                text=draw(texts),
                role=draw(roles),
                linked=draw(st.booleans()),
                group=draw(st.sampled_from("xy")),
            )
        )
    return boxes


def drawn(layout: BoxLayout, x: int, width: int, selected: str | None = None) -> list[str]:
    return [
        "".join(run[0] for run in layout.row(y, x, width, selected)) for y in range(layout.height)
    ]


def cells(layout: BoxLayout, y: int, x: int, width: int) -> list[tuple[str, str, str | None]]:
    """Return each cell with its styles and its key; a wide character's second cell is empty."""
    found: list[tuple[str, str, str | None]] = []
    for words, role, key in layout.row(y, x, width, "1"):
        for first, last, size in split_graphemes(words)[0]:
            found += [(words[first:last], role, key), ("", role, key)][:size]
    return found


def overlap(one: BoxPlace, other: BoxPlace) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(forests(), widths)
def test_no_two_boxes_overlap_and_all_are_within_the_drawing(boxes: list[Box], width: int) -> None:
    layout = BoxLayout(boxes, width)
    places = [layout.place_of(each.key) for each in boxes]
    assert not any(overlap(*pair) for pair in combinations(places, 2))
    assert min((place.y for place in places), default=0) == 0
    assert max((place.y + place.height for place in places), default=0) == layout.height
    assert max((place.x + place.width for place in places), default=0) == layout.width


@given(forests(), widths)
def test_a_box_is_right_of_its_parent_and_found_at_its_centre(boxes: list[Box], width: int) -> None:
    layout = BoxLayout(boxes, width)
    for each in boxes:
        place = layout.place_of(each.key)
        assert layout.key_at(place.x + width // 2, place.y + place.height // 2) == each.key
        assert layout.key_at(place.x + width, place.y) is None
        if each.parent is not None:
            assert place.x == layout.place_of(each.parent).x + width + GAP
            assert layout.neighbour(each.key, "left") == each.parent


@given(forests(), widths)
def test_a_parent_is_centred_on_its_children(boxes: list[Box], width: int) -> None:
    layout = BoxLayout(boxes, width)
    middle = {b.key: (p := layout.place_of(b.key)).y + (p.height - 1) // 2 for b in boxes}
    for each in boxes:
        children = [middle[b.key] for b in boxes if b.parent == each.key]
        if children:
            assert middle[each.key] == (children[0] + children[-1]) // 2
            assert children == sorted(children)


@given(forests(), widths, st.integers(-30, 130), st.integers(0, 130), st.integers(-2, 60))
def test_every_row_is_exactly_as_wide_as_asked(
    boxes: list[Box], box_width: int, x: int, width: int, y: int
) -> None:
    runs = BoxLayout(boxes, box_width).row(y, x, width, "1")
    assert sum(cell_len(words) for words, *_ in runs) == width
    assert cell_len("".join(words for words, *_ in runs)) == width
    assert all(words for words, *_ in runs)


@given(forests(), st.integers(-10, 130), st.integers(1, 90))
def test_what_is_clipped_is_the_same_part_of_the_whole(
    boxes: list[Box], x: int, width: int
) -> None:
    layout = BoxLayout(boxes)
    for y in range(layout.height):
        whole = cells(layout, y, -20, 300)[x + 20 : x + 20 + width]
        part = cells(layout, y, x, width)
        assert [cell[1:] for cell in part] == [cell[1:] for cell in whole]
        assert (
            part[1:-1]
            == [
                (" ", *cell[1:]) if number == 0 and cell[0] == "" else cell
                for number, cell in enumerate(whole)
            ][1:-1]
        )
        for mine, other in zip(part[:1] + part[-1:], whole[:1] + whole[-1:], strict=True):
            assert mine[0] in {other[0], " "}  # half of a wide character is a blank


@given(forests(), st.sampled_from(["up", "down"]))
def test_up_and_down_lead_to_the_nearest_box_of_the_column(boxes: list[Box], way: Any) -> None:  # noqa: ANN401  (a direction)
    layout = BoxLayout(boxes)
    for each in boxes:
        here = layout.place_of(each.key)
        column = [p for b in boxes if (p := layout.place_of(b.key)).x == here.x]
        beyond = [p for p in column if (p.y < here.y if way == "up" else p.y > here.y)]
        nearest = min(beyond, key=lambda place: abs(place.y - here.y), default=here)
        assert layout.place_of(layout.neighbour(each.key, way)) == nearest


@given(texts, st.integers(8, 40))
def test_lines_fit_and_what_is_cut_away_shows(text: str, room: int) -> None:
    lines = wrap_in_box(text, room)
    assert 1 <= len(lines) <= LINES
    assert all(cell_len(line) <= room for line in lines)
    shown = "".join("".join(lines).split())
    if not shown.endswith("…") and MANY_MARKS not in text:
        letters = [c for c in text if not c.isspace() and get_character_cell_size(c)]
        assert [c for c in shown if get_character_cell_size(c)] == letters


def test_what_is_taken_for_narrow_is_narrow() -> None:
    narrow = [c for c in map(chr, range(0x110000)) if _PLAIN.fullmatch(c)]
    assert {get_character_cell_size(c) for c in narrow} == {1}


@pytest.mark.parametrize("text", ["字" * 200, "x" * 200, "word " * 40, "👩‍👩‍👧" * 90])
def test_a_long_text_fills_its_lines_and_is_cut_with_a_sign(text: str) -> None:
    lines = wrap_in_box(text, 24)
    assert len(lines) == LINES
    assert all(cell_len(line) >= 18 for line in lines)
    assert lines[-1].endswith("…")


def test_lines_say_what_they_join() -> None:
    layout = BoxLayout(
        [
            box("c1"),
            box("e1", "c1", role="supports"),
            box("e2", "c1", role="opposes"),
            box("e3", "c1", role="supports", linked=True, group="i1"),
            box("e4", "c1", role="supports", linked=True, group="i1"),
            box("a1", "c1", role="assumption", linked=True, group="i1"),
        ]
    )
    assert drawn(layout, 28, GAP) == [
        "      ",
        "  ┌───",
        "  │   ",
        "  │   ",
        "  ├╌╌╌",
        "  │   ",
        "  │   ",
        "◀─┤ ╓─",
        "  │ ║ ",
        "  │ ║ ",
        "  └─╫─",
        "    ║ ",
        "    ║ ",
        "    ╙─",
        "      ",
    ]


def test_two_inferences_have_two_brackets_and_an_opposing_one_is_dashed() -> None:
    premises = [("e1", "supports", "i1"), ("e2", "supports", "i1")]
    premises += [("e3", "opposes", "i2"), ("a1", "assumption", "i2")]
    layout = BoxLayout(
        [box("c1"), *(box(k, "c1", role=r, linked=True, group=g) for k, r, g in premises)]
    )
    assert [line.rstrip() for line in drawn(layout, 28, GAP)] == [
        "", "    ╓─", "  ┌─╢", "  │ ║", "  │ ╙─", "◀─┤", "  │", "  │ ╓╌", "  └╌╢", "    ║", "    ╙╌", "",
    ]  # fmt: skip


def test_where_all_oppose_the_arrow_is_dashed_and_styled_too() -> None:
    layout = BoxLayout([box("c1"), box("e1", "c1", role="opposes")])
    assert layout.row(1, 28, GAP, None) == [("◀╌╌", "opposes", None), ("╌╌╌", "opposes", None)]
    layout = BoxLayout([box("c1"), *(box(k, "c1", role="opposes") for k in ("e1", "e2"))])
    assert [line.rstrip() for line in drawn(layout, 28, GAP)] == [
        "", "  ┌╌╌╌", "◀╌┤" , "  ╎", "  └╌╌╌", "",
    ]  # fmt: skip


def test_the_selected_box_has_a_heavy_border_and_its_styles_say_so() -> None:
    layout = BoxLayout([box("c1"), box("c2")])
    assert [line[0] for line in drawn(layout, 0, 28, "c2")] == [*"╭│╰ ┏┃┗"]
    assert {role for _, role, key in layout.row(5, 0, 28, "c2") if key == "c2"} == {
        "claim selected",
        "text selected",
    }


def test_a_box_names_its_sign_and_label_in_its_border() -> None:
    assert drawn(BoxLayout([box("c1", text="Tolls cut jams")]), 0, 28) == [
        "╭ ● C1 ────────────────────╮",
        "│ Tolls cut jams           │",
        "╰──────────────────────────╯",
    ]


@given(forests(), widths, st.sampled_from([0, 3, 99]))
def test_corners_and_styles_of_words_move_nothing(
    boxes: list[Box], width: int, length: int
) -> None:
    rooms: list[int] = []

    def corner(_: str, room: int) -> str:
        rooms.append(room)
        return "x" * max(0, min(room, length))

    plain = BoxLayout(boxes, width)
    layout = BoxLayout([evolve(each, look="fallen") for each in boxes], width, corner)
    assert (layout.width, layout.height) == (plain.width, plain.height)
    for y in range(layout.height):
        ours = "".join(run[0] for run in layout.row(y, 0, layout.width, None))
        theirs = "".join(run[0] for run in plain.row(y, 0, layout.width, None))
        assert cell_len(ours) == layout.width
        if "x" not in ours:
            assert ours == theirs
    assert bool(rooms) == bool(boxes)


def test_a_corner_is_at_the_end_of_the_first_row() -> None:
    layout = BoxLayout([box("c1")], 20, lambda key, room: f"{key} {room}")
    assert drawn(layout, 0, 20)[0] == "╭ ● C1 ────── c1 10╮"


def test_a_box_whose_parent_is_not_there_is_a_root() -> None:
    assert BoxLayout([box("c1", "gone")]).place_of("c1") == BoxPlace(0, 0, 28, 3)


def test_nothing_is_drawn_of_no_boxes() -> None:
    layout = BoxLayout([])
    assert (layout.width, layout.height, layout.key_at(0, 0)) == (0, 0, None)
    assert layout.row(0, 0, 5, None) == [("     ", "", None)]


def test_a_small_part_is_close_to_a_big_neighbour() -> None:
    big = [box("c1"), *(box(f"e{n}", "c1") for n in range(9))]
    layout = BoxLayout(
        [box("r"), *(each if each.parent else box("c1", "r") for each in big), box("c2", "r")]
    )
    first, second = layout.place_of("c1"), layout.place_of("c2")
    assert second.y == first.y + first.height


@pytest.mark.parametrize("shape", ["chain", "flat", "two chains"])
def test_very_many_boxes_are_laid_out_and_a_row_is_drawn_at_once(shape: str) -> None:
    back = {"chain": 1, "flat": 50_000, "two chains": 2}[shape]
    boxes = [box("0"), *(box(str(n), str(max(0, n - back))) for n in range(1, 50_000))]
    layout = BoxLayout(boxes)
    begun = perf_counter()
    for y in range(40):
        layout.row(layout.height // 2 + y, layout.width // 2, 120, None)
    assert perf_counter() - begun < 1
    column = [layout.place_of(each.key) for each in boxes if layout.place_of(each.key).x == 0]
    assert all(one.y < other.y for one, other in pairwise(column))

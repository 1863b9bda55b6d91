"""Boxes: in their places, never over each other, and drawn row by row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.box_layout import GAP, WIDTH, Box, BoxLayout


def box(key: str, parent: str | None = None, text: str = "words", role: str = "claim") -> Box:
    return Box(key, parent, "●", key.upper(), text, role)


@st.composite
def forests(draw: st.DrawFn) -> list[Box]:
    texts = st.text(st.sampled_from("ab 漢字é👩‍👩‍👧😀\u0301"), max_size=60)
    roles = st.sampled_from(["claim", "supports", "opposes", "assumption"])
    boxes: list[Box] = []
    for number in range(draw(st.integers(1, 12))):
        parent = draw(st.sampled_from([None, *(b.key for b in boxes)]))
        linked = draw(st.booleans())
        boxes.append(
            Box(str(number), parent, "⊕", f"E{number}", draw(texts), draw(roles), is_linked=linked)
        )
    return boxes


def drawn(layout: BoxLayout, x: int, width: int, chosen: str | None = None) -> list[str]:
    return [
        "".join(words for words, *_ in layout.row(y, x, width, chosen))
        for y in range(layout.height)
    ]


@given(forests())
def test_no_two_boxes_overlap(boxes: list[Box]) -> None:
    layout = BoxLayout(boxes)
    taken: set[tuple[int, int]] = set()
    for each in boxes:
        place = layout.place_of(each.key)
        cells = {(place.depth, y) for y in range(place.y, place.y + place.height)}
        assert not cells & taken
        assert place.y + place.height <= layout.height
        taken |= cells


@given(forests())
def test_a_box_is_right_of_the_one_that_it_leads_to_and_found_under_its_middle(
    boxes: list[Box],
) -> None:
    layout = BoxLayout(boxes)
    for each in boxes:
        place = layout.place_of(each.key)
        assert layout.key_at(place.x + WIDTH // 2, place.middle) == each.key
        if each.parent is not None:
            assert place.x == layout.place_of(each.parent).x + WIDTH + GAP
            assert layout.neighbour(each.key, "left") == each.parent


@given(forests(), st.integers(0, 90), st.integers(1, 90))
def test_every_row_is_exactly_as_wide_as_asked_and_a_part_of_the_whole(
    boxes: list[Box], x: int, width: int
) -> None:
    layout = BoxLayout(boxes)
    for part, whole in zip(drawn(layout, x, width), drawn(layout, 0, 200), strict=True):
        assert cell_len(part) == width
        if whole.isascii():
            assert part == whole[x : x + width]


def test_lines_say_what_they_join() -> None:
    layout = BoxLayout(
        [
            box("c1"),
            box("c2", "c1"),
            box("e1", "c1", role="opposes"),
            Box("a1", "c1", "◆", "A1", "words", "assumption", is_linked=True),
        ]
    )
    lines = drawn(layout, WIDTH, GAP)
    assert lines == [
        "      ",
        "  ┌───",
        "  │   ",
        "  │   ",
        "◀─┼╌╌╌",
        "  │   ",
        "  │   ",
        "  └═══",
        "      ",
    ]


def test_the_chosen_box_has_a_heavy_border() -> None:
    layout = BoxLayout([box("c1"), box("c2")])
    assert [line[0] for line in drawn(layout, 0, WIDTH, "c2")] == [*"╭│╰┏┃┗"]


def test_long_words_are_cut_with_a_sign() -> None:
    layout = BoxLayout([box("c1", text="word " * 40)])
    assert layout.place_of("c1").height == 5
    assert drawn(layout, 0, WIDTH)[3].rstrip(" │").endswith("…")


def test_up_and_down_stay_in_the_column() -> None:
    layout = BoxLayout([box("c1"), box("c2", "c1"), box("c3"), box("c4", "c3")])
    assert layout.neighbour("c2", "down") == "c4"
    assert layout.neighbour("c4", "up") == "c2"
    assert layout.neighbour("c2", "up") == "c2"
    assert layout.neighbour("c2", "right") == "c2"


def test_a_very_long_chain_is_laid_out() -> None:
    boxes = [box("0")] + [box(str(n), str(n - 1)) for n in range(1, 50_000)]
    layout = BoxLayout(boxes)
    assert layout.height == 3
    assert cell_len("".join(w for w, *_ in layout.row(1, 40_000, 120, None))) == 120

"""The looks of the panes: strong and faint styles, and columns that stay in place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support.drivers.workbench import TEXT, driving
from textual.widget import Widget

from argmap.edit.verbs import attribute
from argmap.model.source import Attribution
from tui.shell.themes import THEMES
from tui.text.pane import GUTTER
from tui.workbench.arrangement import NARROW
from tui.workbench.details.pane import DetailsPane
from tui.workbench.map.foot import FOOT
from tui.workbench.panes import Panes

if TYPE_CHECKING:
    from pathlib import Path

    from rich.style import Style
    from support.drivers.workbench import Driver

SIZES = [(80, 24), (120, 40), (200, 60)]


async def test_the_corner_between_two_scroll_bars_has_the_ground_of_its_pane(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        for theme in ("argmap-dark", "argmap-light"):
            driver.app.theme = theme
            await driver.press("2", "m")
            pane = driver.bench.panes.map_view
            ground = pane.background_colors[1]
            assert pane.styles.scrollbar_corner_color.rgb == ground.rgb


def style_of(driver: Driver, words: str) -> Style:
    """Return the style in which the first of *words* is drawn in the text pane."""
    pane = driver.bench.text
    offset = pane.paragraphs.text.index(words)
    row = pane.layout_.row_of(offset)
    pane.scroll_to_row(row)
    column = pane.layout_.column_of(offset) + GUTTER
    for segment in pane.render_line(row - pane.scroll_offset.y):
        column -= cell_len(segment.text)
        if column < 0:
            assert segment.style is not None
            return segment.style
    raise AssertionError(words)


def brightness(style: Style) -> int:
    """Return the distance of the background of *style* from black."""
    assert style.bgcolor is not None
    return sum(style.bgcolor.get_truecolor())


async def test_mapped_words_are_dimmed_and_not_underlined_and_others_are_plain(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        plain = style_of(driver, "Drivers")
        await driver.press("j", "c", "j", "c")
        mapped = style_of(driver, "toll pays")
        assert style_of(driver, "Drivers").color == plain.color
        assert mapped.color != plain.color
        assert not mapped.underline


async def test_only_words_of_several_statements_are_underlined(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "j", "c", "l", "l", "l", "e")
        assert style_of(driver, "that traffic").underline
        assert not style_of(driver, "traffic fell").underline
        await driver.press("u")
        assert not style_of(driver, "that traffic").underline


async def test_cues_have_their_accent_wherever_they_are_and_are_bold(path: Path) -> None:
    async with driving(path) as driver:
        cues = [a.cue for a in driver.map.attributions.values() if a.cue_start is not None]
        for cue in ("puts", "they made it", "told this newspaper that"):
            assert cue in cues
            style = style_of(driver, cue)
            assert style.bold
            assert style.color == driver.bench.text.styled("text--cue").color
        place = driver.bench.text.paragraphs.text.index("puts")
        driver.bench.text.go_to(driver.bench.text.sentence_at(place))
        await driver.settle()
        assert style_of(driver, "puts").color == driver.bench.text.styled("text--cue").color


async def test_a_cue_is_there_from_the_attribution_on_and_goes_with_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "j", "c")
        said = Attribution(
            "at", driver.bench.work.statement.id, "evidential_hedge", cue="Reports say",
            cue_start=TEXT.index("Reports say"),
        )  # fmt: skip
        await driver.press("j")
        assert not style_of(driver, "Reports say").bold
        driver.bench.work.do(attribute(driver.map, said))
        assert style_of(driver, "Reports say").bold
        await driver.press("u")
        assert not style_of(driver, "Reports say").bold


@pytest.mark.parametrize("theme", ["argmap-dark", "argmap-contrast"])
async def test_the_words_to_be_marked_are_stronger_than_the_selected_ones(
    path: Path, theme: str
) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.theme = theme
        await driver.press("j", "c", "j")
        selected, marked, plain = (
            brightness(style_of(driver, words)) for words in ("toll pays", "Reports", "Drivers")
        )
        assert plain < selected < marked
        await driver.press("l")
        assert brightness(style_of(driver, "Reports")) > marked


@pytest.mark.parametrize("theme", ["argmap-terminal", "argmap-light"])
async def test_the_word_cursor_can_be_seen_in_every_theme(path: Path, theme: str) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.theme = theme
        await driver.press("j", "j", "l")
        word, other = style_of(driver, "Reports"), style_of(driver, "fifth")
        assert word.bold
        assert (word.reverse, word.bgcolor) != (other.reverse, other.bgcolor)


async def test_in_sixteen_colours_what_is_chosen_is_reversed_and_bold_and_never_tinted(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.theme = "argmap-terminal"
        await driver.press("j", "c", "j")
        assert style_of(driver, "toll pays").bold
        assert style_of(driver, "Reports").reverse
        for pane, names in (
            (driver.bench.text, ("text--cursor", "text--selected", "text--match", "text--head")),
            (driver.bench.outline, ("map--cursor", "map--drop")),
            (driver.bench.details.list, ("field--cursor",)),
        ):
            for name in names:
                ground = pane.styled(name).bgcolor
                assert ground is None or ground.is_default, name


# The map


@pytest.mark.parametrize("size", SIZES)
async def test_grades_are_in_one_column_and_nothing_else_is(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, size=size) as driver:
        pane = driver.bench.outline
        ends = set()
        for y in range(pane.rows_seen):
            line = pane.render_line(y).text.rstrip()
            node = pane.forest.visible[y] if y < len(pane.forest.visible) else None
            if line.endswith(("▰", "▱", "~", "····")):
                ends.add(len(line.rstrip("~")))
                assert node is not None
                assert driver.map.statements[node.statement].kind == "claim"
            assert not any(badge in line for badge in ("≤", "d:", "·· ··"))
        assert len(ends) == 1


async def test_rows_have_the_room_until_something_is_rated(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")
        assert driver.bench.outline.render_line(0).text.rstrip().endswith("itself.")


async def test_the_whole_statement_is_under_the_map_where_no_details_are(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        pane = driver.bench.outline
        height = pane.scrollable_content_region.height
        assert pane.rows_seen == height
        await driver.press("2", "j", "j", "j")
        assert pane.rows_seen == height - FOOT
        foot = " ".join(pane.render_line(y).text.strip() for y in range(height - 3, height))
        assert driver.bench.work.statement.text in " ".join(foot.split())
        await driver.press("G")
        assert pane.at - pane.scroll_offset.y < pane.rows_seen
        await driver.press("3")
        assert driver.bench.work.statement.text[:20] in driver.seen


async def test_no_foot_repeats_what_the_details_say(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        await driver.press("2", "j")
        pane = driver.bench.outline
        assert pane.rows_seen == pane.scrollable_content_region.height


async def test_a_double_click_opens_the_row_that_was_clicked(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("2", "g")
        row = driver.row_of(" E4 ")
        await driver.pilot.click(offset=(60, row), times=2)
        await driver.settle()
        assert driver.bench.work.statement.label == "E4"
        assert driver.row_of(" E4 ") == row


async def test_labels_have_one_width_so_that_words_begin_in_one_column(path: Path) -> None:
    async with driving(path) as driver:
        pane = driver.bench.outline
        rows = {driver.map.statements[n.statement].label: n for n in pane.forest.visible}
        columns = set()
        for label in ("C2", "C14"):
            words = driver.labelled(label).text[:10]
            columns.add(pane.render_line(pane.forest.index(rows[label])).text.index(words))
        assert len(columns) == 1


async def test_details_have_one_blank_row_between_groups(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.settle()
        pane = driver.bench.details.list
        blank = [not pane.render_line(y).text.strip() for y in range(20)]
        assert any(blank)
        assert not any(a and b for a, b in pairwise(blank))


# Frames


async def test_details_are_narrow_only_while_nothing_is_selected(path: Path) -> None:
    async with driving(path, size=(120, 40)) as driver:
        details = driver.bench.details
        assert details.outer_size.width == NARROW
        await driver.press("2", "j")
        width = details.outer_size.width
        assert width > NARROW
        for key in ("j", "j", "1", "j", "j", "j", "2", "k"):
            await driver.press(key)
            assert details.outer_size.width == width


@pytest.mark.parametrize("size", SIZES)
async def test_counts_are_at_the_right_end_of_the_top_border(
    path: Path, size: tuple[int, int]
) -> None:
    async with driving(path, size=size) as driver:
        for focus in ("1", "2"):
            await driver.press(focus)
            for pane, count in (
                (driver.bench.text, "1/49"),
                (driver.bench.outline, "39 statements"),
            ):
                region = pane.region
                top = driver.lines[region.y][region.x : region.right]
                assert f"{count} ─" in top
                assert len(top) - top.index(count) - len(count) <= 3
                assert top.index(top.split()[1]) == 3


@pytest.mark.parametrize("focus", ["1", "2"])
async def test_the_map_says_in_its_title_that_it_is_filtered(path: Path, focus: str) -> None:
    async with driving(path) as driver:
        driver.bench.work.filter("unsupported")
        await driver.press(focus)
        assert "─ map · claims without support ─" in driver.seen
        driver.bench.work.filter("all")
        await driver.settle()
        assert "─ map ─" in driver.seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("focus", ["1", "2", "3"])
async def test_no_two_lines_are_side_by_side(path: Path, size: tuple[int, int], focus: str) -> None:
    async with driving(path, size=size) as driver:
        await driver.press("2", "j", focus)
        view = driver.bench.panes.active_view
        region = (driver.bench.details if focus == "3" else view).region
        for line in driver.lines[region.y + 1 : region.bottom - 1]:
            assert line[region.x] == "│"
            assert line[region.right - 1] in "│┃"
            for edge in (region.x - 1, region.right - 2, region.right):
                assert line[edge : edge + 1] in {"", " "}


async def test_bars_are_thin_and_take_one_column(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        assert "┃" in driver.seen
        assert not set("▁▂▃▄▅▆▇█") & set(driver.seen)
        await driver.press("2", "G")
        region = driver.bench.outline.region
        assert driver.lines[region.bottom - 2][region.right - 1] == "┃"
        assert driver.lines[region.y + 1][region.right - 1] == "│"


async def test_a_click_on_the_bar_scrolls(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        await driver.press("1")
        region = driver.bench.text.region
        await driver.pilot.click(offset=(region.right - 1, region.bottom - 3))
        await driver.settle()
        assert driver.bench.text.scroll_offset.y > 0


# Without colour


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_without_colour_words_differ_from_their_background_in_every_theme(
    path: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(path) as driver:
        for name in ("argmap-terminal", theme):
            driver.app.theme = name
            await driver.press("j", "l")
            strips = driver.app.screen._compositor.render_strips()  # noqa: SLF001  (no other way)
            for segment in (segment for strip in strips for segment in strip):
                style = segment.style
                if segment.text.strip() and style is not None and style.color is not None:
                    is_own = style.color.is_default
                    assert is_own or style.color != style.bgcolor, (name, segment)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", ["3", "2 m", "3 enter", "1 z", "2 b", "2 j 3"])
async def test_what_no_part_of_a_pane_covers_is_blank_as_the_screen_is(
    path: Path, size: tuple[int, int], keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(path, size=size, drawn=True) as driver:
        await driver.press(*keys.split())
        seen = driver.app.screen._compositor.render_strips()  # noqa: SLF001  (no other way to see it)
        for container in (Panes, DetailsPane):
            monkeypatch.setattr(container, "render_lines", Widget.render_lines)
        again = driver.app.screen._compositor.render_strips()  # noqa: SLF001  (likewise)
        assert [list(strip.simplify()) for strip in seen] == [list(s.simplify()) for s in again]

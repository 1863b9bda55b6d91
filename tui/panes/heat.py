"""The heat map: claims as rows, criteria as columns; only the rows that are seen are drawn."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from argmap.outline import SIGNS
from argmap.text import visible
from tui.actions import bindings_for
from tui.cells import cut
from tui.grade_cells import bar
from tui.heat import HeatLayout, HeatRow, laid_out, row_of
from tui.panes.painted import PaintedPane
from tui.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import BindingType

    from tui.rating import Round

HEAD: Final = 2
"""Rows of headings, which stay where they are."""


class HeatPane(PaintedPane):
    """Draws the answers of one assessor, with a cursor on one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("heat")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat--quiet", "heat--label", "heat--here", "heat--heading", "heat--guide", "heat--claim",
        "heat--0", "heat--1", "heat--2", "heat--3", "heat--4",
    }  # fmt: skip
    DEFAULT_CSS = """
    HeatPane {
        height: 1fr; padding: 0 0 0 1; overflow-x: hidden; overflow-y: scroll;
        & > .heat--quiet { color: $foreground 70%; }
        & > .heat--label { text-style: bold; }
        & > .heat--claim { color: $primary; }
        & > .heat--heading { color: $accent; }
        & > .heat--guide { color: $foreground 35%; }
        & > .heat--0 { background: $primary 6%; }
        & > .heat--1 { background: $primary 15%; }
        & > .heat--2 { background: $primary 25%; }
        & > .heat--3 { background: $primary 36%; }
        & > .heat--4 { background: $primary 45%; }
        &:ansi > .heat--0, &:ansi > .heat--1, &:ansi > .heat--2 { background: ansi_default; }
        &:ansi > .heat--3, &:ansi > .heat--4 { background: ansi_default; text-style: bold; }
        & > .heat--here { text-style: bold reverse; }
    }
    """

    class Moved(Message):
        """The reader went to another cell by the mouse."""

    class Opened(Message):
        """The reader wants to rate what is under the cursor."""

    def __init__(self, round_: Round) -> None:
        """Draw the answers that *round_* leads through, and where it is."""
        super().__init__()
        self._round = round_
        self._rows: dict[str, HeatRow] = {}
        self._place = laid_out(round_.rubric, 80, 0)

    @property
    def row(self) -> int:
        """The number of the claim that the cursor is on."""
        return self._round.place

    @property
    def column(self) -> int:
        """The number of the criterion that the cursor is on."""
        return self._round.criteria.index(self._round.criterion)

    def show(self, round_: Round) -> None:
        """Draw *round_*, scrolled so that the cursor is seen."""
        if (round_.rubric, round_.assessor) != (self._round.rubric, self._round.assessor):
            self._rows.clear()
        self._round = round_
        width, height = self.scrollable_content_region.size
        self._place = laid_out(round_.rubric, max(20, width), self.column, self._place.first)
        self.set_extent(width, len(round_.claims) + HEAD)
        top, room = self.scroll_offset.y, max(1, height - HEAD)
        if not top <= self.row < top + room:
            self.scroll_to_row(self.row if self.row < top else self.row - room + 1)
        self.refresh()

    def row_of(self, claim: str) -> HeatRow:
        """Return the answers on *claim*, an id, worked out again where they have changed."""
        known, argument_map = self._rows.get(claim), self._round.map
        listed = argument_map.ratings_of.get(claim)
        nature = argument_map.statements[claim].nature
        if known is None or known.ratings is not listed or known.nature != nature:
            known = row_of(argument_map, claim, self._round.rubric, self._round.assessor)
            self._rows[claim] = known
        return known

    def on_click(self, event: events.Click) -> None:
        """Go to the cell under the mouse; rate it by a double click."""
        place = event.get_content_offset(self)
        row = place.y - HEAD + self.scroll_offset.y if place and place.y >= HEAD else -1
        if place is None or not 0 <= row < len(self._round.claims):
            return
        self._round.claim = self._round.claims[row]
        number = self._place.number_at(place.x)
        if number is not None:
            self._round.criterion = self._round.criteria[number]
        self.post_message(self.Moved() if event.chain == 1 else self.Opened())

    def render_line(self, y: int) -> Strip:
        """Draw row *y* of what is seen."""
        width = self.scrollable_content_region.width
        number = y - HEAD + self.scroll_offset.y
        if y < HEAD:
            segments = self._blocks() if y == 0 else self._headings()
        elif number < len(self._round.claims):
            segments = self._claim(self._round.claims[number], is_here=number == self.row)
        else:
            return Strip.blank(width, self.styled())
        return Strip(list(segments)).adjust_cell_length(width, self.styled())

    def _blocks(self) -> Iterator[Segment]:
        """Yield the titles of the blocks over their columns."""
        place, style = self._place, self.styled("heat--quiet")
        yield Segment(" " * place.label, style)
        blocks = [n for n, b in enumerate(self._round.rubric.blocks) for _ in b.criteria]
        for block, numbers in groupby(place.numbers, key=blocks.__getitem__):
            listed = list(numbers)
            if place.begins(listed[0]):
                yield Segment(drawn("│"), self.styled("heat--guide"))
            title = visible(self._round.rubric.blocks[block].title)
            yield Segment(cut(f" {title}", place.cell * len(listed)), style)
        yield Segment(" " * place.grade, style)

    def _headings(self) -> Iterator[Segment]:
        """Yield the names of the criteria; a sign where there are more at a side."""
        place, criteria = self._place, self._round.criteria
        less = drawn("◀" if place.first else "")
        yield Segment(f"{less:>{place.label}}", self.styled("heat--quiet"))
        for number in place.numbers:
            if place.begins(number):
                yield Segment(drawn("│"), self.styled("heat--guide"))
            is_here = number == self.column
            words = visible(criteria[number]).replace("_", " ")[: place.cell - 1]
            look = "heat--heading" if is_here else "heat--quiet"
            yield Segment(cut(f" {words}", place.cell), self.styled(look, "heat--label" * is_here))
        more = "▸" if place.first + place.shown < len(criteria) else " "
        yield Segment(cut(drawn(f"{more}grade"), place.grade), self.styled("heat--quiet"))

    def _claim(self, claim: str, *, is_here: bool) -> Iterator[Segment]:
        place, row = self._place, self.row_of(claim)
        statement = self._round.map.statements[claim]
        sign = SIGNS["main" if statement.main else "claim"]
        label = visible(statement.label)
        yield Segment(drawn(f"{sign} "), self.styled("heat--claim"))
        words = f"{label} {' '.join(visible(statement.text).split())}"
        shown = cut(words, place.label - 2)
        yield Segment(shown[: len(label)], self.styled("heat--label"))
        yield Segment(shown[len(label) :], self.styled("" if is_here else "heat--quiet"))
        for number in place.numbers:
            if place.begins(number):
                yield Segment(drawn("│"), self.styled("heat--guide"))
            yield from self._cell(row.cells[number], is_here=is_here and number == self.column)
        yield Segment(cut(f" {drawn(self._grade(row, place))}", place.grade), self.styled())

    def _cell(self, cell: tuple[str, int | None], *, is_here: bool) -> Iterator[Segment]:
        sign, tint = cell
        width = self._place.cell - 1
        words = drawn(f"[{sign}]" if is_here else f" {sign} ")
        yield Segment(" ", self.styled())
        look = "heat--here" if is_here else f"heat--{tint}" if tint is not None else "heat--quiet"
        yield Segment(f"{words:^{width}}"[:width], self.styled(look))

    def _grade(self, row: HeatRow, place: HeatLayout) -> str:
        grade, rubric = row.standing.grade, row.standing.rubric
        if not place.has_words:
            return bar(grade, len(rubric.bands))
        return visible(grade.in_words(rubric)) + ("~" if grade.state == "provisional" else "")

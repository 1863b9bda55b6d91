"""The pane of the heat map, which draws only the rows in view."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from argmap.analysis.outline import SIGNS
from argmap.text.display import visible
from tui.actions.action import bindings
from tui.look.cells import cut
from tui.look.signs import drawn
from tui.views.grade_cells import bar
from tui.widgets.jump_places import Target
from tui.widgets.painted import PaintedPane

from .actions import ACTIONS
from .cells import NAME_AT, SHAPES, HeatLayout, HeatRow, heat_row, lay_out, name_row, name_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import BindingType

    from tui.rating.round import Round

_FEWEST: Final = 7
"""Minimum number of claims in view; with fewer, names of criteria share one row."""
_NO_GRADE: Final = "none"
"""Shown in the narrow column of grades where too few criteria are rated."""


class HeatPane(PaintedPane):
    """Draws the answers of one assessor, with a cursor on one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
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
        & > .heat--3, & > .heat--4 { text-style: bold; }
        &:ansi > .heat--3, &:ansi > .heat--4 { background: ansi_default; text-style: bold; }
        & > .heat--here { text-style: bold reverse; }
    }
    """

    class Moved(Message):
        """The reader has moved the cursor with the mouse."""

    class Opened(Message):
        """The reader has asked to rate the claim under the cursor."""

    def __init__(self, round_: Round) -> None:
        """Draw the answers of the claims of *round_*, with the cursor at its question."""
        super().__init__()
        self._round = round_
        self._rows: dict[str, HeatRow] = {}
        self._place = lay_out(round_.rubric, 80, 0)
        self._heads: list[list[tuple[int, str]]] = []
        self._has_blocks = True
        """Whether there is room for a row with the titles of the blocks."""

    @property
    def head(self) -> int:
        """The number of heading rows, which do not scroll."""
        return len(self._heads) + self._has_blocks

    @property
    def row(self) -> int:
        """The number of the claim under the cursor."""
        return self._round.place

    @property
    def column(self) -> int:
        """The number of the criterion under the cursor."""
        return self._round.criteria.index(self._round.criterion)

    def show(self, round_: Round) -> None:
        """Draw *round_*, scrolled so that the cursor is in view."""
        if (round_.rubric, round_.assessor) != (self._round.rubric, self._round.assessor):
            self._rows.clear()
        self._round = round_
        width, height = self.scrollable_content_region.size
        self._place = lay_out(round_.rubric, max(20, width), self.column, self._place.first)
        steps = name_rows(self._place)
        has_room = height - len(steps) >= _FEWEST
        self._heads = steps if has_room else [name_row(self._place)]
        self._has_blocks = height - len(self._heads) > 2 * _FEWEST
        self.set_extent(width, len(round_.claims) + self.head)
        top, room = self.scroll_offset.y, max(1, height - self.head)
        if not top <= self.row < top + room:
            self.scroll_to_row(self.row if self.row < top else self.row - room + 1)
        self.refresh()

    def row_for(self, claim: str) -> HeatRow:
        """Return the answers on *claim*, an id, computed again if they have changed."""
        known, argument_map = self._rows.get(claim), self._round.map
        listed = argument_map.ratings_of.get(claim)
        nature = argument_map.statements[claim].nature
        if known is None or known.ratings is not listed or known.nature != nature:
            known = heat_row(argument_map, claim, self._round.rubric, self._round.assessor)
            self._rows[claim] = known
        return known

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked cell; rate it on a double click."""
        place = event.get_content_offset(self)
        if place is None:
            return
        round_, row = self._round, place.y - self.head + self.scroll_offset.y
        number = self._place.number_at(place.x)
        criterion = round_.criterion if number is None else round_.criteria[number]
        if place.y < self.head:
            if number is not None:
                round_.go_to(round_.claim, criterion)
                self.post_message(self.Moved())
        elif row < len(round_.claims):
            round_.go_to(round_.claims[row], criterion)
            self.post_message(self.Moved() if event.chain == 1 else self.Opened())

    def jump_targets(self) -> Iterator[Target]:
        """Yield the claims and the criteria in view."""
        round_, head = self._round, self.head
        top, height = self.scroll_offset.y, self.scrollable_content_region.height - head
        for row in range(top, min(len(round_.claims), top + height)):
            yield Target(
                row - top + head, 0, partial(self._jump, round_.claims[row], round_.criterion)
            )
        for number in self._place.numbers:
            x = next(x for x in range(self.size.width) if self._place.number_at(x) == number)
            yield Target(
                head - 1, x + 1, partial(self._jump, round_.claim, round_.criteria[number])
            )

    def _jump(self, claim: str, criterion: str) -> None:
        self._round.go_to(claim, criterion)
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """Draw row *y* of the view."""
        width = self.scrollable_content_region.width
        number = y - self.head + self.scroll_offset.y
        if y < self.head:
            is_title = self._has_blocks and y == 0
            segments = self._blocks() if is_title else self._names(y - self._has_blocks)
        elif number < len(self._round.claims):
            segments = self._claim(self._round.claims[number], is_here=number == self.row)
        else:
            return Strip.blank(width, self.styled())
        return Strip(list(segments)).adjust_cell_length(width, self.styled())

    def _blocks(self) -> Iterator[Segment]:
        """Yield the titles of the blocks above their columns."""
        place, style = self._place, self.styled("heat--quiet")
        yield Segment(" " * place.label, style)
        blocks = [n for n, b in enumerate(self._round.rubric.blocks) for _ in b.criteria]
        for block, numbers in groupby(place.numbers, key=blocks.__getitem__):
            listed = list(numbers)
            yield Segment(" " * (place.gap * place.begins(listed[0])), style)
            title = visible(self._round.rubric.blocks[block].title)
            yield Segment(cut(f"{' ' * NAME_AT}{title}", place.cell * len(listed)), style)
        yield Segment(" " * place.grade, style)

    def _line(self, number: int) -> Iterator[Segment]:
        """Yield the gap before column *number* with its line, if a block begins there."""
        if self._place.begins(number):
            yield Segment(" " * (self._place.gap - 1), self.styled())
            yield Segment(drawn("│"), self.styled("heat--guide"))

    def _names(self, step: int) -> Iterator[Segment]:
        """Yield a row of names of criteria, with the lines below earlier names."""
        place, row = self._place, self._heads[step]
        is_last = step == len(self._heads) - 1
        less = drawn("◀" if place.first and is_last else "")
        yield Segment(f"{less:>{place.label}}", self.styled("heat--quiet"))
        x, end = place.label, place.width - (place.grade if is_last else 0)
        for at, (number, words) in enumerate(row):
            start = place.start_of(number) + NAME_AT
            limit = place.start_of(row[at + 1][0]) + NAME_AT if at + 1 < len(row) else end
            yield Segment(" " * (start - x), self.styled())
            shown = cut(words, max(0, min(limit - start - 1, cell_len(words)))) or drawn("│")
            is_here = number == self.column
            look = "heat--heading" if is_here else "heat--quiet" if words else "heat--guide"
            yield Segment(shown, self.styled(look, "heat--label" * is_here))
            x = start + cell_len(shown)
        if is_last:
            yield Segment(" " * (end - x), self.styled())
            more = "▸" if place.first + place.shown < len(self._round.criteria) else " "
            yield Segment(cut(drawn(f"{more}grade"), place.grade), self.styled("heat--quiet"))

    def _claim(self, claim: str, *, is_here: bool) -> Iterator[Segment]:
        place, row = self._place, self.row_for(claim)
        statement = self._round.map.statements[claim]
        sign = SIGNS["main" if statement.main else "claim"]
        label = visible(statement.label)
        yield Segment(drawn(f"{sign} "), self.styled("heat--claim"))
        words = f"{label} {' '.join(visible(statement.text).split())}"
        shown = cut(words, place.label - 2)
        yield Segment(shown[: len(label)], self.styled("heat--label"))
        yield Segment(shown[len(label) :], self.styled("" if is_here else "heat--quiet"))
        for number in place.numbers:
            yield from self._line(number)
            yield from self._cell(row.cells[number], is_here=is_here and number == self.column)
        yield Segment(cut(f" {drawn(self._grade(row, place))}", place.grade), self.styled())

    def _cell(self, cell: tuple[str, int | None], *, is_here: bool) -> Iterator[Segment]:
        sign, tint = cell
        width = self._place.cell - 1
        words = f"{sign}{'' if tint is None else SHAPES[tint]}"
        words = f"[{words}"[: width - 1] + "]" if is_here else f" {words}"
        yield Segment(" ", self.styled())
        look = "heat--here" if is_here else f"heat--{tint}" if tint is not None else "heat--quiet"
        yield Segment(drawn(f"{words:<{width}}"[:width]), self.styled(look))

    def _grade(self, row: HeatRow, place: HeatLayout) -> str:
        grade, rubric = row.standing.grade, row.standing.rubric
        if not place.has_words:
            is_open = grade.band is None and grade.state != "not_applicable"
            return _NO_GRADE if is_open else bar(grade, len(rubric.bands))
        return visible(grade.format(rubric)) + ("~" if grade.state == "provisional" else "")

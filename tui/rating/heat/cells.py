"""The layout of the columns of the heat map, and the sign in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.analysis.answer_signs import sign_for_answer
from argmap.analysis.grading import grade_of_answers, implications, weights_of
from argmap.text.display import visible
from tui.views.grade_cells import NOT_ASSESSED
from tui.views.grades import AssessorGrade

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Nature

TINTS: Final = 5
"""The number of tints; the levels of a rubric are spread over them."""

SHAPES: Final = "▁▂▄▆█"
"""One shape for each tint, so that levels differ without colour."""

NARROWEST: Final = 4
NAME_AT: Final = 2
"""Column, in cells, at which the sign of a criterion and its name above begin."""
WIDEST: Final = 7
"""Maximum width of a column, in cells."""
LABEL: Final = 8
"""Minimum width for the signs and labels of claims, in cells."""
WORDS_FROM: Final = 104
"""Width of a screen, in cells, from which grades are written out."""


@frozen
class HeatRow:
    """The answers of one assessor on one claim."""

    ratings: list[Rating] | None
    """All ratings of the claim; a changed list makes the row outdated."""
    nature: Nature | None
    cells: tuple[tuple[str, int | None], ...]
    """The sign of each criterion, with the tint of its level or None."""
    standing: AssessorGrade


def heat_row(argument_map: ArgumentMap, claim: str, rubric: Rubric, assessor: str) -> HeatRow:
    """Return the answers of *assessor* on *claim*, an id, under *rubric*."""
    listed = argument_map.ratings_of.get(claim)
    nature = argument_map.statements[claim].nature
    key = (rubric.id, rubric.version, assessor)
    own = {r.criterion: r for r in listed or () if (r.rubric, r.version, r.assessor) == key}
    answers = {name: rating.answer for name, rating in own.items()}
    implied = implications(answers, nature, rubric)
    cells = []
    for criterion in rubric.criteria.values():
        answer = answers.get(criterion.id)
        counts = isinstance(answer, int) and criterion.id not in implied
        tint = round(answer * (TINTS - 1) / criterion.top) if counts else None  # type: ignore[operator]  # `counts` has looked
        cells.append((sign_for_answer(answer, is_implied=criterion.id in implied), tint))
    grade = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    return HeatRow(listed, nature, tuple(cells), AssessorGrade(grade, rubric, own))


@frozen
class HeatLayout:
    """The places of the columns of a heat map, in cells."""

    rubric: Rubric
    width: int
    first: int
    """The number of the first criterion in view, from 0."""
    shown: int
    """The number of criteria in view."""
    cell: int
    """Width of a column."""
    gap: int
    """Width of the gap before each block but the first."""

    @property
    def has_words(self) -> bool:
        """Whether grades are written out."""
        return self.width >= WORDS_FROM

    @property
    def grade(self) -> int:
        """Width of the grade, with a blank before it."""
        return grade_width(self.rubric, self.width)

    @property
    def numbers(self) -> range:
        """The numbers of the criteria in view."""
        return range(self.first, self.first + self.shown)

    @property
    def label(self) -> int:
        """Width of the claim."""
        return self.width - self.grade - sum(map(self.cells_of, self.numbers))

    def cells_of(self, number: int) -> int:
        """Return the width of column *number*, with the gap if a block begins there."""
        return self.cell + self.gap * self.begins(number)

    def begins(self, number: int) -> bool:
        """Return whether a block other than the first begins with criterion *number*."""
        return number in _begins(self.rubric)

    def start_of(self, number: int) -> int:
        """Return the first cell of column *number*, after the gap before its block."""
        before = sum(map(self.cells_of, range(self.first, number)))
        return self.label + before + self.gap * self.begins(number)

    def number_at(self, x: int) -> int | None:
        """Return the number of the criterion at cell *x*; None outside the columns."""
        place = self.label
        for number in self.numbers:
            if place <= x < place + self.cells_of(number):
                return number
            place += self.cells_of(number)
        return None


def lay_out(rubric: Rubric, width: int, at: int, first: int = 0) -> HeatLayout:
    """Lay out the columns in *width* cells, with criterion *at* in view.

    Args:
        rubric: The rubric whose criteria are the columns.
        width: Width of the whole map, in cells.
        at: The number of the criterion that has to be in view.
        first: The first criterion that was in view before; it stays if it can.
    """
    count = len(rubric.criteria)
    lines = len(_begins(rubric))
    free = width - LABEL - grade_width(rubric, width)
    room = max(NARROWEST, free - lines)
    cell = max(NARROWEST, min(WIDEST, room // count))
    shown = max(1, min(count, room // cell))
    first = min(max(first, at - shown + 1), at, count - shown)
    spare = (free - shown * cell) // lines if lines else 1
    return HeatLayout(rubric, width, first, shown, cell, max(1, min(spare, _gap(rubric, cell))))


def name_rows(place: HeatLayout) -> list[list[tuple[int, str]]]:
    """Return the names of the criteria in view as stairs, each in full.

    Each step names one criterion of each block, above its column; a line leads down from
    there. The name of a later criterion is lower, where no line of an earlier one crosses it.

    Returns:
        For each row, the number and words of every criterion whose name or line it has, from
        left to right; the words of a line are empty.
    """
    blocks = _blocks(place)
    depth = max(map(len, blocks), default=0)
    # The heading of the grades is in the last row, and would cut a last name there.
    depth += bool(blocks) and len(blocks[-1]) == depth
    return [
        [
            (number, _name_of(place, number) if at == step else "")
            for block in blocks
            for at, number in enumerate(block)
            if at <= step
        ]
        for step in range(depth)
    ]


def name_row(place: HeatLayout) -> list[tuple[int, str]]:
    """Return the number and the name of every criterion in view, for a single row."""
    return [(number, _name_of(place, number)) for number in place.numbers]


def _blocks(place: HeatLayout) -> list[list[int]]:
    """Return the numbers of the criteria in view, by block."""
    blocks: list[list[int]] = []
    for number in place.numbers:
        if not blocks or place.begins(number):
            blocks.append([])
        blocks[-1].append(number)
    return blocks


def _name_of(place: HeatLayout, number: int) -> str:
    return _in_words(list(place.rubric.criteria)[number])


def _in_words(criterion: str) -> str:
    return visible(criterion).replace("_", " ")


def _gap(rubric: Rubric, cell: int) -> int:
    """Return the width of the gap that names need at the end of a block."""
    return max(
        (
            len(_in_words(criterion.id)) + NAME_AT + 1 - (len(block.criteria) - at) * cell
            for block in rubric.blocks[:-1]
            for at, criterion in enumerate(block.criteria)
        ),
        default=1,
    )


def grade_width(rubric: Rubric, width: int) -> int:
    """Return the width of grades, with a blank, on a screen of *width* cells."""
    if width < WORDS_FROM:
        return 1 + max(len(rubric.bands), len(NOT_ASSESSED))
    return 2 + max(len("Not gradable"), *(len(visible(band)) + 1 for band in rubric.bands))


def legend(rubric: Rubric, width: int) -> str:
    """Return the meaning of the signs in the cells, as many as fit *width* cells."""
    top = max(criterion.top for criterion in rubric.criteria.values())
    words = f"levels 0{SHAPES[0]} to {top}{SHAPES[-1]}"
    parts = ["· not rated", "? cannot judge", "– does not apply", "° ruled out", "~ provisional"]
    for part in parts:
        if len(words) + len(part) + 2 > width:
            break
        words += f"  {part}"
    return words


def _begins(rubric: Rubric) -> set[int]:
    starts, number = set(), 0
    for block in rubric.blocks[:-1]:
        number += len(block.criteria)
        starts.add(number)
    return starts

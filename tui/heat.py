"""The heat map, as cells: which columns are seen, and what stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.answer_signs import sign_of
from argmap.grading import grade_of_answers, implications, weights_of
from argmap.text import visible
from tui.grade_cells import NOT_ASSESSED
from tui.grades import Standing

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.words import Nature

TINTS: Final = 5
"""Tints of levels; those of a rubric with more levels, or fewer, are spread over them."""

NARROWEST: Final = 4
WIDEST: Final = 7
"""Cells of a column, at most."""
LABEL: Final = 8
"""Cells for the claims, at least: their signs and labels."""
WORDS_FROM: Final = 104
"""Cells of a screen from which on grades stand in words."""


@frozen
class HeatRow:
    """The answers of one assessor on one claim."""

    ratings: list[Rating] | None
    """Everybody's, as the map lists them: the row holds while this is the same list."""
    nature: Nature | None
    cells: tuple[tuple[str, int | None], ...]
    """For each criterion its sign, and the tint of its level where one counts."""
    standing: Standing


def row_of(argument_map: ArgumentMap, claim: str, rubric: Rubric, assessor: str) -> HeatRow:
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
        cells.append((sign_of(answer, is_implied=criterion.id in implied), tint))
    grade = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    return HeatRow(listed, nature, tuple(cells), Standing(grade, rubric, own))


@frozen
class HeatLayout:
    """Where the columns of a heat map are, in a number of cells."""

    rubric: Rubric
    width: int
    first: int
    """The number of the first criterion that is seen."""
    shown: int
    """How many are."""
    cell: int
    """Cells of one of them."""

    @property
    def has_words(self) -> bool:
        """Tell whether grades stand in words."""
        return self.width >= WORDS_FROM

    @property
    def grade(self) -> int:
        """Cells for the grade, with a blank before it."""
        return grade_width(self.rubric, self.width)

    @property
    def numbers(self) -> range:
        """The numbers of the criteria that are seen."""
        return range(self.first, self.first + self.shown)

    @property
    def label(self) -> int:
        """Cells for the claim."""
        return self.width - self.grade - sum(map(self.cells_of, self.numbers))

    def cells_of(self, number: int) -> int:
        """Return the cells of a column; where a block begins it has one more, for a line."""
        return self.cell + self.begins(number)

    def begins(self, number: int) -> bool:
        """Tell whether a block, but the first, begins with criterion *number*."""
        return number in _begins(self.rubric)

    def number_at(self, x: int) -> int | None:
        """Return the number of the criterion in the cell at column *x*; None beside them."""
        place = self.label
        for number in self.numbers:
            if place <= x < place + self.cells_of(number):
                return number
            place += self.cells_of(number)
        return None


def laid_out(rubric: Rubric, width: int, at: int, first: int = 0) -> HeatLayout:
    """Return where the columns are in *width* cells, so that criterion *at* is seen.

    Args:
        rubric: Whose criteria are the columns.
        width: Cells of the whole map.
        at: The number of the criterion that is to be seen.
        first: The first that was seen before; it stays where it can.
    """
    count = len(rubric.criteria)
    lines = len(_begins(rubric))
    room = max(NARROWEST, width - LABEL - grade_width(rubric, width) - lines)
    cell = max(NARROWEST, min(WIDEST, room // count))
    shown = max(1, min(count, room // cell))
    first = min(max(first, at - shown + 1), at, count - shown)
    return HeatLayout(rubric, width, first, shown, cell)


def grade_width(rubric: Rubric, width: int) -> int:
    """Return the cells for grades on a screen of *width*, with a blank before them."""
    if width < WORDS_FROM:
        return 1 + max(len(rubric.bands), len(NOT_ASSESSED))
    return 2 + max(len("Not gradable"), *(len(visible(band)) + 1 for band in rubric.bands))


def _begins(rubric: Rubric) -> set[int]:
    found, number = set(), 0
    for block in rubric.blocks[:-1]:
        number += len(block.criteria)
        found.add(number)
    return found

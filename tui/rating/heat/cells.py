"""The heat map, as cells: which columns are seen, and the signs in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.analysis.answer_signs import sign_of
from argmap.analysis.grading import grade_of_answers, implications, weights_of
from argmap.text.display import visible
from tui.views.grade_cells import NOT_ASSESSED
from tui.views.grades import ClaimGrade

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Nature

TINTS: Final = 5
"""Tints of levels; those of a rubric with more levels, or fewer, are spread over them."""

SHAPES: Final = "▁▂▄▆█"
"""Drawn after the levels of each tint, so that they differ without colour too."""

NARROWEST: Final = 4
NAME_AT: Final = 2
"""The cell of a column over which its name begins: that of the sign in it."""
WIDEST: Final = 7
"""Cells of a column, at most."""
LABEL: Final = 8
"""Cells for the claims, at least: their signs and labels."""
WORDS_FROM: Final = 104
"""Cells of a screen from which on grades are in words."""


@frozen
class HeatRow:
    """The answers of one assessor on one claim."""

    ratings: list[Rating] | None
    """Everybody's, as the map lists them: the row holds while this is the same list."""
    nature: Nature | None
    cells: tuple[tuple[str, int | None], ...]
    """For each criterion its sign, and the tint of its level where one counts."""
    standing: ClaimGrade


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
        cells.append((sign_of(answer, is_implied=criterion.id in implied), tint))
    grade = grade_of_answers(answers, nature, rubric, weights_of(rubric))
    return HeatRow(listed, nature, tuple(cells), ClaimGrade(grade, rubric, own))


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
    gap: int
    """Cells before each block but the first, for the end of a name and a line."""

    @property
    def has_words(self) -> bool:
        """Tell whether grades are in words."""
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
        """Return the cells of a column; where a block begins it has more, for a line."""
        return self.cell + self.gap * self.begins(number)

    def begins(self, number: int) -> bool:
        """Tell whether a block, but the first, begins with criterion *number*."""
        return number in _begins(self.rubric)

    def start_of(self, number: int) -> int:
        """Return the first cell of column *number* itself, after the gap before its block."""
        before = sum(map(self.cells_of, range(self.first, number)))
        return self.label + before + self.gap * self.begins(number)

    def number_at(self, x: int) -> int | None:
        """Return the number of the criterion in the cell at column *x*; None beside them."""
        place = self.label
        for number in self.numbers:
            if place <= x < place + self.cells_of(number):
                return number
            place += self.cells_of(number)
        return None


def lay_out(rubric: Rubric, width: int, at: int, first: int = 0) -> HeatLayout:
    """Return where the columns are in *width* cells, so that criterion *at* is seen.

    Args:
        rubric: Whose criteria are the columns.
        width: Cells of the whole map.
        at: The number of the criterion that is to be seen.
        first: The first that was seen before; it stays where it can.
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
    """Return the names of the criteria that are seen as steps, so that each can be read whole.

    Each step names one criterion of each block, over its column; a line leads down from there.
    The name of a later criterion is lower, where no line of an earlier one is in its way.

    Returns:
        For each row, number and words of every criterion whose name or line it has, from left
        to right; the words of a line are empty.
    """
    blocks = _blocks(place)
    depth = max(map(len, blocks), default=0)
    # The column of grades is beside the last row, where a last name would have no room.
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
    """Return the number and the name of every criterion that is seen."""
    return [(number, _name_of(place, number)) for number in place.numbers]


def _blocks(place: HeatLayout) -> list[list[int]]:
    """Return the numbers of the criteria that are seen, by block."""
    found: list[list[int]] = []
    for number in place.numbers:
        if not found or place.begins(number):
            found.append([])
        found[-1].append(number)
    return found


def _name_of(place: HeatLayout, number: int) -> str:
    return _in_words(list(place.rubric.criteria)[number])


def _in_words(criterion: str) -> str:
    return visible(criterion).replace("_", " ")


def _gap(rubric: Rubric, cell: int) -> int:
    """Return the cells between two blocks in which the names of the first one can end."""
    return max(
        (
            len(_in_words(criterion.id)) + NAME_AT + 1 - (len(block.criteria) - at) * cell
            for block in rubric.blocks[:-1]
            for at, criterion in enumerate(block.criteria)
        ),
        default=1,
    )


def grade_width(rubric: Rubric, width: int) -> int:
    """Return the cells for grades on a screen of *width*, with a blank before them."""
    if width < WORDS_FROM:
        return 1 + max(len(rubric.bands), len(NOT_ASSESSED))
    return 2 + max(len("Not gradable"), *(len(visible(band)) + 1 for band in rubric.bands))


def legend(rubric: Rubric, width: int) -> str:
    """Return what the signs in the cells mean, as much of it as fits *width* cells."""
    top = max(criterion.top for criterion in rubric.criteria.values())
    words = f"levels 0{SHAPES[0]} to {top}{SHAPES[-1]}"
    parts = ["· not rated", "? cannot judge", "– does not apply", "° ruled out", "~ provisional"]
    for part in parts:
        if len(words) + len(part) + 2 > width:
            break
        words += f"  {part}"
    return words


def _begins(rubric: Rubric) -> set[int]:
    found, number = set(), 0
    for block in rubric.blocks[:-1]:
        number += len(block.criteria)
        found.add(number)
    return found

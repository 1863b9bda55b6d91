"""Grades in cells: the column at the right of the map, and the corners of boxes.

Four cells that fill, with `~` after them for a provisional grade, dots where too little is
rated, a dash where the rubric does not apply. The column shows nothing else: the details say in
words what the grade is, who graded and what limits it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from argmap.text.display import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.analysis.grading import Grade
    from argmap.analysis.what_if import ClaimOutcome
    from argmap.model.rubric import Rubric

    from .grades import AssessorGrade

NOT_ASSESSED: Final = "·"
"""Fills the cells where too little is rated; an empty bar is the lowest grade."""

CELLS: Final = 4
"""Cells of a grade of the usual five bands, and the least width of the column."""


def column(rubric: Rubric) -> int:
    """Return the width of the column of grades: the bar, and a cell for `~`."""
    return max(CELLS, len(rubric.bands) - 1) + 1


def bar(grade: Grade, bands: int) -> str:
    """Return *grade* as cells that fill, out of *bands*, with `~` if provisional."""
    if grade.state == "not_applicable":
        return "–"
    if grade.band is None:
        return NOT_ASSESSED * (bands - 1)
    cells = "▰" * grade.band + "▱" * (bands - 1 - grade.band)
    return cells + ("~" if grade.state == "provisional" else " ")


def forms_of(graded: AssessorGrade) -> Sequence[str]:
    """Return the grade in words with its cells, then its cells alone.

    The details say who graded and what limits the grade.
    """
    cells = cells_of(graded).rstrip()
    return f"{visible(graded.grade.format(graded.rubric))} {cells}", cells


def cells_of(graded: AssessorGrade) -> str:
    """Return the grade as the cells of its column, all of the same width."""
    return f"{bar(graded.grade, len(graded.rubric.bands)):<{column(graded.rubric)}}"


def first_fitting(forms: Iterable[str], room: int) -> str:
    """Return the first of *forms* that fits into *room* cells; empty if none does."""
    return next((form for form in forms if cell_len(form) <= room), "")


def forms_of_change(outcome: ClaimOutcome, rubric: Rubric, preferred: str) -> Sequence[str]:
    """Return a claim's origins and grade before and after, from long to short.

    The sign `∅` means that the claim has no living item left.
    """
    before, after = outcome.before, outcome.after
    origins = f"{before.n_min}→{after.n_min} origins"
    items = f"{before.items}→{after.items} items"
    sign = "∅" if before.items and not outcome.is_supported else ""
    if outcome.assessor is None:
        return _joined(f"{items}, {origins}", sign), _joined(origins, sign), sign
    grades = (outcome.grade_before, outcome.grade_after)
    words = _changed([visible(grade.format(rubric)) for grade in grades])
    bars = [bar(grade, len(rubric.bands)).rstrip() for grade in grades]
    whose = "" if outcome.assessor == preferred else f"{visible(outcome.assessor)}:"
    return (
        _joined(f"{items}, {origins}", sign, whose, words, _changed(bars)),
        _joined(origins, sign, _changed(bars)),
        _joined(sign, _changed(bars)),
        _joined(sign, bars[1]),
    )


def _changed(pair: Sequence[str]) -> str:
    """Join before and after by an arrow; return one of them if they are equal."""
    return "→".join(dict.fromkeys(pair))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))

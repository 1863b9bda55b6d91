"""Grades as bars of cells, for the right column of the map and the corners of boxes.

A bar of four cells fills with the grade; `~` follows a provisional grade. Dots mean that too
little is rated, a dash that the rubric does not apply. The column shows nothing else: the details
give the grade in words, the assessor and the limit.
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
"""The character of each cell if too little is rated; empty cells mean the lowest grade."""

CELLS: Final = 4
"""Number of cells of a grade with the usual five bands; the column is never narrower."""


def column(rubric: Rubric) -> int:
    """Return the width of the column of grades: a bar, and a cell for `~`."""
    return max(CELLS, len(rubric.bands) - 1) + 1


def bar(grade: Grade, bands: int) -> str:
    """Return *grade* as a bar for a rubric with *bands* bands; `~` marks a provisional grade."""
    if grade.state == "not_applicable":
        return "–"
    if grade.band is None:
        return NOT_ASSESSED * (bands - 1)
    cells = "▰" * grade.band + "▱" * (bands - 1 - grade.band)
    return cells + ("~" if grade.state == "provisional" else " ")


def forms_of(graded: AssessorGrade) -> Sequence[str]:
    """Return two forms of a grade: in words with its bar, and the bar alone."""
    cells = cells_of(graded).rstrip()
    return f"{visible(graded.grade.format(graded.rubric))} {cells}", cells


def cells_of(graded: AssessorGrade) -> str:
    """Return the bar of a grade, as wide as the column."""
    return f"{bar(graded.grade, len(graded.rubric.bands)):<{column(graded.rubric)}}"


def first_fitting(forms: Iterable[str], room: int) -> str:
    """Return the first of *forms* that fits into *room* cells; empty if none fits."""
    return next((form for form in forms if cell_len(form) <= room), "")


def forms_of_change(outcome: ClaimOutcome, rubric: Rubric, preferred: str) -> Sequence[str]:
    """Return forms of a claim's origins and grade before and after, the longest first.

    The sign `∅` means that the claim has no support left.
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
    """Join the values before and after by an arrow; return only one if they are equal."""
    return "→".join(dict.fromkeys(pair))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))

"""Grades in cells: the fixed column at the right of the map, and the corners of boxes.

Four cells that fill, `~` behind them where the grade is provisional, dots where too little is
rated, a dash where the rubric does not fit. Nothing else is in the column: the details say in words
what the grade is, who graded and what limits it.
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

    from .grades import ClaimGrade

NOT_ASSESSED: Final = "·"
"""What fills the cells where too little is rated; it is no empty bar, which is the lowest grade."""

CELLS: Final = 4
"""Cells of a grade of the usual five bands; the column of grades is never narrower."""


def column(rubric: Rubric) -> int:
    """Return how many cells the column of grades takes: the bar, and the sign for provisional."""
    return max(CELLS, len(rubric.bands) - 1) + 1


def bar(grade: Grade, bands: int) -> str:
    """Return *grade*, of one of *bands*, as cells that fill, and `~` where answers are open."""
    if grade.state == "not_applicable":
        return "–"
    if grade.band is None:
        return NOT_ASSESSED * (bands - 1)
    cells = "▰" * grade.band + "▱" * (bands - 1 - grade.band)
    return cells + ("~" if grade.state == "provisional" else " ")


def forms_of(standing: ClaimGrade) -> Sequence[str]:
    """Return the grade as it is shown where there is room for words, and as its cells alone.

    Whose it is and what limits it is in the details, in words.
    """
    cells = cells_of(standing).rstrip()
    return f"{visible(standing.grade.format(standing.rubric))} {cells}", cells


def cells_of(standing: ClaimGrade) -> str:
    """Return the grade as the cells of its column, always as many."""
    return f"{bar(standing.grade, len(standing.rubric.bands)):<{column(standing.rubric)}}"


def fitted(forms: Iterable[str], room: int) -> str:
    """Return the first of *forms* that takes at most *room* cells; empty for none."""
    return next((form for form in forms if cell_len(form) <= room), "")


def forms_of_change(outcome: ClaimOutcome, rubric: Rubric, preferred: str) -> Sequence[str]:
    """Return what becomes of a claim, from long to short: origins and grade, before and after.

    `∅` says that no item for it lives any more.
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
    """Return what was and what is, once where they are the same."""
    return "→".join(dict.fromkeys(pair))


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))

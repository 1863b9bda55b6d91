"""Which grades hang on a single answer; reading passes it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import markdown_form as form
from argmap.exports._grade_words import grade_words
from argmap.exports._grid import grid, listed
from argmap.markdown_form import line, name
from argmap.sensitivity import flips_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.exports._written import Graded, Written
    from argmap.model.rubric import Rubric
    from argmap.sensitivity import Flip


def flips_section(to: Written) -> Iterator[str]:
    """Yield the answers that change a grade by one level up or down, and the robust grades.

    Source: single steps on each rated criterion; a grade is fragile if any changes it.
    """
    if to.rubric is None or not to.graded:
        return
    rows, robust = [], []
    is_alone = len(to.raters) == 1
    for claim, who, graded in to.graded_rows():
        flips = flips_among(graded.steps, graded.grade, to.rubric)
        row = [name(claim.label), "" if is_alone else line(who)]
        if flips:
            words = grade_words(graded.grade, to.rubric)
            rows.append([*row, words, *_cells(flips, graded, to.rubric)])
        elif graded.grade.band is not None:
            robust.append(" by ".join(filter(None, row)))
    if not rows and not robust:
        return
    yield f"\n## {form.FLIPS}\n\n"
    if rows:
        yield "One answer, one level lower or higher, would change these grades.\n\n"
        yield from grid(
            ["Claim", "Rated by", "Grade", "With a lower answer", "With a higher answer"], rows
        )
    if robust:
        opening = "\n" if rows else ""
        yield f"{opening}No single answer would change the grade of {listed(robust)}.\n"


def _cells(flips: Iterable[Flip], graded: Graded, rubric: Rubric) -> tuple[str, str]:
    """Return which steps down and which steps up change a grade, by what it becomes."""
    cells: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    for flip in flips:
        before = graded.answers[flip.criterion]
        assert isinstance(before, int)  # noqa: S101  (only levels are stepped)
        after = before + int(flip.change)
        step = f"{flip.criterion.replace('_', ' ')} {before} → {after}"
        cells[after > before].setdefault(grade_words(flip.after, rubric), []).append(line(step))
    down, up = (
        "; ".join(f"{word}: {', '.join(steps)}" for word, steps in cells[is_up].items())
        for is_up in (False, True)
    )
    return down, up

"""The grades that depend on a single answer; reading skips them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.exports.markdown.grade_words import grade_words
from argmap.exports.markdown.tables import format_table, list_words
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.exports.markdown.context import Graded, MapContext


def flips_section(to: MapContext) -> Iterator[str]:
    """Yield the answers that change a grade by one level up or down, and the robust grades.

    Source: single steps on each rated criterion; a grade is fragile if any changes it.
    """
    if to.rubric is None or not to.graded:
        return
    rows, robust = [], []
    is_alone = len(to.assessors) == 1
    for claim, assessor, graded in to.graded_rows():
        row = [name(claim.label), "" if is_alone else line(assessor)]
        if graded.flips:
            rows.append([*row, grade_words(graded.grade, to.rubric), *_cells(graded)])
        elif graded.grade.band is not None:
            robust.append(" by ".join(filter(None, row)))
    if not rows and not robust:
        return
    yield f"\n## {form.FLIPS}\n\n"
    if rows:
        yield "Raising or lowering one answer by one level would change these grades.\n\n"
        yield from format_table(
            ["Claim", "Rated by", "Grade", "With a lower answer", "With a higher answer"], rows
        )
    if robust:
        opening = "\n" if rows else ""
        yield (
            f"{opening}No single answer, raised or lowered by one level, would change the grade of"
            f" {list_words(robust)}.\n"
        )


def _cells(graded: Graded) -> tuple[str, str]:
    """Return the steps down and the steps up that change a grade, by the new grade."""
    cells: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    for criterion, change, words in graded.flips:
        before = graded.answers[criterion]
        assert isinstance(before, int)  # noqa: S101  (only levels are stepped)
        step = f"{criterion.replace('_', ' ')} {before} → {before + change}"
        cells[change > 0].setdefault(words, []).append(line(step))
    down, up = (
        "; ".join(f"{word}: {', '.join(steps)}" for word, steps in cells[is_up].items())
        for is_up in (False, True)
    )
    return down, up

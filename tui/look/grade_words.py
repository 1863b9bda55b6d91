"""Grades in sentences: the grade, its range, and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.grading import NOT_GRADABLE, limiting_block
from argmap.text.display import visible

if TYPE_CHECKING:
    from argmap.analysis.grade_report import GradeReport
    from argmap.analysis.grading import BlockGrade
    from argmap.model.rubric import Cap, Rubric

NOT_GRADED: Final = "not graded yet"
"""Words for a claim with too few ratings."""


def grade_in_words(found: GradeReport, rubric: Rubric) -> str:
    """Return the grade in one sentence with its limit, safe to draw."""
    words = range_in_words(found, rubric)
    limit = limit_in_words(found, rubric)
    return f"{words}; limited by {limit}" if limit else words


def range_in_words(found: GradeReport, rubric: Rubric) -> str:
    """Return the grade and the range that is still possible, safe to draw."""
    grade = found.grade
    could = ""
    if grade.range is not None and grade.range[0] != grade.range[1]:
        low, high = (visible(rubric.bands[band]) for band in grade.range)
        could = f"could be {low} to {high}"
    if grade.band is None:
        if grade.state == "not_applicable":
            return NOT_GRADABLE
        return f"{NOT_GRADED}; {could}" if could else NOT_GRADED
    words = visible(rubric.bands[grade.band])
    if grade.state == "provisional":
        words += ", provisional"
    return f"{words} ({could})" if could else words


def limit_in_words(found: GradeReport, rubric: Rubric) -> str:
    """Return the block that limits the grade, and why; empty if none does."""
    block = limiting_block(found.grade, rubric)
    if block is None:
        return ""
    words, graded = visible(block.title.lower()), found.grade.blocks[block.id]
    if caps := caps_in_words(graded, rubric):
        return f"{words}: {', '.join(caps)}"
    if graded.score is not None:
        return f"{words}, {float(graded.score):.0f} of 100 points"
    return words


def caps_in_words(block: BlockGrade, rubric: Rubric) -> list[str]:
    """Return a clause for each rating that caps the band of *block*, safe to draw."""
    return [_cap_in_words(cap, rubric) for cap in block.caps]


def _cap_in_words(cap: Cap, rubric: Rubric) -> str:
    title = rubric.criteria[cap.criterion].title
    return visible(f"{title} at {cap.at_most} allows {cap.band} at most")

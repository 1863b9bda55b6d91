"""Grades in the words of tables: short, and escaped for Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.answer_signs import SIGNS
from argmap.analysis.grading import limiting_block
from argmap.formats.markdown_syntax import line
from argmap.text.display import rounded

if TYPE_CHECKING:
    from argmap.analysis.grading import BlockGrade, Grade
    from argmap.model.rubric import Rubric


def grade_words(found: Grade, rubric: Rubric) -> str:
    """Return a grade with its state: a band, or the reason for none and the possible bands."""
    words = line(found.format(rubric))
    if found.range is None or found.state == "final":
        return words
    if found.band is not None:
        words += ", provisional"
    if found.range[0] == found.range[1]:
        return words
    low, high = (line(rubric.bands[band]) for band in found.range)
    return f"{words} ({low}–{high})"


def score_words(block: BlockGrade) -> str:
    """Return the score of a block, 0 to 100, with the interval that open answers leave."""
    if block.state == "not_applicable":
        return SIGNS["not_applicable"]
    if block.coverage == 0:
        return SIGNS["not_rated"]
    interval = f"[{rounded(block.low)}–{rounded(block.high)}]"
    if block.score is None:
        return interval
    score = f"{rounded(block.score)}"
    return score if block.coverage == 1 else f"{score} {interval}"


def limit_words(found: Grade, rubric: Rubric) -> str:
    """Return the block that limits a grade, with the caps that lowered it.

    Empty for the highest grade, and if there is no grade.
    """
    block = limiting_block(found, rubric)
    if block is None:
        return ""
    caps = [
        f"{cap.criterion.replace('_', ' ')} ≤ {cap.at_most}" for cap in found.blocks[block.id].caps
    ]
    return line(f"{block.title} ({', '.join(caps)})" if caps else block.title)

"""Grades in words, and the findings of the map: computed, and skipped on reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.exports.markdown.grade_words import grade_words, limit_words
from argmap.exports.markdown.tables import list_words
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name
from argmap.text.display import and_list, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.analysis.findings import Finding, Severity
    from argmap.analysis.grading import BlockGrade, Grade
    from argmap.exports.markdown.context import Graded, MapContext
    from argmap.model.rubric import Rubric

_MOST_MESSAGES: Final = 12
"""The most findings of one rule that are written in full; only the labels of others are listed."""


def grade_line(assessor: str, graded: Graded, rubric: Rubric) -> str:
    """Return one assessor's grade of a claim, with the block that limits it and how to raise it."""
    found = graded.grade
    limit = limit_words(found, rubric)
    by = f"**{form.GRADED}** by {name(assessor)}: {grade_words(found, rubric)}"
    parts = [f"{by}; limited by {limit}." if limit else f"{by}."]
    parts += [line(_scores_in_words(found, rubric))] if found.range else []
    parts += [] if graded.lift is None else [line(graded.lift)]
    return " ".join(parts)


def findings_section(to: MapContext) -> Iterator[str]:
    """Yield the findings of the map, the first ones of each rule in full."""
    grouped: dict[tuple[Severity, str], list[Finding]] = {}
    for rule, each in to.findings:
        grouped.setdefault((rule.severity_of(each), rule.title), []).append(each)
    if grouped:
        yield f"\n## {form.FINDINGS}\n\n"
    for (severity, title), found in grouped.items():
        yield f"- **{severity}**: {title}\n"
        yield from (f"  - {line(each.message)}\n" for each in found[:_MOST_MESSAGES])
        rest = [and_list(map(name, each.labels)) for each in found[_MOST_MESSAGES:]]
        if rest:
            yield f"  - {len(rest):,} more: {list_words(rest)}\n"


def _scores_in_words(found: Grade, rubric: Rubric) -> str:
    """Return the score of each block, 0 to 100, with the range that open answers leave."""
    words = [f"{b.title} {_score_in_words(found.blocks[b.id])}" for b in rubric.blocks]
    return f"Scores out of 100: {'; '.join(words)}."


def _score_in_words(block: BlockGrade) -> str:
    if block.state == "not_applicable":
        return "does not apply"
    if block.coverage == 0:
        return "not rated"
    span = f"{rounded(block.low)} to {rounded(block.high)}"
    if block.score is None:
        return span
    return f"{rounded(block.score)}" + ("" if block.coverage == 1 else f" ({span} possible)")

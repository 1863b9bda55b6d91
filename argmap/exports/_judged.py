"""What the ratings come to and what the map shows: computed, and passed over on reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import markdown_form as form
from argmap.exports._grade_words import grade_words, limit_words
from argmap.exports._grid import listed
from argmap.markdown_form import line, name
from argmap.sensitivity import lift_in_words, lift_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.exports._written import Graded, Written
    from argmap.findings import Severity
    from argmap.grading import BlockGrade, Grade
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement


def grade_line(claim: Statement, assessor: str, graded: Graded, rubric: Rubric) -> str:
    """Return the grade of *claim* by one assessor, what limits it, and what would lift it."""
    found = graded.grade
    lift = lift_of(graded.answers, claim.nature, rubric, graded.steps)
    limit = limit_words(found, rubric)
    by = f"**{form.GRADED}** by {name(assessor)}: {grade_words(found, rubric)}"
    parts = [f"{by}; limited by {limit}." if limit else f"{by}."]
    parts += [line(_scores_in_words(found, rubric))] if found.range else []
    parts += [] if lift is None else [line(lift_in_words(lift, found, rubric))]
    return " ".join(parts)


def findings_section(to: Written) -> Iterator[str]:
    """Yield what the map itself shows, one item for each rule and severity."""
    grouped: dict[tuple[Severity, str], list[str]] = {}
    for rule, each in to.findings:
        named = grouped.setdefault((rule.severity_of(each), rule.title), [])
        named += [" + ".join(map(name, each.labels))] if each.labels else []
    items = []
    for (severity, title), named in grouped.items():
        about = f": {listed(named)}" if named else ""
        items.append(f"- {severity}, {title}{about}\n")
    if items:
        yield f"\n## {form.FINDINGS}\n\n"
        yield from items


def _scores_in_words(found: Grade, rubric: Rubric) -> str:
    """Return the score of each block, 0 to 100, and what open answers can make of it."""
    words = [f"{b.title} {_score_in_words(found.blocks[b.id])}" for b in rubric.blocks]
    return f"Of 100: {'; '.join(words)}."


def _score_in_words(block: BlockGrade) -> str:
    if block.state == "not_applicable":
        return "does not apply"
    if block.coverage == 0:
        return "not rated"
    span = f"{round(block.low)} to {round(block.high)}"
    if block.score is None:
        return span
    return f"{round(block.score)}" + ("" if block.coverage == 1 else f" ({span} possible)")

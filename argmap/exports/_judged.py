"""What the ratings come to and what the map shows: computed, and passed over on reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from argmap import markdown_form as form
from argmap.findings import findings_in
from argmap.grading import grade
from argmap.markdown_form import line, name
from argmap.sensitivity import lift_in_words, lift_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.exports._written import Written
    from argmap.findings import Case
    from argmap.grading import BlockGrade, Grade
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

_MOST_LABELS: Final = 40
"""Labels of one finding that are named; the rest are counted."""


def grade_line(claim: Statement, ratings: Sequence[Rating], rubric: Rubric) -> str:
    """Return the grade of *claim* by one assessor, what limits it, and what would lift it."""
    found = grade(ratings, claim.nature, rubric)
    answers = {rating.criterion: rating.answer for rating in ratings}
    lift = lift_of(answers, claim.nature, rubric)
    by = f"**{form.GRADED}** by {name(ratings[0].assessor)}: {line(_in_words(found, rubric))}."
    parts = [by, *([line(_blocks_in_words(found, rubric))] if found.range else [])]
    parts += [] if lift is None else [line(lift_in_words(lift, found, rubric))]
    return " ".join(parts)


def grade_in_short(to: Written, claim: str) -> str:
    """Return the grade of the claim with the id *claim* by each assessor in a word or two."""
    by = to.grades.get(claim)
    if not by or to.rubric is None:
        return "–"
    words = (_in_short(by[who], to.rubric) for who in sorted(by))
    return line(", ".join(dict.fromkeys(words)))


def findings_section(case: Case) -> Iterator[str]:
    """Yield what the map itself shows, one item for each rule."""
    items = []
    for rule, pairs in groupby(findings_in(case), key=lambda pair: pair[0]):
        named = [" + ".join(map(name, each.labels)) for _, each in pairs if each.labels]
        rest = len(named) - _MOST_LABELS
        shown = ", ".join(named[:_MOST_LABELS]) + (f" and {rest:,} more" if rest > 0 else "")
        about = f": {shown}" if shown else ""
        items.append(f"- {rule.severity}, {rule.title}{about}\n")
    if items:
        yield f"\n## {form.FINDINGS}\n\n"
        yield from items


def _in_short(found: Grade, rubric: Rubric) -> str:
    words = found.in_words(rubric)
    if found.band is None and found.range:
        low, high = found.range
        return f"{words} ({rubric.bands[low]} to {rubric.bands[high]})"
    return words


def _in_words(found: Grade, rubric: Rubric) -> str:
    words = found.in_words(rubric)
    if found.state == "provisional":
        words += " so far"
    if found.range and found.range[0] != found.range[1]:
        low, high = found.range
        words += f", {rubric.bands[low]} to {rubric.bands[high]} possible"
    if found.limited_by:
        titles = {block.id: block.title.lower() for block in rubric.blocks}
        base = titles[rubric.combination.base]
        words += f"; limited by {titles.get(found.limited_by, base)}"
    caps = [f"{cap.criterion} at {cap.at_most}" for b in found.blocks.values() for cap in b.caps]
    return f"{words}, capped by {', '.join(caps)}" if caps else words


def _blocks_in_words(found: Grade, rubric: Rubric) -> str:
    """Return where each block stands, 0 to 100, and how far open answers could take it."""
    words = [f"{b.title} {_score_in_words(found.blocks[b.id])}" for b in rubric.blocks]
    return f"Of 100: {'; '.join(words)}."


def _score_in_words(block: BlockGrade) -> str:
    if block.state == "not_applicable":
        return "does not apply"
    span = f"{round(block.low)} to {round(block.high)}"
    if block.score is None:
        return span
    return f"{round(block.score)}" + ("" if block.coverage == 1 else f" ({span} possible)")

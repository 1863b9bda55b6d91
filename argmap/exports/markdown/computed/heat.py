"""The heat map: every answer of every assessor as one sign. Reading skips it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.answer_signs import IMPLIED, SIGNS, sign_for_answer
from argmap.analysis.grading import implications
from argmap.exports.markdown.tables import format_table
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.exports.markdown.context import Graded, MapContext
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

_WORDS: Final = {
    SIGNS["not_rated"]: "not rated",
    SIGNS["cannot_judge"]: "cannot judge",
    SIGNS["not_applicable"]: "not applicable",
    IMPLIED: "not applicable because of another answer or the kind of claim",
}
"""The meaning of each sign that is not a level."""


def heat_section(to: MapContext) -> Iterator[str]:
    """Yield the table of answers, a row for each claim and assessor; nothing without answers."""
    rubric = to.rubric
    rows = list(to.graded_rows())
    if rubric is None or not rows:
        return
    signs = [_signs(claim, graded, rubric) for claim, _, graded in rows]
    unused = SIGNS["not_rated"]
    kept = [n for n in range(len(rubric.criteria)) if any(row[n] != unused for row in signs)]
    criteria = list(rubric.criteria.values())
    yield f"\n## {form.HEAT}\n\n{_legend(rubric, [[row[n] for n in kept] for row in signs])}\n\n"
    is_alone = len(to.assessors) == 1
    yield from format_table(
        ["Claim", "Rated by", *(line(criteria[n].id.replace("_", " ")) for n in kept)],
        [
            [name(claim.label), "" if is_alone else line(assessor), *(row[n] for n in kept)]
            for (claim, assessor, _), row in zip(rows, signs, strict=True)
        ],
        centred=range(2, 2 + len(kept)),
    )
    left_out = [line(c.title) for n, c in enumerate(criteria) if n not in kept]
    if left_out:
        yield f"\nNo answers yet: {', '.join(left_out)}.\n"


def _signs(claim: Statement, graded: Graded, rubric: Rubric) -> list[str]:
    implied = implications(graded.answers, claim.nature, rubric)
    return [
        sign_for_answer(graded.answers.get(criterion), is_implied=criterion in implied)
        for criterion in rubric.criteria
    ]


def _legend(rubric: Rubric, signs: Sequence[Sequence[str]]) -> str:
    """Return the meanings of the signs in use."""
    used = {character for row in signs for sign in row for character in sign}
    top = max(criterion.top for criterion in rubric.criteria.values())
    words = [f"0–{top} level, the higher the better"]
    words += [f"{sign} {meaning}" for sign, meaning in _WORDS.items() if sign in used]
    if any(sign[0] != IMPLIED and sign.endswith(IMPLIED) for row in signs for sign in row):
        words.append(f"3{IMPLIED} an answer that is ignored for that reason")
    return f"{'; '.join(words)}."

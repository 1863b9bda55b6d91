"""What stands at the top of the Markdown: the gist, and a table of the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.exports._judged import grade_in_short
from argmap.markdown_form import line, name
from argmap.model.map import newest_rubric
from argmap.outline import SIGNS
from argmap.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

_MOST_WORDS = 200


def summary(argument_map: ArgumentMap) -> str:
    """Return what is argued, how much there is of it, and what was not judged."""
    main = argument_map.main_claim
    argued = (
        f"What is argued: {line(excerpt(main.text, _MOST_WORDS))}"
        if main
        else "No main claim is marked."
    )
    if argued[-1] not in ".!?…":
        argued += "."
    kinds = [s.kind for s in argument_map.statements.values()]
    counts = (
        f"The map has {_count(kinds.count('claim'), 'claim')},"
        f" {_count(kinds.count('evidence'), 'item')} of evidence"
        f" and {_count(kinds.count('assumption'), 'assumption')},"
        f" joined by {_count(len(argument_map.inferences), 'inference')}."
    )
    return f"{argued} {counts} {_judged(argument_map)}"


def claims_table(argument_map: ArgumentMap) -> Iterator[str]:
    """Yield the table of claims, the main claim first."""
    claims = [s for s in argument_map.ordered_statements if s.kind == "claim"]
    if not claims:
        return
    rubric = newest_rubric(argument_map.rubrics.values())
    yield "\n|  | Claim | For ⊕ | Against ⊖ | Grade | Rated by |\n|---|---|---|---|---|---|\n"
    for claim in sorted(claims, key=lambda s: not s.main):
        inferences = argument_map.inferences_to.get(claim.id, ())
        supporting = sum(inference.stance == "supports" for inference in inferences)
        sign = SIGNS["main" if claim.main else "claim"]
        words = line(excerpt(claim.text, _MOST_WORDS))
        graded = grade_in_short(claim, argument_map, rubric) if rubric else "–"
        yield (
            f"| {sign}\N{NO-BREAK SPACE}{name(claim.label)} | {words} | {supporting or '–'}"
            f" | {len(inferences) - supporting or '–'} | {graded}"
            f" | {_assessors(argument_map, claim)} |\n"
        )


def _assessors(argument_map: ArgumentMap, claim: Statement) -> str:
    found = sorted({r.assessor for r in argument_map.ratings_of.get(claim.id, ())})
    return ", ".join(map(line, found)) or "not judged"


def _judged(argument_map: ArgumentMap) -> str:
    claims = [s.id for s in argument_map.statements.values() if s.kind == "claim"]
    rated = [id_ for id_ in claims if id_ in argument_map.ratings_of]
    if not rated:
        return "No claim was judged."
    who = sorted({r.assessor for id_ in rated for r in argument_map.ratings_of[id_]})
    by = f"by {', '.join(map(line, who))}"
    if len(rated) == len(claims):
        return f"All claims were judged, {by}."
    verb = "was" if len(rated) == 1 else "were"
    return f"Of the claims, {len(rated)} of {len(claims)} {verb} judged, {by}; the others were not."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

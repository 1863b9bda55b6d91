"""What stands at the top of the Markdown: the gist, and a table of the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.exports._judged import grade_in_short
from argmap.exports._paragraphs import judged_paragraphs, sources_paragraph
from argmap.markdown_form import line, name
from argmap.outline import SIGNS
from argmap.text import counted, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.exports._written import Written
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

_MOST_WORDS = 200


def summary(to: Written) -> Iterator[str]:
    """Yield paragraphs: what is argued, how it graded, who says it, and what was not judged."""
    argument_map = to.map
    main = argument_map.main_claim
    argued = (
        f"What is argued: {line(excerpt(main.text, _MOST_WORDS))}"
        if main
        else "No main claim is marked."
    )
    if argued[-1] not in ".!?…":
        argued += "."
    kinds = [s.kind for s in argument_map.statements.values()]
    yield (
        f"{argued} The map has {counted(kinds.count('claim'), 'claim')},"
        f" {counted(kinds.count('evidence'), 'item')} of evidence"
        f" and {counted(kinds.count('assumption'), 'assumption')},"
        f" joined by {counted(len(argument_map.inferences), 'inference')}."
    )
    yield from judged_paragraphs(to)
    yield from sources_paragraph(argument_map)


def claims_table(to: Written) -> Iterator[str]:
    """Yield the table of claims, the main claim first."""
    argument_map = to.map
    claims = [s for s in argument_map.ordered_statements if s.kind == "claim"]
    if not claims:
        return
    yield f"\n|  | Claim | For ⊕ | Against ⊖ | Origins | Grade | Rated by |\n|{'---|' * 7}\n"
    for claim in sorted(claims, key=lambda s: not s.main):
        inferences = argument_map.inferences_to.get(claim.id, ())
        supporting = sum(inference.stance == "supports" for inference in inferences)
        sign = SIGNS["main" if claim.main else "claim"]
        words = line(excerpt(claim.text, _MOST_WORDS))
        count = to.case.origins[claim.id]
        origins = count.in_words if count.items else "–"
        graded = grade_in_short(to, claim.id)
        yield (
            f"| {sign}\N{NO-BREAK SPACE}{name(claim.label)} | {words} | {supporting or '–'}"
            f" | {len(inferences) - supporting or '–'} | {origins} | {graded}"
            f" | {_assessors(argument_map, claim)} |\n"
        )


def _assessors(argument_map: ArgumentMap, claim: Statement) -> str:
    found = sorted({r.assessor for r in argument_map.ratings_of.get(claim.id, ())})
    return ", ".join(map(line, found)) or "not judged"

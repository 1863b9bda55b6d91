"""The table of claims at the head of the Markdown, with its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.answer_signs import SIGNS as ANSWER_SIGNS
from argmap.analysis.grading import NOT_ASSESSED
from argmap.analysis.outline import SIGNS
from argmap.exports.markdown.context import grade_ratings, sort_stably
from argmap.exports.markdown.grade_words import grade_words, limit_words, score_words
from argmap.exports.markdown.tables import format_table, list_words
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name
from argmap.text.display import and_list, excerpt

from .admiralty import pairs_cell
from .flags import find_flags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from argmap.exports.markdown.context import Graded, MapContext
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import Nature, State

MOST_WORDS: Final = 140
"""The most code points of a claim in the table; its section has the whole text."""

_STATES: Final[tuple[State, ...]] = ("not_rated", "not_applicable")
"""The states that are shown instead of a score in a block without one."""

_BEFORE: Final = ("", "Claim", "Kind", "Rated by")
_AFTER: Final = ("Grade", "Limited by", "Admiralty", "Sources", "Origins", "Flags")
_MOST_CLASSES: Final = 3
"""The most attribution classes that are named for a claim."""


def claims_table(to: MapContext) -> Iterator[str]:
    """Yield the table of claims, the main claim first, with its legend.

    A claim that several assessors rated has a row for each of them.
    """
    if not to.claims:
        return
    blocks = to.rubric.blocks if to.rubric and to.graded else ()
    head = [*_BEFORE, *(line(block.title) for block in blocks), *_AFTER]
    flags = find_flags(to)
    unrated: dict[Nature | None, list[str]] = {}
    if to.rubric is not None and to.graded:
        for nature in {claim.nature for claim in to.claims}:
            unrated[nature] = _grade_cells(grade_ratings((), nature, to.rubric), to.rubric)
    rows = [
        row
        for claim in to.claims
        for row in _rows(to, claim, unrated.get(claim.nature, [""] * 2), flags.get(claim.id, ""))
    ]
    yield "\n"
    yield from format_table(head, rows)
    used = [[row[n] for row in rows if row[n]] for n in range(len(head))]
    yield "\n" + "".join(f"- {words}\n" for words in _legend(to, used))


def _rows(to: MapContext, claim: Statement, unrated: list[str], flags: str) -> Iterator[list[str]]:
    """Yield the rows of one claim.

    Args:
        to: The context of the claim's map.
        claim: The claim.
        unrated: The cells of its scores and grade before it is rated.
        flags: The findings that concern it, in words.
    """
    sign = SIGNS["main" if claim.main else "claim"]
    label = f"{sign}\N{NO-BREAK SPACE}{name(claim.label)}"
    about = [line(excerpt(claim.text, MOST_WORDS)), claim.nature or ""]
    count = to.case.origins[claim.id]
    origins = count.summary if count.items else ""
    shown = [pairs_cell(to, claim.id), _classes(to, claim), origins, flags]
    by = to.graded.get(claim.id, {})
    if to.rubric is None or not by:
        yield [label, *about, "", *unrated, *shown]
    else:
        is_alone = len(to.assessors) == 1
        for n, assessor in enumerate(sorted(by)):
            rater = "" if is_alone else line(assessor)
            own, others = (about, shown) if n == 0 else (["", ""], [""] * len(shown))
            yield [label, *own, rater, *_grade_cells(by[assessor], to.rubric), *others]


def _grade_cells(graded: Graded, rubric: Rubric) -> list[str]:
    found = graded.grade
    scores = [score_words(found.blocks[block.id]) for block in rubric.blocks]
    # Before the first answer every grade is possible, which is not worth writing.
    is_open = not graded.answers and found.range is not None
    words = NOT_ASSESSED if is_open else grade_words(found, rubric)
    return [*scores, words, limit_words(found, rubric)]


def _classes(to: MapContext, claim: Statement) -> str:
    """Return the attribution classes of the direct items, those of the main item first."""
    steps = to.map.inferences_to.get(claim.id, ())
    premises = (p for step in steps if step.stance == "supports" for p in step.premises)
    items = [p for p in premises if to.map.statements[p].kind == "evidence"]
    items.sort(key=lambda item: item != claim.main_item)
    classes = dict.fromkeys(
        attribution.class_.replace("_", " ")
        for item in items
        for attribution in sort_stably(to.map.attributions_of.get(item, ()))
    )
    return list_words(list(classes), _MOST_CLASSES)


def _legend(to: MapContext, used: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield an item of the legend for each column and sign that needs one.

    Args:
        to: The context of the map.
        used: For each column its cells, without the empty ones.
    """
    *_, limited, admiralty, classes, _, flags = used
    if to.map.main_claim:
        yield f"{SIGNS['main']}: main claim"
    if to.rubric is not None and to.graded:
        scores = {cell for cells in used[len(_BEFORE) : -len(_AFTER)] for cell in cells}
        yield from _grade_legend(to.rubric, scores, is_limited=bool(limited))
    if admiralty:
        yield (
            "**Admiralty**: letter of an item's source (A completely reliable to E unreliable, F"
            " cannot be judged) and number of the item (1 confirmed to 5 improbable, 6 cannot be"
            " judged); – if one is missing"
        )
    if classes:
        yield "**Sources**: attribution classes of the evidence, the main item's first"
    if flags:
        yield (
            "**Flags**: findings about the claim, or about the evidence listed with them;"
            f" see {form.FINDINGS}"
        )


def _grade_legend(rubric: Rubric, scores: Collection[str], *, is_limited: bool) -> Iterator[str]:
    titles = and_list(f"**{line(block.title)}**" for block in rubric.blocks)
    words = [f"{titles}: score from 0 to 100"]
    if any("[" in score for score in scores):
        words.append("in brackets, the lowest and highest that are still possible")
    signs = {
        ANSWER_SIGNS["not_rated"]: "not rated",
        ANSWER_SIGNS["not_applicable"]: "not applicable",
    }
    words += [f"{sign} {word}" for sign, word in signs.items() if sign in scores]
    yield "; ".join(words)
    yield f"**Grade**, from the lowest to the highest: {_bands(rubric)}"
    if is_limited:
        yield "**Limited by**: the block that sets the grade, with the answers that cap it (≤)"


def _bands(rubric: Rubric) -> str:
    """Return the bands with their lowest scores; the lowest cut excludes nothing."""
    lowest, second, *higher = (*map(line, rubric.bands), "")
    cuts = rubric.cuts[1:]
    with_cuts = [f"{band} from {cut:g}" for band, cut in zip(higher, cuts, strict=False)]
    return ", ".join(filter(None, [lowest, second, *with_cuts]))

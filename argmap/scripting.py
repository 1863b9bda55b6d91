"""Functions for scripts: find a passage, grade claims, count origins, export a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis.grade_report import claim_grades
from .analysis.provenance import count_origins, live_map_of
from .errors import ModelError, RubricError
from .formats.bundle import bundle_of
from .formats.registry import export_formats, format_named
from .model.document import Passage
from .model.map import rubric_named
from .model.rubric import Rubric
from .model.vocabulary import DEFAULT_RUBRIC
from .quotes.anchoring import PassageSelector, find_passage

if TYPE_CHECKING:
    from .analysis.grade_report import ClaimGrade
    from .analysis.provenance import OriginCount
    from .model.document import Document
    from .model.map import ArgumentMap


def passage_of(document: Document, quote: str, prefix: str | None = None) -> Passage:
    """Return the passage of *document* that has exactly the words *quote*.

    Args:
        document: The document to search.
        quote: One or more characters.
        prefix: The words right before it, needed if the quote occurs more than once.

    Raises:
        ModelError: it does not occur, or more than once; the message lists the places.
    """
    found = find_passage(PassageSelector(quote, prefix), document.text)
    if isinstance(found, Passage):
        return found
    raise ModelError([found])


def grades_of(
    argument_map: ArgumentMap,
    rubric: str | Rubric | None = None,
    assessor: str | None = None,
) -> list[ClaimGrade]:
    """Return one grade for each claim and each assessor who rated anything in the document.

    Args:
        argument_map: The map whose claims are graded; nothing is stored.
        rubric: A rubric; its id, for the newest version on the map; or ID@VERSION. None means
            `argument_map.applicable_rubric`.
        assessor: The only assessor whose grades are wanted; None for all.

    Returns:
        In the order of labels, then of assessors. Without any rating, one grade for each claim
        with the assessor None. `claim_grade.report.grade.format(rubric)` is the grade as a word.

    Raises:
        RubricError: there is no such rubric, or it does not apply to claims.
    """
    found = argument_map.applicable_rubric if rubric is None else rubric
    if not isinstance(found, Rubric):
        found = _rubric_called(argument_map, found or DEFAULT_RUBRIC)
    if "claim" not in found.applies_to:
        message = f"{found.id} applies to {' and '.join(found.applies_to)}; choose one for claims"
        raise RubricError(message)
    return claim_grades(argument_map, found, assessor)


def origins_of(argument_map: ArgumentMap) -> dict[str, OriginCount]:
    """Return the count of origins of each claim by its id, in the order of labels.

    Source: as `argmap.analysis.provenance.count_origins`.
    """
    return count_origins(live_map_of(argument_map))


def export_text(argument_map: ArgumentMap, to: str = "markdown") -> str:
    r"""Return the map with the sources it cites, as the command `export` writes it.

    Args:
        argument_map: The map, as it was loaded or with operations applied.
        to: The name of an export format: `markdown`, `jsonl`, or one of another package.

    Returns:
        The whole text, which ends in one `\n`; the same for the same map.

    Raises:
        InputError: there is no such format; the message lists the formats.
    """
    return "".join(format_named(to, export_formats()).write(bundle_of([argument_map])))


def _rubric_called(argument_map: ArgumentMap, id_: str) -> Rubric:
    found = rubric_named(argument_map.rubrics.values(), id_)
    if found is None:
        known = ", ".join(sorted({rubric.id for rubric in argument_map.rubrics.values()}))
        message = f"there is no rubric {id_!r}; choose from {known}"
        raise RubricError(message)
    return found

"""What a script asks of a map in one call: a passage, grades, origins, a text to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis.grade_report import claim_grades
from .analysis.provenance import count_origins, live_map_of
from .errors import ModelError, RubricError
from .formats.bundle import bundle_of
from .formats.registry import export_formats, format_named
from .model.document import Passage
from .model.map import rubric_named
from .model.rubric import DEFAULT_RUBRIC, Rubric
from .quotes.anchoring import PassageSelector, passage_for

if TYPE_CHECKING:
    from .analysis.grade_report import ClaimGrade
    from .analysis.provenance import OriginCount
    from .model.document import Document
    from .model.map import ArgumentMap


def passage_of(document: Document, quote: str, prefix: str | None = None) -> Passage:
    """Return where *document* says *quote*, in exactly these words.

    Args:
        document: Whose text is searched.
        quote: One or more characters.
        prefix: The words right before it, where the quote stands more than once.

    Raises:
        ModelError: it is not there, or stands more than once; the message names the places.
    """
    found = passage_for(PassageSelector(quote, prefix), document.text)
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
        argument_map: Whose claims are graded; nothing is stored.
        rubric: Its id, which means the newest version that the map knows, ID@VERSION, or a
            rubric itself. None: `argument_map.applicable_rubric`.
        assessor: Whose grades alone are wanted.

    Returns:
        In the order of labels, then of assessors. Where nobody has rated, one for each claim
        with the assessor None. `each.judged.grade.in_words(rubric)` is the grade as a word.

    Raises:
        RubricError: there is no such rubric, or it is not for claims.
    """
    found = argument_map.applicable_rubric if rubric is None else rubric
    if not isinstance(found, Rubric):
        found = _rubric_called(argument_map, found or DEFAULT_RUBRIC)
    if "claim" not in found.applies_to:
        message = f"{found.id} is for {' and '.join(found.applies_to)}; a grade is of claims"
        raise RubricError(message)
    return claim_grades(argument_map, found, assessor)


def origins_of(argument_map: ArgumentMap) -> dict[str, OriginCount]:
    """Return the origins behind each claim, by its id, in the order of labels.

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
        InputError: there is no such format; the message lists those there are.
    """
    return "".join(format_named(to, export_formats()).write(bundle_of([argument_map])))


def _rubric_called(argument_map: ArgumentMap, id_: str) -> Rubric:
    found = rubric_named(argument_map.rubrics.values(), id_)
    if found is None:
        known = ", ".join(sorted({rubric.id for rubric in argument_map.rubrics.values()}))
        message = f"there is no rubric {id_!r}; the map knows {known}"
        raise RubricError(message)
    return found

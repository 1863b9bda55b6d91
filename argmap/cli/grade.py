"""The command `grade`, with its JSON; `_grade_lines` prints grades as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from argmap.errors import RubricError

from ._context import JSON, graded_map, reading, say_other_ratings
from ._output import say, show, show_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from argmap.analysis.grade_report import ClaimGrade, GradeReport
    from argmap.analysis.grading import BlockGrade
    from argmap.model.rubric import Rubric


@click.command()
@click.argument("document")
@click.option(
    "--rubric", "named", metavar="ID, ID@VERSION or FILE",
    help="Default: evidence-attribution; its version 1.0 if all ratings are under 1.0.",
)  # fmt: skip
@click.option("--assessor", "who", metavar="NAME", help="Show the grades of one assessor only.")
@JSON
@click.pass_context
def grade(
    context: click.Context, document: str, *, named: str | None, who: str | None, as_json: bool
) -> None:
    """Grade the claims of a document, for each assessor.

    Grades are computed from the ratings and never stored. Each one is shown with its
    sensitivity to single answers, and with the answers that would raise it.
    """
    from argmap.analysis.grade_report import assessors_of, claim_grades
    from store import document_named

    with reading(context) as store:
        id_ = document_named(store, document)
        argument_map, rubric = graded_map(store, id_, named)
    if "claim" not in rubric.applies_to:
        message = f"{rubric.id} applies to {' and '.join(rubric.applies_to)}; choose one for claims"
        raise RubricError(message)
    found = claim_grades(argument_map, rubric, who)
    everyone = assessors_of(argument_map)
    if who is not None and who not in everyone:
        say(f"{who!r} has rated nothing in {id_}; {_list_assessors(everyone)}")
    if as_json:
        show_json([_in_json(each, rubric) for each in found])
        say_other_ratings(argument_map, rubric)
        return
    from ._grade_lines import format_grades

    for line in format_grades(argument_map.document.title, rubric, found, who):
        show(line)
    if not found:
        say(f"{id_} has no claims yet")
    say_other_ratings(argument_map, rubric)


def _list_assessors(everyone: Sequence[str]) -> str:
    verb = "has" if len(everyone) == 1 else "have"
    return f"{', '.join(everyone)} {verb}" if everyone else "no assessor has"


def _in_json(each: ClaimGrade, rubric: Rubric) -> dict[str, Any]:
    found = each.report.grade
    return {
        "statement": each.claim.label,
        "id": each.claim.id,
        "text": each.claim.text,
        "assessor": each.assessor,
        "rubric": rubric.id,
        "version": rubric.version,
        **{block.id: _block_in_json(found.blocks[block.id], rubric) for block in rubric.blocks},
        "grade": found.format(rubric),
        "state": found.state,
        "range": None if found.range is None else [rubric.bands[band] for band in found.range],
        "limited_by": found.limited_by,
        "answers": _answers_in_json(each, rubric),
        "sensitivity": _sensitivity_in_json(each.report, rubric),
        "lift": each.report.lift,
    }


def _block_in_json(block: BlockGrade, rubric: Rubric) -> dict[str, Any]:
    if block.state == "not_applicable":
        return {"state": block.state}
    return {
        "coverage": _rounded(block.coverage),
        "low": _rounded(block.low),
        "high": _rounded(block.high),
        "band_low": rubric.bands[block.band_low],
        "band_high": rubric.bands[block.band_high],
        "state": block.state,
        "score": _rounded(block.score),
        "band": None if block.band is None else rubric.bands[block.band],
        "caps": [f"{cap.criterion}<={cap.at_most}" for cap in block.caps],
    }


def _answers_in_json(each: ClaimGrade, rubric: Rubric) -> dict[str, Any]:
    """Return each criterion with its answer, and the rule that sets it aside, if any."""
    from argmap.analysis.grade_report import describe_rule

    said = {}
    for name in rubric.criteria:
        rating, rule = each.ratings.get(name), each.report.implied.get(name)
        said[name] = {
            "answer": rating.answer if rating else "not_rated",
            "because": rating.because if rating else None,
            "at": rating.at if rating else None,
            "implied": "not_applicable" if rule else None,
            "implied_by": describe_rule(rule) if rule else None,
        }
    return said


def _sensitivity_in_json(report: GradeReport, rubric: Rubric) -> dict[str, Any]:
    found = report.sensitivity
    return {
        "single_step_flips": [
            [flip.criterion, int(flip.change), flip.after.format(rubric)] for flip in found.steps
        ],
        "weight_flips": [
            [flip.criterion, f"x{float(flip.change):g}", flip.after.format(rubric)]
            for flip in found.weights
        ],
        "margin": _rounded(found.margin),
        "fragile": found.is_fragile,
    }


def _rounded(number: Fraction | None) -> float | None:
    return None if number is None else round(float(number), 2)

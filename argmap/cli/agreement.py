"""The command `agreement`: measure how far the assessors of a document agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from argmap.errors import InputError
from argmap.text.display import visible

from ._context import JSON, graded_map, reading, say_other_ratings
from ._output import say, show, show_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from argmap.analysis.agreement import Agreement
    from argmap.model.map import ArgumentMap

DIGITS: Final = 4
"""Decimals of a number in JSON."""

_WIDTH: Final = 80
_FEWEST: Final = 2
_GAP: Final = "  "
_HEAD: Final = ("", "Units", "Alpha", "95 % interval", "Kappa", "States agree", "")
_LEGEND: Final = (
    "A unit is one criterion of one claim that two or more assessors rated with a level. Alpha"
    " (Krippendorff, ordinal) is 1 for full agreement and 0 for chance. Rely on .800 and above;"
    " from .667 conclusions are tentative; below that, draw none. With fewer than"
    " {fewest} units (too few) alpha can be far off: see the interval. Kappa, with"
    " quadratic weights, is for two assessors only. States (cannot judge, not applicable) are not"
    " levels and are compared separately."
)


@click.command()
@click.argument("document")
@click.option(
    "--rubric", "named", metavar="ID, ID@VERSION or FILE",
    help="Rubric of the ratings. Default: as for `argmap grade`.",
)  # fmt: skip
@click.option(
    "--without", "names", metavar="NAME", multiple=True,
    help="Leave out an assessor. Repeat for each.",
)  # fmt: skip
@JSON
@click.pass_context
def agreement(
    context: click.Context,
    document: str,
    *,
    named: str | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show how far the assessors of a document agree.

    There is a line for each block and criterion of the rubric. A consensus (an assessor
    called `consensus`) is not compared.
    """
    from argmap.analysis.agreement import agreements, compared_assessors
    from store import document_named

    with reading(context) as store:
        id_ = document_named(store, document)
        argument_map, rubric = graded_map(store, id_, named)
    _refuse_unknown(argument_map, names)
    who = compared_assessors(argument_map, rubric, names)
    found = agreements(argument_map, rubric, names)
    under = f"under {rubric.id} {rubric.version}"
    if as_json:
        show_json([_in_json(each) for each in found])
    elif found:
        show(f"Agreement of {', '.join(map(visible, who))} {visible(under)}")
        for line in _lines(found):
            show(line)
    if len(who) < _FEWEST:
        rated = f"only {who[0]} has rated" if who else "no assessor has rated"
        say(f"{rated} anything to compare in {id_} {under}; agreement needs two assessors")
    elif not found:
        say(f"no two assessors have rated the same criterion of the same claim in {id_} {under}")
    say_other_ratings(argument_map, rubric)


def _refuse_unknown(argument_map: ArgumentMap, names: Sequence[str]) -> None:
    """Refuse to leave out an assessor who has rated nothing: the name may be misspelt."""
    from argmap.analysis.agreement import CONSENSUS
    from argmap.analysis.grade_report import assessors_of

    everyone = assessors_of(argument_map)
    for name in names:
        if name not in everyone and name.casefold() != CONSENSUS:
            there = f"the assessors are {', '.join(everyone)}" if everyone else "no assessor has"
            message = f"--without: {name!r} has rated nothing here; {there}"
            raise InputError(message)


def _in_json(each: Agreement) -> dict[str, Any]:
    alike, pairs = each.states
    low, high = each.interval or (None, None)
    return {
        "block": each.block,
        "criterion": each.criterion,
        "units": each.units,
        "alpha": _rounded(each.alpha),
        "low": _rounded(low),
        "high": _rounded(high),
        "too_few": each.is_few,
        "kappa": _rounded(each.kappa),
        "states_agree": _rounded(alike / pairs) if pairs else None,
    }


def _lines(found: Sequence[Agreement]) -> Iterator[str]:
    """Yield the table, and a legend that explains it."""
    from rich.cells import cell_len

    from argmap.analysis.agreement import FEWEST_UNITS
    from argmap.text.cells import fit_to_width, wrap_to_width

    rows = [_HEAD, *map(_cells, found)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for row in rows:
        cells = [fit_to_width(cell, width) for cell, width in zip(row, widths, strict=True)]
        yield _GAP.join(cells).rstrip()
    yield ""
    yield from wrap_to_width(_LEGEND.format(fewest=FEWEST_UNITS), _WIDTH)


def _cells(each: Agreement) -> tuple[str, ...]:
    alike, pairs = each.states
    interval = "–" if each.interval is None else " to ".join(map(_number, each.interval))
    same = "" if each.same is None else f"no variation, {float(each.same):.0%} identical"
    notes = ["too few"] if each.is_few else []
    notes += [same] if each.alpha is None and same else []
    return (
        visible(each.title) if each.criterion is None else f"{_GAP}{visible(each.title)}",
        str(each.units),
        _number(each.alpha),
        interval,
        _number(each.kappa),
        f"{alike} of {pairs}" if pairs else "–",
        ", ".join(notes),
    )


def _number(number: Fraction | float | None) -> str:
    return "–" if number is None else f"{float(number):.3f}"


def _rounded(number: Fraction | float | None) -> float | None:
    return None if number is None else round(float(number), DIGITS)

"""The table of agreement between assessors: computed, and skipped on reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.agreement import agreements
from argmap.exports.markdown.tables import format_table
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line
from argmap.text.display import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.analysis.agreement import Agreement
    from argmap.exports.markdown.context import MapContext

_COLUMNS: Final = ("", "Compared", "Agree", "Alpha", "Other answers that agree")


def agreement_section(to: MapContext) -> Iterator[str]:
    """Yield the agreement under the default rubric, if two or more assessors can be compared."""
    found = agreements(to.map, to.rubric) if to.rubric else []
    if not found:
        return
    yield f"\n## {form.AGREEMENT}\n\n"
    yield (
        "Levels that two or more assessors gave for the same criterion of the same claim. Alpha is"
        " 1 for full agreement and 0 for agreement by chance; it supports conclusions from 0.80,"
        " tentative ones from 0.67. Answers that are not levels are counted separately.\n\n"
    )
    yield from format_table(_COLUMNS, [_row(each) for each in found])


def _row(each: Agreement) -> list[str]:
    alike, pairs = each.states
    same = "" if each.same is None else f"{rounded(100 * each.same)} %"
    states = f"{alike:,} of {pairs:,}" if pairs else ""
    return [line(each.title), f"{each.units:,}", same, _alpha(each), states]


def _alpha(each: Agreement) -> str:
    if not each.units:
        return ""
    words = "undefined, no variation" if each.alpha is None else f"{float(each.alpha):.2f}"
    if each.interval is not None:
        words += f" ({each.interval[0]:.2f} to {each.interval[1]:.2f})"
    return f"{words}, too few" if each.is_few else words

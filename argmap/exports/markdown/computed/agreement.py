"""How far the assessors agree, as a table: computed, and passed over on reading."""

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

_COLUMNS: Final = ("", "Compared", "Alike", "Alpha", "Other answers alike")


def agreement_section(to: MapContext) -> Iterator[str]:
    """Yield how far two or more assessors agree under the default rubric, if any do compare."""
    found = agreements(to.map, to.rubric) if to.rubric else []
    if not found:
        return
    yield f"\n## {form.AGREEMENT}\n\n"
    yield (
        "Levels that two or more assessors gave to one criterion of one claim. Alpha is 1 where"
        " they agree in all, 0 where they agree as by chance; it carries a conclusion from 0.80,"
        " a tentative one from 0.67. Answers that are no level are counted apart.\n\n"
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

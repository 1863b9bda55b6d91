"""Print grades: a row for each claim and assessor, then the explanation of each grade.

Lines have at most 80 columns if the rubric's bands are short. Nothing depends on colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.grade_report import describe_rule
from argmap.analysis.grading import limiting_block
from argmap.text.cells import fit_to_width, wrap_to_width
from argmap.text.display import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmap.analysis.grade_report import ClaimGrade
    from argmap.analysis.grading import BlockGrade, Grade
    from argmap.analysis.sensitivity import Flip
    from argmap.model.rubric import Rubric

WIDTH: Final = 80
"""The width of a line, in columns."""
DISCLAIMER: Final = "Grades describe the support and attribution shown, not truth."

_INDENT: Final = 4
_GAP: Final = 2
_HEAD: Final = ("Assessor", "Grade", "Range", "Limited by")
_LABELS: Final = ("Set aside", "Fragile", "By weight", "Margin", "To raise it")


def format_grades(
    title: str, rubric: Rubric, found: Sequence[ClaimGrade], who: str | None = None
) -> Iterator[str]:
    """Yield the grades of the document called *title*, line by line.

    Rated claims come first, then the others with one row each.

    Args:
        title: The document's title.
        rubric: The rubric that the claims are graded under.
        found: The grades, grouped by claim.
        who: The only assessor whose grades are in *found*; None for all.
    """
    named = f"{visible(rubric.id)} {visible(rubric.version)}"
    yield from wrap_to_width(f"{visible(title)}, graded under {named}", WIDTH)
    rated = [each for each in found if each.ratings]
    ids = {each.claim.id for each in rated}
    unrated = {each.claim.id: each for each in found if each.claim.id not in ids}
    no_one = "no assessor" if who is None or not rated else "–"
    if found:
        yield ""
        yield from _table(rated, list(unrated.values()), rubric, no_one)
    if rated and unrated:
        yield ""
        by = "" if who is None else f" by {visible(who)}"
        yield from wrap_to_width(f"{counted(len(unrated), 'claim')} not rated yet{by}", WIDTH)
    for each in rated:
        yield ""
        yield from _details(each, rubric)
    if found:
        yield ""
        yield DISCLAIMER


def _table(
    rated: Sequence[ClaimGrade], unrated: Sequence[ClaimGrade], rubric: Rubric, no_one: str
) -> Iterator[str]:
    found = [*rated, *unrated]
    rows = [_cells(each, rubric, no_one) for each in found]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    room = WIDTH - _INDENT - sum(widths[1:]) - _GAP * (len(_HEAD) - 1)
    widths[0] = min(widths[0], max(room, len(_HEAD[0])))
    yield _row(_HEAD, widths)
    last = None
    for each, row in zip(found, rows, strict=True):
        if each.claim.id != last:
            last = each.claim.id
            line = f"{visible(each.claim.label)}  {' '.join(visible(each.claim.text).split())}"
            yield fit_to_width(line, WIDTH).rstrip()
        yield _row(row, widths)


def _cells(each: ClaimGrade, rubric: Rubric, no_one: str) -> tuple[str, ...]:
    found = each.report.grade
    who = visible(each.assessor) if each.ratings and each.assessor else no_one
    limited = limiting_block(found, rubric)
    return (who, _grade(found, rubric), _range(found, rubric), limited.title if limited else "")


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    padded = (fit_to_width(cell, width) for cell, width in zip(cells, widths, strict=True))
    return (" " * _INDENT + (" " * _GAP).join(padded)).rstrip()


def _grade(found: Grade, rubric: Rubric) -> str:
    provisional = ", provisional" if found.state == "provisional" else ""
    return visible(found.format(rubric)) + provisional


def _range(found: Grade, rubric: Rubric) -> str:
    return "" if found.range is None else _bands(*found.range, rubric)


def _bands(low: int, high: int, rubric: Rubric) -> str:
    words = dict.fromkeys(visible(rubric.bands[band]) for band in (low, high))
    return "–".join(words)


def _details(each: ClaimGrade, rubric: Rubric) -> Iterator[str]:
    """Yield the explanation of the grade of one claim by one assessor."""
    found, hangs = each.report.grade, each.report.sensitivity
    head = f"{visible(each.claim.label)} by {visible(each.assessor or 'no assessor')}"
    yield from wrap_to_width(f"{head}: {_grade(found, rubric)}", WIDTH)
    indent = max(map(len, [*_LABELS, *(visible(block.title) for block in rubric.blocks)])) + _GAP
    for block in rubric.blocks:
        yield from _labelled_lines(
            visible(block.title), _describe_block(found.blocks[block.id], rubric), indent
        )
    yield from _labelled_lines("Set aside", _describe_set_aside(each, rubric), indent)
    steps = (
        f"yes: {_format_flips(hangs.steps, rubric)}"
        if hangs.is_fragile
        else "no: no single step changes the grade"
    )
    yield from _labelled_lines("Fragile", steps, indent)
    yield from _labelled_lines("By weight", _format_flips(hangs.weights, rubric), indent)
    if hangs.margin is not None:
        words = f"{float(hangs.margin):.2f} from the score to the nearest band limit"
        yield from _labelled_lines("Margin", words, indent)
    yield from _labelled_lines("To raise it", visible(each.report.lift or ""), indent)


def _labelled_lines(name: str, words: str, indent: int) -> Iterator[str]:
    """Yield *words* wrapped next to *name*; nothing if they are empty."""
    for n, line in enumerate(wrap_to_width(words, WIDTH - _GAP - indent) if words else ()):
        yield " " * _GAP + (fit_to_width(name, indent) if n == 0 else " " * indent) + line


def _describe_block(block: BlockGrade, rubric: Rubric) -> str:
    if block.state == "not_applicable":
        return "does not apply"
    band = "Not assessed" if block.band is None else visible(rubric.bands[block.band])
    words = band if block.score is None else f"{band} {float(block.score):.2f}"
    if block.coverage != 1:
        range_ = _bands(block.band_low, block.band_high, rubric)
        words += f", between {float(block.low):.2f} and {float(block.high):.2f} ({range_})"
        words += f"; {float(block.coverage):.0%} of its weight is rated"
    caps = ", ".join(f"{visible(c.criterion)} at most {c.at_most}" for c in block.caps)
    return words + (f"; capped: {caps}" if caps else "")


def _describe_set_aside(each: ClaimGrade, rubric: Rubric) -> str:
    """Return the criteria that a rule sets aside, with the rule and any overridden level."""
    groups: dict[str, list[str]] = {}
    for name in rubric.criteria:
        rule, rating = each.report.implied.get(name), each.ratings.get(name)
        if rule is not None:
            rated = rating is not None and rating.answer not in ("not_rated", "not_applicable")
            said = f"{name} (rated {rating.answer}, overridden)" if rating and rated else name
            groups.setdefault(describe_rule(rule), []).append(visible(said))
    return "; ".join(f"{', '.join(names)}, because {why}" for why, names in groups.items())


def _format_flips(flips: Iterable[Flip], rubric: Rubric) -> str:
    """Return the changes that alter the grade, grouped by the new grade."""
    groups: dict[str, list[str]] = {}
    for flip in flips:
        change = f"{flip.change:+d}" if isinstance(flip.change, int) else f"×{float(flip.change):g}"
        word = visible(flip.after.format(rubric))
        groups.setdefault(word, []).append(f"{visible(flip.criterion)} {change}")
    return "; ".join(f"{', '.join(changes)} → {word}" for word, changes in groups.items())

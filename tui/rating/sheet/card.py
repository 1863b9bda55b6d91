"""The closing card of a claim: its grade, its limit, and how to raise it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from argmap.text.display import counted, visible
from tui.look.cells import cut
from tui.look.grade_words import caps_in_words, limit_in_words, range_in_words
from tui.look.sheet_rows import BLANK, Part, hanging_rows, plain_row, width_of, wrapped_rows
from tui.views.grade_cells import bar

from .rows import claim_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.analysis.grade_report import GradeReport
    from argmap.analysis.grading import BlockGrade
    from argmap.model.rubric import Rubric
    from tui.look.sheet_rows import Row
    from tui.rating.round import Round

_INDENT = "  "


def card_rows(round_: Round, key: Callable[[str], str], width: int, height: int) -> list[Row]:
    """Return the closing card of the claim, in at most *height* rows.

    Args:
        round_: The round, at the claim.
        key: Returns the key of an action.
        width: Cells of a row.
        height: Rows.
    """
    rubric, report = round_.rubric, round_.grade_report(round_.claim)
    cells = "" if report.grade.band is None else bar(report.grade, len(rubric.bands)).rstrip("~ ")
    mark = Part(f"{cells}  " if cells else "", "grade")
    graded = hanging_rows(mark, range_in_words(report, rubric), width, "grade")
    graded += wrapped_rows(f"rated by {round_.assessor}", width, "quiet")
    parts = [claim_rows(round_.statement, width), graded + _unanswered(round_, report, width)]
    for title, rows_ in _reasons(round_, report, width):
        parts.append([plain_row(title, "heading"), *rows_])
    parts.append(_ways_on(round_, key, width))
    gaps = max(0, min(len(parts) - 1, height - sum(map(len, parts))))
    rows: list[Row] = []
    for number, part in enumerate(parts):
        if rows and (number == len(parts) - 1 or number <= gaps):
            rows.append(BLANK)
        rows += part
    ways = parts[-1]
    return rows if len(rows) <= height else [*rows[: max(0, height - len(ways))], *ways][:height]


def _unanswered(round_: Round, report: GradeReport, width: int) -> list[Row]:
    """Return the criteria without a level, each of which can be clicked."""
    still, implied = round_.open_criteria, report.implied
    unknown = [
        name
        for name, answer in round_.answers.items()
        if answer == "cannot_judge" and name not in implied
    ]
    rows: list[Row] = []
    for words, names in (("Not rated yet: ", still), ("Cannot judge: ", unknown)):
        if names:
            rows += _listed(words, names, round_.rubric, width)
    return rows


def _listed(words: str, names: list[str], rubric: Rubric, width: int) -> list[Row]:
    """Return the titles of the criteria *names* after *words*; each can be clicked."""
    rows: list[Row] = [plain_row(words if cell_len(words) <= width else cut(words, width), "quiet")]
    for name in names:
        title = cut(visible(rubric.criteria[name].title), width - 4).rstrip()
        end = "" if name == names[-1] else ", "
        part = Part(f"{title}{end}", "", f"criterion:{name}")
        if width_of(rows[-1]) + cell_len(part.words) > width:
            rows.append(plain_row(_INDENT))
        rows[-1] = (
            *rows[-1],
            part._replace(words=cut(part.words, width).rstrip() + " " * bool(end)),
        )
    return rows


def _reasons(round_: Round, report: GradeReport, width: int) -> Iterator[tuple[str, list[Row]]]:
    """Yield the title and the rows of each section below the grade."""
    rubric, grade = round_.rubric, report.grade
    if grade.state == "not_applicable":
        words = "This rubric cannot grade this claim."
        if round_.statement.nature:
            base = next(b for b in rubric.blocks if b.id == rubric.combination.base)
            words = f"A {round_.statement.nature} claim has no {base.title.lower()} to grade."
        yield "Why", hanging_rows(Part(_INDENT), words, width)
        return
    yield "Why", _why(report, rubric, width)
    limit = limit_in_words(report, rubric)
    is_top = grade.band == len(rubric.bands) - 1
    nothing = "Nothing: it is the highest grade." if is_top else "Nothing yet: there is no grade."
    yield "What limits it", hanging_rows(Part(_INDENT), _sentence(limit) or nothing, width)
    if report.lift:
        yield "What would raise it", hanging_rows(Part(_INDENT), report.lift, width)


def _why(report: GradeReport, rubric: Rubric, width: int) -> list[Row]:
    rows: list[Row] = []
    for block in rubric.blocks:
        graded = report.grade.blocks[block.id]
        head = Part(f"{_INDENT}{visible(block.title)}: ", "quiet")
        rows += hanging_rows(head, _block_in_words(graded, rubric), width)
    titles = {block.id: block.title.lower() for block in rubric.blocks}
    for limit in rubric.combination.limits:
        if report.grade.blocks[limit.block].state != "not_applicable":
            most = f"{counted(limit.raised_by, 'step')} above" if limit.raised_by else "that of"
            rule = (
                f"The grade is that of {titles[rubric.combination.base]},"
                f" at most {most} {titles[limit.block]}."
            )
            rows += hanging_rows(Part(_INDENT), rule, width, "quiet")
    return rows


def _block_in_words(graded: BlockGrade, rubric: Rubric) -> str:
    if graded.state == "not_applicable":
        return "does not apply to this claim"
    if graded.band is None:
        share = f"{float(graded.coverage):.0%}"
        return f"too few answers for a grade ({share} of the weight)"
    words = rubric.bands[graded.band]
    if graded.score is not None:
        words += f", {float(graded.score):.0f} of 100 points"
    return "; ".join([words, *caps_in_words(graded, rubric)])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def next_step(round_: Round, key: Callable[[str], str]) -> tuple[str, str, str]:
    """Return the key that leaves a finished claim, its effect, and its action."""
    following = None if round_.is_across else round_.next_open_claim
    if following is None:
        return key("rating.leave"), "goes back to the map", "leave"
    return key("rating.next"), f"goes to {round_.map.statements[following].label}", "next"


def _ways_on(round_: Round, key: Callable[[str], str], width: int) -> list[Row]:
    first, words, does = next_step(round_, key)
    more = "; no other claim is left to rate" if does == "leave" else ""
    back = f"{key('rating.previous')} goes back to the last question"
    return hanging_rows(Part(f"{first} ", "key", does), f"{words}{more} · {back}", width)

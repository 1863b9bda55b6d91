"""The rows of the rating sheet: claim, main item, question, levels, grade."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from argmap.analysis.answer_signs import IMPLIED, SIGNS, is_overridden, sign_for_answer
from argmap.analysis.grade_report import describe_implied, describe_rule
from argmap.analysis.grading import implications
from argmap.text.display import visible
from argmap.text.sentences import paragraphs_of
from tui.look.cells import cut
from tui.look.grade_words import grade_in_words
from tui.look.sheet_rows import (
    BLANK,
    Part,
    continued_row,
    cut_row,
    hanging_rows,
    plain_row,
    spread_row,
    width_of,
    words_of,
    wrapped_rows,
)
from tui.rating.round import find_direct_evidence

from .guide import question_of, rules_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argmap.analysis.grade_report import GradeReport
    from argmap.model.document import Passage
    from argmap.model.rubric import Block, Implication, Rubric
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import State
    from tui.look.sheet_rows import Row
    from tui.rating.round import Round

_MOST_PASSAGE: Final = 9
_MOST_LIFT: Final = 3
_TALL_FROM: Final = 30
"""Rows of a sheet from which the names of all criteria are listed."""
_SIGN_WORDS: Final = {"·": "not rated", "?": "cannot judge", "–": "does not apply"}
"""The meaning of each sign, for the line that explains those in use."""


def question_rows(
    round_: Round,
    key: Callable[[str], str],
    width: int,
    height: int,
    suggestion: str = "",
    *,
    has_text: bool = False,
) -> list[Row]:
    """Return the sheet for the current question, in at most *height* rows.

    The levels are always whole; where there is little room, the passage is cut first.

    Args:
        round_: The round, at the question.
        key: Returns the key of an action.
        width: Cells of a row.
        height: Rows.
        suggestion: The level that the map suggests, in words; empty for none.
        has_text: Whether the text is shown next to the sheet and need not be quoted.
    """
    report = round_.grade_report(round_.claim)
    claim = claim_rows(round_.statement, width)
    criteria = _criteria(round_, report, width, is_tall=height >= _TALL_FROM)
    asked = [*_heading(round_, width), *hanging_rows(Part("→ ", "hint"), suggestion, width, "hint")]
    asked += _levels(round_, report, width)
    grade = _grade(report, round_.rubric, width)
    room = height - sum(map(len, (claim, criteria, asked, grade)))
    item = _item(round_, key, width, has_text=has_text)
    item = item[: max(1, min(_MOST_PASSAGE, room))]
    room -= len(item)
    gaps = min(4, max(0, room))
    room -= gaps
    for more, into in (
        (_sign_legend(round_, report, width), criteria),
        (_states(round_, key, width), asked),
        (_lift(report, width), grade),
    ):
        if len(more) <= room:
            into.extend(more)
            room -= len(more)
    rows = _with_gaps((claim, item, criteria, asked, grade), gaps)
    rules = rules_rows(round_.rubric, width)
    if len(rules) < height - len(rows):
        rows += [BLANK, *rules]
    return rows[:height]


def _with_gaps(parts: Sequence[list[Row]], gaps: int) -> list[Row]:
    """Return *parts* as one list, with *gaps* blank rows between them.

    The question is set apart first, then the main item, then the grade.
    """
    rows: list[Row] = []
    for part, gaps_before in zip(parts, (0, 3, 1, 0, 2), strict=True):
        if rows and gaps_before < gaps:
            rows.append(BLANK)
        rows += part
    return rows


def answer_rows(round_: Round, grade: str, width: int, height: int) -> list[Row]:
    """Return claim, level and reason of one answer, in at most *height* rows.

    Args:
        round_: The round, at the question.
        grade: The grade of the claim, in words.
        width: Cells of a row.
        height: Rows.
    """
    criterion = round_.asked
    rule = implications(round_.answers, round_.statement.nature, round_.rubric).get(criterion.id)
    rating = round_.ratings_of(round_.claim).get(criterion.id)
    answer = rating.answer if rating else "not_rated"
    words = criterion.levels[answer] if isinstance(answer, int) else _state(answer, round_.rubric)
    claim = claim_rows(round_.statement, width)
    heading = _heading(round_, width)[:1]
    end = cut_row(f"Grade  {'; '.join(grade.splitlines())}", width, "grade")
    why = reason_rows(round_, rule, width)
    said = hanging_rows(Part(f"{sign_for_answer(answer)} ", "key"), words, width)
    if rule is not None and not is_overridden(answer):
        said = []
    room = height - 2
    rows = [*claim[: max(1, room - len(said) - len(why))], *heading, *said, *why]
    if len(rows) > height - 1:
        rows = rows[: height - 1]
        rows[-1] = continued_row(rows[-1], width)
    return [*rows, end]


def reason_rows(round_: Round, rule: Implication | None, width: int) -> list[Row]:
    """Return the rule that implies the current answer, and its written reason.

    Args:
        round_: The round, at the question.
        rule: The rule by which the criterion does not apply; None if it applies.
        width: Cells of a row.
    """
    rating = round_.ratings_of(round_.claim).get(round_.criterion)
    rows: list[Row] = []
    if rule is not None:
        words = f"does not apply: {describe_implied(rule, round_.rubric)}"
        rows += hanging_rows(Part(f"{IMPLIED} ", "hint"), words, width, "hint")
        if rating is not None and is_overridden(rating.answer):
            word = str(rating.answer).replace("_", " ")
            words = f"the answer {word} is kept but does not count"
            rows += hanging_rows(Part("  "), words, width, "quiet")
    if rating is not None and rating.because:
        rows += hanging_rows(Part("  because ", "quiet"), rating.because, width)
    return rows


def claim_rows(claim: Statement, width: int) -> list[Row]:
    """Return the label and the words of *claim*, in two rows at most."""
    nature = f"  ({claim.nature})" if claim.nature else ""
    head = Part(f"{visible(claim.label)}  ", "sign")
    rows = hanging_rows(head, f"{' '.join(claim.text.split())}{nature}", width, "strong")
    if len(rows) > 2:  # noqa: PLR2004  (what a claim may take)
        *indent, _ = rows[1]  # empty where the words go below the label
        others = " ".join(words_of(row).strip() for row in rows[1:])
        room = width - width_of(tuple(indent))
        rows[1:] = [(*indent, Part(cut(others, room).rstrip(), "strong"))]
    return rows


def _state(state: State, rubric: Rubric) -> str:
    """Return the words of *rubric* for a state, such as `cannot_judge`."""
    return dict(rubric.states).get(state) or state.replace("_", " ")


def _item(round_: Round, key: Callable[[str], str], width: int, *, has_text: bool) -> list[Row]:
    """Return the main item, with the sentences around it unless *has_text*."""
    item = round_.map.statements.get(round_.statement.main_item or "")
    if item is None and not find_direct_evidence(round_.map, round_.statement):
        words = f"Main item: no evidence supports {round_.statement.label} directly"
        return [cut_row(words, width, "quiet")]
    if item is None:
        head = Part("Main item: not chosen yet · ", "quiet", "item")
        tail = Part(" chooses it", "quiet", "item")
        row: Row = (head, Part(key("rating.item"), "key", "item"), tail)
        return [row] if width_of(row) <= width else wrapped_rows(words_of(row), width, "quiet")
    head = Part(f"Main item {visible(item.label)}  ", "item", "item")
    words = " ".join(visible(item.text).split())
    if has_text:
        return hanging_rows(head, words, width)[:3]
    rows = hanging_rows(
        head, cut(words, max(1, width - cell_len(head.words))).rstrip(), width, "item"
    )
    if item.passages:
        before, quoted, after = _round(round_.map.document.text, item.passages[0])
        rows += wrapped_rows(before, width, "quiet")[-2:] if before else []
        rows += wrapped_rows(f"“{quoted}”", width, "quote")
        rows += wrapped_rows(after, width, "quiet")[:2] if after else []
    return rows


def _round(text: str, passage: Passage) -> tuple[str, str, str]:
    """Return the sentence before *passage*, its words, and the sentence after it."""
    paragraphs = paragraphs_of(text)
    first = paragraphs.sentence_number(passage.start)
    last = paragraphs.sentence_number(max(passage.start, passage.end - 1))
    sentences = paragraphs.sentences
    low = sentences[first - 1][0] if first else passage.start
    high = sentences[last + 1][1] if last + 1 < len(sentences) else passage.end
    parts = text[low : passage.start], passage.words, text[passage.end : high]
    before, words, after = (" ".join(visible(part.replace("\n", " ")).split()) for part in parts)
    return before, words, after


def _criteria(round_: Round, report: GradeReport, width: int, *, is_tall: bool) -> list[Row]:
    """Return all criteria with their answers, as names or, if narrow, as signs."""
    blocks = round_.rubric.blocks
    widest = max(cell_len(visible(c.title)) for c in round_.rubric.criteria.values())
    cell = widest + 6
    if not is_tall or cell > width:
        return _strip(round_, report, width)
    at_once = max(1, width // cell)
    rows: list[Row] = []
    for first in range(0, len(blocks), at_once):
        columns = [_column(round_, report, block, cell) for block in blocks[first:][:at_once]]
        blank: Row = plain_row(" " * cell)
        rows += [
            tuple(part for piece in pieces for part in piece)
            for pieces in zip_longest(*columns, fillvalue=blank)
        ]
    return rows


def _column(round_: Round, report: GradeReport, block: Block, width: int) -> list[Row]:
    rows = [plain_row(cut(visible(block.title), width), "quiet")]
    for criterion in block.criteria:
        is_here = criterion.id == round_.criterion
        does = f"criterion:{criterion.id}"
        sign = _sign(round_, report, criterion.id)
        is_open = sign == SIGNS["not_rated"]
        title = cut(visible(criterion.title), width - 5)
        look = "here" if is_here else "quiet" if is_open or sign == IMPLIED else ""
        rows.append(
            (
                Part("▸ " if is_here else "  ", "here", does),
                Part(f"{sign:<2} ", "quiet" if is_open else "sign", does),
                Part(title, look, does),
            )
        )
    return rows


def _strip(round_: Round, report: GradeReport, width: int) -> list[Row]:
    """Return the answers as signs, by block, and the number of missing ones."""
    parts: list[Part] = []
    for block in round_.rubric.blocks:
        parts.append(Part(f"{'  ' if parts else ''}{visible(block.title)} ", "quiet"))
        for criterion in block.criteria:
            sign, does = _sign(round_, report, criterion.id), f"criterion:{criterion.id}"
            is_here = criterion.id == round_.criterion
            look = "here" if is_here else "quiet" if sign == SIGNS["not_rated"] else "sign"
            parts.append(Part(f"[{sign}]" if is_here else f" {sign} ", look, does))
    row = tuple(parts)
    still = len(round_.open_criteria)
    left = plain_row(f"{still} left" if still else "all answered", "quiet")
    if width_of(row) > width:
        return [cut_row(words_of(row), width, "quiet")]
    return [spread_row(row, left, width)]


def _sign(round_: Round, report: GradeReport, criterion: str) -> str:
    rating = round_.ratings_of(round_.claim).get(criterion)
    return sign_for_answer(
        rating.answer if rating else None, is_implied=criterion in report.implied
    )


def _sign_legend(round_: Round, report: GradeReport, width: int) -> list[Row]:
    """Return the meaning of each sign that the answers use."""
    signs = [_sign(round_, report, name) for name in round_.criteria]
    if set(signs) <= {SIGNS["not_rated"], *"0123456789"}:
        return []
    words = [f"{sign} {meaning}" for sign, meaning in _SIGN_WORDS.items() if sign in signs]
    reason = " and because ".join(dict.fromkeys(map(describe_rule, report.implied.values())))
    if reason:
        words.append(f"{IMPLIED} does not apply, because {reason}")
    return wrapped_rows("   ".join(words), width, "quiet")


def _heading(round_: Round, width: int) -> list[Row]:
    """Return the title of the criterion with its question and its number."""
    criterion = round_.asked
    place = f"{round_.criteria.index(criterion.id) + 1} of {len(round_.criteria)}"
    title: Row = plain_row(visible(criterion.title), "heading")
    question = question_of(criterion, round_.rubric)
    right = plain_row(place, "quiet")
    whole: Row = (*title, Part(f"  {question}", "strong")) if question else title
    if width_of(whole) + cell_len(place) + 2 <= width:
        return [spread_row(whole, right, width)]
    if width_of(title) > width:
        title = cut_row(criterion.title, width, "heading")
    return [spread_row(title, right, width), *wrapped_rows(question, width, "strong")]


def _levels(round_: Round, report: GradeReport, width: int) -> list[Row]:
    criterion = round_.asked
    rating = round_.ratings_of(round_.claim).get(criterion.id)
    rows: list[Row] = []
    for level, sentence in enumerate(criterion.levels):
        is_answer = rating is not None and rating.answer == level
        mark = "▸" if is_answer else " "
        head = Part(f"{mark}{level} ", "answer-key" if is_answer else "key", f"level:{level}")
        rows += hanging_rows(head, sentence, width, "answer" if is_answer else "")
    if rating is not None and not isinstance(rating.answer, int) and rating.answer != "not_rated":
        head = Part(f"▸{SIGNS[rating.answer]} ", "answer-key")
        rows.append((head, Part(rating.answer.replace("_", " "), "answer")))
    return rows + reason_rows(round_, report.implied.get(criterion.id), width)


def _states(round_: Round, key: Callable[[str], str], width: int) -> list[Row]:
    """Return the two answers that are no level, and when to give them."""
    rows = hanging_rows(
        Part(f" {key('rating.cannot-judge')} ", "key", "state:cannot_judge"),
        "cannot judge: the text gives no basis",
        width,
        "quiet",
    )
    when = round_.asked.not_applicable_when
    if when == "never":
        return rows
    head = Part(f" {key('rating.not-applicable')} ", "key", "state:not_applicable")
    words = f"does not apply: {when}" if when else "does not apply to this claim"
    return rows + hanging_rows(head, words, width, "quiet")


def _grade(report: GradeReport, rubric: Rubric, width: int) -> list[Row]:
    words = grade_in_words(report, rubric)
    return hanging_rows(Part("Grade  ", "quiet"), words, width, "grade")[:2]


def _lift(report: GradeReport, width: int) -> list[Row]:
    """Return the advice that would raise the grade, in full or not at all."""
    rows = hanging_rows(Part("       "), report.lift or "", width, "quiet")
    return rows if len(rows) <= _MOST_LIFT else []

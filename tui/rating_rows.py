"""The sheet on which a claim is rated, as rows: the claim, its main item, the levels, the grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.answer_signs import IMPLIED, SIGNS, is_overridden, sign_of
from argmap.claim_grades import implied_in_words, rule_in_words
from argmap.grading import implications, limiting_block
from argmap.sentences import paragraphs_of
from argmap.text import visible
from tui.cells import cut, wrapped

if TYPE_CHECKING:
    from argmap.claim_grades import Judged
    from argmap.model.document import Passage
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Implication, Rubric
    from argmap.model.statement import Statement
    from argmap.model.words import State
    from tui.rating import Round

Line = tuple[str, str]
"""What stands in a row, safe to draw, and how it looks."""

BLANK: Final = ("", "")
_MOST_PASSAGE: Final = 9
_MOST_LIFT: Final = 2


def sheet(round_: Round, width: int, height: int) -> list[Line]:
    """Return the sheet for what is asked, in at most *height* rows of *width* cells.

    The levels stand whole; where there is little room, the passage is cut first.
    """
    found = round_.judged(round_.claim)
    claim = _claim(round_.statement, width)
    levels = _levels(round_, found, width)
    answers = _answers(round_, found, width)
    grade = _grade(found, round_.rubric, width)
    room = height - len(claim) - len(levels) - len(answers) - len(grade)
    item = _item(round_.map, round_.statement, width)[: max(1, min(_MOST_PASSAGE, room))]
    lift = _lift(found, width)
    grade += lift if len(item) + len(lift) <= room else []
    gaps = min(4, max(0, height - sum(map(len, (claim, levels, answers, grade, item)))))
    parts: list[list[Line]] = [claim, item, answers, levels, grade]
    rows: list[Line] = []
    for number, part in enumerate(parts):
        if rows and number <= gaps:
            rows.append(BLANK)
        rows += part
    left = height - len(rows) - 1
    if left > 1:
        rows += [BLANK, *guide(round_.rubric, width)[: left - 1]]
    return rows[:height]


def guide(rubric: Rubric, width: int) -> list[Line]:
    """Return the rubric's instructions."""
    lines = _hanging("", f"How to rate: {visible(rubric.title)}", width, "heading")
    for sentence in rubric.instructions:
        lines += _hanging("· ", visible(sentence), width, "quiet")
    return lines


def behind(round_: Round, grade: str, width: int, height: int) -> list[Line]:
    """Return what stands behind one answer, in at most *height* rows of *width* cells.

    Args:
        round_: Where the reader is.
        grade: What the answers come to, in words.
        width: Cells of a row.
        height: Rows.
    """
    criterion = round_.asked
    rule = implications(round_.answers, round_.statement.nature, round_.rubric).get(criterion.id)
    rating = round_.ratings_of(round_.claim).get(criterion.id)
    answer = rating.answer if rating else "not_rated"
    words = criterion.levels[answer] if isinstance(answer, int) else _state(answer, round_.rubric)
    claim = _claim(round_.statement, width)
    heading: Line = (cut(_title(round_), width).rstrip(), "heading")
    end: Line = (cut(f"grade  {'; '.join(grade.splitlines())}", width).rstrip(), "grade")
    why = reasons(round_, rule, width)
    said = _hanging(f"{sign_of(answer)} ", visible(words), width, "")
    if rule is not None and not is_overridden(answer):
        said = []
    room = height - 2
    rows = [*claim[: max(1, room - len(said) - len(why))], heading, *said, *why]
    return [*rows[: height - 1], end]


def reasons(round_: Round, rule: Implication | None, width: int) -> list[Line]:
    """Return why the answer to what is asked is as it is: what implies it, and the reason given.

    Args:
        round_: Where the assessor is.
        rule: The rule by which the criterion does not apply, if there is one.
        width: Cells of a row.
    """
    rating = round_.ratings_of(round_.claim).get(round_.criterion)
    lines: list[Line] = []
    if rule is not None:
        words = f"does not apply: {implied_in_words(rule, round_.rubric)}"
        lines += _hanging(f"{IMPLIED} ", visible(words), width, "implied")
        if rating is not None and is_overridden(rating.answer):
            word = str(rating.answer).replace("_", " ")
            words = f"the answer {word} is kept, and does not count"
            lines += _hanging("  ", words, width, "quiet")
    if rating is not None and rating.because:
        lines += _hanging("  because ", visible(rating.because), width, "quiet")
    return lines


def _state(state: State, rubric: Rubric) -> str:
    """Return what a state that is no number means."""
    return dict(rubric.states).get(state) or state.replace("_", " ")


def _claim(claim: Statement, width: int) -> list[Line]:
    nature = f"  ({claim.nature})" if claim.nature else ""
    words = f"{visible(claim.label)}  {' '.join(visible(claim.text).split())}{nature}"
    lines = wrapped(words, width)
    if len(lines) > 2:  # noqa: PLR2004  (what a claim may take)
        lines = [lines[0], cut(" ".join(lines[1:]), width).rstrip()]
    return [(line, "strong") for line in lines]


def _item(argument_map: ArgumentMap, claim: Statement, width: int) -> list[Line]:
    """Return the main item, with the sentences round it as the text has them."""
    item = argument_map.statements.get(claim.main_item or "")
    if item is None:
        return [
            (line, "quiet") for line in wrapped("main item: not chosen yet; i chooses it", width)
        ]
    head = f"main item {visible(item.label)}  {' '.join(visible(item.text).split())}"
    lines: list[Line] = [(cut(head, width).rstrip(), "item")]
    if item.passages:
        before, words, after = _round(argument_map.document.text, item.passages[0])
        lines += [(line, "quiet") for line in wrapped(before, width)[-2:] if before]
        lines += [(line, "quote") for line in wrapped(f"“{words}”", width)]
        lines += [(line, "quiet") for line in wrapped(after, width)[:2] if after]
    return lines


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


def _answers(round_: Round, found: Judged, width: int) -> list[Line]:
    """Return all criteria with their answers, a few letters each, in one line or two."""
    ratings = round_.ratings_of(round_.claim)
    cells = []
    for name in round_.criteria:
        rating = ratings.get(name)
        sign = sign_of(rating.answer if rating else None, is_implied=name in found.implied)
        is_here = name == round_.criterion
        cells.append(f"{'▸' if is_here else ' '}{visible(name)[:6]} {sign}")
    each = max(map(len, cells)) + 1
    many = max(1, width // each)
    rows = [cells[n : n + many] for n in range(0, len(cells), many)]
    lines = [("".join(f"{cell:{each}}" for cell in row).rstrip(), "answers") for row in rows]
    since = " and since ".join(dict.fromkeys(map(rule_in_words, found.implied.values())))
    words = f"{IMPLIED} does not apply, since {visible(since)}"
    return [*lines, (cut(words, width).rstrip(), "implied")] if since else lines


def _levels(round_: Round, found: Judged, width: int) -> list[Line]:
    criterion = round_.asked
    rating = round_.ratings_of(round_.claim).get(criterion.id)
    lines: list[Line] = [(cut(_title(round_), width).rstrip(), "heading")]
    for level, sentence in enumerate(criterion.levels):
        is_answer = rating is not None and rating.answer == level
        mark = "▸" if is_answer else " "
        lines += _hanging(
            f"{mark}{level} ", visible(sentence), width, "answer" if is_answer else ""
        )
    if rating is not None and not isinstance(rating.answer, int):
        lines.append((f"▸{SIGNS[rating.answer]} {rating.answer.replace('_', ' ')}", "answer"))
    return lines + reasons(round_, found.implied.get(criterion.id), width)


def _title(round_: Round) -> str:
    criterion = round_.asked
    place = f"{round_.criteria.index(criterion.id) + 1}/{len(round_.criteria)}"
    return f"{visible(criterion.title)}  ({place}, weight {criterion.weight:g})"


def _grade(found: Judged, rubric: Rubric, width: int) -> list[Line]:
    """Return the grade, and what limits it."""
    grade = found.grade
    words = grade.in_words(rubric)
    if grade.state == "provisional":
        words += ", provisional"
    if grade.range and grade.range[0] != grade.range[1]:
        low, high = grade.range
        words += f", {rubric.bands[low]} to {rubric.bands[high]} possible"
    caps = [
        f"{cap.criterion} at {cap.at_most} allows {cap.band} at most"
        for block in grade.blocks.values()
        for cap in block.caps
    ]
    if block := limiting_block(grade, rubric):
        words += f"; limited by {block.title.lower()}"
    if caps:
        words += f" ({'; '.join(caps)})"
    return _hanging("grade  ", visible(words), width, "grade")[:2]


def _lift(found: Judged, width: int) -> list[Line]:
    """Return what would lift the grade."""
    lines = _hanging("       ", visible(found.lift or ""), width, "quiet")
    if len(lines) > _MOST_LIFT:
        cut_off = " ".join(words.strip() for words, _ in lines[_MOST_LIFT - 1 :])
        lines[_MOST_LIFT - 1 :] = [(cut(f"       {cut_off}", width), "quiet")]
    return lines


def _hanging(head: str, words: str, width: int, look: str) -> list[Line]:
    """Return *words* wrapped behind *head*, the further rows set in as far."""
    if not words:
        return []
    inner = wrapped(words, max(8, width - len(head)))
    return [(f"{head if not n else ' ' * len(head)}{line}", look) for n, line in enumerate(inner)]

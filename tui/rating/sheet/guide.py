"""Help with rating: a short guide, questions, and the rubric's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.text.display import visible
from tui.look.sheet_rows import BLANK, Part, cut_row, hanging_rows, wrapped_rows

if TYPE_CHECKING:
    from argmap.model.rubric import Criterion, Rubric
    from tui.look.sheet_rows import Row

_QUESTIONS: Final = {
    "directness": "How close does the evidence come to the fact itself?",
    "fit": "Does the main item support exactly this claim?",
    "corroboration": "How many independent origins say so?",
    "specificity": "How exactly does the claim say who, what, where and when?",
    "contrary": "How does the text deal with evidence against it?",
    "currency": "Is the main item from the time that the claim is about?",
    "identification": "How well can you tell who the source is?",
    "access": "How would the source know?",
    "interest": "Does the text say what the source stands to gain?",
    "traceability": "Could a reader find the source?",
    "fidelity": "Is the text as certain as its source?",
}
"""Questions for the criteria of the shipped rubrics, which have only titles."""

HELP: Final = """\
How to rate
{rating.item} chooses the main item: the evidence that the text relies on most
Then read the levels, and press the digit of the highest one that the text clearly meets; in \
doubt, choose the one below
{rating.cannot-judge} cannot judge: the text gives no basis to decide
{rating.not-applicable} does not apply: the question does not fit this claim
{rating.because} adds a reason to the answer that you just gave
After the last question you see the grade, the reasons for it and what would raise it; \
{rating.next} goes to the next claim
{rating.guide} shows the rules of the rubric in full"""
"""The short guide for the top of the help: a heading, then lines.

`{rating.item}` is replaced by the key of that action.
"""


def question_of(criterion: Criterion, rubric: Rubric) -> str:
    """Return the question for *criterion*; empty unless argmap ships *rubric*."""
    is_shipped = rubric.id in ("evidence-attribution", "quick-look")
    return _QUESTIONS.get(criterion.id, "") if is_shipped else ""


def rules_rows(rubric: Rubric, width: int) -> list[Row]:
    """Return the instructions of *rubric*."""
    rows = [cut_row(f"The rules of “{visible(rubric.title)}”", width, "heading"), BLANK]
    if not rubric.instructions:
        return [*rows, *wrapped_rows("This rubric has no rules beyond its levels.", width, "quiet")]
    for sentence in rubric.instructions:
        rows += hanging_rows(Part("· ", "quiet"), sentence, width, "quiet")
    return rows

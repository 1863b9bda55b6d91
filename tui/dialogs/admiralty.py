"""Dialogs for the Admiralty pair: a letter for a source, a number for an item.

The two are asked separately, and neither dialog shows the other's answer. A suggestion is
saved only once a person has chosen it.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from argmap.analysis.admiralty import (
    LETTER_WORDS,
    NUMBER_WORDS,
    clearest_class,
    diagonal_of,
    suggest_letter,
    suggest_number,
)
from argmap.analysis.provenance import live_map_of, provenance_of
from argmap.edit.admiralty import rate_credibility, rate_reliability
from argmap.host.clock import now
from argmap.model.rating import Credibility, Reliability
from argmap.records.ids import credibility_id, reliability_id
from argmap.text.sentences import paragraph_number
from store.queries import admiralty_pairs

from .conflicts import save
from .pick import Choice
from .questions import AloneDialog, Question, QuestionsDialog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmap.analysis.admiralty import SuggestedLetter, SuggestedNumber
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.statement import Statement
    from argmap.model.vocabulary import Consistency, Letter, Logical
    from store.queries import SourceSummary
    from tui.core.host import Asker
    from tui.core.workspace import Workspace

NONE: Final = "none"
"""The answer that saves the other answers without a letter or a number."""

_LETTER_NOTES: Final[dict[str, str]] = {
    "A": "needs a reason; never suggested",
    "F": "no basis to judge; not a bad rating",
}
_NUMBER_NOTES: Final = {6: "no basis to judge; not a bad rating"}
_LOGICAL: Final[dict[str, str]] = {
    "yes": "it does not contradict itself",
    "partly": "part of it does not follow, or leaves a gap",
    "no": "it contradicts itself, or is impossible",
    "unknown": "it cannot be determined",
}
_CONSISTENCY: Final[dict[str, str]] = {
    "consistent": "other information agrees with it",
    "partly": "some of it agrees, some does not",
    "none": "there is no other information about it",
    "contradicted": "other information contradicts it",
    "unknown": "it cannot be determined",
}
_CONFLICT: Final = {
    "yes": "at least one source does",
    "no": "no known source does",
    "unknown": "not checked",
}
_CONFLICTS: Final = {"yes": True, "no": False, "unknown": None}


def suggest_letter_from_answers(row: SourceSummary, answers: Mapping[str, str]) -> SuggestedLetter:
    """Return the letter that citations and checked statements suggest.

    Args:
        row: The source, with the classes by which texts cite it.
        answers: Uses `checked` and `right`, counts as typed; either may be missing.
    """
    checked, held = _count(answers.get("checked")), _count(answers.get("right"))
    return suggest_letter(clearest_class(row.classes), checked, held)


def next_letter_question(
    row: SourceSummary,
    topics: Sequence[str],
    assessor: str,
    begun: Reliability | None,
    answers: Mapping[str, str],
) -> Question | None:
    """Return the next question about a letter; None once all are answered.

    Args:
        row: The source with its letters.
        topics: The topics on which any source has a letter.
        assessor: The person who answers.
        begun: An earlier letter whose topic is filled in first.
        answers: The answers so far, by question: topic, checked, right, letter, because.
    """
    if "topic" not in answers:
        words = "on which topic? Leave it empty for the source in general"
        return Question("topic", words, value=begun.topic or "" if begun else "", known=topics)
    topic = answers["topic"] or None
    own = ((r.topic, r.assessor) == (topic, assessor) for r in row.reliability)
    earlier = next((r for r, is_own in zip(row.reliability, own, strict=True) if is_own), None)
    if "checked" not in answers:
        words = "how many of its earlier statements were checked? Leave it empty for none"
        return Question("checked", words, value=_typed(earlier.checked if earlier else None),
                        wrong=partial(_not_count, None))  # fmt: skip
    checked = _count(answers["checked"])
    if checked and "right" not in answers:
        value = earlier.valid if earlier and earlier.checked == checked else None
        words = f"how many of the {checked} were right?"
        wrong = partial(_not_count, checked)
        return Question("right", words, value=_typed(value), wrong=wrong)
    suggested = suggest_letter_from_answers(row, answers)
    if "letter" not in answers:
        words = f"which letter? {suggested.letter} is suggested: {suggested.reason}"
        choices = [Choice(letter, called, _LETTER_NOTES.get(letter, ""))
                   for letter, called in LETTER_WORDS.items()]  # fmt: skip
        choices.append(Choice(NONE, "no letter", "saves only the counts"))
        return Question("letter", words, choices, suggested.letter)
    if answers["letter"] not in {"A", suggested.letter}:
        words = f"{suggested.letter} was suggested; why {_called(answers['letter'], 'letter')}?"
        return _why(answers, words, earlier)
    return _why(answers, "why is this source beyond doubt?", earlier) \
        if answers["letter"] == "A" else None  # fmt: skip


def letter_operation(
    row: SourceSummary, assessor: str, at: str, answers: Mapping[str, str]
) -> Operation:
    """Return the operation that gives the source the letter in *answers*.

    Raises:
        EditError: the letter is A, or differs from the suggestion, and has no reason.
        ModelError: more statements were right than were checked.
    """
    topic = answers["topic"] or None
    letter = None if answers["letter"] == NONE else cast("Letter", answers["letter"])
    reliability = Reliability(
        reliability_id(row.source.id, topic, assessor),
        row.source.id,
        assessor,
        letter,
        topic,
        _count(answers["checked"]),
        _count(answers.get("right")),
        answers.get("because") or None,
        at,
    )
    return rate_reliability(
        row.source, reliability, row.reliability, suggest_letter_from_answers(row, answers)
    )


async def ask_letter(
    asker: Asker, who: str, row: SourceSummary, topics: Sequence[str], begun: Reliability | None
) -> Operation | None:
    """Ask *who* for a letter for the source of *row*; return None if they cancel."""
    asked = partial(next_letter_question, row, topics, who, begun)
    about = f"{row.source.name}\nA source may be reliable on one topic and not on another."
    answers = await asker.ask(QuestionsDialog("Reliability of a source, A–F", about, asked))
    return letter_operation(row, who, now(), answers) if answers is not None else None


def suggest_number_from_answers(origins: int, answers: Mapping[str, str]) -> SuggestedNumber:
    """Return the number that *answers* and the count of identified *origins* suggest."""
    return suggest_number(
        origins,
        cast("Logical", answers["logical"]),
        cast("Consistency", answers["agreement"]),
        _CONFLICTS[answers["contradicted"]],
    )


def next_number_question(
    origins: int, earlier: Credibility | None, answers: Mapping[str, str]
) -> Question | None:
    """Return the next question about a number; None once all are answered.

    Args:
        origins: Identified origins that support the item on the map.
        earlier: The number that the same assessor gave before.
        answers: The answers so far, by question: logical, agreement, contradicted, number,
            because.
    """
    value: str
    if "logical" not in answers:
        value = earlier.logical or "" if earlier else ""
        return Question("logical", "is it logical in itself?", _choices(_LOGICAL), value)
    if "agreement" not in answers:
        value = earlier.consistency or "" if earlier else ""
        words = "does it agree with other information?"
        return Question("agreement", words, _choices(_CONSISTENCY), value)
    if "contradicted" not in answers:
        value = _answer_of(earlier.conflict) if earlier else ""
        words = "does any source contradict it?"
        return Question("contradicted", words, _choices(_CONFLICT), value)
    suggested = suggest_number_from_answers(origins, answers)
    if "number" not in answers:
        suggestion = f"{suggested.number} is suggested" if suggested.number else "none is suggested"
        choices = [Choice(f"{number}", called, _NUMBER_NOTES.get(number, ""))
                   for number, called in NUMBER_WORDS.items()]  # fmt: skip
        choices.append(Choice(NONE, "no number", "saves only the answers"))
        value = str(suggested.number or "")
        return Question("number", f"which number? {suggestion}: {suggested.reason}", choices, value)
    if suggested.number and answers["number"] != str(suggested.number):
        words = f"{suggested.number} was suggested; why {_called(answers['number'], 'number')}?"
        return _why(answers, words, earlier)
    return None


def number_operation(
    argument_map: ArgumentMap,
    item: Statement,
    assessor: str,
    at: str,
    origins: int,
    answers: Mapping[str, str],
) -> Operation:
    """Return the operation that gives the item the number in *answers*.

    Raises:
        EditError: the item was removed, or the number differs from the suggestion and has no
            reason.
    """
    credibility = Credibility(
        credibility_id(item.id, assessor),
        item.id,
        assessor,
        None if answers["number"] == NONE else int(answers["number"]),
        cast("Logical", answers["logical"]),
        cast("Consistency", answers["agreement"]),
        _CONFLICTS[answers["contradicted"]],
        answers.get("because") or None,
        at,
    )
    return rate_credibility(
        argument_map, credibility, suggest_number_from_answers(origins, answers)
    )


async def ask_number(work: Workspace) -> None:
    """Ask for the number of the selected item, with its source's letter hidden."""
    item, argument_map, who = work.statement, work.map, work.rater.assessor
    origins = await asyncio.to_thread(_origins, argument_map, item.id)
    ratings = argument_map.credibilities_of.get(item.id, ())
    earlier = next((c for c in ratings if c.assessor == who), None)
    asked = partial(next_number_question, origins, earlier)
    work.host.clear_notice()  # the message may name the letter of the source
    dialog = AloneDialog(f"Credibility of {item.label}, 1–6", _about(argument_map, item), asked)
    answers = await work.host.ask(dialog)
    if answers is None:
        return
    operation = number_operation(argument_map, item, who, now(), origins, answers)
    if not await save(work, operation):
        return
    warning = diagonal_of(await work.session.database.read(admiralty_pairs)).warning
    if warning:
        work.host.say(warning, is_bad=True)


def _about(argument_map: ArgumentMap, item: Statement) -> str:
    """Return the text of the item, and its passages where their words differ."""
    text = argument_map.document.text
    quoted = [
        f"“{' '.join(p.words.split())}”  ¶ {paragraph_number(text, p.start)}"
        for p in item.passages
        if p.words != item.text
    ]
    return "\n".join([item.text, *quoted])


def _origins(argument_map: ArgumentMap, item: str) -> int:
    """Return the number of identified origins of *item*, an id, and of its support."""
    return provenance_of(live_map_of(argument_map), item).count.n_min


def _why(
    answers: Mapping[str, str], words: str, earlier: Reliability | Credibility | None
) -> Question | None:
    if "because" in answers:
        return None
    value = earlier.because or "" if earlier else ""
    return Question("because", words, value=value, wrong=_no_reason)


def _no_reason(typed: str) -> str:
    return "" if typed else "type a reason, or press esc to go back"


def _not_count(most: int | None, typed: str) -> str:
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 10):  # noqa: PLR2004  (enough)
        return "type a whole number"
    if most is not None and int(typed or 0) > most:
        return f"at most {most} can be right"
    return ""


def _count(typed: str | None) -> int | None:
    return int(typed) if typed else None


def _typed(count: int | None) -> str:
    return "" if count is None else str(count)


def _called(answer: str, what: str) -> str:
    return f"no {what}" if answer == NONE else answer


def _answer_of(conflict: bool | None) -> str:  # noqa: FBT001  (a recorded answer)
    return next(word for word, value in _CONFLICTS.items() if value is conflict)


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(word, word, note) for word, note in words.items()]

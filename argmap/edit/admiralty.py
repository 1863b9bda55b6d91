"""Verbs of the Admiralty pair: give a source its letter, and an item its number.

A suggestion becomes a judgement only by a person. To leave it takes a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from argmap.errors import EditError
from argmap.model.map import Change, Operation
from argmap.model.older_rows import empty_fault
from argmap.model.rating import reason_fault
from argmap.text.display import short

from .labels import step_in_words
from .preconditions import check_id_is_free, find_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.analysis.admiralty import SuggestedLetter, SuggestedNumber
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Credibility, Reliability
    from argmap.model.source import Source
    from argmap.model.vocabulary import Letter


def rate_reliability(
    source: Source,
    given: Reliability,
    known: Sequence[Reliability] = (),
    suggested: SuggestedLetter | None = None,
) -> Operation:
    """Give a source a letter on a topic, replacing the same assessor's earlier one there.

    Args:
        source: Whose letter it is.
        given: The letter with its basis.
        known: All letters that the source was given.
        suggested: What was suggested, which the log then tells.

    Raises:
        EditError: it judges nothing, lacks a reason that it needs (see `reason_fault`), or is
            other than suggested without a reason; or of another source.
    """
    if given.source != source.id:
        message = f"the letter is one of {given.source}, not of {source.id}"
        raise EditError(message)
    if fault := empty_fault(given, ()) or reason_fault(given, source.kind):
        raise EditError(str(fault))
    wanted = suggested.letter if suggested else None
    _refuse_unfounded(given.letter, wanted, given.because)
    key = (given.topic, given.assessor)
    old = next((r for r in known if (r.topic, r.assessor) == key), None)
    topic = f" on {short(given.topic)}" if given.topic else ""
    step = step_in_words(old and old.letter, given.letter)
    label = f"gave {short(source.name)} the letter {step}{topic}{_beside(given.letter, wanted)}"
    return _given(old, given, f"{label} ({short(given.assessor)})")


def rate_credibility(
    argument_map: ArgumentMap, given: Credibility, suggested: SuggestedNumber | None = None
) -> Operation:
    """Give an item a number, replacing the same assessor's earlier one.

    Raises:
        EditError: there is no such statement, the id is taken, it judges nothing, or the
            number is other than suggested, without a reason.
    """
    statement = find_statement(argument_map, given.statement)
    if fault := empty_fault(given, ()):
        raise EditError(str(fault))
    wanted = suggested.number if suggested else None
    _refuse_unfounded(given.number, wanted, given.because)
    there = argument_map.credibilities_of.get(statement.id, ())
    old = next((c for c in there if c.assessor == given.assessor), None)
    if old is None:
        check_id_is_free(argument_map, given.id)
    step = step_in_words(old and old.number, given.number)
    label = f"gave {short(statement.label)} the number {step}{_beside(given.number, wanted)}"
    placed = evolve(given, statement=statement.id)
    return _given(old, placed, f"{label} ({short(given.assessor)})")


def _refuse_unfounded(
    given: Letter | int | None, suggested: Letter | int | None, because: str | None
) -> None:
    """Refuse to leave a suggestion without a reason."""
    if suggested is not None and given != suggested and not because:
        message = f"{suggested} was suggested; write down why it is {given or 'none'}"
        raise EditError(message)


def _beside(given: Letter | int | None, suggested: Letter | int | None) -> str:
    if suggested is None:
        return ""
    return ", as suggested" if given == suggested else f", where {suggested} was suggested"


def _given(
    old: Reliability | Credibility | None, new: Reliability | Credibility, label: str
) -> Operation:
    placed = new if old is None else evolve(new, id=old.id)
    return Operation(label, () if placed == old else (Change(old, placed),))

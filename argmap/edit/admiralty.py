"""Verbs of the Admiralty system: rate a source's reliability or an item's credibility.

A suggestion becomes a rating only when a person confirms it. Deviating from it takes a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from argmap.errors import EditError
from argmap.model.map import Change, Operation
from argmap.model.older_rows import empty_fault
from argmap.model.rating import reason_fault
from argmap.text.display import short

from .labels import format_step
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
    """Rate a source's reliability, A to F, on a topic; replace the assessor's earlier letter.

    Args:
        source: The source that is rated.
        given: The letter with its basis.
        known: All letters of the source so far.
        suggested: The suggested letter, if any; the operation's label records it.

    Raises:
        EditError: the letter is for another source, is empty, lacks a required reason (see
            `reason_fault`), or deviates from the suggestion without a reason.
    """
    if given.source != source.id:
        message = f"the letter rates {given.source}, not {source.id}"
        raise EditError(message)
    if fault := empty_fault(given, ()) or reason_fault(given, source.kind):
        raise EditError(str(fault))
    wanted = suggested.letter if suggested else None
    _refuse_unfounded(given.letter, wanted, given.because)
    key = (given.topic, given.assessor)
    old = next((r for r in known if (r.topic, r.assessor) == key), None)
    topic = f" on {short(given.topic)}" if given.topic else ""
    step = format_step(old and old.letter, given.letter)
    deviation = _describe_deviation(given.letter, wanted)
    label = f"rated {short(source.name)}: reliability {step}{topic}{deviation}"
    return _replace(old, given, f"{label} ({short(given.assessor)})")


def rate_credibility(
    argument_map: ArgumentMap, given: Credibility, suggested: SuggestedNumber | None = None
) -> Operation:
    """Rate an item's credibility, 1 to 6; replace the assessor's earlier number.

    Args:
        argument_map: The map.
        given: The number, for a statement's id or label.
        suggested: The suggested number, if any; the operation's label records it.

    Raises:
        EditError: the statement does not exist, the id is taken, the rating is empty, or it
            deviates from the suggestion without a reason.
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
    step = format_step(old and old.number, given.number)
    deviation = _describe_deviation(given.number, wanted)
    label = f"rated {short(statement.label)}: credibility {step}{deviation}"
    placed = evolve(given, statement=statement.id)
    return _replace(old, placed, f"{label} ({short(given.assessor)})")


def _refuse_unfounded(
    given: Letter | int | None, suggested: Letter | int | None, because: str | None
) -> None:
    """Refuse to deviate from a suggestion without a reason."""
    if suggested is not None and given != suggested and not because:
        message = f"{suggested} was suggested; give a reason for {given or 'choosing none'}"
        raise EditError(message)


def _describe_deviation(given: Letter | int | None, suggested: Letter | int | None) -> str:
    if suggested is None:
        return ""
    return ", as suggested" if given == suggested else f", not {suggested} as suggested"


def _replace(
    old: Reliability | Credibility | None, new: Reliability | Credibility, label: str
) -> Operation:
    placed = new if old is None else evolve(new, id=old.id)
    return Operation(label, () if placed == old else (Change(old, placed),))

"""Ratings by an assessor: answers under a rubric, and Admiralty letters and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from .faults import Fault, id_faults, raise_any, text_faults, word_faults
from .vocabulary import (
    CONSISTENCIES,
    LETTERS,
    LOGICALS,
    STATES,
    Answer,
    Consistency,
    Letter,
    Logical,
    SourceKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS: Final = range(1, 7)
"""The Admiralty credibility of an item: 1 confirmed to 5 improbable, 6 cannot be judged."""

NO_REASON: Final = "no reason recorded"
"""The reason that an export gives for a letter that needs one and was stored without it."""

_TIME: Final = (
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?"
    r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)"
)


@frozen
class Rating:
    """One assessor's answer on one criterion for one statement, source or document."""

    type = "rating"

    id: str
    rubric: str
    version: str
    criterion: str
    assessor: str
    answer: Answer
    statement: str | None = None
    source: str | None = None
    document: str | None = None
    because: str | None = None
    at: str | None = None
    """The time of the answer, with its time zone."""

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    @property
    def target(self) -> str:
        """The id of the rated statement, source or document."""
        return self.statement or self.source or self.document or ""

    @property
    def target_type(self) -> str:
        """`statement`, `source` or `document`."""
        return "statement" if self.statement else "source" if self.source else "document"

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        targets = [key for key in ("statement", "source", "document") if getattr(self, key)]
        if len(targets) != 1:
            named = " and ".join(targets) or "none"
            yield Fault(
                "statement", f"a rating is of one statement, source or document, not {named}"
            )
        if isinstance(self.answer, str):
            yield from word_faults("answer", self.answer, STATES)
        elif self.answer < 0:
            yield Fault("answer", f"{self.answer} is below the lowest level, 0")
        yield from text_faults("criterion", self.criterion, required=True)
        yield from text_faults("assessor", self.assessor, required=True)
        yield from text_faults("because", self.because)
        yield from time_faults("at", self.at)


@frozen
class Reliability:
    """The Admiralty letter of a source on a topic.

    Source: AJP-2.1 and FM 2-22.3 App. B. F means that there is no basis for a rating, not
    that the source is bad.
    """

    type = "reliability"

    id: str
    source: str
    assessor: str
    letter: Letter | None = None
    topic: str | None = None
    checked: int | None = None
    """Number of earlier statements by this source on this topic that were checked."""
    valid: int | None = None
    """Number of the checked statements that proved true."""
    because: str | None = None
    at: str | None = None

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        yield from word_faults("letter", self.letter, LETTERS)
        yield from text_faults("topic", self.topic)
        yield from text_faults("assessor", self.assessor, required=True)
        yield from text_faults("because", self.because)
        yield from time_faults("at", self.at)
        for key in ("checked", "valid"):
            count: int | None = getattr(self, key)
            if count is not None and count < 0:
                yield Fault(key, f"{count} is below 0")
        if self.valid is not None and self.valid > (self.checked or 0):
            yield Fault(
                "valid", f"{self.valid} is more than the {self.checked or 0} that were checked"
            )


@frozen
class Credibility:
    """The Admiralty number of one item, rated independently of its source.

    Source: as for `Reliability`. 6 means that there is no basis for a rating.
    """

    type = "credibility"

    id: str
    statement: str
    assessor: str
    number: int | None = None
    logical: Logical | None = None
    consistency: Consistency | None = None
    conflict: bool | None = None
    because: str | None = None
    at: str | None = None

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        if self.number is not None and self.number not in NUMBERS:
            yield Fault("number", f"{self.number} is not a number from 1 to 6")
        yield from word_faults("logical", self.logical, LOGICALS)
        yield from word_faults("consistency", self.consistency, CONSISTENCIES)
        yield from text_faults("assessor", self.assessor, required=True)
        yield from text_faults("because", self.because)
        yield from time_faults("at", self.at)


def reason_fault(given: Reliability, kind: SourceKind | None) -> Fault | None:
    """Return a fault if a letter needs a reason and has none.

    A always needs a reason, and so does E for a person none of whose statements were checked.
    The rule applies to input only: rows that an older version stored are read unchanged.

    Args:
        given: The letter.
        kind: The kind of its source; None if unknown.

    Source: AJP-2.1 keeps A for sources beyond doubt, which no count shows; "unreliable"
    said of a person without checked statements is an accusation without grounds.
    """
    if given.because is not None and given.because.strip():
        return None
    if given.letter == "A":
        return Fault(
            "because", "is missing: letter A needs a reason why there is no doubt", "missing"
        )
    if given.letter == "E" and kind == "person" and not given.checked:
        reason = "is missing: letter E for a person needs a reason or checked statements"
        return Fault("because", reason, "missing")
    return None


def with_reason(given: Reliability, kind: SourceKind | None) -> Reliability:
    """Return *given*, with `NO_REASON` if it lacks a reason that it needs."""
    return given if reason_fault(given, kind) is None else evolve(given, because=NO_REASON)


def time_faults(path: str, value: str | None) -> Iterator[Fault]:
    """Yield a fault if *value* is neither None nor a time with a time zone."""
    if value is not None and not re.fullmatch(_TIME, value, re.ASCII):
        yield Fault(path, f"{value!r} is not a time with a time zone, such as 2024-03-02T10:15:00Z")

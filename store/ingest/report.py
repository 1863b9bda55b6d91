"""What became of the records of an import: counts of all, and why some were rejected."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from argmap.errors import Fault, join_faults

from .build.fault_paths import path_in_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_REJECTED: Final = 1000
"""Rejected records that are listed; the rest are counted."""


@frozen
class Rejected:
    """One record that does not land, and why."""

    record: int
    """Its number in the input, from 0."""
    file: str
    line: int
    path: str
    reason: str
    kind: str


def rejected(
    number: int, file: str, line: int, written: Mapping[str, str], faults: Sequence[Fault]
) -> Rejected:
    """Return the one entry for a record with *faults*; those after the first are in its reason.

    Args:
        number: Of the record in the input, from 0.
        file: Where it is.
        line: Where it begins there.
        written: What that file writes for the keys of records, as in `Located`.
        faults: In the words of records.
    """
    if written:
        faults = [Fault(path_in_file(f.path, written), f.reason, f.kind) for f in faults]
    first = faults[0]
    return Rejected(number, file, line, first.path, join_faults(faults), first.kind)


@define
class Rejections:
    """Counts what is rejected, in memory that does not grow with what is wrong."""

    numbers: array[int] = field(factory=lambda: array("Q"))
    """Of the rejected records, in no order."""
    reasons: Counter[str] = field(factory=Counter)
    """How many were rejected for each kind of fault."""
    _first: list[Rejected] = field(factory=list)

    def add(self, entry: Rejected) -> None:
        """Count one more."""
        self.numbers.append(entry.record)
        self.reasons[entry.kind] += 1
        self._first.append(entry)
        if len(self._first) >= 2 * MOST_REJECTED:
            self._first = self.listed()

    def listed(self) -> list[Rejected]:
        """Return the first of them, in the order of the input."""
        return sorted(self._first, key=lambda entry: entry.record)[:MOST_REJECTED]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)


@define
class Counts:
    """Records that landed, by what became of them."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    updated_records: array[int] = field(factory=lambda: array("I"))
    """Their numbers, in no order."""
    unchanged_records: array[int] = field(factory=lambda: array("I"))

    def note_updated(self, number: int) -> None:
        """Count the record *number*, which changed what was there."""
        self.updated += 1
        self.updated_records.append(number)

    def note_unchanged(self, number: int) -> None:
        """Count the record *number*, which says what was there already."""
        self.unchanged += 1
        self.unchanged_records.append(number)


@frozen
class ImportReport:
    """What an import did, record by record."""

    format: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: list[Rejected]
    """The first of them, in the order of the input."""
    rejected_total: int
    reasons: dict[str, int]
    """How many were rejected for each kind of fault."""
    operation: int | None
    """Its number; None where nothing changed."""
    changed: list[tuple[str, int, str]]
    """File, line and words of what was taken loosely."""
    rejected_records: Sequence[int]
    """The numbers, from 0, of all records that were rejected, in order."""
    updated_records: Sequence[int]
    """Those of all that changed what was there, in no order."""
    unchanged_records: Sequence[int]
    """Those of all that say what was there already, in no order."""
    stopped: str = ""
    """Why only a part of it landed; empty if all was done.

    The counts are those of what landed under `operation`, which is unfinished; the same import
    resumes it. Where the operation was undone meanwhile, they are 0 and `operation` is None.
    """

    @property
    def imported(self) -> int:
        """How many records are in the database now as they say."""
        return self.added + self.updated + self.unchanged

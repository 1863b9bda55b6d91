"""The report of an import: counts, and the reasons why records were rejected."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from argmap.errors import Fault, join_faults

from .build.fault_paths import path_in_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .inputs import NumberedRecord

MOST_REJECTED: Final = 1000
"""Maximum number of rejected records that are listed; others are only counted."""


@frozen
class Rejection:
    """A record that was not imported, with its place and the reason."""

    record: int
    """The record's number in the input, from 0."""
    file: str
    line: int
    path: str
    reason: str
    kind: str


def rejection_from_faults(
    number: int, file: str, line: int, written: Mapping[str, str], faults: Sequence[Fault]
) -> Rejection:
    """Return one rejection for a record with *faults*, at the first fault's path.

    Args:
        number: The record's number in the input, from 0.
        file: The name of its file.
        line: The line where the record begins, from 1.
        written: The file's own names for the keys of records, as in `Located`.
        faults: At least one, with paths in the keys of records. The reason joins all of them.
    """
    if written:
        faults = [Fault(path_in_file(f.path, written), f.reason, f.kind) for f in faults]
    # One record counts once, under one kind, or the reasons would add up to more than the rejected
    # records.
    first = faults[0]
    return Rejection(number, file, line, first.path, join_faults(faults), first.kind)


@define
class Rejections:
    """The rejected records of an import: all are counted, the first are listed.

    Memory stays bounded: each further rejection costs eight bytes.
    """

    numbers: array[int] = field(factory=lambda: array("Q"))
    """The numbers of all rejected records, in no order."""
    reasons: Counter[str] = field(factory=Counter)
    """The number of rejected records for each kind of fault."""
    _first: list[Rejection] = field(factory=list)

    def add(self, entry: Rejection) -> None:
        """Count *entry*, and list it if it is among the first."""
        self.numbers.append(entry.record)
        self.reasons[entry.kind] += 1
        self._first.append(entry)
        # Deferred records are rejected late, so the first to be rejected need not come first in
        # the input. Pruning at twice the limit keeps the list short and the sorting cheap.
        if len(self._first) >= 2 * MOST_REJECTED:
            self._first = self.first_listed()

    def without_faulty(self, records: Iterable[NumberedRecord]) -> list[NumberedRecord]:
        """Return the *records* without faults; reject the others."""
        sound = []
        for numbered in records:
            number, file, located = numbered
            if located.faults:
                place = (number, file, located.line, located.key_names)
                self.add(rejection_from_faults(*place, located.faults))
            else:
                sound.append(numbered)
        return sound

    def first_listed(self) -> list[Rejection]:
        """Return at most `MOST_REJECTED` rejections, the first in the order of the input."""
        return sorted(self._first, key=lambda entry: entry.record)[:MOST_REJECTED]

    def __len__(self) -> int:
        """Return the number of rejected records."""
        return len(self.numbers)


@define
class ImportCounts:
    """Counts of the imported records: added, updated, unchanged."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    updated_records: array[int] = field(factory=lambda: array("I"))
    """The numbers of the updated records, in no order."""
    unchanged_records: array[int] = field(factory=lambda: array("I"))

    def note_updated(self, number: int) -> None:
        """Count the record *number* as one that changed an existing row."""
        self.updated += 1
        self.updated_records.append(number)

    def note_unchanged(self, number: int) -> None:
        """Count the record *number* as one that the database already has."""
        self.unchanged += 1
        self.unchanged_records.append(number)


@frozen
class ImportReport:
    """The outcome of an import, record by record."""

    format: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: list[Rejection]
    """The first rejected records, at most `MOST_REJECTED`, in the order of the input."""
    rejected_total: int
    reasons: dict[str, int]
    """The number of rejected records for each kind of fault, sorted by kind."""
    operation: int | None
    """The number of the operation; None if nothing changed."""
    changed: list[tuple[str, int, str]]
    """File, line and a description for each quote that was accepted as a near match."""
    rejected_records: Sequence[int]
    """The numbers of all rejected records, from 0, sorted."""
    updated_records: Sequence[int]
    """The numbers of all records that changed an existing row, in no order."""
    unchanged_records: Sequence[int]
    """The numbers of all records that the database already had, in no order."""
    stopped: str = ""
    """Why only a part was imported; empty if the import finished.

    The counts are those of the committed part under `operation`, which is unfinished; the same
    import resumes it. If another process undid the operation meanwhile, the counts are 0 and
    `operation` is None.
    """

    @property
    def imported(self) -> int:
        """The number of records that the database now agrees with."""
        return self.added + self.updated + self.unchanged

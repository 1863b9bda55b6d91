"""Keep records that repeat an earlier id until the whole input has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.model.faults import Fault
from store.ingest.record_ids import record_content
from store.ingest.report import rejection_from_faults

from .deferred_records import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.ingest.inputs import NumberedRecord
    from store.ingest.report import ImportCounts, Rejections

    from .rejected_ids import RejectedIds


@define
class RepeatedRecords:
    """The records whose id an earlier record has already given."""

    counts: ImportCounts
    rejections: Rejections
    rejected_ids: RejectedIds
    _spool: Spool = field(factory=Spool)

    def add(self, numbered: NumberedRecord) -> None:
        """Keep *numbered* until `settle`."""
        self._spool.put(numbered)

    def settle(
        self,
        read: Callable[[], Iterator[NumberedRecord]],
        id_of: Callable[[NumberedRecord], str | None],
    ) -> None:
        """Count records that repeat the earlier content; reject those that differ.

        Args:
            read: Starts the whole input over, to find the first record of each id.
            id_of: Returns the id of a record, made from its content if it gives none; None if it
                has faults.
        """
        if not self._spool.count:
            return
        wanted = {id_of(numbered) for numbered in self._spool.read()}
        refused = self.rejected_ids.find(id_ for id_ in wanted if id_)
        # A record that is faulty in itself counts as absent, so it is not the first of its id; one
        # that was rejected for its references still is.
        faulty = set(self.rejections.numbers) - {entry.record for entry in refused.values()}
        first: dict[str | None, tuple[bytes, int, int]] = {}
        for numbered in read():
            number, _, located = numbered
            if number in faulty:
                continue
            id_ = id_of(numbered)
            if id_ in wanted and id_ not in first:
                first[id_] = (record_content(located.record), located.line, number)
        for number, file, located in self._spool.read():
            id_ = id_of((number, file, located))
            content, line, earliest = first[id_]
            is_same = content == record_content(located.record) and number != earliest
            # The same record twice changes nothing, whatever came between.
            if is_same and id_ not in refused:
                self.counts.note_unchanged(number)
                continue
            fault = Fault("id", f"{id_!r} is already used in line {line}, with other content", "id")
            if number == earliest:  # a later record gives the id made for this one
                fault = Fault("id", f"{id_!r} is the id of a later record", "id")
            # It would have failed for the same reason as the first one.
            if is_same and id_ is not None:
                entry = refused[id_]
                fault = Fault(entry.path, entry.reason, entry.kind)
            place = (number, file, located.line, located.key_names)
            self.rejections.add(rejection_from_faults(*place, [fault]))

    def close(self) -> None:
        """Discard the records."""
        self._spool.close()

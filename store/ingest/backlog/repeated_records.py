"""Keep records whose id an earlier record has, until the whole input has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.model.faults import Fault
from store.ingest.record_ids import content_of
from store.ingest.report import rejected

from .deferred_records import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.ingest.inputs import Numbered
    from store.ingest.report import Counts, Rejections

    from .rejected_ids import RejectedIds


@define
class Repeats:
    """Keeps records that give the id of an earlier one, until all of the input has been seen."""

    counts: Counts
    rejections: Rejections
    rejected_ids: RejectedIds
    _spool: Spool = field(factory=Spool)

    def add(self, numbered: Numbered) -> None:
        """Keep one more."""
        self._spool.put(numbered)

    def settle(
        self,
        read: Callable[[], Iterator[Numbered]],
        id_of: Callable[[Numbered], str | None],
    ) -> None:
        """Count those that say again what was said; reject those that say something else.

        Args:
            read: Gives the whole input anew, in which the first record of each id is looked for.
            id_of: Tells the id of a record, also of one that gives none.
        """
        if not self._spool.count:
            return
        wanted = {id_of(numbered) for numbered in self._spool.read()}
        refused = self.rejected_ids.among(id_ for id_ in wanted if id_)
        faulty = set(self.rejections.numbers) - {entry.record for entry in refused.values()}
        first: dict[str | None, tuple[bytes, int, int]] = {}
        for numbered in read():
            number, _, located = numbered
            if number in faulty:
                continue
            id_ = id_of(numbered)
            if id_ in wanted and id_ not in first:
                first[id_] = (content_of(located.record), located.line, number)
        for number, file, located in self._spool.read():
            id_ = id_of((number, file, located))
            content, line, earliest = first[id_]
            is_same = content == content_of(located.record) and number != earliest
            if is_same and id_ not in refused:
                self.counts.note_unchanged(number)
                continue
            fault = Fault("id", f"{id_!r} stands in line {line} already, with other content", "id")
            if number == earliest:  # it was made for this record, and a later one gives it
                fault = Fault("id", f"{id_!r} is the id of a later record", "id")
            if is_same and id_ is not None:
                entry = refused[id_]
                fault = Fault(entry.path, entry.reason, entry.kind)
            place = (number, file, located.line, located.key_names)
            self.rejections.add(rejected(*place, [fault]))

    def close(self) -> None:
        """Give up what is kept."""
        self._spool.close()

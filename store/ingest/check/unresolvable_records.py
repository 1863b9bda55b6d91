"""Find deferred records that refer to an id which does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.records.ids import MADE
from store.ingest.backlog.id_set import IdSet
from store.ingest.record_ids import given_id, own_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from store.ingest.inputs import NumberedRecord

    from .existing_rows import ExistingRows


@define
class PossibleIds:
    """The ids that the deferred records may turn out to have."""

    _given: IdSet = field(factory=IdSet)
    _makes_any: bool = False
    """True if a record gives no id, so that any made id may belong to it."""

    def __contains__(self, id_: object) -> bool:
        """Return whether a deferred record may have *id_*."""
        return id_ in self._given or (self._makes_any and str(id_)[:1] == MADE)

    def note(self, records: Iterable[NumberedRecord]) -> None:
        """Add the ids that *records* give, or may get."""
        for _, _, located in records:
            self._makes_any = self._makes_any or given_id(located) is None
            for id_ in own_ids(located.record):
                self._given.add(id_)


def unresolvable_records(
    records: Sequence[NumberedRecord],
    stored: ExistingRows,
    needs: Callable[[object], list[str]],
    possible: PossibleIds,
    *,
    is_certain: bool,
) -> list[NumberedRecord]:
    """Return the *records* that refer to an id which does not exist and never will.

    Args:
        records: Deferred records, in any order, which the result keeps.
        stored: Looks up the places of the ids that they refer to.
        needs: Returns the stored ids that a record refers to.
        possible: The ids that the deferred records may have.
        is_certain: True to leave out records that also refer to a possible id. It may turn out not
            to exist either, and then belongs in the reason.
    """
    stored.find(id_ for _, _, located in records for id_ in needs(located.record))
    lost = []
    for numbered in records:
        _, _, located = numbered
        absent = [id_ for id_ in needs(located.record) if stored.place(id_) is None]
        never = [id_ for id_ in absent if id_ not in possible]
        if never and (not is_certain or len(never) == len(absent)):
            lost.append(numbered)
    return lost

"""Find deferred records that refer to an id which does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from argmap.records.ids import MADE
from store.ingest.backlog.id_set import IdSet
from store.ingest.record_ids import given_id, own_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from argmap.formats.registry import Located
    from store.ingest.inputs import NumberedRecord

    from .existing_rows import ExistingRows


@define
class PossibleIds:
    """The ids that the deferred records may turn out to have."""

    _given: IdSet = field(factory=IdSet)
    _repeated: IdSet = field(factory=IdSet)
    """The ids that several records give."""
    _makes_any: bool = False
    """True if a record gives no id, so that any made id may belong to it."""
    _gives_made: bool = False
    """True if a record gives a made id, which may belong to one that gives none."""

    def __contains__(self, id_: object) -> bool:
        """Return whether a deferred record may have *id_*."""
        return id_ in self._given or (self._makes_any and str(id_)[:1] == MADE)

    def note(self, records: Iterable[NumberedRecord]) -> None:
        """Add the ids that *records* give, or may get."""
        for _, _, located in records:
            self._makes_any = self._makes_any or given_id(located) is None
            for id_ in own_ids(located.record):
                self._gives_made = self._gives_made or id_[:1] == MADE
                (self._repeated if id_ in self._given else self._given).add(id_)

    def are_shared(self, located: Located) -> bool:
        """Return whether another deferred record may have an id of the record *located*."""
        if given_id(located) is None and self._gives_made:
            return True
        return any(
            id_ in self._repeated or (self._makes_any and id_[:1] == MADE)
            for id_ in own_ids(located.record)
        )


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
        is_certain: True to leave out records that also refer to a possible id, which belongs in
            the reason if it turns out not to exist either; and those that may have the id of
            another one, which they must not overtake.
    """
    stored.find(id_ for _, _, located in records for id_ in needs(located.record))
    lost = []
    for numbered in records:
        _, _, located = numbered
        absent = [id_ for id_ in needs(located.record) if stored.place(id_) is None]
        never = [id_ for id_ in absent if id_ not in possible]
        is_sure = len(never) == len(absent) and not possible.are_shared(located)
        if never and (is_sure or not is_certain):
            lost.append(numbered)
    return lost

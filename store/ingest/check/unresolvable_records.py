"""Find deferred records that refer to an id which does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.records.ids import MADE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.ingest.backlog.id_set import IdSet
    from store.ingest.inputs import NumberedRecord

    from .existing_rows import ExistingRows


def unresolvable_records(
    records: Sequence[NumberedRecord],
    stored: ExistingRows,
    needs: Callable[[object], list[str]],
    ids: IdSet,
    *,
    makes_any: bool,
) -> list[NumberedRecord]:
    """Return the *records* that refer to an id which does not exist and never will.

    Args:
        records: Deferred records, in any order, which the result keeps.
        stored: Looks up the places of the ids that they refer to.
        needs: Returns the stored ids that a record refers to.
        ids: The ids that all deferred records give.
        makes_any: True if a deferred record gives no id, so that any made id may belong to it.
    """
    stored.find(id_ for _, _, located in records for id_ in needs(located.record))
    return [
        numbered
        for numbered in records
        if any(
            stored.place(id_) is None and id_ not in ids and not (makes_any and id_[:1] == MADE)
            for id_ in needs(numbered[2].record)
        )
    ]

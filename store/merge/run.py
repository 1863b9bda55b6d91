"""Run a merge of another database into this one, and report it."""

from __future__ import annotations

import json
import re
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import evolve, frozen

from argmap.errors import ModelError, StoreError
from argmap.imports.jsonl import FORMAT
from argmap.text.name_similarity import index_names, same_name_groups
from store.database.opening import open_memory, open_to_read
from store.database.progress import UNWATCHED, Watch
from store.ingest.inputs import ImportFile, ImportOptions
from store.ingest.run import import_records
from store.queries.maps import list_sources

from .foreign_database import open_other_database
from .plan import MISSING_PREFIX, CappedList, MergePlanner

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from argmap.model.source import Source
    from store.database.store import Store
    from store.ingest.report import ImportReport

    from .differences import Difference
    from .plan import MergeUpdate, Relabelled, UnmergedEntity

_SPOOLED_LINE: Final = re.compile(r" in line \d+ (?:was rejected|already)")
"""The part of a reason that names a line of the temporary records."""


@frozen
class MergeOptions:
    """The options of a merge."""

    at: str
    """The time of the merge: UTC, ISO 8601."""
    prefers_theirs: bool = False
    """True to take their value where both have a different one; False to keep mine."""
    is_dry: bool = False
    """True to compare and validate everything without writing."""


@frozen
class MergeReport:
    """The result of a merge, or of its dry run, counted in records."""

    read: int
    added: int
    updated: int
    unchanged: int
    taken: CappedList[Difference]
    """Values that were changed here: those that only they have, or preferred ones."""
    conflicts: CappedList[Difference]
    """Values that stay as they are here, and differ there."""
    kept_out: CappedList[UnmergedEntity]
    relabelled: CappedList[Relabelled]
    same_names: list[list[Source]]
    """Sources with similar names and different ids, of which some are new."""
    same_texts: list[tuple[str, str]]
    """Ids of documents with the same text: theirs, and mine."""
    operation: int | None
    """The number of the operation; None if nothing changed."""


def merge_database(
    path: Path, other: Path, options: MergeOptions, watch: Watch = UNWATCHED
) -> MergeReport:
    """Merge the database *other* into the one at *path*, as one operation.

    Entities that are only in *other* are added. Values that differ are listed as conflicts and stay
    as they are here, or are replaced if theirs are preferred. *other* is only read, and its log is
    not merged. Everything is written in one transaction. Before that, *watch* gets the number of
    records.

    Raises:
        StoreError: a database cannot be used; nothing was changed.
    """
    with TemporaryFile() as spool:
        with (
            open_other_database(other, path) as theirs,
            open_to_read(path) or open_memory() as mine,
        ):
            planner = MergePlanner(mine, theirs, options.prefers_theirs, spool)
            try:
                with mine.reading():
                    planner.sort()
            except ModelError as error:
                message = (
                    f"{other}: is damaged: {error}; nothing was merged; run argmap doctor on it"
                )
                raise StoreError(message) from error
        report = None
        if planner.sent:
            spool.seek(0)
            file = ImportFile(str(other), FORMAT, spool)
            how = ImportOptions(
                "", options.at, is_dry=options.is_dry, is_atomic=True, is_merge=True
            )
            if not options.is_dry:
                watch.begin(planner.sent)
            report = import_records(path, [file], how)
            _list_rejected(planner, report, spool)
    with open_to_read(path) or open_memory() as mine:
        return _merged(mine, planner, report)


def _list_rejected(planner: MergePlanner, report: ImportReport, spool: BinaryIO) -> None:
    reasons = {r.record: f"{r.path}: {r.reason}" if r.path else r.reason for r in report.rejected}
    rejected = frozenset(report.rejected_records)
    spool.seek(0)
    for number, line in enumerate(spool if rejected else ()):
        if number not in rejected:
            continue
        reason = reasons.get(number, "an entity that it refers to could not be merged")
        reason = _SPOOLED_LINE.sub(" could not be merged", reason)
        if number not in planner.updates:
            planner.add_unmerged(json.loads(line), reason)
        elif refused := _refused(planner.updates[number], reason):
            planner.conflicts.add(refused)


def _refused(update: MergeUpdate, reason: str) -> Difference | None:
    """Return the conflict that remains if the values to take were rejected."""
    taken, left = update.taken, update.left
    reason = reason.removeprefix(f"because: {MISSING_PREFIX}")
    if taken is None or left is None:
        return taken and evolve(taken, reason=reason)
    return evolve(
        taken,
        keys=taken.keys + left.keys,
        mine=taken.mine | left.mine,
        theirs=taken.theirs | left.theirs,
        reason=reason,
    )


def _list_taken(planner: MergePlanner, rejected: Container[int]) -> CappedList[Difference]:
    """Return the values that were taken, and list the remaining conflicts."""
    listing: CappedList[Difference] = CappedList()
    for number, update in planner.updates.items():
        if number not in rejected:
            if update.taken:
                listing.add(update.taken)
            if update.left:
                planner.conflicts.add(update.left)
    return listing


def _merged(mine: Store, planner: MergePlanner, report: ImportReport | None) -> MergeReport:
    rejected = frozenset(report.rejected_records if report else ())
    updated = len(planner.updates.keys() - rejected)
    taken = _list_taken(planner, rejected)
    return MergeReport(
        read=planner.read,
        added=planner.sent - len(rejected) - updated,
        updated=updated,
        unchanged=planner.unchanged,
        taken=taken,
        conflicts=planner.conflicts,
        kept_out=planner.kept_out,
        relabelled=CappedList(list(_labels_now(mine, planner)), planner.relabelled.total),
        same_names=_same_names(mine, planner.new_sources),
        same_texts=planner.same_texts,
        operation=report.operation if report else None,
    )


def _labels_now(mine: Store, planner: MergePlanner) -> Iterator[Relabelled]:
    """Yield the relabelled entities with their label here, if they were imported."""
    for entity in planner.relabelled.first:
        query = f"SELECT label FROM {entity.type} WHERE id = ?"
        row = mine.connection.execute(query, (entity.id,)).fetchone()
        yield evolve(entity, mine=row[0] if row else None)


def _same_names(mine: Store, new: set[str]) -> list[list[Source]]:
    """Return the groups of sources with similar names of which some are *new*."""
    groups = same_name_groups(index_names(list_sources(mine))) if new else []
    return [group for group in groups if 0 < len(new & {s.id for s in group}) < len(group)]

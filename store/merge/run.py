"""Merge another database into this one: ids decide, and nothing of either is lost."""

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
from .plan import LACKS, CappedList, MergePlanner

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from argmap.model.source import Source
    from store.database.store import Store
    from store.ingest.report import ImportReport

    from .differences import Difference
    from .plan import MergeUpdate, Relabelled, UnmergedEntity

_SPOOLED_LINE: Final = re.compile(r" in line \d+ (?:was rejected|already)")
"""Where a reason names a line of the records that nobody sees here."""


@frozen
class MergeOptions:
    """How a merge is to be done."""

    at: str
    """When it happens: UTC, ISO 8601."""
    prefers_theirs: bool = False
    """Where both have other content, theirs is taken; else mine stays."""
    is_dry: bool = False
    """Everything is compared and checked, and nothing is written."""


@frozen
class MergeReport:
    """What a merge did, or would do, counted in records."""

    read: int
    added: int
    updated: int
    unchanged: int
    taken: CappedList[Difference]
    """What was changed here to what it is there: what only they say, or what is preferred."""
    conflicts: CappedList[Difference]
    """What stays as it is here, though it is otherwise there."""
    kept_out: CappedList[UnmergedEntity]
    relabelled: CappedList[Relabelled]
    same_names: list[list[Source]]
    """Sources that look like one under several ids, of which some are new."""
    same_texts: list[tuple[str, str]]
    """Ids of documents that have one text: theirs, and mine."""
    operation: int | None
    """Its number; None where nothing changed."""


def merge_database(
    path: Path, other: Path, options: MergeOptions, watch: Watch = UNWATCHED
) -> MergeReport:
    """Merge the database *other* into the one at *path*, as one operation.

    What is only there is added. What differs stays as it is here and is listed, or is
    changed to what it is there if that is preferred. The log of *other* stays behind, and
    *other* is only read. It is one transaction, whose begin *watch* is told, with the number
    of records.

    Raises:
        StoreError: a database cannot be used; nothing was changed.
    """
    with TemporaryFile() as spool:
        with (
            open_other_database(other, path) as theirs,
            open_to_read(path) or open_memory() as mine,
        ):
            sorter = MergePlanner(mine, theirs, options.prefers_theirs, spool)
            try:
                with mine.reading():
                    sorter.sort()
            except ModelError as error:
                message = f"{other}: is damaged: {error}; nothing was merged, see argmap doctor"
                raise StoreError(message) from error
        account = None
        if sorter.sent:
            spool.seek(0)
            file = ImportFile(str(other), FORMAT, spool)
            how = ImportOptions("", options.at, is_dry=options.is_dry, is_atomic=True)
            if not options.is_dry:
                watch.begin(sorter.sent)
            account = import_records(path, [file], how)
            _list_rejected(sorter, account, spool)
    with open_to_read(path) or open_memory() as mine:
        return _merged(mine, sorter, account)


def _list_rejected(sorter: MergePlanner, account: ImportReport, spool: BinaryIO) -> None:
    reasons = {r.record: f"{r.path}: {r.reason}" if r.path else r.reason for r in account.rejected}
    rejected = frozenset(account.rejected_records)
    spool.seek(0)
    for number, line in enumerate(spool if rejected else ()):
        if number not in rejected:
            continue
        reason = reasons.get(number, "what it refers to could not come")
        reason = _SPOOLED_LINE.sub(" could not come", reason)
        if number not in sorter.updates:
            sorter.keep_out(json.loads(line), reason)
        elif refused := _refused(sorter.updates[number], reason):
            sorter.conflicts.add(refused)


def _refused(update: MergeUpdate, reason: str) -> Difference | None:
    """Return the conflict that remains where what was to be taken is refused."""
    taken, left = update.taken, update.left
    reason = reason.removeprefix(f"because: {LACKS}")
    if taken is None or left is None:
        return taken and evolve(taken, reason=reason)
    return evolve(
        taken,
        keys=taken.keys + left.keys,
        mine=taken.mine | left.mine,
        theirs=taken.theirs | left.theirs,
        reason=reason,
    )


def _list_taken(sorter: MergePlanner, rejected: Container[int]) -> CappedList[Difference]:
    """Return what was taken, and list what remains a conflict beside it."""
    listing: CappedList[Difference] = CappedList()
    for number, update in sorter.updates.items():
        if number not in rejected:
            if update.taken:
                listing.add(update.taken)
            if update.left:
                sorter.conflicts.add(update.left)
    return listing


def _merged(mine: Store, sorter: MergePlanner, account: ImportReport | None) -> MergeReport:
    rejected = frozenset(account.rejected_records if account else ())
    updated = len(sorter.updates.keys() - rejected)
    taken = _list_taken(sorter, rejected)
    return MergeReport(
        read=sorter.read,
        added=sorter.sent - len(rejected) - updated,
        updated=updated,
        unchanged=sorter.unchanged,
        taken=taken,
        conflicts=sorter.conflicts,
        kept_out=sorter.kept_out,
        relabelled=CappedList(list(_labels_now(mine, sorter)), sorter.relabelled.total),
        same_names=_same_names(mine, sorter.new_sources),
        same_texts=sorter.same_texts,
        operation=account.operation if account else None,
    )


def _labels_now(mine: Store, sorter: MergePlanner) -> Iterator[Relabelled]:
    """Yield what has another label here, with that label once it has landed."""
    for each in sorter.relabelled.first:
        query = f"SELECT label FROM {each.type} WHERE id = ?"
        row = mine.db.conn.execute(query, (each.id,)).fetchone()
        yield evolve(each, mine=row[0] if row else None)


def _same_names(mine: Store, new: set[str]) -> list[list[Source]]:
    """Return the groups of sources with one name in which some are *new*, ids, and some not."""
    groups = same_name_groups(index_names(list_sources(mine))) if new else []
    return [group for group in groups if 0 < len(new & {s.id for s in group}) < len(group)]

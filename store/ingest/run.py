"""Import files into a database, and say what became of each record."""

from __future__ import annotations

from contextlib import closing, nullcontext, suppress
from itertools import islice
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final

from attrs import evolve
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.errors import InputError, StoreError
from argmap.host.files import as_input_error
from argmap.text.display import counted
from store.database.argument_checks import check_text
from store.database.opening import open_memory, open_to_read
from store.database.sqlite_errors import as_store_error
from store.database.temporary_copy import temporary_copy

from .backlog.deferred_records import spans
from .build.source_texts import written_texts
from .inputs import read_records
from .pipeline import Pipeline
from .prescan import scanned
from .report import Counts, ImportReport
from .transactions import Chunks, UndoneError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .inputs import ImportFile, ImportOptions
    from .report import Rejections

SPAN: Final = 500
"""Records that are looked at together."""

_MOST_NAMED: Final = 4
"""Files that the history names; the rest are counted."""


def import_records(path: Path, files: Sequence[ImportFile], options: ImportOptions) -> ImportReport:
    """Import *files* into the database at *path* as one operation.

    The database is made if something lands and it is not there. Where others have the
    database open, a long import lands bit by bit, so that they can write, unless it is to
    land at once; one that is interrupted is gone on with when it is run again.

    Raises:
        InputError: a file cannot be read as its format; nothing was changed.
        ModelError: the assessor is no text, or has half a character.
        StoreError: the database cannot be read or written; nothing was changed.
    """
    check_text("assessor", options.assessor, may_be_empty=True)
    if options.is_strict and not options.is_dry and not path.exists():
        tried = import_records(path, files, evolve(options, is_dry=True))
        if tried.rejected_total or tried.stopped:
            return tried  # and no database is made for nothing
    if not options.is_dry:
        return _imported(path, files, options)
    with temporary_copy(path) if _is_long(files) else nullcontext(path) as database:
        account = _imported(database, files, evolve(options, is_dry=database is path))
    nothing = Counts()
    return evolve(
        account, added=0, updated=0, unchanged=0, operation=None,
        updated_records=nothing.updated_records, unchanged_records=nothing.unchanged_records,
    )  # fmt: skip


def _is_long(files: Sequence[ImportFile]) -> bool:
    """Tell whether there is more than is judged together."""
    return next(islice(spans(read_records(files), SPAN), 1, None), None) is not None


def _imported(path: Path, files: Sequence[ImportFile], options: ImportOptions) -> ImportReport:
    scan = scanned(files, options.assessor, is_loose=options.loose_quotes)
    is_whole = options.is_strict or options.at_once
    chunks = Chunks(path, _called(files), options.at, scan.digest, is_whole=is_whole)
    known = open_to_read(path)
    if known is not None and not options.is_dry:
        known.close()
        known = chunks.opened()
    chunks.is_new = known is None
    with known or open_memory() as readable:
        written = written_texts(files)
        how = (options.assessor, options.loose_quotes, options.is_dry)
        pipeline = Pipeline(readable, chunks, *how, scan, written)
        with closing(pipeline):
            stopped, undone = _stopped(path, files, pipeline, is_strict=options.is_strict)
    is_kept = not undone and not (options.is_strict and len(pipeline.rejections))
    landed = pipeline.landed if stopped else pipeline.counts
    counts = landed if is_kept else Counts()
    operation = chunks.seq if is_kept and chunks.has_landed else None
    changed = [] if undone else pipeline.changed
    account = _account(files, pipeline.read, pipeline.rejections, counts, changed, operation)
    return evolve(account, stopped=stopped)


def _stopped(
    path: Path, files: Sequence[ImportFile], pipeline: Pipeline, *, is_strict: bool
) -> tuple[str, bool]:
    """Import *files*; return why it stopped, if it did, and whether it was undone.

    Raises:
        BaseException: what stopped it, if nothing had landed.
    """
    chunks, stopped, met_undo = pipeline.chunks, "", False
    try:
        with (
            as_store_error(path),
            as_input_error(gettempdir()),
        ):  # what has to wait goes to a temporary file
            pipeline.take(lambda: read_records(files), SPAN)
            if is_strict and len(pipeline.rejections):
                chunks.give_up()
            else:
                chunks.finish()
    except UndoneError:
        met_undo = True
    except (KeyboardInterrupt, StoreError, InputError) as error:
        chunks.note_commit()
        if not chunks.has_landed:
            raise
        stopped = str(error) or "interrupted"
    seq = _undone(chunks)
    if seq is not None:
        what = "nothing of this import is in the database"
        return f"operation {seq} was undone while it ran; {what}", True
    if met_undo:
        return "its operation was undone and redone while it ran", False
    return stopped, False


def _undone(chunks: Chunks) -> int | None:
    """Return the number of the operation if it was undone; a failing disk cannot tell."""
    with suppress(sqlite3.Error):
        return chunks.undone()
    return None


def _called(files: Sequence[ImportFile]) -> str:
    """Return the label of the operation that imports *files*."""
    names = [file.name for file in files[:_MOST_NAMED]]
    left = len(files) - len(names)
    more = f" and {counted(left, 'more file')}" if left else ""
    return f"imported {', '.join(names)}{more}"


def _account(
    files: Sequence[ImportFile],
    read: int,
    rejections: Rejections,
    counts: Counts,
    changed: list[tuple[str, int, str]],
    operation: int | None,
) -> ImportReport:
    return ImportReport(
        format=", ".join(sorted({file.format.name for file in files} - {""})),
        read=read,
        added=counts.added,
        updated=counts.updated,
        unchanged=counts.unchanged,
        rejected=rejections.listed(),
        rejected_total=len(rejections),
        reasons=dict(sorted(rejections.reasons.items())),
        operation=operation,
        changed=changed,
        rejected_records=sorted(rejections.numbers),
        updated_records=counts.updated_records,
        unchanged_records=counts.unchanged_records,
    )

"""Import files into a database and report the outcome of each record."""

from __future__ import annotations

from contextlib import closing, nullcontext, suppress
from itertools import islice
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final

from attrs import evolve

from argmap.errors import InputError, StoreError
from argmap.host.files import as_input_error
from argmap.text.display import counted
from store.database.argument_checks import check_text
from store.database.driver import sqlite3
from store.database.opening import open_memory, open_to_read
from store.database.sqlite_errors import as_store_error
from store.database.temporary_copy import temporary_copy

from .backlog.deferred_records import split_into_spans
from .build.source_texts import find_written_texts
from .inputs import read_records
from .pipeline import Pipeline
from .prescan import scan_files
from .report import ImportCounts, ImportReport
from .transactions import ImportTransactions, UndoneError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .inputs import ImportFile, ImportOptions
    from .report import Rejections

SPAN: Final = 500
"""Number of records that are validated and written together."""

_MOST_NAMED: Final = 4
"""Maximum number of files that an operation's label names; others are counted."""


def import_records(path: Path, files: Sequence[ImportFile], options: ImportOptions) -> ImportReport:
    """Import *files* into the database at *path* as one operation.

    The database is created if there is none and at least one record is accepted. While another
    process has the database open, a long import commits in short transactions, so that the other
    process can write, unless the import is strict or atomic. Running an interrupted import again
    resumes its operation.

    Args:
        path: The database file.
        files: Read several times, so each stream must be seekable.
        options: How to import.

    Returns:
        The import report. Faults of single records are listed in it and raise nothing. After a
        dry run its counts are 0 and its `operation` is None.

    Raises:
        InputError: a file cannot be read in its format; nothing was changed.
        ModelError: the assessor is not a text or contains half of a surrogate pair.
        StoreError: the database cannot be read or written; nothing was changed.
    """
    check_text("assessor", options.assessor, may_be_empty=True)
    # A strict import that fails must not leave an empty database behind, so it is tried without a
    # file first.
    if options.is_strict and not options.is_dry and not path.exists():
        dry_run = import_records(path, files, evolve(options, is_dry=True))
        if dry_run.rejected_total or dry_run.stopped:
            return dry_run
    if not options.is_dry:
        return _import(path, files, options)
    # A dry run validates all records together and keeps them in memory. That is fine for one span;
    # a longer input is imported for real into a copy that is thrown away.
    with temporary_copy(path) if _is_long(files) else nullcontext(path) as database:
        report = _import(database, files, evolve(options, is_dry=database is path))
    nothing = ImportCounts()
    return evolve(
        report, added=0, updated=0, unchanged=0, operation=None,
        updated_records=nothing.updated_records, unchanged_records=nothing.unchanged_records,
    )  # fmt: skip


def _is_long(files: Sequence[ImportFile]) -> bool:
    """Return whether *files* have more records than fit in one span."""
    return next(islice(split_into_spans(read_records(files), SPAN), 1, None), None) is not None


def _import(path: Path, files: Sequence[ImportFile], options: ImportOptions) -> ImportReport:
    scan = scan_files(files, options.assessor, is_loose=options.loose_quotes)
    # A strict import may have to be rolled back at its last record, which is possible only while
    # nothing is committed.
    is_atomic = options.is_strict or options.is_atomic
    transactions = ImportTransactions(
        path, _operation_label(files, options), options.at, scan.digest, is_atomic=is_atomic
    )
    reader = open_to_read(path)
    if reader is not None and not options.is_dry:
        # Read through the connection that writes: any other one would not see our own rows before
        # they are committed.
        reader.close()
        reader = transactions.writable_store()
    transactions.is_new = reader is None
    with reader or open_memory() as store:
        written = find_written_texts(files)
        how = (options.assessor, options.loose_quotes, options.is_dry)
        pipeline = Pipeline(store, transactions, *how, scan, written)
        with closing(pipeline):
            stopped, undone = _run_pipeline(path, files, pipeline, is_strict=options.is_strict)
    is_kept = not undone and not (options.is_strict and len(pipeline.rejections))
    # Rows counted since the last commit were rolled back.
    done = pipeline.committed if stopped else pipeline.counts
    counts = done if is_kept else ImportCounts()
    operation = transactions.seq if is_kept and transactions.has_committed else None
    changed = [] if undone else pipeline.changed
    report = _import_report(files, pipeline.read, pipeline.rejections, counts, changed, operation)
    return evolve(report, stopped=stopped)


def _run_pipeline(
    path: Path, files: Sequence[ImportFile], pipeline: Pipeline, *, is_strict: bool
) -> tuple[str, bool]:
    """Run *pipeline* over *files*; return why it stopped and whether it was undone.

    Returns:
        The reason, empty if the import finished, and True if its operation is undone now.

    Raises:
        BaseException: the cause of the stop, if nothing was committed.
    """
    transactions, stopped, met_undo = pipeline.transactions, "", False
    try:
        # Deferred records go to a temporary file, whose disk may be full as well.
        with as_store_error(path), as_input_error(gettempdir()):
            pipeline.run(lambda: read_records(files), SPAN)
            if is_strict and len(pipeline.rejections):
                transactions.roll_back()
            else:
                transactions.finish()
    except UndoneError:
        met_undo = True
    except (KeyboardInterrupt, StoreError, InputError) as error:
        # The interruption may have come just after a commit. What is committed must be reported,
        # so it can no longer raise.
        transactions.note_commit()
        if not transactions.has_committed:
            raise
        stopped = str(error) or "interrupted"
    seq = _undone(transactions)
    if seq is not None:
        what = "nothing of this import is in the database"
        return f"operation {seq} was undone while it ran; {what}", True
    # The undo was met but no longer holds, so the operation was redone meanwhile, without the rows
    # that were still to come.
    if met_undo:
        return "its operation was undone and redone while it ran", False
    return stopped, False


def _undone(transactions: ImportTransactions) -> int | None:
    """Return the operation's number if it was undone; None if the disk fails too."""
    # This runs after an error too. A second failure of the same disk must not hide the first.
    with suppress(sqlite3.Error):
        return transactions.undone_operation()
    return None


def _operation_label(files: Sequence[ImportFile], options: ImportOptions) -> str:
    """Return the label of the operation that imports or merges *files*."""
    names = [file.name for file in files[:_MOST_NAMED]]
    left = len(files) - len(names)
    more = f" and {counted(left, 'more file')}" if left else ""
    return f"{'merged' if options.is_merge else 'imported'} {', '.join(names)}{more}"


def _import_report(
    files: Sequence[ImportFile],
    read: int,
    rejections: Rejections,
    counts: ImportCounts,
    changed: list[tuple[str, int, str]],
    operation: int | None,
) -> ImportReport:
    return ImportReport(
        format=", ".join(sorted({file.format.name for file in files} - {""})),
        read=read,
        added=counts.added,
        updated=counts.updated,
        unchanged=counts.unchanged,
        rejected=rejections.first_listed(),
        rejected_total=len(rejections),
        reasons=dict(sorted(rejections.reasons.items())),
        operation=operation,
        changed=changed,
        rejected_records=sorted(rejections.numbers),
        updated_records=counts.updated_records,
        unchanged_records=counts.unchanged_records,
    )

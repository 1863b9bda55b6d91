"""The command `import`: import records in bulk."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from argmap.errors import InputError
from argmap.host.assessor import resolve_assessor
from argmap.host.inputs.selection import STANDARD_INPUT

from ._context import JSON, OUTPUT, database_path, file_argument, path_to_write
from ._output import say
from ._progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from argmap.formats.registry import ImportFile, ImportFormat
    from argmap.host.inputs.record_files import ImportInputs
    from argmap.host.inputs.selection import SelectedFiles
    from store import ImportReport

_STDIN: Final = 0
"""The file descriptor of standard input."""


@click.command("import")
@file_argument("files", nargs=-1, required=True)
@click.option(
    "--from",
    "format_name",
    metavar="FORMAT",
    help="Format of the files. Default: detected from the content.",
)
@click.option("--strict", is_flag=True, help="Import nothing if any record is invalid.")
@click.option("--dry-run", is_flag=True, help="Check all records and write nothing.")
@click.option("--rejects", type=OUTPUT, metavar="FILE", help="Write every rejected line to FILE.")
@click.option(
    "--loose-quotes",
    is_flag=True,
    help="Accept a unique near match of a quote with the same figures and negations.",
)
@click.option("--assessor", "who", metavar="NAME", help="Assessor of ratings that name none.")
@click.option(
    "--map", "renamed", multiple=True, metavar="THEIRS=OURS",
    help="Read the column THEIRS of a table as OURS; THEIRS= ignores it. Repeat for each.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N",
    help="Number of files to read in parallel. Default: 1.",
)  # fmt: skip
@JSON
@click.pass_context
def import_(  # noqa: PLR0913  (its options)
    context: click.Context,
    *,
    files: tuple[Path, ...],
    format_name: str | None,
    strict: bool,
    dry_run: bool,
    rejects: Path | None,
    loose_quotes: bool,
    who: str | None,
    renamed: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """Import records in bulk: JSON Lines, Markdown, CSV or TSV.

    Markdown is a file that argmap exported. A table, CSV or TSV, has column names in its
    first row and one row for each statement. It contains no document: add or import that
    first. An empty cell changes nothing.

    FILE is a file, a folder that is searched for files in a known format, or `-` for
    standard input; .gz and .zst are unpacked. One import is one operation, undone and
    redone as a whole. Importing the same records again changes nothing.
    """
    from argmap.host import garbage_collection
    from argmap.host.clock import now
    from argmap.host.inputs.record_files import open_inputs, select_record_files
    from store import ImportOptions, import_records

    from ._import_report import ImportSummary, complete_counts, count_by_file

    garbage_collection.collect_rarely()
    options = ImportOptions(resolve_assessor(who), now(), strict, dry_run, loose_quotes)
    path = database_path(context) if dry_run else path_to_write(context)
    with ExitStack() as stack:
        formats, bar_of = _available_formats(renamed, format_name), partial(progress, "importing")
        chosen = _check_files(path, rejects, select_record_files(files, format_name, formats))
        inputs = open_inputs(stack, chosen.files, format_name, formats, jobs, bar_of)
        tables = _report_tables(inputs.files, are_said=not as_json)
        several = len(inputs.files) > 1
        counted_files, counts = count_by_file(inputs.decoded) if several else (inputs.decoded, [])
        report = import_records(path, counted_files, options)
        file_counts = complete_counts(counts, report)
        outcome = ImportSummary(report, tables, several, file_counts, chosen.skipped)
        outcome.show(as_json=as_json, is_dry=dry_run)
        is_partly = rejects is not None and not _write_rejects(rejects, inputs.files, report)
    if (strict and report.rejected_total and not dry_run) or _are_all_refused(inputs):
        return 2
    return 1 if report.rejected_total or report.stopped or is_partly else 0


def _are_all_refused(inputs: ImportInputs) -> bool:
    """Return whether no file could be read; then the exit code is 2, as for a single file."""
    return len(inputs.failures) == len(inputs.files)


def _available_formats(
    renamed: tuple[str, ...], format_name: str | None
) -> dict[str, ImportFormat]:
    """Return the available formats; with *renamed* columns, only those of tables."""
    from argmap.formats.registry import import_formats, mapped_formats

    formats = import_formats()
    if not renamed:
        return formats
    columns: dict[str, str] = {}
    for pair in renamed:
        theirs, is_pair, ours = pair.rpartition("=")
        if not is_pair or columns.setdefault(theirs, ours) != ours:
            message = f"--map {pair!r}: give each column of the table once, as THEIRS=OURS"
            raise InputError(message)
    mapped = mapped_formats(columns)
    if format_name in formats.keys() - mapped.keys():
        message = f"--map is for {' and '.join(sorted(mapped))}; {format_name} has no columns"
        raise InputError(message)
    return mapped


def _report_tables(inputs: Sequence[ImportFile], *, are_said: bool) -> list[dict[str, str]]:
    """Return the properties of each table among *inputs*; print them if *are_said*."""
    from argmap.host.inputs.record_files import tables_in

    tables = tables_in(inputs)
    for table in tables if are_said else ():
        say(", ".join(f"{what} {how}" for what, how in table.items()))
    return tables


def _check_files(database: Path, rejects: Path | None, chosen: SelectedFiles) -> SelectedFiles:
    """Check the files and the rejects file; return *chosen*, and print skipped files.

    Raises:
        InputError: a file belongs to *database*; *rejects* belongs to a database, is one of
            the files or cannot be written.
    """
    from argmap.host.database_files import refuse_database
    from argmap.host.outputs import check_output, check_writable

    for line in chosen.passed_over:
        say(line)
    for file in chosen.files:
        refuse_database(file, database)
    if rejects is not None:
        inputs = [_STDIN if file == STANDARD_INPUT else file for file in chosen.files]
        check_output(rejects, database, inputs)
        check_writable(rejects)
    return chosen


def _write_rejects(target: Path, inputs: list[ImportFile], report: ImportReport) -> bool:
    """Write rejected lines to *target*; return False, with a message, if that fails.

    The records are imported by then, so a failure must not look like a failed import.
    """
    from argmap.host.outputs import write_file

    try:
        write_file(target, (line + b"\n" for line in _rejected_lines(inputs, report)))
    except InputError as error:
        say(f"argmap: {error}")
        return False
    return True


def _rejected_lines(inputs: list[ImportFile], report: ImportReport) -> Iterator[bytes]:
    """Yield every rejected line, with the header of its table before the first."""
    from store.ingest import read_records

    rejected = iter(report.rejected_records)
    wanted = next(rejected, None)
    head, last = b"", ("", 0, b"")
    for number, name, located in read_records(inputs):
        if wanted is None:
            return
        if number != wanted:
            continue
        wanted = next(rejected, None)
        place = (name, located.line, located.raw)
        if place == last:
            continue  # a row of a table can be several records
        if not located.raw:
            continue  # an unreadable file has no line to correct
        if located.head not in (b"", head):
            head = located.head
            yield head
        yield located.raw
        last = place

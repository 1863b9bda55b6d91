"""The command `import`: records in bulk."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.context import (
    JSON,
    assessor,
    database_path,
    file_argument,
    path_to_write,
)
from argmap.cli.output import say, show_json
from argmap.errors import InputError
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.cli.inputs import Share
    from argmap.formats import ImportFormat
    from store import Account, ImportFile

_MOST_SAID = 20


@click.command("import")
@file_argument("files", nargs=-1, required=True)
@click.option("--from", "format_name", metavar="FORMAT", help="Else told by the content.")
@click.option("--strict", is_flag=True, help="One fault, and nothing lands.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option(
    "--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Gets every rejected line."
)
@click.option("--loose-quotes", is_flag=True, help="Accept a unique near match of a quote.")
@click.option("--assessor", "who", metavar="NAME", help="Whose ratings are those without one.")
@click.option(
    "--map", "renamed", multiple=True, metavar="THEIRS=OURS",
    help="In a table, which of our columns is theirs; THEIRS= leaves one out. Again for each.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N",
    help="Read so many files side by side.",
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
    """Import records in bulk; `-` is standard input.

    Reads JSON Lines, Markdown that argmap wrote, and tables: CSV and TSV with a row
    for each statement and a first row that names the columns. A table has no
    document: add or import that first. An empty cell says nothing and clears nothing.

    Folders are searched for files of a format that is known; .gz and .zst are
    unpacked. One import is one operation, undone and redone as one. Running it again
    changes nothing that is there already.
    """
    import gc

    from argmap.cli.inputs import counting, inputs_of, share_of_each
    from store import ImportOptions, import_records
    from store.clock import now

    gc.set_threshold(200_000)  # a million short-lived records are no garbage to look for
    options = ImportOptions(assessor(who), now(), strict, dry_run, loose_quotes)
    path = database_path(context) if dry_run else path_to_write(context)
    formats = _formats(renamed, format_name)
    with ExitStack() as stack:
        inputs = inputs_of(stack, files, format_name, formats, jobs)
        _refuse_rejects(rejects, inputs.files)
        written = _how_written(inputs.files)
        for about in () if as_json else written:
            say(", ".join(f"{what} {how}" for what, how in about.items()))
        several = len(inputs.files) > 1
        counted_files, tallies = counting(inputs.decoded) if several else (inputs.decoded, [])
        account = import_records(path, counted_files, options)
        by_file = [] if account.stopped else share_of_each(tallies, account)
        if as_json:
            show_json(
                _account_in_json(account, several=several) | _more(written, by_file, inputs.skipped)
            )
        else:
            _tell(account, is_dry=options.is_dry, several=several)
            for each in by_file:
                say(str(each))
            if inputs.skipped:
                say(f"{counted(inputs.skipped, 'file')} skipped, of no format that is imported")
        is_partly = rejects is not None and not _are_written(rejects, inputs.files, account)
    if account.rejected_total and strict and not dry_run:
        return 2
    return 1 if account.rejected_total or account.stopped or is_partly else 0


def _more(written: list[dict[str, str]], by_file: list[Share], skipped: int) -> dict[str, Any]:
    """Return what JSON says of tables and of several files, where there are such."""
    from attrs import asdict

    tables = {"tables": written} if written else {}
    several = {"files": [asdict(each) for each in by_file], "skipped": skipped}
    return tables | (several if by_file else {})


def _formats(renamed: tuple[str, ...], format_name: str | None) -> dict[str, ImportFormat]:
    """Return the formats to choose from: with *renamed* columns those of tables."""
    from argmap.formats import import_formats, mapped_formats

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


def _how_written(inputs: list[ImportFile]) -> list[dict[str, str]]:
    """Return of each table its name, format, encoding and delimiter."""
    return [
        {"file": each.name, "format": each.format.name}
        | dict(each.format.describe(each.stream, each.name))
        for each in inputs
        if each.format.describe is not None
    ]


def _refuse_rejects(target: Path | None, inputs: list[ImportFile]) -> None:
    """Refuse a file for rejected lines that cannot be one, before anything lands.

    Raises:
        InputError: it is one of *inputs*, or cannot be written.
    """
    from store.files import told

    if target is None:
        return
    with told(str(target)):
        if not target.exists():
            target.touch()
            target.unlink()
        elif any(_is_at(target, each.name) for each in inputs):
            message = f"{target}: is an input too; give --rejects another file"
            raise InputError(message)
        elif target.is_file() or target.is_dir():  # a pipe would wait
            target.open("ab").close()


def _is_at(target: Path, name: str) -> bool:
    """Tell whether *target* is the file called *name*; what is piped in is none."""
    with suppress(OSError):
        return target.samefile(name)
    return False


def _are_written(target: Path, inputs: list[ImportFile], account: Account) -> bool:
    """Write every rejected line to *target*; where that fails, say so, for records have landed."""
    from store.files import told

    try:
        with told(str(target)), target.open("wb") as out:
            for line in _rejected_lines(inputs, account):
                out.write(line + b"\n")
    except InputError as error:
        say(f"argmap: {error}")
        return False
    return True


def _rejected_lines(inputs: list[ImportFile], account: Account) -> Iterator[bytes]:
    """Yield every rejected line, the header of its table before the first."""
    from store import read_records

    rejected = iter(account.rejected_records)
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
        if located.head not in (b"", head):
            head = located.head
            yield head
        yield located.raw
        last = place


def _account_in_json(account: Account, *, several: bool) -> dict[str, Any]:
    places = (
        {"file": r.file, "line": r.line, "path": r.path, "reason": r.reason}
        for r in account.rejected
    )
    return {
        "format": account.format,
        "read": account.read,
        "added": account.added,
        "updated": account.updated,
        "unchanged": account.unchanged,
        "rejected": [p if several else {k: v for k, v in p.items() if k != "file"} for p in places],
        "rejected_total": account.rejected_total,
        "reasons": account.reasons,
        "changed": [{"file": f, "line": n, "what": what} for f, n, what in account.changed],
        "operation": account.operation,
        "stopped": account.stopped or None,
    }


def _tell(account: Account, *, is_dry: bool, several: bool) -> None:
    """Say what an import did: one line, then one for each of the first rejected records."""
    kept = account.read - account.rejected_total
    if is_dry:
        done = f"{kept:,} would land"
    else:
        done = (
            f"{account.added:,} added, {account.updated:,} updated, {account.unchanged:,} unchanged"
        )
    operation = f"; operation {account.operation}" if account.operation else ""
    rejected = f", {account.rejected_total:,} rejected" if account.rejected_total else ""
    say(f"{counted(account.read, 'record')} read: {done}{rejected}{operation}")
    if account.stopped:
        say(f"stopped: {account.stopped}; what landed is kept, and the same import goes on with it")
    for file, line, what in account.changed[:_MOST_SAID]:
        say(f"{file}:{line}: taken loosely: {what}")
    for r in account.rejected[:_MOST_SAID]:
        place = f"{r.file}:{r.line}" if several else f"line {r.line}"
        say(f"{place}: {f'{r.path}: ' if r.path else ''}{r.reason}")
    if account.rejected_total > _MOST_SAID:
        say(f"and {counted(account.rejected_total - _MOST_SAID, 'more rejected record')}")


COMMANDS = (import_,)

"""Commands that bring things in: `add` and `import`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from argmap.cli.context import (
    JSON,
    assessor,
    database_path,
    file_argument,
    opened,
    path_to_write,
)
from argmap.cli.output import say, show, show_json
from argmap.errors import InputError
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats import ImportFormat
    from argmap.model.document import Document
    from store import Account, ImportFile, Store

_MOST_SAID = 20


@click.command()
@file_argument("files", nargs=-1, required=True)
@click.option("--title", help="Its title; else its first heading or first short line.")
@click.option("--author")
@click.option("--publisher")
@click.option("--url")
@click.option("--published", metavar="DATE", help="2023-08-14, 2023-08 or 2023.")
@click.pass_context
def add(context: click.Context, /, files: tuple[Path, ...], **given: str | None) -> int:
    """Make documents of texts; `-` is standard input.

    Plain text and Markdown are read, in UTF-8, UTF-16 or Windows-1252.
    """
    from argmap.adding import document_from_text

    documents = [
        document_from_text(_text_of(file), "Untitled" if str(file) == "-" else file.stem, **given)
        for file in files
    ]
    with opened(context) as store:
        for document in documents:
            _add_one(store, document)
    return 0


def _add_one(store: Store, document: Document) -> None:
    from store.shelving import shelve

    id_, is_new = shelve(store, document)
    if is_new:
        say(f"added {document.title!r} as {id_}; argmap undo takes it back")
    else:
        say(f"{document.title!r} is there already, as {id_}; nothing changed")
    show(id_)


def _text_of(file: Path) -> str:
    from argmap.text import text_from_bytes

    name = "standard input" if str(file) == "-" else str(file)
    return text_from_bytes(_content(file, name), name)


def _content(file: Path, name: str) -> bytes:
    from store.files import told

    with told(name):
        return _standard_input().read() if str(file) == "-" else file.read_bytes()


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        message = "standard input is closed; give a file"
        raise InputError(message)
    return sys.stdin.buffer


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
    as_json: bool,
) -> int:
    """Import records in bulk; `-` is standard input.

    Reads JSON Lines, Markdown that argmap wrote, and tables: CSV and TSV with a row
    for each statement and a first row that names the columns. A table has no
    document: add or import that first. An empty cell says nothing and clears nothing.

    One import is one operation, undone and redone as one. Running it again
    changes nothing that is there already.
    """
    import gc

    from store import ImportOptions, import_records
    from store.clock import now

    gc.set_threshold(200_000)  # a million short-lived records are no garbage to look for
    options = ImportOptions(assessor(who), now(), strict, dry_run, loose_quotes)
    path = database_path(context) if dry_run else path_to_write(context)
    formats = _formats(renamed, format_name)
    with ExitStack() as stack:
        inputs = [_opened_input(stack, file, format_name, formats) for file in files]
        _refuse_rejects(rejects, files)
        written = _how_written(inputs)
        for about in () if as_json else written:
            say(", ".join(f"{what} {how}" for what, how in about.items()))
        account = import_records(path, inputs, options)
        several = len(files) > 1
        if as_json:
            tables = {"tables": written} if written else {}
            show_json(_account_in_json(account, several=several) | tables)
        else:
            _tell(account, is_dry=options.is_dry, several=several)
        is_partly = rejects is not None and not _are_written(rejects, inputs, account)
    if account.rejected_total and strict and not dry_run:
        return 2
    return 1 if account.rejected_total or is_partly else 0


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


def _opened_input(
    stack: ExitStack, file: Path, format_name: str | None, formats: dict[str, ImportFormat]
) -> ImportFile:
    import shutil
    import tempfile

    from argmap.formats import format_named, recognised_format
    from store import ImportFile
    from store.files import told

    name = "standard input" if str(file) == "-" else str(file)
    stream: BinaryIO
    with told(name):
        if str(file) == "-":
            stream = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (the stack closes it)
            shutil.copyfileobj(_standard_input(), stream)
            stream.seek(0)
        else:
            stream = stack.enter_context(file.open("rb"))
    head = stream.read(4096)
    stream.seek(0)
    if format_name is not None:
        return ImportFile(name, format_named(format_name, formats), stream)
    return ImportFile(name, recognised_format(head, name, formats), stream)


def _refuse_rejects(target: Path | None, files: tuple[Path, ...]) -> None:
    """Refuse a file for rejected lines that cannot be one, before anything lands.

    Raises:
        InputError: it is one of *files*, or cannot be written.
    """
    from store.files import told

    if target is None:
        return
    with told(str(target)):
        if not target.exists():
            target.touch()
            target.unlink()
        elif any(str(file) != "-" and target.samefile(file) for file in files):
            message = f"{target}: is an input too; give --rejects another file"
            raise InputError(message)
        elif target.is_file() or target.is_dir():  # a pipe would wait
            target.open("ab").close()


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
    for file, line, what in account.changed[:_MOST_SAID]:
        say(f"{file}:{line}: taken loosely: {what}")
    for r in account.rejected[:_MOST_SAID]:
        place = f"{r.file}:{r.line}" if several else f"line {r.line}"
        say(f"{place}: {f'{r.path}: ' if r.path else ''}{r.reason}")
    if account.rejected_total > _MOST_SAID:
        say(f"and {counted(account.rejected_total - _MOST_SAID, 'more rejected record')}")


COMMANDS = (add, import_)

"""The command `export`: maps as Markdown, or in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.errors import InputError, os_error_reason
from argmap.text.display import counted

from ._context import OUTPUT, database_path, reading
from ._output import say, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats.bundle import Bundle
    from argmap.formats.registry import ExportFormat
    from store import Store


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--to", "format_name", metavar="FORMAT", default="markdown", show_default=True)
@click.option(
    "-o", "--output", type=OUTPUT, metavar="FILE or FOLDER",
    help="Else standard output.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Every document, and every source.")
@click.option("--summary", is_flag=True, help="Without the text and the rating tables.")
@click.pass_context
def export(
    context: click.Context,
    documents: tuple[str, ...],
    *,
    format_name: str,
    output: Path | None,
    everything: bool,
    summary: bool,
) -> int:
    """Write maps as Markdown or in another format.

    Markdown and JSON Lines carry a whole map. CSV and TSV have a row for each
    statement, to be worked on in a spreadsheet and imported again; they leave out
    the document's text, linked premises, the order of the map, reasons and times of
    ratings, ratings under other rubrics and the Admiralty pair, and say so. A cell that
    a spreadsheet would run has an apostrophe before it, which an import takes away.
    """
    from argmap.formats.registry import export_formats, format_named
    from argmap.host.outputs import check_output, is_regular, write_file
    from store import document_ids, document_named, load_bundle
    from store.queries import load_everything

    format_ = format_named(format_name, export_formats())
    if bool(documents) == everything:
        message = "name the documents to export, or all of them with --all"
        raise click.UsageError(message, context)
    check_output(output or Path("/dev/stdout"), database_path(context))
    is_file = output is not None and is_regular(output)
    with reading(context, None if is_file else output) as store:
        if everything:
            ids, bundle = document_ids(store), load_everything(store)
        else:
            ids = sorted({document_named(store, name) for name in documents})
            bundle = load_bundle(store, ids)
        _tell_left_out(format_, bundle)
        if output is not None and (output.is_dir() or (len(ids) > 1 and not format_.holds_many)):
            return _write_folder(store, format_, ids, output, summary=summary)
        if len(ids) > 1 and not format_.holds_many:
            message = f"{format_.title} holds one document in a file; give a folder with -o"
            raise InputError(message)
        pieces = _pieces(format_, bundle, summary=summary)
        if output is not None and is_file:
            write_file(output, pieces)
        else:
            write_text(pieces)
    if output is not None:
        say(f"wrote {output}")
    return 0


def _tell_left_out(format_: ExportFormat, bundle: Bundle) -> None:
    """Say what an export of *bundle* in *format_* leaves out."""
    if format_.leaves_out is not None and (left := list(format_.leaves_out(bundle))):
        say(f"{format_.title} leaves out {', '.join(left)}; jsonl and markdown carry them")


def _pieces(format_: ExportFormat, bundle: Bundle, *, summary: bool) -> Iterator[str]:
    if not summary:
        return format_.write(bundle)
    if format_.summarise is None:
        message = f"{format_.title} has no short form; leave --summary out"
        raise InputError(message)
    return format_.summarise(bundle)


def _write_folder(
    store: Store, format_: ExportFormat, ids: list[str], folder: Path, *, summary: bool
) -> int:
    """Write each of *ids* to a file in *folder* and return the exit code."""
    from argmap.host.file_names import file_names
    from argmap.host.outputs import write_file
    from store import load_bundle

    names = file_names(ids, format_.suffix, folder)
    for name in names.values():  # all of them before the first is written
        _refuse_taken(folder / name, store.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made a folder: {os_error_reason(error)}"
        raise InputError(message) from error
    for number, (id_, name) in enumerate(names.items()):
        pieces = _pieces(format_, load_bundle(store, [id_]), summary=summary)
        try:
            write_file(folder / name, pieces)
        except InputError as error:
            if not number:
                raise
            say(f"argmap: {error}")
            say(f"wrote {number:,} of {counted(len(ids), 'file')} to {folder}")
            return 1
    say(f"wrote {counted(len(ids), 'file')} to {folder}")
    return 0


def _refuse_taken(path: Path, database: Path) -> None:
    """Refuse to write *path*, a name that argmap makes, where something else than a file is.

    Raises:
        InputError: it is a folder, a pipe, a device or, as `check_output` says, taken.
    """
    from argmap.host.outputs import check_output

    check_output(path, database)
    if path.exists() and not path.is_file():
        message = f"{path}: is a folder, a pipe or a device; move it, or give another folder"
        raise InputError(message)

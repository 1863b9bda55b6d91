"""The command `export`: write maps as Markdown or in another format."""

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
@click.option(
    "--to",
    "format_name",
    metavar="FORMAT",
    default="markdown",
    show_default=True,
    help="Output format.",
)
@click.option(
    "-o", "--output", type=OUTPUT, metavar="FILE or FOLDER",
    help="Output file or folder. Default: standard output.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Export every document and source.")
@click.option("--summary", is_flag=True, help="Leave out the text and the rating tables.")
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
    """Export maps as Markdown or in another format.

    Markdown and JSON Lines contain the whole map. CSV and TSV have one row for each
    statement, to edit in a spreadsheet and import again; they leave out the document's
    text, linked premises, the order of the map, reasons and times of ratings, ratings
    under other rubrics and Admiralty ratings, and say so. Cells that a spreadsheet would
    run as formulas start with an apostrophe, which an import removes.
    """
    from argmap.formats.registry import export_formats, format_named
    from argmap.host.outputs import check_output, is_regular, write_file
    from store import document_ids, document_named, load_bundle
    from store.queries import load_everything

    format_ = format_named(format_name, export_formats())
    if bool(documents) == everything:
        message = "name the documents to export, or give --all."
        raise click.UsageError(message, context)
    check_output(output or Path("/dev/stdout"), database_path(context))
    is_file = output is not None and is_regular(output)
    with reading(context, None if is_file else output) as store:
        if everything:
            ids, bundle = document_ids(store), load_everything(store)
        else:
            ids = sorted({document_named(store, name) for name in documents})
            bundle = load_bundle(store, ids)
        _say_left_out(format_, bundle)
        if output is not None and (output.is_dir() or (len(ids) > 1 and not format_.holds_many)):
            return _write_folder(store, format_, ids, output, summary=summary)
        if len(ids) > 1 and not format_.holds_many:
            message = f"{format_.title} holds one document per file; give a folder with -o"
            raise InputError(message)
        pieces = _pieces(format_, bundle, summary=summary)
        if output is not None and is_file:
            write_file(output, pieces)
        else:
            write_text(pieces)
    if output is not None:
        say(f"wrote {output}")
    return 0


def _say_left_out(format_: ExportFormat, bundle: Bundle) -> None:
    """Say which parts of *bundle* an export in *format_* leaves out."""
    if format_.leaves_out is not None and (left := list(format_.leaves_out(bundle))):
        say(f"{format_.title} leaves out {', '.join(left)}; jsonl and markdown carry them")


def _pieces(format_: ExportFormat, bundle: Bundle, *, summary: bool) -> Iterator[str]:
    if not summary:
        return format_.write(bundle)
    if format_.summarise is None:
        message = f"{format_.title} has no summary; omit --summary"
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
    for name in names.values():  # check all names before the first file is written
        _refuse_taken(folder / name, store.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot create the folder: {os_error_reason(error)}"
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
    """Refuse to write *path*, a name that argmap chose, over anything but a file.

    Raises:
        InputError: it is a folder, a pipe, a device or, as in `check_output`, a database.
    """
    from argmap.host.outputs import check_output

    check_output(path, database)
    if path.exists() and not path.is_file():
        message = f"{path}: is a folder, a pipe or a device; move it or give another folder"
        raise InputError(message)

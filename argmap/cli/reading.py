"""Commands that read: `list`, `show`, `search`, `history`, `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.context import JSON, OUTPUT, database_path, reading
from argmap.cli.output import say, show, show_json, write_text
from argmap.errors import InputError, reason_of
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats import Bundle, ExportFormat
    from argmap.model.map import ArgumentMap
    from store import Store


@click.command("list")
@JSON
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """List the documents with their counts."""
    from attrs import asdict

    from store import list_documents

    with reading(context) as store:
        rows = [asdict(d) | {"graded": _graded(store, d.id)} for d in list_documents(store)]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        about = " · ".join(filter(None, (row["author"], row["published"])))
        counts = f"{row['claims']} claims, {row['graded']} graded, {row['evidence']} evidence"
        show(f"{row['id']}  {row['title']}{f'  ({about})' if about else ''}  {counts}")
    if not rows:
        say("there are no documents yet; argmap add FILE makes one")


def _graded(store: Store, document: str) -> int:
    """Count the claims that have a grade under the default rubric that applies."""
    from argmap.grading import graded_claims
    from store import is_rated, load_map

    if not is_rated(store, document):
        return 0
    argument_map = load_map(store, document)
    rubric = argument_map.applicable_rubric
    return len(graded_claims(argument_map, rubric)) if rubric else 0


@click.command("show")
@click.argument("document")
@JSON
@click.pass_context
def show_(context: click.Context, document: str, *, as_json: bool) -> None:
    """Show a document's map as an outline; --json gives its records."""
    from argmap.outline import lines_of
    from store import document_named, load_map

    with reading(context) as store:
        argument_map = load_map(store, document_named(store, document))
    if as_json:
        show_json(_records_of(argument_map))
        return
    about = argument_map.document
    show(" · ".join(filter(None, (about.title, about.author, about.publisher, about.published))))
    for line in lines_of(argument_map):
        show(line)


def _records_of(argument_map: ArgumentMap) -> dict[str, Any]:
    from argmap.records.writing import record_from_entity

    homes = {
        "statements": argument_map.ordered_statements,
        "inferences": argument_map.ordered_inferences,
        "sources": sorted(argument_map.sources.values(), key=lambda s: s.id),
        "attributions": sorted(argument_map.attributions.values(), key=lambda a: a.id),
        "ratings": sorted(argument_map.ratings.values(), key=lambda r: r.id),
        "reliabilities": sorted(argument_map.reliabilities.values(), key=lambda r: r.id),
        "credibilities": sorted(argument_map.credibilities.values(), key=lambda c: c.id),
    }
    records = {name: [record_from_entity(e) for e in home] for name, home in homes.items()}  # type: ignore[attr-defined]  # lists of entities
    return {"document": record_from_entity(argument_map.document), **records}


@click.command()
@click.argument("query")
@JSON
@click.pass_context
def search(context: click.Context, query: str, *, as_json: bool) -> None:
    """Find statements and documents that hold every word of QUERY."""
    from attrs import asdict

    from store import search as find

    with reading(context) as store:
        hits = find(store, query)
    if as_json:
        show_json([asdict(hit) for hit in hits])
        return
    for hit in hits:
        show(f"{hit.document}{f' {hit.label}' if hit.label else ''}  {hit.snippet}")
    if not hits:
        say(f"nothing has the words {query!r}")


@click.command()
@click.argument("document", required=False)
@JSON
@click.pass_context
def history(context: click.Context, document: str | None, *, as_json: bool) -> None:
    """List the operations, newest first."""
    from store import document_named
    from store import history as logged

    with reading(context) as store:
        named = document_named(store, document) if document else None
        rows = logged(store, named)
    if as_json:
        keys = ("at", "label", "document", "state")
        show_json([{"operation": o.seq, **{k: getattr(o, k) for k in keys}} for o in rows])
        return
    for row in rows:
        state = "" if row.state == "done" else f"  ({row.state})"
        where = f"{row.document}: " if row.document and named is None else ""
        show(f"{row.seq:>5}  {row.at}  {where}{row.label}{state}")
    if not rows:
        say("nothing has been done yet")


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
    from argmap.formats import export_formats, format_named
    from store import document_ids, document_named, load_bundle, load_everything
    from store.outputs import is_plain, refuse_output, write_file

    format_ = format_named(format_name, export_formats())
    if bool(documents) == everything:
        message = "name the documents to export, or all of them with --all"
        raise click.UsageError(message, context)
    refuse_output(output or Path("/dev/stdout"), database_path(context))
    is_file = output is not None and is_plain(output)
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
    from store import load_bundle
    from store.file_names import file_names
    from store.outputs import write_file

    names = file_names(ids, format_.suffix, folder)
    for name in names.values():  # all of them before the first is written
        _refuse_taken(folder / name, store.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made a folder: {reason_of(error)}"
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
        InputError: it is a folder, a pipe, a device or, as `refuse_output` says, taken.
    """
    from store.outputs import refuse_output

    refuse_output(path, database)
    if path.exists() and not path.is_file():
        message = f"{path}: is a folder, a pipe or a device; move it, or give another folder"
        raise InputError(message)


COMMANDS = (list_, show_, search, history, export)

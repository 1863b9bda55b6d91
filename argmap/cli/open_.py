"""The command `open`, and `argmap` alone: open the workbench."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.errors import InputError, MissingError
from argmap.host.assessor import resolve_assessor
from argmap.host.folders import config_file, state_folder
from argmap.host.inputs.selection import path_exists

from ._context import database_path, path_to_write
from ._output import show
from ._workbench import config_option, is_terminal, load_settings, run

if TYPE_CHECKING:
    from argmap.formats.registry import Extract


@click.command("open")
@click.argument("document", required=False, metavar="[DOCUMENT or FILE]")
@click.option("--keys", is_flag=True, help="List all actions with their keys.")
@click.option("--config-path", is_flag=True, help="Print the path of the settings file.")
@config_option
@click.pass_context
def open_(
    context: click.Context,
    document: str | None,
    *,
    keys: bool,
    config_path: bool,
    config: Path | None,
) -> int:
    """Open the workbench: a document, a text file, or the library.

    Without an argument, opens the document that was open last, or else the library.
    """
    if config_path:
        show(str(config or config_file()))
        return 0
    if keys:
        from tui.shell.keys.key_reference import key_lines

        for line in key_lines():
            show(line)
        return 0
    return open_workbench(context, document, config)


def open_workbench(
    context: click.Context, document: str | None = None, config: Path | None = None
) -> int:
    """Run the workbench until the user quits, and return the exit code.

    Raises:
        InputError: there is no terminal.
        MissingError: *document* is neither a document nor a file.
    """
    if not is_terminal():
        message = "the workbench needs a terminal; argmap --help lists what works without one"
        raise InputError(message)
    from argmap.host import garbage_collection

    garbage_collection.take_over()
    found, text = _find_document_or_text(context, document)
    from tui.shell.app import ArgmapApp
    from tui.shell.state import read_state

    path = path_to_write(context)
    app = ArgmapApp(
        path,
        config=load_settings(config),
        state=read_state(_state_file(path)),
        document=found,
        text=text,
        assessor=resolve_assessor(None),
    )
    return run(app)


def _find_document_or_text(
    context: click.Context, name: str | None
) -> tuple[str | None, Extract | None]:
    """Return the id of the document called *name*, or the text of the file of that name."""
    if name is None:
        return None, None
    from argmap.host.database_files import refuse_database
    from store import document_named, open_to_read

    store = open_to_read(database_path(context))
    try:
        try:
            return document_named(store, name), None
        except MissingError as error:
            if not path_exists(Path(name)):
                message = (
                    f"{name}: is neither a document nor a file; argmap list shows the documents"
                )
                raise MissingError(message) from error
        refuse_database(Path(name), database_path(context))
        import hashlib

        from store.log import read_extract
        from store.queries import document_with_text

        extract, _ = read_extract(name)
        sha256 = hashlib.sha256(extract.text.encode()).hexdigest()
        known = store and document_with_text(store, sha256)
        return (known, None) if known else (None, extract)
    finally:
        if store is not None:
            store.close()


def _state_file(database: Path) -> Path:
    """Return the file that keeps the state of the screens, one for each database."""
    import hashlib

    name = hashlib.sha256(str(database.absolute()).encode()).hexdigest()[:16]
    return state_folder() / f"{name}.json"

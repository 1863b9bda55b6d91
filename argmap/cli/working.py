"""Commands that open the workbench: `open`, `demo`, and `argmap` alone."""

from __future__ import annotations

import locale
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.context import assessor, database_path, path_to_write
from argmap.cli.output import say, show, write_text
from argmap.errors import InputError, MissingError
from argmap.folders import config_file, state_folder
from argmap.host.selection import is_there
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats import Extract


def _config(command: Callable[..., Any]) -> Callable[..., Any]:
    option = click.option(
        "--config", type=click.Path(path_type=Path), metavar="FILE",
        help="Settings; else config.toml in your settings folder.",
    )  # fmt: skip
    return option(command)


@click.command("open")
@click.argument("document", required=False, metavar="[DOCUMENT or FILE]")
@click.option("--keys", is_flag=True, help="List the names of all actions with their keys.")
@click.option("--config-path", is_flag=True, help="Print where settings are looked for.")
@_config
@click.pass_context
def open_(
    context: click.Context,
    document: str | None,
    *,
    keys: bool,
    config_path: bool,
    config: Path | None,
) -> int:
    """Open the workbench: a document, a text file, or the library."""
    if config_path:
        show(str(config or config_file()))
        return 0
    if keys:
        from tui.key_list import key_lines

        for line in key_lines():
            show(line)
        return 0
    return open_workbench(context, document, config)


def open_workbench(
    context: click.Context, document: str | None = None, config: Path | None = None
) -> int:
    """Run the workbench until the user leaves it.

    Raises:
        InputError: there is no terminal to run it on.
        MissingError: *document* is neither a document nor a file.
    """
    if not _is_terminal():
        message = "the workbench needs a terminal; argmap --help lists what works without one"
        raise InputError(message)
    from tui import collecting

    collecting.begin()
    found, text = _named(context, document)
    from tui.app import ArgmapApp
    from tui.state import read_state

    path = path_to_write(context)
    app = ArgmapApp(
        path,
        config=_settings(config),
        state=read_state(_state_file(path)),
        document=found,
        text=text,
        assessor=assessor(None),
    )
    return _run(app)


@click.command()
@click.option("--tour", is_flag=True, help="Learn the workbench on it, by doing.")
@_config
def demo(*, tour: bool, config: Path | None) -> int:
    """Open the worked example in a throw-away database; without a terminal, print it."""
    import tempfile

    from tui import collecting

    collecting.begin()
    from store import add_example, load_everything, open_store
    from store.clock import now

    with tempfile.TemporaryDirectory(prefix="argmap-demo-") as folder:
        path = Path(folder) / "demo.db"
        document = add_example(path, now())
        if not _is_terminal():
            from argmap.formats import export_formats

            with open_store(path) as store:
                write_text(export_formats()["markdown"].write(load_everything(store)))
            return 0
        from tui.app import ArgmapApp

        app = ArgmapApp(
            path,
            config=_settings(config),
            document=document,
            with_tour=tour,
            assessor=assessor(None),
        )
        return _run(app)


def _run(app: Any) -> int:  # noqa: ANN401  (typed where Textual may be loaded)
    try:
        app.run()
    finally:
        app.archive.close()
    lost = app.archive.lost + app.archive.unsaved
    if lost:
        say(f"argmap: {app.archive.path}: {counted(lost, 'edit')} could not be saved")
    return app.return_code or (1 if lost else 0)


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _settings(config: Path | None) -> Any:  # noqa: ANN401  (as above)
    from tui.config import read_config

    encoding = (locale.getpreferredencoding(do_setlocale=False) or "").lower()
    return read_config(config, is_utf8=encoding.replace("-", "") == "utf8")


def _named(context: click.Context, name: str | None) -> tuple[str | None, Extract | None]:
    """Return the id of the document called *name*; else what is in the file of that name."""
    if name is None:
        return None, None
    from store import document_named, document_with_text, open_to_read
    from store.database_files import refuse_database
    from store.shelving import read_extract

    store = open_to_read(database_path(context))
    try:
        try:
            return document_named(store, name), None
        except MissingError as error:
            if not is_there(Path(name)):
                message = (
                    f"{name}: is neither a document nor a file; argmap list shows the documents"
                )
                raise MissingError(message) from error
        refuse_database(Path(name), database_path(context))
        extract, _ = read_extract(name)
        import hashlib

        sha256 = hashlib.sha256(extract.text.encode()).hexdigest()
        known = store and document_with_text(store, sha256)
        return (known, None) if known else (None, extract)
    finally:
        if store is not None:
            store.close()


def _state_file(database: Path) -> Path:
    """Return where it is kept what was on the screen, one file for each database."""
    import hashlib

    name = hashlib.sha256(str(database.absolute()).encode()).hexdigest()[:16]
    return state_folder() / f"{name}.json"


COMMANDS = (open_, demo)

"""Commands that care for the file: `doctor`, `backup`."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli.context import JSON, database_path
from argmap.cli.output import say, show, show_json
from argmap.errors import MissingError


@click.command()
@JSON
@click.pass_context
def doctor(context: click.Context, *, as_json: bool) -> int:
    """Examine the database: file, references, full text, maps and log."""
    from attrs import asdict

    from store import examine, open_store

    path = database_path(context)
    if not path.exists():
        message = f"{path}: there is no database; argmap add FILE makes one"
        raise MissingError(message)
    with open_store(path) as store:
        complaints = list(examine(store))
    if as_json:
        show_json([asdict(c) for c in complaints])
    for c in () if as_json else complaints:
        show(f"{'warning: ' if c.is_warning else ''}{c.check}: {c.message}")
    if any(not c.is_warning for c in complaints):
        say(f"{path}: is damaged; restore a backup, or import its export into a new database")
        return 1
    say(f"{path}: is sound")
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def backup(context: click.Context, file: Path) -> int:
    """Copy the database to FILE while others may use it, and check the copy."""
    from store import copy_to, open_to_read

    path = database_path(context)
    store = open_to_read(path)
    if store is None:
        message = f"{path}: there is no database to copy"
        raise MissingError(message)
    with store:
        copy_to(store, file)
    say(f"copied {path} to {file}; the copy is sound")
    return 0


COMMANDS = (doctor, backup)

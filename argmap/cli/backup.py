"""The command `backup`: copy the database while it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from argmap.errors import MissingError

from ._context import OUTPUT, database_path
from ._output import say

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("file", type=OUTPUT)
@click.pass_context
def backup(context: click.Context, file: Path) -> int:
    """Copy the database to FILE and check the copy.

    Other programs may use the database meanwhile.
    """
    from store import open_to_read
    from store.database import copy_to

    path = database_path(context)
    store = open_to_read(path)
    if store is None:
        message = f"{path}: there is no database to copy"
        raise MissingError(message)
    with store:
        copy_to(store, file)
    say(f"copied {path} to {file} and checked the copy")
    return 0

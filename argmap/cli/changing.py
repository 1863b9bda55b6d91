"""Commands that change what is there: `undo`, `redo`, `remove`."""

from __future__ import annotations

import click

from argmap.cli.context import existing
from argmap.cli.output import say


@click.command()
@click.pass_context
def undo(context: click.Context) -> int:
    """Take back the newest operation."""
    from store import undo as take_back

    with existing(context) as store:
        logged = take_back(store)
    say(f"undone: {logged.label} (operation {logged.seq}); argmap redo does it again")
    return 0


@click.command()
@click.pass_context
def redo(context: click.Context) -> int:
    """Do again what was undone last."""
    from store import redo as do_again

    with existing(context) as store:
        logged = do_again(store)
    say(f"done again: {logged.label} (operation {logged.seq})")
    return 0


@click.command()
@click.argument("document")
@click.pass_context
def remove(context: click.Context, document: str) -> int:
    """Remove a document with its map; its sources stay."""
    from store import document_named
    from store.shelving import unshelve

    with existing(context) as store:
        done = unshelve(store, document_named(store, document))
    say(f"{done}; argmap undo brings it back")
    return 0


COMMANDS = (undo, redo, remove)

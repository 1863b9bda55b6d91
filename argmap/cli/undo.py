"""The commands `undo` and `redo`: undo the newest operation, and redo it."""

from __future__ import annotations

import click

from ._context import open_existing
from ._interruption import saying_if_interrupted
from ._output import say
from ._progress import watching


@click.command()
@click.pass_context
def undo(context: click.Context) -> int:
    """Undo the newest operation."""
    from store import undo as take_back

    with open_existing(context) as store, saying_if_interrupted(store):
        with watching("undoing", store.path) as watch:
            logged = take_back(store, watch=watch)
        say(f"undone: {logged.label} (operation {logged.seq}); argmap redo redoes it")
    return 0


@click.command()
@click.pass_context
def redo(context: click.Context) -> int:
    """Redo the operation that was undone last."""
    from store import redo as do_again

    with open_existing(context) as store, saying_if_interrupted(store):
        with watching("redoing", store.path) as watch:
            logged = do_again(store, watch=watch)
        say(f"redone: {logged.label} (operation {logged.seq})")
    return 0

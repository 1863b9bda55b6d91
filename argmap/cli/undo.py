"""The commands `undo` and `redo`: take back the newest operation, and do it again."""

from __future__ import annotations

import click

from ._context import existing
from ._interruption import saying_if_interrupted
from ._output import say
from ._progress import watching


@click.command()
@click.pass_context
def undo(context: click.Context) -> int:
    """Take back the newest operation."""
    from store import undo as take_back

    with existing(context) as store, saying_if_interrupted(store):
        with watching("undoing", store.path) as watch:
            logged = take_back(store, watch=watch)
        say(f"undone: {logged.label} (operation {logged.seq}); argmap redo does it again")
    return 0


@click.command()
@click.pass_context
def redo(context: click.Context) -> int:
    """Do again what was undone last."""
    from store import redo as do_again

    with existing(context) as store, saying_if_interrupted(store):
        with watching("redoing", store.path) as watch:
            logged = do_again(store, watch=watch)
        say(f"done again: {logged.label} (operation {logged.seq})")
    return 0

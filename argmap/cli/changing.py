"""Commands that change what is there: `undo`, `redo`, `remove`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from argmap.cli.context import existing
from argmap.cli.output import say
from argmap.cli.progress import watching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store


@click.command()
@click.pass_context
def undo(context: click.Context) -> int:
    """Take back the newest operation."""
    from store import undo as take_back

    with existing(context) as store, _interruptible(store):
        with watching("undoing", store.path) as watch:
            logged = take_back(store, watch=watch)
        say(f"undone: {logged.label} (operation {logged.seq}); argmap redo does it again")
    return 0


@click.command()
@click.pass_context
def redo(context: click.Context) -> int:
    """Do again what was undone last."""
    from store import redo as do_again

    with existing(context) as store, _interruptible(store):
        with watching("redoing", store.path) as watch:
            logged = do_again(store, watch=watch)
        say(f"done again: {logged.label} (operation {logged.seq})")
    return 0


@click.command()
@click.argument("document")
@click.pass_context
def remove(context: click.Context, document: str) -> int:
    """Remove a document with its map; its sources stay."""
    from store import document_named
    from store.shelving import unshelve

    with existing(context) as store, _interruptible(store):
        id_ = document_named(store, document)
        with watching("removing", store.path) as watch:
            done = unshelve(store, id_, watch)
        say(f"{done}; argmap undo brings it back")
    return 0


@contextmanager
def _interruptible(store: Store) -> Iterator[None]:
    """Say after ctrl+c whether the operation was saved: it is one transaction, or none.

    Raises:
        Exit: with code 1, after an interruption.
    """
    from store import log_place

    before = log_place(store)
    try:
        yield
    except KeyboardInterrupt:
        is_saved = log_place(store) != before
        say(
            "argmap: interrupted after the change was saved; argmap history shows it"
            if is_saved
            else "argmap: interrupted; nothing was changed"
        )
        raise click.exceptions.Exit(1) from None


COMMANDS = (undo, redo, remove)

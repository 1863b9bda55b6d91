"""The command `remove`: remove a document with its map."""

from __future__ import annotations

import click

from ._context import open_existing
from ._interruption import saying_if_interrupted
from ._output import say
from ._progress import watching


@click.command()
@click.argument("document")
@click.pass_context
def remove(context: click.Context, document: str) -> int:
    """Remove a document with its map; its sources stay."""
    from store import document_named
    from store.log import delete_document

    with open_existing(context) as store, saying_if_interrupted(store):
        id_ = document_named(store, document)
        with watching("removing", store.path) as watch:
            done = delete_document(store, id_, watch)
        say(f"{done}; argmap undo restores it")
    return 0

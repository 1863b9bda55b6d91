"""The command `history`: list operations, newest first."""

from __future__ import annotations

import click

from ._context import JSON, reading
from ._output import say, show, show_json


@click.command()
@click.argument("document", required=False)
@JSON
@click.pass_context
def history(context: click.Context, document: str | None, *, as_json: bool) -> None:
    """List operations, newest first.

    With DOCUMENT, list only the operations that change it.
    """
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
        say("there are no operations yet")

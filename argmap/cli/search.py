"""The command `search`: find statements and documents by their words."""

from __future__ import annotations

import click
from attrs import asdict

from ._context import JSON, reading
from ._output import say, show, show_json


@click.command()
@click.argument("query")
@JSON
@click.pass_context
def search(context: click.Context, query: str, *, as_json: bool) -> None:
    """Find statements and documents by their words.

    A match contains every word of QUERY.
    """
    from store import search as find

    with reading(context) as store:
        hits = find(store, query)
    if as_json:
        show_json([asdict(hit) for hit in hits])
        return
    for hit in hits:
        show(f"{hit.document}{f' {hit.label}' if hit.label else ''}  {hit.snippet}")
    if not hits:
        say(f"no statement or document contains {query!r}")

"""The command `show`: the map of a document, as an outline or as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ._context import JSON, reading
from ._output import show, show_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import ArgumentMap


@click.command("show")
@click.argument("document")
@JSON
@click.pass_context
def show_(context: click.Context, document: str, *, as_json: bool) -> None:
    """Show a document's map as an outline.

    With --json, print its records.
    """
    from argmap.analysis.outline import outline_lines
    from store import document_named, load_map

    with reading(context) as store:
        argument_map = load_map(store, document_named(store, document))
    if as_json:
        show_json(_records_of(argument_map))
        return
    about = argument_map.document
    show(" · ".join(filter(None, (about.title, about.author, about.publisher, about.published))))
    for line in outline_lines(argument_map):
        show(line)


def _records_of(argument_map: ArgumentMap) -> dict[str, Any]:
    from argmap.records.encode import record_from_entity

    homes: dict[str, Iterable[Any]] = {
        "statements": argument_map.ordered_statements,
        "inferences": argument_map.ordered_inferences,
        "sources": sorted(argument_map.sources.values(), key=lambda s: s.id),
        "attributions": sorted(argument_map.attributions.values(), key=lambda a: a.id),
        "ratings": sorted(argument_map.ratings.values(), key=lambda r: r.id),
        "reliabilities": sorted(argument_map.reliabilities.values(), key=lambda r: r.id),
        "credibilities": sorted(argument_map.credibilities.values(), key=lambda c: c.id),
    }
    records = {name: [record_from_entity(e) for e in home] for name, home in homes.items()}
    return {"document": record_from_entity(argument_map.document), **records}

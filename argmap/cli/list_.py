"""The command `list`: list documents with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from attrs import asdict

from argmap.text.display import counted

from ._context import JSON, reading
from ._output import say, show, show_json

if TYPE_CHECKING:
    from store import Store


@click.command("list")
@JSON
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """List documents with the number of claims and grades."""
    from store.queries import list_documents

    with reading(context) as store:
        rows = [asdict(d) | {"graded": _graded(store, d.id)} for d in list_documents(store)]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        about = " · ".join(filter(None, (row["author"], row["published"])))
        claims = counted(row["claims"], "claim")
        counts = f"{claims}, {row['graded']} graded, {row['evidence']} evidence"
        show(f"{row['id']}  {row['title']}{f'  ({about})' if about else ''}  {counts}")
    if not rows:
        say("there are no documents yet; argmap add FILE adds one")


def _graded(store: Store, document: str) -> int:
    """Return the number of claims with a grade under the applicable default rubric."""
    from store.queries import is_rated

    if not is_rated(store, document):
        return 0
    from argmap.analysis.grading import graded_claims
    from store import load_map

    argument_map = load_map(store, document)
    rubric = argument_map.applicable_rubric
    return len(graded_claims(argument_map, rubric)) if rubric else 0

"""The command `document`: what is known about an op-ed, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ._context import JSON, existing, reading
from ._output import say, show, show_json

if TYPE_CHECKING:
    from argmap.model.document import Document


@click.command()
@click.argument("document")
@click.option("--title", help="Its title.")
@click.option("--author", help="Who wrote it.")
@click.option("--publisher", help="Where it appeared.")
@click.option(
    "--published", "--date", "published", metavar="DATE", help="2023-08-14, 2023-08 or 2023."
)
@click.option("--url", "--address", "url", help="Its address on the web.")
@JSON
@click.pass_context
def document(
    context: click.Context, /, document: str, *, as_json: bool, **given: str | None
) -> int:
    """Show or change a document's title, author, publisher, date and address.

    Without options, show them. Otherwise change all that are given as one operation,
    which can be undone. A blank text clears a field; a title cannot be cleared.
    """
    values = {key: value for key, value in given.items() if value is not None}
    changed = _changed(context, document, values) if values else _stored(context, document)
    if as_json:
        show_json(_fields(changed))
    elif not values:
        for key, value in _fields(changed).items():
            show(f"{key:<9}  {value or '–'}")
    return 0


def _stored(context: click.Context, named: str) -> Document:
    from store import document_named
    from store.queries import load_document

    with reading(context) as store:
        return load_document(store, document_named(store, named))


def _changed(context: click.Context, named: str, values: dict[str, str]) -> Document:
    """Change the document, say so, and return it as it is then."""
    from argmap.edit.documents import change_document
    from store import apply, document_named
    from store.queries import load_document

    with existing(context) as store, store.writing():  # so that nobody changes it in between
        before = load_document(store, document_named(store, named))
        operation = change_document(before, **values)
        if operation.changes:
            apply(store, operation)
        after = load_document(store, before.id)
    if operation.changes:
        say(f"{operation.label}; argmap undo takes it back")
    else:
        say(f"{after.title!r} has these values already; nothing changed")
    return after


def _fields(document: Document) -> dict[str, Any]:
    """Return what is known of *document* by the keys of records, its text apart."""
    from argmap.edit.documents import EDITABLE

    return {key: getattr(document, key) for key in ("id", *EDITABLE)}

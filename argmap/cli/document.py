"""The command `document`: show or change a document's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ._context import JSON, open_existing, reading
from ._output import say, show, show_json

if TYPE_CHECKING:
    from argmap.model.document import Document


@click.command()
@click.argument("document")
@click.option("--title", help="Title.")
@click.option("--author", help="Author.")
@click.option("--publisher", help="Publisher.")
@click.option(
    "--published", "--date", "published", metavar="DATE", help="Date: 2023-08-14, 2023-08 or 2023."
)
@click.option("--url", "--address", "url", help="URL.")
@JSON
@click.pass_context
def document(
    context: click.Context, /, document: str, *, as_json: bool, **given: str | None
) -> int:
    """Show or change a document's title, author, date and more.

    Without options, show them. Otherwise change the given fields as one operation, which
    can be undone. Empty text clears a field; the title cannot be cleared.
    """
    values = {key: value for key, value in given.items() if value is not None}
    changed = _change(context, document, values) if values else _load(context, document)
    if as_json:
        show_json(_fields(changed))
    elif not values:
        for key, value in _fields(changed).items():
            show(f"{key:<9}  {value or '–'}")
    return 0


def _load(context: click.Context, named: str) -> Document:
    from store import document_named
    from store.queries import load_document

    with reading(context) as store:
        return load_document(store, document_named(store, named))


def _change(context: click.Context, named: str, values: dict[str, str]) -> Document:
    """Change the document, say so, and return the changed document."""
    from argmap.edit.documents import change_document
    from store import apply, document_named
    from store.queries import load_document

    with (
        open_existing(context) as store,
        store.writing(),
    ):  # one transaction, or another edit could come between
        before = load_document(store, document_named(store, named))
        operation = change_document(before, **values)
        if operation.changes:
            apply(store, operation)
        after = load_document(store, before.id)
    if operation.changes:
        say(f"{operation.label}; argmap undo restores the old values")
    else:
        say(f"{after.title!r} has these values already; nothing changed")
    return after


def _fields(document: Document) -> dict[str, Any]:
    """Return the fields of *document*, except its text, by the keys of records."""
    from argmap.edit.documents import EDITABLE

    return {key: getattr(document, key) for key in ("id", *EDITABLE)}

"""The verb that changes a document's title, author, publisher, date and URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from argmap.errors import EditError
from argmap.model.map import Change, Operation
from argmap.text.display import short

from .labels import changed_label

if TYPE_CHECKING:
    from argmap.model.document import Document

EDITABLE: Final = ("title", "author", "publisher", "published", "url", "language")
"""The fields that can be changed, in display order."""


def change_document(document: Document, **values: str | None) -> Operation:
    """Change fields of *document* named in `EDITABLE`; None or blank text clears a field.

    Raises:
        EditError: the title would be empty, or a field cannot be changed.
        ModelError: a value breaks a rule of documents, such as an invalid date.
    """
    fixed = values.keys() - set(EDITABLE)
    if fixed:
        message = f"{', '.join(sorted(fixed))} of a document cannot be changed"
        raise EditError(message)
    if "title" in values and not (values["title"] or "").strip():
        message = "a document needs a title; give it one"
        raise EditError(message)
    kept = {name: value if value and value.strip() else None for name, value in values.items()}
    new = evolve(document, **kept)  # type: ignore[arg-type]  # the title is not empty
    label = changed_label(f"the document {short(document.title)}", document, new)
    return Operation(label, (Change(document, new),) if new != document else ())

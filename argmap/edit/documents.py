"""The verb that changes what is known about a document: title, author, publisher, date, address."""

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
"""The fields that can be changed, in the order in which they are shown."""


def change_document(document: Document, **values: str | None) -> Operation:
    """Change fields of *document* that are named in `EDITABLE`; None or a blank text clears one.

    Raises:
        EditError: the title would be empty, or a field cannot be changed.
        ModelError: a value breaks a rule of documents, such as a date that is none.
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

"""A text becomes a document: its title, and an id that people can read."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from argmap.model.document import Document
from argmap.text import title_of

_LONGEST_SLUG = 48


def document_from_text(text: str, otherwise: str = "Untitled", **given: str | None) -> Document:
    """Return the document that *text* makes, with an id that it gets everywhere.

    Args:
        text: As `argmap.text.text_from_bytes` returns it.
        otherwise: The title of a text in which none is found.
        given: What is known of it, named as in `Document`; a title among it wins.

    Raises:
        ModelError: a value breaks a rule of documents.
    """
    known = {key: value for key, value in given.items() if value is not None}
    title = known.pop("title", None) or title_of(text) or otherwise
    return Document(id=_id_for(title, text), title=title, text=text, **known)


def _id_for(title: str, text: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'document'}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"

"""Find the document whose text is nearly the same as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text.composition import composed, spellings
from argmap.text.near_duplicates import LEAST_LIKENESS, phrases, shingles, text_likeness

if TYPE_CHECKING:
    from store.database.store import Store

_CANDIDATES: Final = 10
"""Maximum number of documents compared as a whole: those that share the most phrases."""


@frozen
class NearText:
    """A document whose text is nearly the same as another."""

    document: str
    title: str
    likeness: float
    """From 0 to 1, as `argmap.text.near_duplicates.text_likeness` computes it."""


def nearest_text(store: Store, text: str) -> NearText | None:
    """Return the document whose text is most similar to *text*, if nearly the same.

    The full-text index finds the candidates by phrases of *text*, so the time hardly depends on the
    number of documents.
    """
    spelled = dict.fromkeys(s for phrase in phrases(composed(text)) for s in spellings(phrase))
    terms = " OR ".join(f'text : "{phrase}"' for phrase in spelled)
    if not terms:
        return None
    rows = store.connection.execute(
        "SELECT d.id, d.title, d.text FROM document_fts JOIN document AS d"
        " ON d.pk = document_fts.rowid WHERE document_fts MATCH ? ORDER BY rank, d.id LIMIT ?",
        (terms, _CANDIDATES),
    )
    wanted = shingles(text)
    found = [
        NearText(id_, title, text_likeness(wanted, shingles(other))) for id_, title, other in rows
    ]
    best = min(found, key=lambda near: (-near.likeness, near.document), default=None)
    return best if best and best.likeness >= LEAST_LIKENESS else None

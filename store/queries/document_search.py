"""Search statements and documents by full text, and list documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from argmap.text.composition import spellings
from argmap.text.display import excerpt
from store.database.argument_checks import check_type

if TYPE_CHECKING:
    from store.database.store import Store


@frozen
class SearchHit:
    """A statement or a document that a search found."""

    document: str
    statement: str | None
    """The id of the statement; None if the document itself matches."""
    label: str | None
    text: str
    """The text of the statement, or the title of the document."""
    snippet: str
    """The words around the first match."""


@frozen
class DocumentSummary:
    """A document with the number of its statements."""

    id: str
    title: str
    author: str | None
    published: str | None
    claims: int
    evidence: int
    assumptions: int
    changed: str | None
    """Time of the newest operation on it that is not undone: UTC, ISO 8601."""


def search(store: Store, query: str, most: int = 1000) -> list[SearchHit]:
    """Return the matches for every word of *query*, statements first, best first.

    The last word may be the beginning of a word. Nothing in *query* is an operator.

    Args:
        store: The database.
        query: Words, in any order.
        most: The most statements, and the most documents, to return.

    Raises:
        ModelError: *query* is not text.
    """
    check_type("query", query)
    store.check()
    if any("\ud800" <= character <= "\udfff" for character in query):
        return []  # no stored text has half a character
    words = query.replace('"', " ").replace("\0", " ").split()
    if not words:
        return []
    terms = " AND ".join([*map(_spellings, words[:-1]), _spellings(words[-1], "*")])
    with store.reading():
        return _hits(store, terms, most)


def _spellings(word: str, end: str = "") -> str:
    """Return the search term for *word* in every Unicode composition.

    SQLite removes accents from Latin letters only; a Hangul syllable, or a Cyrillic letter with its
    mark, is a different word in each composition.
    """
    terms = " OR ".join(f'"{form}"{end}' for form in spellings(word))
    return f"({terms})"


def _hits(store: Store, terms: str, most: int) -> list[SearchHit]:
    rows: list[tuple[str, str | None, str | None, str, str]] = store.connection.execute(
        "SELECT s.document, s.id, s.label, s.text,"
        " snippet(statement_fts, -1, '', '', '…', 16) FROM statement_fts"
        " JOIN statement AS s ON s.pk = statement_fts.rowid"
        " WHERE statement_fts MATCH ? ORDER BY rank, s.id LIMIT ?",
        (terms, most),
    ).fetchall()
    rows += store.connection.execute(
        "SELECT d.id, NULL, NULL, d.title, snippet(document_fts, -1, '', '', '…', 16)"
        " FROM document_fts JOIN document AS d ON d.pk = document_fts.rowid"
        " WHERE document_fts MATCH ? ORDER BY rank, d.id LIMIT ?",
        (terms, most),
    ).fetchall()
    return [
        SearchHit(d, id_, label, text, excerpt(near, 400)) for d, id_, label, text, near in rows
    ]


def list_documents(store: Store) -> list[DocumentSummary]:
    """Return every document with its counts, by id."""
    rows = store.connection.execute(
        "SELECT d.id, d.title, d.author, d.published, coalesce(sum(s.kind = 'claim'), 0),"
        " coalesce(sum(s.kind = 'evidence'), 0), coalesce(sum(s.kind = 'assumption'), 0),"
        " (SELECT o.at FROM operation_document AS t JOIN operation AS o ON o.seq = t.operation"
        " WHERE t.document = d.id AND o.state <> 'undone' ORDER BY t.operation DESC LIMIT 1)"
        " FROM document AS d LEFT JOIN statement AS s ON s.document = d.id"
        " GROUP BY d.id ORDER BY d.id"
    )
    return [DocumentSummary(*row) for row in rows]


def document_with_text(store: Store, sha256: str) -> str | None:
    """Return the id of the document whose text has that SHA-256, if there is one."""
    query = "SELECT id FROM document WHERE sha256 = ? ORDER BY id LIMIT 1"
    row = store.connection.execute(query, (sha256,)).fetchone()
    return None if row is None else str(row[0])


def is_rated(store: Store, document: str) -> bool:
    """Return whether any statement of *document* has a rating."""
    query = (
        "SELECT 1 FROM rating AS r JOIN statement AS s ON s.id = r.statement"
        " WHERE s.document = ? LIMIT 1"
    )
    return store.connection.execute(query, (document,)).fetchone() is not None

"""Queries that take milliseconds, for screens that must not wait for a whole map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.database.store import Store


def count_statements(store: Store, document: str) -> int:
    """Return the number of statements of *document*, an id; 0 if it does not exist."""
    query = "SELECT count(*) FROM statement WHERE document = ?"
    return int(store.connection.execute(query, (document,)).fetchone()[0])


def is_newly_added(store: Store, document: str) -> bool:
    """Return whether the newest operation on *document*, an id, added it."""
    query = (
        "SELECT o.seq = d.batch OR EXISTS (SELECT 1 FROM change AS c WHERE c.operation = o.seq"
        " AND c.id = d.id AND c.before IS NULL) FROM document AS d"
        " JOIN operation_document AS t ON t.document = d.id"
        " JOIN operation AS o ON o.seq = t.operation"
        " WHERE d.id = ? AND o.state <> 'undone' ORDER BY o.seq DESC LIMIT 1"
    )
    row = store.connection.execute(query, (document,)).fetchone()
    return row is not None and bool(row[0])


def list_statement_edits(store: Store, statement: str, most: int = 20) -> list[tuple[str, str]]:
    """Return the time and label of each operation on a statement, newest first.

    Operations on its attributions, ratings and inferences from it are included.

    Args:
        store: The database.
        statement: An id.
        most: The most operations to return.
    """
    query = (
        "SELECT DISTINCT o.seq, o.at, o.label FROM operation AS o"
        " JOIN change AS c ON c.operation = o.seq WHERE o.state <> 'undone' AND c.id IN ("
        "SELECT :id UNION SELECT id FROM attribution WHERE statement = :id"
        " UNION SELECT inference FROM premise WHERE statement = :id"
        " UNION SELECT id FROM rating WHERE statement = :id"
        " UNION SELECT id FROM credibility WHERE statement = :id)"
        " UNION SELECT o.seq, o.at, o.label FROM operation AS o"
        " JOIN statement AS s ON s.batch = o.seq WHERE s.id = :id"
        " ORDER BY 1 DESC LIMIT :most"
    )
    rows = store.connection.execute(query, {"id": statement, "most": most})
    return [(at, label) for _, at, label in rows]

"""What the database has of plain statements, asked for many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from .plain import BARE, WHOLE
from .writing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .database import Store
    from .plain import Plain

AMONG: Final = "IN (SELECT value FROM json_each(?))"
"""Follows a column that is to be one of the texts in a list."""

NOT_MAIN: Final = (NOTHING, 0)
"""What a plain statement has for its main item, and for being the main claim."""

_READ: Final = ", ".join(
    [f"coalesce({column}, {NOTHING})" for column in (*WHOLE, "main_item", "main")]
    + ["label", "batch", "pk"]
)
_IS_BARE: Final = """
    nature IS NULL AND note IS NULL AND tags = '[]' AND NOT main AND main_item IS NULL
    AND stated IS CASE kind WHEN 'assumption' THEN 0 END
"""


def asked(store: Store, query: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield what *query* finds among *ids*."""
    yield from store.db.conn.execute(query, (msgspec.json.encode(list(ids)).decode(),))


def stored_rows(
    store: Store, plains: Sequence[Plain]
) -> dict[str, tuple[tuple[Any, ...], str, int | None, int]]:
    """Return what the database has of *plains*, by id: row, label, batch and `pk`.

    What was imported before stands in the order of its file, so most are found in one go.
    """
    query = "SELECT pk FROM statement WHERE id = ?"
    rows: list[tuple[Any, ...]] = []
    if plains and (row := store.db.conn.execute(query, (plains[0].id,)).fetchone()):
        query = f"SELECT {_READ} FROM statement WHERE pk >= ? ORDER BY pk LIMIT ?"
        rows = store.db.conn.execute(query, (row[0], len(plains))).fetchall()
    found = {row[0] for row in rows}
    others = [plain.id for plain in plains if plain.id not in found]
    if others:
        query = f"SELECT {_READ} FROM statement WHERE id {AMONG}"
        rows += asked(store, query, others)
    return {row[0]: (row[:-3], *row[-3:]) for row in rows}


def stored_passages(
    store: Store, plains: Iterable[Plain]
) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return the starts and words of the passages of those that give some, by id."""
    ids = [plain.id for plain in plains if plain.passages is not None]
    query = (
        f"SELECT statement, start, words FROM passage WHERE statement {AMONG} ORDER BY 1, position"
    )
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for id_, start, words in asked(store, query, ids) if ids else ():
        found[id_] = (*found.get(id_, ()), (start, words))
    return found


def stored_shorthands(
    store: Store, plains: Iterable[Plain]
) -> dict[tuple[str, str], set[str | None]]:
    """Return what statements lead to by their shorthands, by id and stance."""
    ids = [plain.id for plain in plains if plain.said]
    query = (
        "SELECT p.statement, i.stance, i.conclusion_statement FROM premise AS p"
        f" JOIN inference AS i ON i.id = p.inference WHERE i.shorthand AND p.statement {AMONG}"
    )
    found: dict[tuple[str, str], set[str | None]] = {}
    for id_, stance, conclusion in asked(store, query, ids) if ids else ():
        found.setdefault((id_, stance), set()).add(conclusion)
    return found


def bare_place(store: Store, plains: Sequence[Plain], batch: int) -> tuple[int, int] | None:
    """Return the first and the last row of *plains*, which are bare.

    None where they do not stand one behind the other, word for word, or one was added by
    the import *batch*.
    """
    query = "SELECT pk FROM statement WHERE id = ?"
    ends = [store.db.conn.execute(query, (p.id,)).fetchone() for p in (plains[0], plains[-1])]
    if None in ends:
        return None
    (first,), (last,) = ends
    columns = ", ".join(BARE)
    query = (
        f"SELECT {columns}, {_IS_BARE} AND batch IS NOT ? FROM statement"
        " WHERE pk BETWEEN ? AND ? ORDER BY pk LIMIT ?"
    )
    rows = store.db.conn.execute(query, (batch, first, last, len(plains) + 1)).fetchall()
    return (first, last) if rows == [(*plain.row, 1) for plain in plains] else None

"""Read rows as entities."""

from __future__ import annotations

import json
from collections.abc import Callable
from sys import intern
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import define

from argmap.model.document import Document
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

from .tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argmap.model.map import Entity
    from store.database.store import Store

    from .tables import ChildTable

T = TypeVar(
    "T", Document, Source, Statement, Inference, Attribution, Rating, Reliability, Credibility
)

Share = Callable[[str], str]

_TOGETHER: Final = 500
"""Rows that are read together; more would only take more memory."""

AMONG: Final = "(SELECT value FROM json_each(?))"
"""SQL for a list of values that is passed as one JSON array."""

_REFERENCES: Final = frozenset({
    "document", "statement", "source", "other", "conclusion_statement", "conclusion_inference",
    "main_item",
})  # fmt: skip
"""Columns that hold ids of other entities."""
_SHARED: Final = _REFERENCES | {
    "kind", "nature", "stance", "scheme", "class", "access", "text_certainty", "source_certainty",
    "rubric", "version", "criterion", "assessor", "state", "letter", "at",
}  # fmt: skip
"""Columns whose values recur in many rows."""
_OFTEN_NAMED: Final = frozenset({"document", "source"})
"""Types of few entities whose ids are in many other rows."""


@define
class StoredEntity:
    """An entity with the facts that only its row has."""

    entity: Entity
    batch: int | None = None
    """The number of the import that added it."""
    shorthand: bool = False


def entities(
    store: Store, kind: type[T], where: str = "1", *values: object, share: Share = intern
) -> Iterator[T]:
    """Yield the entities of *kind* whose rows meet the SQL condition *where*.

    Args:
        store: The database.
        kind: The class of the entities.
        where: The condition, with a question mark for each of *values*.
        values: The values of the condition.
        share: Returns a string equal to the given one, the same each time.
    """
    with store.reading():
        for found, _ in _pages(store, kind.type, where, values, share):
            yield from found  # type: ignore[misc]  # a row of its table is of its kind


def stored_rows(
    store: Store, type_: str, where: str = "1", *values: object
) -> Iterator[StoredEntity]:
    """Yield the entities of *type_* whose rows meet *where*, with their row facts.

    All are of one snapshot, which is opened for the first and lasts until the last is read or the
    iterator is dropped.
    """
    with store.reading():
        for found, rows in _pages(store, type_, where, values, intern):
            for entity, row in zip(found, rows, strict=True):
                batch, *shorthand = row[len(TABLES[type_].columns) :]
                yield StoredEntity(entity, batch, any(shorthand))


def _pages(
    store: Store, type_: str, where: str, values: Sequence[object], share: Share
) -> Iterator[tuple[list[Entity], list[tuple[Any, ...]]]]:
    """Yield the entities of *type_* whose rows meet *where*, with their rows, some at a time.

    A row ends with the facts that an entity lacks: its batch, and if any, whether it is shorthand.
    """
    table = TABLES[type_]
    extra = ("shorthand",) if table.shorthand else ()
    columns = (*table.columns, "batch", *extra)
    shared = [place for place, name in enumerate(columns) if name in _shared_in(type_)]
    rows = store.connection.execute(
        f"SELECT {', '.join(columns)} FROM {type_} WHERE {where}", values
    )
    # Without children, one at a time: texts can be long.
    while some := rows.fetchmany(_TOGETHER if table.children else 1):
        page = _with_shared(some, shared, share)
        ids = [row[0] for row in page]
        found = [_parts(store, child, ids, share) for child in table.children]
        parts = [[of_one.get(id_, ()) for id_ in ids] for of_one in found]
        yield list(map(table.entity, page, *parts)), page


def _parts(
    store: Store, child: ChildTable, ids: list[str], share: Share
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of *child* that belong to the entities *ids*, by owner."""
    listed = ", ".join((child.owner, *child.columns))
    query = f"SELECT {listed} FROM {child.table} WHERE {child.owner} IN {AMONG}"
    shared = [place for place, name in enumerate(child.columns, 1) if name in _REFERENCES]
    groups: dict[str, list[tuple[Any, ...]]] = {}
    rows = store.connection.execute(query, (json.dumps(ids),)).fetchall()
    for row in _with_shared(rows, shared, share):
        groups.setdefault(row[0], []).append(row[1:])
    return groups


def _shared_in(type_: str) -> frozenset[str]:
    """Return the columns of *type_* whose values recur in many rows."""
    return _SHARED | {"id"} if type_ in _OFTEN_NAMED else _SHARED


def sharing(statements: Mapping[str, Statement]) -> Share:
    """Return a function that shares strings until it is dropped.

    It knows the ids of *statements* without another table of them. Python's own table of interned
    strings, the default, keeps an entry for as long as a string lives: for 100,000 statements, as
    much memory as the dictionary that holds these.
    """
    others: dict[str, str] = {}

    def share(text: str) -> str:
        statement = statements.get(text)
        return others.setdefault(text, text) if statement is None else statement.id

    return share


def _with_shared(
    rows: list[tuple[Any, ...]], places: Iterable[int], share: Share
) -> list[tuple[Any, ...]]:
    """Return *rows* with shared strings at *places*.

    SQLite makes a new string for each cell. Shared ones save a third of the memory of a map.
    """
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place in places if rows else ():
        columns[place] = [value if value is None else share(value) for value in columns[place]]
    return list(zip(*columns, strict=True))


def stored_entity(store: Store, type_: str, id_: str) -> StoredEntity | None:
    """Return the entity *id_* of *type_* with the facts of its row, if it exists."""
    return next(stored_rows(store, type_, "id = ?", id_), None)


def place_of(store: Store, id_: str) -> tuple[str, str | None] | None:
    """Return the type of the entity *id_*, and its document if it names one."""
    query = "SELECT type, document FROM entity WHERE id = ?"
    row = store.connection.execute(query, (id_,)).fetchone()
    return None if row is None else (row[0], row[1])


def is_inference(store: Store, id_: str) -> bool:
    """Return whether *id_* is the id of an inference."""
    query = "SELECT 1 FROM inference WHERE id = ?"
    return store.connection.execute(query, (id_,)).fetchone() is not None


def by_id(found: Iterable[T]) -> dict[str, T]:
    """Return the entities *found* in a dictionary by id."""
    return {entity.id: entity for entity in found}

"""Write entities into their tables, within `Store.writing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from argmap.model.statement import Inference

from .tables import TABLES, ChildTable, EntityTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric
    from store.database.store import Store

    from .reading import StoredEntity


NOTHING: Final = -0.5
"""A placeholder for NULL on the way into SQLite; no column holds this value.

Python's driver takes many times as long to bind None, or a bool, as a number or a text.
"""

_NEVER_NULL: Final = frozenset({"id", "kind", "label", "text", "tags"})
"""Columns that have a value in every row of every table."""


@frozen
class Writer:
    """Adds, changes and removes rows, and keeps the full text up to date."""

    store: Store
    is_inference: Callable[[str], bool]
    """Returns whether the id of a conclusion is that of an inference."""
    first_new: dict[str, int] = field(factory=dict, init=False)
    """For each full-text table the first `pk` that is not indexed yet."""

    def insert(self, type_: str, stored: Iterable[StoredEntity]) -> None:
        """Add rows of one type."""
        rows = list(stored)
        table = TABLES[type_]
        self.note_new(type_)
        insert_rows(self.store, type_, all_columns(table), [self._row(table, r) for r in rows])
        self._insert_children(table, (item.entity for item in rows))

    def update(self, entity: Entity, *, has_own_record: bool = False) -> None:
        """Change the row of *entity*, but not its batch.

        The shorthand mark is cleared if the entity now *has_own_record*.
        """
        table = TABLES[entity.type]
        execute = self.store.connection.execute
        sets = ", ".join(f"{column} = ?" for column in table.columns)
        values = self._values(table, entity)
        execute(f"UPDATE {entity.type} SET {sets} WHERE id = ?", (*values, entity.id))
        for child in table.children:
            execute(f"DELETE FROM {child.table} WHERE {child.owner} = ?", (entity.id,))
        self._insert_children(table, (entity,))
        if has_own_record:
            execute(f"UPDATE {entity.type} SET shorthand = 0 WHERE id = ?", (entity.id,))

    def delete(self, type_: str, ids: Iterable[str]) -> None:
        """Remove rows of one type with their child rows."""
        keys = [(id_,) for id_ in ids]
        execute = self.store.connection.executemany
        for child in TABLES[type_].children:
            execute(f"DELETE FROM {child.table} WHERE {child.owner} = ?", keys)
        execute(f"DELETE FROM {type_} WHERE id = ?", keys)

    def add_rubric(self, rubric: Rubric, batch: int | None = None) -> None:
        """Store *rubric* unless it is stored already."""
        query = "SELECT 1 FROM rubric WHERE id = ? AND version = ?"
        key = (rubric.id, rubric.version)
        if self.store.connection.execute(query, key).fetchone() is not None:
            return
        from argmap.records.encode import json_text, record_from_rubric
        from argmap.records.rubric import rubric_hash

        content = json_text(record_from_rubric(rubric))
        values = (rubric.id, rubric.version, rubric.title, rubric_hash(rubric), content, batch)
        sql = (
            "INSERT INTO rubric (id, version, title, sha256, content, batch)"
            " VALUES (?, ?, ?, ?, ?, ?)"
        )
        self.store.connection.execute(sql, values)

    def remove_rubric(self, rubric: Rubric) -> None:
        """Remove *rubric* unless a rating needs it."""
        sql = (
            "DELETE FROM rubric WHERE id = ? AND version = ? AND NOT EXISTS (SELECT 1 FROM rating"
            " WHERE rating.rubric = rubric.id AND rating.version = rubric.version)"
        )
        self.store.connection.execute(sql, (rubric.id, rubric.version))

    def index_new(self) -> None:
        """Add the rows inserted so far to the full-text tables, in one statement each."""
        for type_, columns in (("statement", "text, note"), ("document", "title, text")):
            first = self.first_new.pop(type_, None)
            if first is not None:
                self.store.connection.execute(
                    f"INSERT INTO {type_}_fts (rowid, {columns})"
                    f" SELECT pk, {columns} FROM {type_} WHERE pk >= ?",
                    (first,),
                )

    def note_new(self, type_: str) -> None:
        """Note that rows of *type_* will be added and have to be indexed."""
        if type_ in ("statement", "document") and type_ not in self.first_new:
            query = f"SELECT coalesce(max(pk), 0) + 1 FROM {type_}"
            self.first_new[type_] = self.store.connection.execute(query).fetchone()[0]

    def _row(self, table: EntityTable, item: StoredEntity) -> tuple[Any, ...]:
        values = [*self._values(table, item.entity), item.batch]
        if table.shorthand:
            values.append(int(item.shorthand))
        return tuple([NOTHING if value is None else value for value in values])

    def _values(self, table: EntityTable, entity: Entity) -> tuple[Any, ...]:
        values = table.values(entity)
        if isinstance(entity, Inference) and self.is_inference(entity.conclusion):
            return (*values[:4], None, entity.conclusion, *values[6:])
        return values

    def _insert_children(self, table: EntityTable, entities: Iterable[Entity]) -> None:
        owners = list(entities) if table.children else []
        for child in table.children:
            columns = (child.owner, *child.columns)
            insert_rows(self.store, child.table, columns, _child_rows(child, owners))


def all_columns(table: EntityTable) -> tuple[str, ...]:
    """Return the columns of *table* in the order in which a row is written."""
    return (*table.columns, "batch", *(("shorthand",) if table.shorthand else ()))


def insert_rows(
    store: Store, table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Add *rows* to *table*.

    Each row has a text, an integer or `NOTHING` (for NULL) for each of *columns*.
    """
    names = tuple(columns)
    marks = ", ".join("?" if n in _NEVER_NULL else f"nullif(?, {NOTHING})" for n in names)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    store.connection.executemany(sql, rows)


def _child_rows(child: ChildTable, owners: list[Entity]) -> Iterable[tuple[Any, ...]]:
    """Return the rows of *owners* for `insert_rows`; none has a NULL."""
    return [(owner.id, *values) for owner in owners for values in child.values(owner)]

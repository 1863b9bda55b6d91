"""Replay the images of a logged operation, forwards or backwards.

Everything here happens within `Store.writing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.errors import ConflictError
from argmap.records.rubric import rubric_from_json
from store.database.progress import UNWATCHED, Watch
from store.rows.full_text import INDEXED, STEP, FullText
from store.rows.reading import is_inference, stored_entity
from store.rows.tables import TABLES
from store.rows.writing import Writer

from .operations import entity_from_image
from .row_images import image_sql, insert_from_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.rubric import Rubric
    from store.database.store import Store

_RUN: Final = "operation = :seq AND position BETWEEN :first AND :last"
_IN_RUN: Final = f"IN (SELECT id FROM change WHERE {_RUN})"


@define
class _Run:
    """Consecutive lines of one type that all add, all remove or all change rows."""

    type: str
    first: int
    last: int
    adds: bool
    removes: bool


@define
class Replay:
    """Writes all images of an operation: those before it to undo it, else those after it."""

    store: Store
    seq: int
    is_back: bool
    """True to undo, False to redo."""
    watch: Watch = UNWATCHED
    sure_from: int | None = None
    """The position from which rows are known to match the log and need no comparison."""
    _texts: dict[str, FullText] = field(init=False, factory=dict)
    _writer: Writer = field(init=False)
    _gone_rubrics: list[Rubric] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        self._writer = Writer(self.store, self._is_inference)

    def write(self) -> None:
        """Write all images.

        Raises:
            ConflictError: a row has changed since the operation was done or undone.
        """
        for table in INDEXED:
            self._texts[table] = FullText(self.store, table, self._count_going(table))
            self._texts[table].begin()
        for run in self._runs():
            self._write(run)
            self.watch.advance(self._count(run))
        # Last, because a rubric goes only when no rating needs it any more.
        for rubric in self._gone_rubrics:
            self._writer.remove_rubric(rubric)
        for text in self._texts.values():
            text.finish()

    @property
    def _sides(self) -> tuple[str, str]:
        """The names of the current images and of the images to write."""
        return ("after", "before") if self.is_back else ("before", "after")

    def _count_going(self, table: str) -> int:
        query = (
            "SELECT count(*) FROM change"
            f" WHERE operation = ? AND type = ? AND {self._sides[1]} IS NULL"
        )
        return int(self.store.connection.execute(query, (self.seq, table)).fetchone()[0])

    def _count(self, run: _Run) -> int:
        """Return the number of lines in *run*; positions can have gaps."""
        query = f"SELECT count(*) FROM change WHERE {_RUN}"
        return int(self.store.connection.execute(query, self._place(run)).fetchone()[0])

    def _runs(self) -> Iterator[_Run]:
        """Yield all runs, newest first to undo; none is longer than `STEP`."""
        now, then = self._sides
        beyond, order, edge = ("<", "DESC", "max") if self.is_back else (">", "ASC", "min")
        head = (
            f"SELECT position, type, {now} IS NULL, {then} IS NULL FROM change"
            f" WHERE operation = ? AND position {beyond} ? ORDER BY position {order} LIMIT 1"
        )
        other = (
            f"SELECT {edge}(position) FROM change WHERE operation = ? AND position BETWEEN ? AND ?"
            f" AND (type <> ? OR ({now} IS NULL) <> ? OR ({then} IS NULL) <> ?)"
        )
        execute = self.store.connection.execute
        at = 2**62 if self.is_back else -1
        while row := execute(head, (self.seq, at)).fetchone():
            start, *kind = row
            first, last = (start - STEP + 1, start) if self.is_back else (start, start + STEP - 1)
            (end,) = execute(other, (self.seq, first, last, *kind)).fetchone()
            if end is not None:
                first, last = (end + 1, last) if self.is_back else (first, end - 1)
            yield _Run(kind[0], first, last, adds=bool(kind[1]), removes=bool(kind[2]))
            at = first if self.is_back else last

    def _write(self, run: _Run) -> None:
        if run.type == "rubric":
            self._write_rubrics(run)
        elif run.adds:
            self._refuse_present(run)
            self._add(run)
        elif run.removes:
            if self.sure_from is None or run.first < self.sure_from:
                self._refuse_changed(run)
            self._remove(run)
        else:
            self._update(run)

    def _add(self, run: _Run) -> None:
        side = self._sides[1]
        query = f"SELECT coalesce(max(pk), 0) + 1 FROM {run.type}"
        (first,) = self.store.connection.execute(query).fetchone()
        if run.type == "document":  # SQLite cannot compute the hash of its text
            for _, _, _, text in self._images(run):
                self._writer.insert(run.type, (entity_from_image(text),))
            self._writer.first_new.clear()  # `FullText` indexes these rows
        else:
            insert_from_images(self.store, run.type, side, self._place(run))
        if run.type in INDEXED:
            self._texts[run.type].add(first)

    def _remove(self, run: _Run) -> None:
        place = self._place(run)
        if run.type in INDEXED:
            self._texts[run.type].forget(f"id {_IN_RUN}", place)
        for child in TABLES[run.type].children:
            sql = f"DELETE FROM {child.table} WHERE {child.owner} {_IN_RUN}"
            self.store.connection.execute(sql, place)
        self.store.connection.execute(f"DELETE FROM {run.type} WHERE id {_IN_RUN}", place)

    def _update(self, run: _Run) -> None:
        """Change rows one by one.

        They are compared by set, unless the run changes a row several times.
        """
        query = f"SELECT count(*) > count(DISTINCT id) FROM change WHERE {_RUN}"
        (repeats,) = self.store.connection.execute(query, self._place(run)).fetchone()
        if not repeats:
            self._refuse_changed(run)
        for type_, id_, now, then in self._images(run):
            if repeats:
                self._refuse_unlike(type_, id_, now)
            self._writer.update(entity_from_image(then).entity)

    def _write_rubrics(self, run: _Run) -> None:
        for _, _, now, then in self._images(run):
            if then:
                self._writer.add_rubric(rubric_from_json(then), self.seq)
            else:
                self._gone_rubrics.append(rubric_from_json(now))

    def _images(self, run: _Run) -> Iterator[tuple[str, str, str, str]]:
        """Yield the type, id, current image and new image of each line of *run*."""
        now, then = self._sides
        order = "DESC" if self.is_back else "ASC"
        query = f"SELECT type, id, {now}, {then} FROM change WHERE {_RUN} ORDER BY position {order}"
        yield from self.store.connection.execute(query, self._place(run))

    def _refuse_present(self, run: _Run) -> None:
        order = "DESC" if self.is_back else "ASC"
        query = (
            f"SELECT id FROM change AS c WHERE {_RUN} AND EXISTS"
            f" (SELECT 1 FROM {run.type} AS r WHERE r.id = c.id)"
            f" ORDER BY position {order} LIMIT 1"
        )
        row = self.store.connection.execute(query, self._place(run)).fetchone()
        if row is not None:
            raise _changed(run.type, row[0])

    def _refuse_changed(self, run: _Run) -> None:
        """Refuse to change rows of *run* that do not match the log.

        Only rows whose image is spelt differently are compared as entities: the log escapes hidden
        characters, and an edit does not know the import that added a row.
        """
        now, _ = self._sides
        order = "DESC" if self.is_back else "ASC"
        stored = f"(SELECT {image_sql(run.type)} FROM {run.type} WHERE id = c.id)"
        query = (
            f"SELECT id, {now} FROM change AS c WHERE {_RUN} AND {stored} IS NOT {now}"
            f" ORDER BY position {order}"
        )
        for id_, text in self.store.connection.execute(query, self._place(run)):
            self._refuse_unlike(run.type, id_, text)

    def _refuse_unlike(self, type_: str, id_: str, text: str) -> None:
        stored = stored_entity(self.store, type_, id_)
        if stored is None or stored.entity != entity_from_image(text).entity:
            raise _changed(type_, id_)

    def _place(self, run: _Run) -> dict[str, int]:
        return {"seq": self.seq, "first": run.first, "last": run.last}

    def _is_inference(self, id_: str) -> bool:
        """Return whether *id_* is an inference, stored or added by the operation."""
        query = "SELECT 1 FROM change WHERE id = ? AND operation = ? AND type = 'inference'"
        made = self.store.connection.execute(query, (id_, self.seq)).fetchone()
        return made is not None or is_inference(self.store, id_)


def _changed(type_: str, id_: str) -> ConflictError:
    return ConflictError(f"{type_} {id_} was changed later; undo that change first")

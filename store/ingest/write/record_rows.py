"""Write the rows of accepted records in bulk, and log the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import asdict, define, evolve, field

from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.rubrics import shipped_rubrics
from store.database.driver import sqlite3
from store.ingest.build.build_context import UNLABELLED
from store.log.operations import log_images, make_image, note_documents
from store.rows.known_rubrics import stored_rubric_hash
from store.rows.reading import StoredEntity, stored_rows
from store.rows.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmap.model.map import Entity
    from store.database.store import Store
    from store.ingest.build.build_context import BuiltRecord
    from store.ingest.check.existing_rows import ExistingRows
    from store.ingest.check.lookup import Lookup
    from store.ingest.check.resumption import Resumption
    from store.ingest.report import ImportCounts
    from store.ingest.transactions import ImportTransactions
    from store.rows.writing import Writer
    from store.rules.labels import Labels

SLICE: Final = 250
"""Number of records written together; after each slice other processes may write."""


_LABELLED: Final = ("statement", "inference")


@define
class Changes:
    """The changes that a slice of records makes to the database."""

    new: dict[str, dict[str, StoredEntity]] = field(factory=dict)
    """Rows to add, by type and id."""
    updates: list[tuple[StoredEntity, StoredEntity]] = field(factory=list)
    """Rows to change, before and after."""
    removed: dict[str, StoredEntity] = field(factory=dict)
    own: list[Entity] = field(factory=list)
    """Rows that a shorthand made and that now get a record of their own."""
    rubrics: list[BuiltRecord] = field(factory=list)
    documents: set[str] = field(factory=set)
    """The ids of the documents that change."""
    outcomes: list[tuple[int, str]] = field(factory=list)
    """Each record's number with `added`, `updated` or `unchanged`."""
    known: list[tuple[str, bool]] = field(factory=list)
    """The ids of rows that exist already, and whether a shorthand named them."""

    def __bool__(self) -> bool:
        """Return whether there is anything to write."""
        return bool(self.new or self.updates or self.removed or self.own or self.rubrics)


@define
class RecordWriter:
    """Writes records that were validated together, slice by slice."""

    transactions: ImportTransactions
    labels: Labels
    resumption: Resumption
    counts: ImportCounts
    lookup: Lookup
    conflict: sqlite3.IntegrityError | None = None
    """The error that stopped the writing, if an id that was thought free is taken."""
    is_overtaken: bool = False
    """True if writing stopped because another process wrote after the validation."""
    _written: dict[str, StoredEntity] = field(factory=dict)
    """The entities that earlier slices have written, by id."""
    _removed: set[str] = field(factory=set)

    def write(self, built: Mapping[int, BuiltRecord]) -> set[int]:
        """Write the records *built*, by number, and count their outcomes.

        Returns:
            The numbers of the written records: all of them, unless another process has written
            meanwhile or there is a conflict. The others must be validated again.

        Raises:
            UndoneError: the operation was undone since the last transaction.
        """
        done: set[int] = set()
        others = self.transactions.outside_writes
        self.transactions.is_inference = self._is_inference
        items = self._in_order(built)
        for start in range(0, len(items), SLICE):
            changes = self._changes(items[start : start + SLICE])
            if changes:
                store = self.transactions.begin()
                # Validation read rows that another process may have changed since; writing on
                # would overwrite its edit.
                if self.transactions.outside_writes != others:
                    self.is_overtaken = True
                    return done
                try:
                    with self.transactions.attempt():
                        self._write(store, changes)
                except sqlite3.IntegrityError as error:
                    # An id that validation took for free is taken. The savepoint undoes the whole
                    # slice, so validation can be repeated.
                    self.conflict = error
                    return done
            self._count(changes)
            done.update(number for number, _ in changes.outcomes)
            if self.transactions.is_overdue():
                self.transactions.commit()
        return done

    def _in_order(self, built: Mapping[int, BuiltRecord]) -> list[tuple[int, BuiltRecord]]:
        """Return the records in the order of writing: main claims that replace another last."""
        stored = self.lookup.stored
        query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"

        if not any(getattr(each.entity, "main", False) for each in built.values()):
            return list(built.items())

        def must_wait(item: tuple[int, BuiltRecord]) -> bool:
            entity = item[1].entity
            if not isinstance(entity, Statement) or not entity.main:
                return False
            values = (entity.document, entity.id)
            return stored.store.connection.execute(query, values).fetchone() is not None

        # A document has at most one main claim at any moment, by a unique index, so the old one
        # has to be demoted before the new one is written.
        return sorted(built.items(), key=must_wait)

    def _changes(self, items: Sequence[tuple[int, BuiltRecord]]) -> Changes:
        changes = Changes()
        for number, built in items:
            if built.rubric is not None:
                outcome = self._rubric(changes, built)
            else:
                assert built.entity is not None  # noqa: S101  (only a rubric comes without)
                outcome = self._entity(changes, built.entity, shorthand=False)
                outcome = self._parts(changes, built, outcome)
            changes.outcomes.append((number, outcome))
            if outcome != "unchanged" and built.document is not None:
                changes.documents.add(built.document)
        return changes

    def _rubric(self, changes: Changes, built: BuiltRecord) -> str:
        assert built.rubric is not None  # noqa: S101  (the caller asked)
        rubric, store = built.rubric, self.lookup.stored.store
        is_kept = stored_rubric_hash(store, rubric.id, rubric.version) is not None
        if is_kept or rubric in shipped_rubrics():
            return "unchanged"
        changes.rubrics.append(built)
        return "added"

    def _entity(self, changes: Changes, entity: Entity, *, shorthand: bool) -> str:
        new = changes.new.get(entity.type, {})
        if entity.id in new:
            if not shorthand and new[entity.id].shorthand:  # a record outranks a shorthand
                new[entity.id] = StoredEntity(entity)
            return "unchanged"
        before = self._before(entity.id)
        if before is not None:
            changes.known.append((entity.id, shorthand))
        else:
            changes.new.setdefault(entity.type, {})[entity.id] = StoredEntity(
                entity, None, shorthand
            )
            return "added"
        # A shorthand of this import made the row, and the record only takes it over. Nothing is
        # logged for that: undoing the import removes the row anyway.
        if before.shorthand and not shorthand and self._is_ours(before):
            self._label(entity, before.entity)
            changes.own.append(entity)
            return "unchanged"
        entity = self._rebased(entity, before.entity)
        if before.entity == entity:
            return "unchanged"
        after = evolve(before, entity=entity)
        changes.updates.append((before, after))
        self._written[entity.id] = after
        return "updated"

    def _rebased(self, entity: Entity, now: Entity) -> Entity:
        """Return *entity* with the changes that another record made since it was built."""
        # Both records were built from the same stored row. Writing this one as built would undo
        # what the other has just changed.
        base = self.lookup.stored.entity(entity.id)
        if base is None or base.entity is now:
            return entity
        old = asdict(base.entity, recurse=False)
        new = asdict(entity, recurse=False)
        return evolve(now, **{key: value for key, value in new.items() if value != old[key]})

    def _before(self, id_: str) -> StoredEntity | None:
        """Return the entity stored under *id_* at present, or None."""
        if id_ in self._removed:
            return None
        return self._written.get(id_) or self.lookup.stored.entity(id_)

    def _is_ours(self, row: StoredEntity) -> bool:
        """Return whether this import has added *row*."""
        is_added = row.batch == self.resumption.operation
        return row.entity.id in self._written or (row.batch is not None and is_added)

    def _parts(self, changes: Changes, built: BuiltRecord, outcome: str) -> str:
        changed = [
            self._entity(changes, part, shorthand=True) != "unchanged" for part in built.parts
        ]
        kept = {part.id for part in built.parts}
        before = built.shorthands if outcome != "added" else {}
        for shorthand, assessor in before.items():
            for row in shorthand_rows(self.lookup.stored, built.id, shorthand, assessor):
                id_ = row.entity.id
                if id_ not in kept and id_ not in changes.removed and id_ not in self._removed:
                    self._remove(changes, row)
                    changed.append(True)
        return "updated" if outcome == "unchanged" and any(changed) else outcome

    def _remove(self, changes: Changes, row: StoredEntity) -> None:
        """Remove an entity and, if it is an inference, all inferences that target it."""
        removed = [row]
        for each in removed:
            if each.entity.id in changes.removed:
                continue
            changes.removed[each.entity.id] = each
            if isinstance(each.entity, Inference):
                where = "conclusion_inference = ?"
                store = self.lookup.stored.store
                removed += stored_rows(store, "inference", where, each.entity.id)

    def _write(self, store: Store, changes: Changes) -> None:
        """Write *changes* within the open transaction."""
        seq = self.transactions.operation_number()
        writer = self.transactions.writer
        self.labels.store = store
        for built in changes.rubrics:
            assert built.rubric is not None  # noqa: S101  (they are all rubrics)
            writer.add_rubric(built.rubric, seq)
        self._log(store, seq, changes)
        for row in changes.removed.values():
            writer.delete(row.entity.type, (row.entity.id,))
        for _, after in changes.updates:
            writer.update(after.entity)
        for entity in changes.own:
            writer.update(entity, has_own_record=True)
            self._written[entity.id] = StoredEntity(entity, seq)
        self._removed |= changes.removed.keys()
        for type_ in TABLES:
            if type_ in changes.new:
                self._insert(writer, type_, changes.new[type_], seq)
        note_documents(store, seq, changes.documents)

    def _log(self, store: Store, seq: int, changes: Changes) -> None:
        """Log the images of changed and removed rows, so that they can be undone."""
        # Undoing the import removes the rows that it added, by their batch, so they need no image.
        removed = [each for each in changes.removed.values() if each.batch != seq]
        if removed or changes.updates:
            first = self.transactions.next_position()
            pairs = [*((each, None) for each in removed), *changes.updates]
            images = [make_image(first + n, *pair) for n, pair in enumerate(pairs)]
            log_images(store, seq, images)

    def _insert(
        self, writer: Writer, type_: str, new: Mapping[str, StoredEntity], seq: int
    ) -> None:
        """Insert the rows of one type, with labels for those that have none."""
        rows = list(new.values())
        for row in rows:
            row.batch = seq
            if type_ in _LABELLED:
                self._label(row.entity)
        if type_ == "rating":
            used = {(x.entity.rubric, x.entity.version) for x in rows}  # type: ignore[union-attr]  # all are ratings
            for key in sorted(used):
                # The database keeps each rubric that it has ratings under, so that they can be
                # read where it is not shipped.
                writer.add_rubric(self.lookup.known_rubrics[key])
        query = f"SELECT coalesce(max(pk), 0) + 1 FROM {type_}"
        first = int(writer.store.connection.execute(query).fetchone()[0])
        writer.insert(type_, rows)
        # Rows get consecutive numbers, because no other process can insert during our transaction.
        self.resumption.known.add(type_, first, first + len(rows) - 1)
        if not any(row.shorthand for row in rows):
            self.resumption.seen.add(type_, first, first + len(rows) - 1)
        else:
            for pk, row in enumerate(rows, first):
                if not row.shorthand:
                    self.resumption.seen.add(type_, pk)
        self._written |= {row.entity.id: row for row in rows}

    def _label(self, entity: Entity, before: Entity | None = None) -> None:
        """Set the label of an unlabelled entity to *before*'s, or to the next free one."""
        if isinstance(entity, Statement | Inference) and entity.label is UNLABELLED:
            kind = entity.kind if isinstance(entity, Statement) else "inference"
            label = getattr(before, "label", None) or self.labels.number(entity.document, kind)
            # The entity is not shared yet, and building another takes as long as writing its row.
            object.__setattr__(entity, "label", label)

    def _is_inference(self, id_: str) -> bool:
        entry = self.lookup.entries.get(id_) or self.lookup.stored.place(id_)
        return entry is not None and entry.type == "inference"

    def _count(self, changes: Changes) -> None:
        """Count the outcomes, and note which existing rows the records named."""
        counts, stored, resumption = self.counts, self.lookup.stored, self.resumption
        for number, outcome in changes.outcomes:
            if outcome == "added":
                counts.added += 1
            elif outcome == "updated":
                counts.note_updated(number)
            else:
                counts.note_unchanged(number)
        for id_, by_shorthand in changes.known:
            place = stored.place(id_)
            if place is not None:
                rows = resumption.known if by_shorthand else resumption.seen
                rows.add(place.type, place.pk)


def shorthand_rows(
    stored: ExistingRows, statement: str, shorthand: str, assessor: str | None
) -> list[StoredEntity]:
    """Return the rows that a *shorthand* of *statement* has made.

    Args:
        stored: The existing rows; the statement's must be loaded with `load_about`.
        statement: The statement's id.
        shorthand: A stance, `attribution` or `ratings`.
        assessor: Only ratings by this assessor; None for all rows.
    """
    if shorthand in STANCES:
        return [
            row
            for row in stored.about("inference", statement)
            if row.shorthand and getattr(row.entity, "stance", None) == shorthand
        ]
    type_ = "rating" if shorthand == "ratings" else shorthand
    return [
        row
        for row in stored.about(type_, statement)
        if row.shorthand and assessor in (None, getattr(row.entity, "assessor", None))
    ]

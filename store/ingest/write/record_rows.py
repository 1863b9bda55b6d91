"""Write the rows of records that were accepted, many at once, and log what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import asdict, define, evolve, field
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.rubrics import shipped_rubrics
from store.ingest.build.build_context import UNLABELLED
from store.log.operations import log_images, make_image, note_documents
from store.rows.known_rubrics import stored_rubric_hash
from store.rows.reading import stored_rows
from store.rows.tables import TABLES
from store.rows.writing import StoredEntity, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmap.model.map import Entity
    from store.database.store import Store
    from store.ingest.build.build_context import Built
    from store.ingest.check.existing_rows import ExistingRows
    from store.ingest.check.lookup import Lookup
    from store.ingest.check.resumption import Resumption
    from store.ingest.report import Counts
    from store.ingest.transactions import Chunks
    from store.rules.labels import Labels

SLICE: Final = 250
"""Records that are written together; after each slice others may get their turn."""


_LABELLED: Final = ("statement", "inference")


@define
class Changes:
    """What a slice of records changes in the database."""

    new: dict[str, dict[str, StoredEntity]] = field(factory=dict)
    """Rows to add, by type and id."""
    updates: list[tuple[StoredEntity, StoredEntity]] = field(factory=list)
    """Rows to change, as they are and as they will be."""
    removed: dict[str, StoredEntity] = field(factory=dict)
    own: list[Entity] = field(factory=list)
    """Rows that a shorthand made and that get a record of their own."""
    rubrics: list[Built] = field(factory=list)
    documents: set[str] = field(factory=set)
    """The ids of those that are touched."""
    outcomes: list[tuple[int, str]] = field(factory=list)
    """What becomes of each record, by its number."""
    known: list[tuple[str, bool]] = field(factory=list)
    """The ids of rows that are there already, and whether a shorthand came to them."""

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.new or self.updates or self.removed or self.own or self.rubrics)


@define
class RecordRows:
    """Writes what records come to that were judged together, slice by slice."""

    chunks: Chunks
    labels: Labels
    resumption: Resumption
    counts: Counts
    lookup: Lookup
    clash: sqlite3.IntegrityError | None = None
    """Why the rest did not land, if something has an id that was taken for free."""
    is_overtaken: bool = False
    """True if the rest did not land because another process has written meanwhile."""
    _landed: dict[str, StoredEntity] = field(factory=dict)
    """What the slices before have written, by id."""
    _removed: set[str] = field(factory=set)

    def land(self, built: Mapping[int, Built]) -> set[int]:
        """Write what each record comes to, by number, and count it.

        Returns:
            The numbers of those that landed: all, unless another process has written
            meanwhile, or there is a clash. The others must be judged again.
        """
        done: set[int] = set()
        others = self.chunks.others
        self.chunks.is_inference = self._is_inference
        items = self._in_order(built)
        for start in range(0, len(items), SLICE):
            changes = self._changes(items[start : start + SLICE])
            if changes:
                store = self.chunks.begin()
                if self.chunks.others != others:
                    self.is_overtaken = True
                    return done
                try:
                    with self.chunks.attempt():
                        self._write(store, changes)
                except sqlite3.IntegrityError as error:
                    self.clash = error
                    return done
            self._count(changes)
            done.update(number for number, _ in changes.outcomes)
            if self.chunks.is_long():
                self.chunks.rest()
        return done

    def _in_order(self, built: Mapping[int, Built]) -> list[tuple[int, Built]]:
        """Return what lands, main claims that take the place of another one last."""
        stored = self.lookup.stored
        query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"

        if not any(getattr(each.entity, "main", False) for each in built.values()):
            return list(built.items())

        def must_wait(item: tuple[int, Built]) -> bool:
            entity = item[1].entity
            if not isinstance(entity, Statement) or not entity.main:
                return False
            values = (entity.document, entity.id)
            return stored.store.db.conn.execute(query, values).fetchone() is not None

        return sorted(built.items(), key=must_wait)

    def _changes(self, items: Sequence[tuple[int, Built]]) -> Changes:
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

    def _rubric(self, changes: Changes, built: Built) -> str:
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
            if not shorthand and new[entity.id].shorthand:  # the record says more
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
        if before.shorthand and not shorthand and self._is_ours(before):
            self._label(entity, before.entity)
            changes.own.append(entity)
            return "unchanged"
        entity = self._rebased(entity, before.entity)
        if before.entity == entity:
            return "unchanged"
        after = evolve(before, entity=entity)
        changes.updates.append((before, after))
        self._landed[entity.id] = after
        return "updated"

    def _rebased(self, entity: Entity, now: Entity) -> Entity:
        """Return *entity* with what another record has changed since it was built."""
        base = self.lookup.stored.entity(entity.id)
        if base is None or base.entity is now:
            return entity
        old = asdict(base.entity, recurse=False)
        new = asdict(entity, recurse=False)
        return evolve(now, **{key: value for key, value in new.items() if value != old[key]})

    def _before(self, id_: str) -> StoredEntity | None:
        """Return what is in the database under *id_*."""
        if id_ in self._removed:
            return None
        return self._landed.get(id_) or self.lookup.stored.entity(id_)

    def _is_ours(self, landed: StoredEntity) -> bool:
        """Tell whether this import has added *landed*."""
        is_added = landed.batch == self.resumption.operation
        return landed.entity.id in self._landed or (landed.batch is not None and is_added)

    def _parts(self, changes: Changes, built: Built, outcome: str) -> str:
        changed = [
            self._entity(changes, part, shorthand=True) != "unchanged" for part in built.parts
        ]
        kept = {part.id for part in built.parts}
        before = built.shorthands if outcome != "added" else {}
        for shorthand, assessor in before.items():
            for landed in made_before(self.lookup.stored, built.id, shorthand, assessor):
                id_ = landed.entity.id
                if id_ not in kept and id_ not in changes.removed and id_ not in self._removed:
                    self._remove(changes, landed)
                    changed.append(True)
        return "updated" if outcome == "unchanged" and any(changed) else outcome

    def _remove(self, changes: Changes, landed: StoredEntity) -> None:
        """Remove an entity and, if it is an inference, all that targets it in turn."""
        removed = [landed]
        for each in removed:
            if each.entity.id in changes.removed:
                continue
            changes.removed[each.entity.id] = each
            if isinstance(each.entity, Inference):
                where = "conclusion_inference = ?"
                store = self.lookup.stored.store
                removed += stored_rows(store, "inference", where, each.entity.id)

    def _write(self, store: Store, changes: Changes) -> None:
        """Write *changes* inside the transaction that has begun."""
        seq = self.chunks.operation()
        writer = self.chunks.writer
        self.labels.store = store
        for built in changes.rubrics:
            assert built.rubric is not None  # noqa: S101  (they are all rubrics)
            writer.add_rubric(built.rubric, seq)
        self._log(store, seq, changes)
        for landed in changes.removed.values():
            writer.delete(landed.entity.type, (landed.entity.id,))
        for _, after in changes.updates:
            writer.update(after.entity)
        for entity in changes.own:
            writer.update(entity, has_own_record=True)  # it says more
            self._landed[entity.id] = StoredEntity(entity, seq)
        self._removed |= changes.removed.keys()
        for type_ in TABLES:
            if type_ in changes.new:
                self._insert(writer, type_, changes.new[type_], seq)
        note_documents(store, seq, changes.documents)

    def _log(self, store: Store, seq: int, changes: Changes) -> None:
        """Write what is changed and removed into the log."""
        removed = [each for each in changes.removed.values() if each.batch != seq]
        if removed or changes.updates:  # what it has added itself is known by its number
            first = self.chunks.next_position()
            pairs = [*((each, None) for each in removed), *changes.updates]
            images = [make_image(first + n, *pair) for n, pair in enumerate(pairs)]
            log_images(store, seq, images)

    def _insert(
        self, writer: Writer, type_: str, new: Mapping[str, StoredEntity], seq: int
    ) -> None:
        """Add rows of one type, with labels for those that have none."""
        rows = list(new.values())
        for row in rows:
            row.batch = seq
            if type_ in _LABELLED:
                self._label(row.entity)
        if type_ == "rating":
            used = {(x.entity.rubric, x.entity.version) for x in rows}  # type: ignore[union-attr]  # all are ratings
            for key in sorted(used):
                writer.add_rubric(self.lookup.known_rubrics[key])
        query = f"SELECT coalesce(max(pk), 0) + 1 FROM {type_}"
        first = int(writer.store.db.conn.execute(query).fetchone()[0])
        writer.insert(type_, rows)
        self.resumption.known.add(type_, first, first + len(rows) - 1)
        if not any(row.shorthand for row in rows):
            self.resumption.seen.add(type_, first, first + len(rows) - 1)
        else:
            for pk, row in enumerate(rows, first):
                if not row.shorthand:
                    self.resumption.seen.add(type_, pk)
        self._landed |= {row.entity.id: row for row in rows}

    def _label(self, entity: Entity, before: Entity | None = None) -> None:
        """Give a label to what its builder has left without one: the old one, or the next."""
        if isinstance(entity, Statement | Inference) and entity.label is UNLABELLED:
            kind = entity.kind if isinstance(entity, Statement) else "inference"
            label = getattr(before, "label", None) or self.labels.number(entity.document, kind)
            # Nobody else has the entity yet. To make another one takes as long as its row.
            object.__setattr__(entity, "label", label)

    def _is_inference(self, id_: str) -> bool:
        entry = self.lookup.entries.get(id_) or self.lookup.stored.place(id_)
        return entry is not None and entry.type == "inference"

    def _count(self, changes: Changes) -> None:
        """Count what landed, and note which rows it came to."""
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


def made_before(
    stored: ExistingRows, statement: str, shorthand: str, assessor: str | None
) -> list[StoredEntity]:
    """Return the rows that a *shorthand* of *statement* has made."""
    if shorthand in STANCES:
        return [
            landed
            for landed in stored.about("inference", statement)
            if landed.shorthand and getattr(landed.entity, "stance", None) == shorthand
        ]
    type_ = "rating" if shorthand == "ratings" else shorthand
    return [
        landed
        for landed in stored.about(type_, statement)
        if landed.shorthand and assessor in (None, getattr(landed.entity, "assessor", None))
    ]

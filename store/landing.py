"""The second pass of an import: rows are added, changed and removed, and the log told."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.model.statement import Inference, Statement
from argmap.rubrics import shipped_rubrics

from .loading import is_inference, kept_rubric_hash, landed_entity, landed_rows
from .operations import image, log_images, note_documents
from .writing import Landed, Writer

if TYPE_CHECKING:
    from argmap.model.map import Entity

    from .assembly import Built
    from .database import Store
    from .surroundings import Around

_FLUSH: Final = 2000
"""Rows of one type that are inserted together."""


class NothingChangedError(Exception):
    """Ends the transaction of what changed nothing, so that it leaves no trace."""


@define
class Counts:
    """Records that landed, by what became of them."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    updated_records: array[int] = field(factory=lambda: array("I"))
    """Their numbers, in no order."""
    unchanged_records: array[int] = field(factory=lambda: array("I"))

    def note_updated(self, number: int) -> None:
        """Count the record *number*, which changed what was there."""
        self.updated += 1
        self.updated_records.append(number)

    def note_unchanged(self, number: int) -> None:
        """Count the record *number*, which says what was there already."""
        self.unchanged += 1
        self.unchanged_records.append(number)


@define
class Landing:
    """Writes what records come to under one operation, and counts it."""

    store: Store
    seq: int
    around: Around
    counts: Counts = field(factory=Counts)
    _waiting: dict[str, dict[str, Landed]] = field(factory=dict)
    _held: list[tuple[int, Built]] = field(factory=list)
    _documents: set[str] = field(factory=set)
    position: int = 0
    """How many images the operation has in the log."""
    is_changed: bool = False
    """True once anything is not as it was."""
    _writer: Writer = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._writer = Writer(self.store, self._is_inference)

    def land(self, number: int, built: Built) -> None:
        """Write what the record *number* comes to, and count it."""
        if self._must_wait(built):
            self._held.append((number, built))
            return
        self._land(number, built)

    def _must_wait(self, built: Built) -> bool:
        """Tell whether a main claim has to wait until another one has ceased to be it."""
        entity = built.entity
        if not isinstance(entity, Statement) or not entity.main:
            return False
        query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"
        return (
            self.store.db.conn.execute(query, (entity.document, entity.id)).fetchone() is not None
        )

    def _land(self, number: int, built: Built) -> None:
        if built.rubric is not None:
            outcome = self._land_rubric(built)
        else:
            assert built.entity is not None  # noqa: S101  (only a rubric comes without)
            outcome = self._land_entity(built.entity, shorthand=False)
            outcome = self._land_parts(built, outcome)
        self._count(number, outcome)
        if outcome != "unchanged":
            self.is_changed = True
            if built.document is not None:
                self._documents.add(built.document)

    def finish(self) -> None:
        """Write what waits, main claims that had to wait for another one last.

        Raises:
            NothingChangedError: all that landed was there already.
        """
        for number, built in self._held:
            self._land(number, built)
        self._held.clear()
        self.write()
        if not self.is_changed:
            raise NothingChangedError

    def write(self) -> None:
        """Write the rows that wait to be written together."""
        for type_ in list(self._waiting):
            self._flush(type_)
        self._writer.index_new()
        note_documents(self.store, self.seq, self._documents)
        self._documents.clear()

    def _count(self, number: int, outcome: str) -> None:
        if outcome == "added":
            self.counts.added += 1
        elif outcome == "updated":
            self.counts.note_updated(number)
        else:
            self.counts.note_unchanged(number)

    def _land_entity(self, entity: Entity, *, shorthand: bool) -> str:
        waiting = self._waiting.setdefault(entity.type, {})
        if entity.id in waiting:
            if not shorthand and waiting[entity.id].shorthand:  # the record says more
                waiting[entity.id] = Landed(entity, self.seq)
            return "unchanged"
        before = landed_entity(self.store, entity.type, entity.id)
        if before is None:
            waiting[entity.id] = Landed(entity, self.seq, shorthand)
            if len(waiting) >= _FLUSH:
                self._flush(entity.type)
            return "added"
        if before.shorthand and before.batch == self.seq and not shorthand:
            self._writer.update(entity, has_own_record=True)  # which says more
            self.is_changed = True
            return "unchanged"
        if before.entity == entity:
            return "unchanged"
        self._log(before, Landed(entity, before.batch, before.shorthand))
        self._writer.update(entity)
        return "updated"

    def _land_parts(self, built: Built, outcome: str) -> str:
        changed = [self._land_entity(part, shorthand=True) != "unchanged" for part in built.parts]
        kept = {part.id for part in built.parts}
        for shorthand, assessor in built.shorthands.items():
            type_, where, values = _made_before(shorthand, built.id, assessor)
            for landed in list(landed_rows(self.store, type_, where, *values)):
                if landed.entity.id not in kept:
                    self._remove(landed)
                    changed.append(True)
        return "updated" if outcome == "unchanged" and any(changed) else outcome

    def _remove(self, landed: Landed) -> None:
        """Remove an entity and, if it is an inference, all that targets it in turn."""
        gone = [landed]
        for each in gone:
            if isinstance(each.entity, Inference):
                where = "conclusion_inference = ?"
                gone += landed_rows(self.store, "inference", where, each.entity.id)
        for each in gone:
            self._log(each, None)
            self._writer.delete(each.entity.type, (each.entity.id,))

    def _land_rubric(self, built: Built) -> str:
        assert built.rubric is not None  # noqa: S101  (the caller asked)
        rubric = built.rubric
        is_kept = kept_rubric_hash(self.store, rubric.id, rubric.version) is not None
        if is_kept or rubric in shipped_rubrics():
            return "unchanged"
        self._writer.keep_rubric(rubric, self.seq)
        return "added"

    def _log(self, before: Landed, after: Landed | None) -> None:
        log_images(self.store, self.seq, [image(self.position, before, after)])
        self.position += 1

    def _flush(self, type_: str) -> None:
        landed = self._waiting.pop(type_, {})
        if type_ == "rating":
            known = {(r.id, r.version): r for r in self.around.rubrics()}
            used = {(x.entity.rubric, x.entity.version) for x in landed.values()}  # type: ignore[union-attr]  # all are ratings
            for key in sorted(used):
                self._writer.keep_rubric(known[key])
        self._writer.insert(type_, landed.values())

    def _is_inference(self, id_: str) -> bool:
        entry = self.around.entries.get(id_)
        return entry.type == "inference" if entry else is_inference(self.store, id_)


def _made_before(
    shorthand: str, statement: str, assessor: str | None
) -> tuple[str, str, tuple[object, ...]]:
    """Return where the rows stand that a *shorthand* of *statement* made before."""
    if shorthand == "attribution":
        return "attribution", "shorthand AND statement = ?", (statement,)
    if shorthand == "ratings":
        return "rating", "shorthand AND statement = ? AND assessor = ?", (statement, assessor)
    own = "shorthand AND stance = ? AND id IN (SELECT inference FROM premise WHERE statement = ?)"
    return "inference", own, (shorthand, statement)

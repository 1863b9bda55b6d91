"""Follow the log: update a map in memory with the operations of other processes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from argmap.model.document import Document
from argmap.model.map import Change, Operation
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from store.database.sqlite_errors import as_store_error
from store.queries.maps import load_cited, load_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import ArgumentMap, Entity
    from store.database.store import Store

MOST_FOLLOWED: Final = 500
"""Maximum number of operations to follow; for more, loading the map again is quicker."""


@frozen
class LogPlace:
    """The operations of the log that a map in memory includes."""

    seq: int
    """The newest operation; all up to this one are included, except the undone ones."""
    undone: frozenset[int]
    """The operations that were undone at that time."""
    own: frozenset[int] = frozenset()
    """Later operations that are included: edits by the owner of the map."""

    def with_own(self, seq: int) -> LogPlace:
        """Return the place after the owner's edit *seq*, as `store.apply` returned it."""
        # With a gap, operations of others lie in between that the map does not include yet;
        # moving `seq` past them would skip them for good.
        if seq == self.seq + 1:
            return evolve(self, seq=seq)
        return evolve(self, own=self.own | {seq})

    def has(self, seq: int) -> bool:
        """Return whether operation *seq* was known, done or undone."""
        return seq <= self.seq or seq in self.own


@frozen
class LoggedEdit:
    """An operation of the log that has to be applied to a map in memory."""

    seq: int
    operation: Operation
    """The inverse of the logged operation if that was undone."""


@frozen
class MapUpdate:
    """The operations that update a map in memory to the state of the log."""

    place: LogPlace
    """The place of the map after all of the operations."""
    operations: list[Operation]
    """The operations to apply, in order, reduced to the changes of the map; often empty."""


def data_version(store: Store) -> int:
    """Return a number that changes when another connection writes to the file.

    Read it before following the log: a commit after that changes the number again, so that it is
    noticed the next time.
    """
    with as_store_error(store.path):
        return int(store.connection.execute("PRAGMA data_version").fetchone()[0])


def log_place(store: Store) -> LogPlace:
    """Return the place of a map that is loaded in the same snapshot."""
    query = (
        "SELECT (SELECT coalesce(max(seq), 0) FROM operation),"
        " (SELECT json_group_array(seq) FROM operation WHERE undone_after IS NOT NULL)"
    )
    seq, undone = store.connection.execute(query).fetchone()
    return LogPlace(seq, frozenset(json.loads(undone)))


def load_map_and_place(store: Store, document: str) -> tuple[ArgumentMap, LogPlace]:
    """Return the map of *document*, an id, and its place in the log.

    Raises:
        MissingError: there is no such document.
    """
    with store.reading():
        return load_map(store, document), log_place(store)


def load_update(store: Store, place: LogPlace, argument_map: ArgumentMap) -> MapUpdate | None:
    """Return the changes to *argument_map* since *place*, undone ones included.

    The map may include edits that are not in the log yet. An undo by its owner is followed like
    any other. Once the operations are applied, the map equals that of `load_map`, except that
    sources which nothing cites any more stay.

    Returns:
        None if the map has to be loaded again: after an import or very many operations, if a
        rating is under a new rubric, if the document was removed, or if the log is not the one
        of *place*. The map has to be loaded again as well if `ArgumentMap.apply` refuses one of
        the operations.
    """
    # One snapshot: an operation committed between two reads would be counted as included by the
    # place and still be missing from the operations.
    with store.reading():
        progress = edits_since(store, place)
        if progress is None:
            return None
        now, steps = progress
        whole = [step.operation for step in steps]
        preloaded = []
        # A map in memory has only the sources that it cites. An attribution may cite one that was
        # added long ago, in an operation of another document, so it is loaded and added first.
        if any(isinstance(c.entity, Attribution | Source) for o in whole for c in o.changes):
            preloaded.append(_new_sources(store, argument_map))
        own = _Own.of(argument_map, whole, preloaded)
        operations = preloaded + [own.part(operation) for operation in whole]
    if not all(own.can_have(change) for operation in operations for change in operation.changes):
        return None
    return MapUpdate(now, [operation for operation in operations if operation.changes])


def edits_since(store: Store, place: LogPlace) -> tuple[LogPlace, list[LoggedEdit]] | None:
    """Return the current place and the edits that lead there; None to load again.

    Call it within `Store.reading`. The edits are in the order in which to apply them: first the
    undone ones, newest first, then the redone and new ones, oldest first. Operations that were
    added and undone since *place* are left out.
    """
    now = log_place(store)
    if now.seq < place.seq:  # another database, or an older copy of this one
        return None
    # The owner's edits are in the map already, and what was added and undone since was never seen.
    later = "SELECT seq FROM operation WHERE seq > ? AND undone_after IS NULL"
    new = {seq for (seq,) in store.connection.execute(later, (place.seq,))} - place.own
    # A later operation may depend on an earlier one: undo the newest first, redo the oldest first.
    back = sorted((seq for seq in now.undone - place.undone if place.has(seq)), reverse=True)
    forth = sorted(new | (place.undone - now.undone))
    if len(back) + len(forth) > MOST_FOLLOWED:
        return None
    undone = [_logged_step(store, seq) for seq in back]
    done = [_logged_step(store, seq) for seq in forth]
    steps = [step and evolve(step, operation=step.operation.inverse) for step in undone] + done
    known = [step for step in steps if step is not None]
    return (now, known) if len(known) == len(steps) else None


def _logged_step(store: Store, seq: int) -> LoggedEdit | None:
    """Return operation *seq* as it was done; None if the log lacks changes.

    A rubric that was added with it does not change a map, and is left out.
    """
    query = "SELECT label, kind, state FROM operation WHERE seq = ?"
    label, kind, state = store.connection.execute(query, (seq,)).fetchone()
    # The log of an import has no images of the rows that it added, so it cannot be replayed.
    if kind == "import" or state == "unfinished":
        return None
    images = (
        "SELECT before, after FROM change WHERE operation = ? AND type <> 'rubric'"
        " ORDER BY position"
    )
    from .operations import entity_from_image

    changes = (
        Change(*(entity_from_image(text).entity if text else None for text in image))
        for image in store.connection.execute(images, (seq,))
    )
    return LoggedEdit(seq, Operation(label, tuple(changes)))


def _new_sources(store: Store, argument_map: ArgumentMap) -> Operation:
    """Return an operation that adds the sources that the map needs now and lacks.

    Their letters and ratings are added in their current state, because a merge may have moved them
    from another source.
    """
    cited = load_cited(store, argument_map.document.id)
    new = cited.sources.keys() - argument_map.sources.keys()
    letters, ratings = argument_map.reliabilities, argument_map.ratings
    changes = (
        *(Change(None, source) for source in cited.sources.values() if source.id in new),
        *(Change(letters.get(r.id), r) for r in cited.reliabilities.values() if r.source in new),
        *(Change(ratings.get(r.id), r) for r in cited.ratings.values() if r.source in new),
    )
    return Operation("cited more sources", changes)


@frozen
class _Own:
    """The map in memory, and the changes of operations that belong to it."""

    argument_map: ArgumentMap
    added: frozenset[str]
    """Ids of the statements of the document that the operations add or change."""
    preloaded: frozenset[str]
    """Ids of the entities that are added in their final state.

    No operation may change them afterwards.
    """

    @classmethod
    def of(
        cls,
        argument_map: ArgumentMap,
        operations: Iterable[Operation],
        preloaded: Iterable[Operation],
    ) -> _Own:
        id_ = argument_map.document.id
        changed = (change.entity for operation in operations for change in operation.changes)
        added = (s.id for s in changed if isinstance(s, Statement) and s.document == id_)
        ids = (change.entity.id for operation in preloaded for change in operation.changes)
        return cls(argument_map, frozenset(added), frozenset(ids))

    def part(self, operation: Operation) -> Operation:
        """Return the part of *operation* that concerns the map."""
        changes = ((self._kept(c.before), self._kept(c.after)) for c in operation.changes)
        concerned = (Change(before, after) for before, after in changes if before or after)
        return Operation(operation.label, tuple(concerned))

    def can_have(self, change: Change) -> bool:
        """Return whether the map survives *change*, and has the rubric it needs."""
        if isinstance(change.after, Rating):
            return (change.after.rubric, change.after.version) in self.argument_map.rubrics
        return change.after is not None or not isinstance(change.before, Document)

    def _kept(self, entity: Entity | None) -> Entity | None:
        return entity if entity is not None and self._has(entity) else None

    def _has(self, entity: Entity) -> bool:
        # Its final state was added first; an older state from the log would overwrite that.
        if entity.id in self.preloaded:
            return False
        if isinstance(entity, Document):
            return entity.id == self.argument_map.document.id
        if isinstance(entity, Statement | Inference):
            return entity.document == self.argument_map.document.id
        if isinstance(entity, Source):
            return entity.id in self.argument_map.sources
        if isinstance(entity, Reliability):
            return entity.source in self.argument_map.sources
        if isinstance(entity, Rating) and entity.statement is None:
            of_source = entity.source in self.argument_map.sources
            return of_source or entity.document == self.argument_map.document.id
        # The statement may come with these operations and not be in the map yet.
        return entity.statement in self.argument_map.statements or entity.statement in self.added

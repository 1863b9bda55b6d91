"""The open document: its map in memory, kept in step with the database.

An edit is in memory at once, and on disk a moment later, in order. Changes that other
processes make to the document are read from the log of operations.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.errors import ArgmapError, ConflictError, EditError, MissingError
from argmap.host.clock import now
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from store.log import data_version, load_map_and_place, load_update
from store.queries import is_newly_added

from .coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable

    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from store import Store
    from store.log import LoggedOperation, LogPlace

    from .database_threads import DatabaseThreads


class Session:
    """The map of one open document, and the edits on their way to disk."""

    def __init__(
        self,
        database: DatabaseThreads,
        argument_map: ArgumentMap,
        place: LogPlace | None,
        *,
        on_change: Callable[[Operation | None], None],
        on_refusal: Callable[[Operation, str], None],
        on_saved: Callable[[], None],
        on_gone: Callable[[], None],
    ) -> None:
        """Work on *argument_map*, which the database had at *place* in its log.

        Args:
            database: The threads that read and write the database.
            argument_map: The document with its map.
            place: The end of the log when the map was read; None if only the document was read, and
                `load` is to read the map.
            on_change: Called with each operation applied to the map; with None for a new map.
            on_refusal: Called with an edit that was not saved, and the reason.
            on_saved: Called when an edit was saved, or cannot be.
            on_gone: Called when the document has been removed from the database.
        """
        self.database = database
        self.map = argument_map
        self.coverage = Coverage.from_map(argument_map)
        self._place = place
        self._on_change = on_change
        self._on_refusal = on_refusal
        self._on_saved = on_saved
        self._on_gone = on_gone
        # Two tasks that read the log at once would both apply the same operations.
        self._following = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._version: int | None = None
        self._edits = 0
        self._is_behind = False
        """True while the map lacks operations that its place in the log includes."""

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.map.document.id

    @property
    def is_loaded(self) -> bool:
        """Return whether the whole map is in memory."""
        return self._place is not None

    async def load(self) -> None:
        """Read the whole map, if only the document was read so far."""
        document = self.document
        loaded, place = await self.database.read(lambda store: load_map_and_place(store, document))
        coverage = await asyncio.to_thread(Coverage.from_map, loaded)
        self._replace(loaded, place, coverage)

    def do(self, operation: Operation) -> None:
        """Apply *operation* now, and save it; a later refusal goes to `on_refusal`.

        Raises:
            EditError: the map is still being read, or does not allow the operation.
            EditConflictError: another user or process has changed the same since *operation* was
                made.
        """
        current = self._rebase(operation)
        if current.changes:
            self._begin(self._report_refusal(current, self._apply_and_save(current)))

    async def do_and_save(self, operation: Operation) -> None:
        """Apply *operation* now, and wait until it is on disk.

        Raises:
            EditError: as `do`.
            EditConflictError: as `do`, or another process saved first; the map then has what it
                saved.
            StoreError: the database cannot be written.
        """
        current = self._rebase(operation)
        if current.changes:
            saving = self._begin(self._apply_and_save(current))
            try:
                await asyncio.shield(saving)
            except asyncio.CancelledError:  # nobody waits now: report a refusal as `do` does
                self._begin(self._report_refusal(current, saving))
                raise
            finally:
                self._on_saved()

    def _rebase(self, operation: Operation) -> Operation:
        if not self.is_loaded:
            message = "the map is still being read; wait a moment"
            raise EditError(message)
        from argmap.edit.rebase import rebase

        return rebase(operation, self.map.entity)

    def _apply_and_save(self, operation: Operation) -> Coroutine[None, None, None]:
        """Apply *operation*; return a coroutine that waits until it is on disk.

        The coroutine raises the refusal. When it ends, the map agrees with the database, even if
        other writers' changes came in between.
        """
        self._apply(operation)
        self._edits += 1
        at = now()  # the time of the edit, even if another process blocks the file for minutes

        def work(store: Store) -> bool:
            from store.log import apply_rebased
            from store.rules import with_free_labels

            # Another process may have taken the label since, so the saved operation can differ.
            seq, done = apply_rebased(store, with_free_labels(store, operation), at)
            # Moved here, in the writing thread, so that `_follow` never returns our own edit.
            if self._place is not None:
                self._place = self._place.with_own(seq)
            return done == operation

        # Queued before the coroutine runs, since edits must be saved in the order of these calls.
        return self._wait_until_on_disk(self.database.save(work))

    async def _wait_until_on_disk(self, saving: Awaitable[bool]) -> None:
        try:
            is_unchanged = await saving
        except ConflictError:  # the map has the refused edit, and perhaps later ones that need it
            await self._reload_in_turn()
            raise
        if not is_unchanged:
            await self._reload_in_turn()

    async def _reload_in_turn(self) -> None:
        async with self._following:
            await self._reload()

    def add_sources(self, sources: Iterable[Source]) -> None:
        """Let the map cite *sources*, which the database already has."""
        more = {s.id: s for s in sources if s.id not in self.map.sources}
        if more:
            self.map = evolve(self.map, sources={**self.map.sources, **more})

    def add_rubric(self, rubric: Rubric) -> None:
        """Let the map be rated under *rubric*, which the database has or is offered."""
        if self.map.rubrics.get((rubric.id, rubric.version)) != rubric:
            self.map = self.map.with_rubric(rubric)

    async def undo(self) -> LoggedOperation:
        """Undo the newest operation on the document, except the one that added it.

        Raises:
            MissingError: there is none.
            ConflictError: a later operation depends on it.
        """

        def work(store: Store) -> LoggedOperation:
            from store import undo

            if is_newly_added(store, self.document):
                message = (
                    "there is nothing more to undo here; undo in the library removes the document"
                )
                raise MissingError(message)
            return undo(store, self.document)

        return await self._undo_or_redo(work)

    async def redo(self) -> LoggedOperation:
        """Redo the operation that was undone last.

        Raises:
            MissingError: there is none.
            ConflictError: the rows have changed since.
        """
        from store import redo

        return await self._undo_or_redo(lambda store: redo(store, self.document))

    async def history(self) -> list[LoggedOperation]:
        """Return the operations on the document, newest first."""
        from store import history

        # In the writing thread, so that edits still in the queue are written first.
        return await self.database.write(lambda store: history(store, self.document))

    async def check_for_changes(self) -> None:
        """Apply the changes of other processes, if the database has changed."""
        version = await self.database.read(data_version)
        if self.is_loaded and version != self._version:
            await self.follow()
            self._version = version  # set last, so that a failure is retried at the next check

    async def follow(self) -> None:
        """Apply the operations that the log has after the map's place."""
        async with self._following:
            if not self.is_loaded:
                return
            await self._apply_all(await self.database.write(self._follow))

    async def _apply_all(self, operations: list[Operation] | None) -> None:
        """Apply *operations* to the map; if that fails, load the map again."""
        # The place has moved already: if the reload fails, the next call has to reload.
        was_behind, self._is_behind = self._is_behind, True
        if operations is None or was_behind or not all(map(self._try_to_apply, operations)):
            await self._reload()
        self._is_behind = False

    async def wait_until_saved(self) -> None:
        """Wait until every edit is saved or refused."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _undo_or_redo(self, work: Callable[[Store], LoggedOperation]) -> LoggedOperation:
        async with self._following:
            logged, operations = await self.database.write(
                lambda store: (work(store), self._follow(store))
            )
            await self._apply_all(operations)
        return logged

    async def _report_refusal(self, operation: Operation, saving: Awaitable[None]) -> None:
        try:
            await saving
        except Exception as error:  # noqa: BLE001  (whatever the error, the edit is lost)
            self._on_refusal(operation, str(error) or type(error).__name__)
        finally:
            self._on_saved()

    def _follow(self, store: Store) -> list[Operation] | None:
        """Return the operations to apply to the map; None if it has to be loaded again.

        Runs in the writing thread. Only that thread moves the place, so the edits written before it
        are included.
        """
        assert self._place is not None  # noqa: S101  (`follow` has checked)
        followed = load_update(store, self._place, self.map)
        if followed is None:
            return None
        self._place = followed.place
        return followed.operations

    async def _reload(self) -> None:
        """Replace the map by the database's, after every edit in the queue."""
        document = self.document
        while True:
            edits = self._edits
            try:
                loaded, place = await self.database.write(
                    lambda store: load_map_and_place(store, document)
                )
            except MissingError:
                self._on_gone()
                return
            coverage = await asyncio.to_thread(Coverage.from_map, loaded)
            if edits == self._edits:  # else the loaded map lacks an edit that is on the screen
                break
        self._replace(loaded, place, coverage)

    def _replace(self, loaded: ArgumentMap, place: LogPlace, coverage: Coverage) -> None:
        self.map, self._place, self.coverage = loaded, place, coverage
        self._on_change(None)

    def _try_to_apply(self, operation: Operation) -> bool:
        try:
            self._apply(operation)
        except ArgmapError:
            return False
        return True

    def _apply(self, operation: Operation) -> None:
        self.map = self.map.apply(operation)
        self.coverage.update(self.map, _touched(operation))
        self._on_change(operation)

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # the event loop keeps only a weak reference
        task.add_done_callback(self._tasks.discard)
        return task


def _touched(operation: Operation) -> Iterable[str]:
    """Return ids of statements whose passages, role or cues *operation* may change."""
    ids: set[str] = set()
    for change in operation.changes:
        for entity in (change.before, change.after):
            if isinstance(entity, Statement):
                ids.add(entity.id)
            elif isinstance(entity, Inference):
                ids.update(entity.premises)
            elif isinstance(entity, Attribution):
                ids.add(entity.statement)
    return ids

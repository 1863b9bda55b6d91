"""The open document: its map in memory, kept the same as the database.

An edit is in memory at once and on disk a moment later, in order. What other
processes do to the document is taken in from the log of operations.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.edit.rebase import rebase
from argmap.errors import ArgmapError, ConflictError, EditError, MissingError
from argmap.host.clock import now
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from store import history as logged_history
from store import redo, undo
from store.log import apply_rebased, data_version, load_map_and_place, load_update
from store.queries import is_newly_added
from store.rules import with_free_labels

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
    """One document that is open to be worked on."""

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
        """Work on *argument_map* as the database had it at *place* of its log.

        Args:
            database: The threads that read and write the database.
            argument_map: The document with its map.
            place: Where the log stood when it was read; None where only the document was read
                so far, and `load` is to read the rest.
            on_change: Told of each operation that the map has taken in; None for a new map.
            on_refusal: Told of an edit that did not reach the disk, and why.
            on_saved: Told when an edit has reached the disk, or cannot.
            on_gone: Told that the document is not in the database any more.
        """
        self.database = database
        self.map = argument_map
        self.coverage = Coverage.from_map(argument_map)
        self._place = place
        self._on_change = on_change
        self._on_refusal = on_refusal
        self._on_saved = on_saved
        self._on_gone = on_gone
        self._following = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._version: int | None = None
        self._edits = 0
        self._is_behind = False
        """True while the map lacks what its place in the log says that it has."""

    @property
    def document(self) -> str:
        """The id of the document."""
        return self.map.document.id

    @property
    def is_loaded(self) -> bool:
        """Tell whether the whole map is in memory."""
        return self._place is not None

    async def load(self) -> None:
        """Read the whole map, of which only the document was there so far."""
        document = self.document
        loaded, place = await self.database.read(lambda store: load_map_and_place(store, document))
        coverage = await asyncio.to_thread(Coverage.from_map, loaded)
        self._replace(loaded, place, coverage)

    def do(self, operation: Operation) -> None:
        """Do *operation* now, and save it; one that is refused later goes to `on_refusal`.

        Raises:
            EditError: not all of the map is read, or it does not allow the operation.
            EditConflictError: somebody else has changed the same since *operation* was made.
        """
        rebasing = self._rebase(operation)
        if rebasing.changes:
            self._begin(self._report_refusal(rebasing, self._apply_and_save(rebasing)))

    async def do_and_save(self, operation: Operation) -> None:
        """Do *operation* now, and wait until it is on disk.

        Raises:
            EditError: as `do`.
            EditConflictError: as `do`, or somebody else was quicker to save; the map then has
                what they saved.
            StoreError: the database cannot be written.
        """
        rebasing = self._rebase(operation)
        if rebasing.changes:
            saving = self._begin(self._apply_and_save(rebasing))
            try:
                await asyncio.shield(saving)
            except asyncio.CancelledError:  # who waited is gone: a refusal is told as for `do`
                self._begin(self._report_refusal(rebasing, saving))
                raise
            finally:
                self._on_saved()

    def _rebase(self, operation: Operation) -> Operation:
        if not self.is_loaded:
            message = "the map is still being read; wait a moment"
            raise EditError(message)
        return rebase(operation, self.map.entity)

    def _apply_and_save(self, operation: Operation) -> Coroutine[None, None, None]:
        """Take *operation* in; return what waits until it is on disk, and raises what refused it.

        Afterwards the map is as the database, even where others' changes were in between.
        """
        self._apply(operation)
        self._edits += 1
        at = now()

        def work(store: Store) -> bool:
            seq, done = apply_rebased(store, with_free_labels(store, operation), at)
            if self._place is not None:
                self._place = self._place.with_own(seq)
            return done == operation

        return self._wait_until_on_disk(self.database.save(work))

    async def _wait_until_on_disk(self, saving: Awaitable[bool]) -> None:
        is_as_made = False
        try:
            is_as_made = await saving
        except ConflictError:
            await self._reload_in_turn()
            raise
        if not is_as_made:
            await self._reload_in_turn()

    async def _reload_in_turn(self) -> None:
        async with self._following:
            await self._reload()

    def add_sources(self, sources: Iterable[Source]) -> None:
        """Let the map cite *sources* that the database has already."""
        more = {s.id: s for s in sources if s.id not in self.map.sources}
        if more:
            self.map = evolve(self.map, sources={**self.map.sources, **more})

    def add_rubric(self, rubric: Rubric) -> None:
        """Let the map be judged under *rubric*, which the database knows or is offered."""
        if self.map.rubrics.get((rubric.id, rubric.version)) != rubric:
            self.map = self.map.with_rubric(rubric)

    async def undo(self) -> LoggedOperation:
        """Take back the newest operation of the document, but for the one that made it.

        Raises:
            MissingError: there is none.
            ConflictError: a later one rests on it.
        """

        def work(store: Store) -> LoggedOperation:
            if is_newly_added(store, self.document):
                message = "there is nothing more to undo here; the library undoes the document"
                raise MissingError(message)
            return undo(store, self.document)

        return await self._undo_or_redo(work)

    async def redo(self) -> LoggedOperation:
        """Do again what was undone last.

        Raises:
            MissingError: there is nothing.
            ConflictError: the rows are not as the operation found them.
        """
        return await self._undo_or_redo(lambda store: redo(store, self.document))

    async def history(self) -> list[LoggedOperation]:
        """Return the operations of the document, newest first."""
        return await self.database.write(lambda store: logged_history(store, self.document))

    async def check_for_changes(self) -> None:
        """Take in what other processes have done, if they have done anything."""
        version = await self.database.read(data_version)
        if self.is_loaded and version != self._version:
            await self.follow()
            self._version = version

    async def follow(self) -> None:
        """Take in what the log has beyond what is in memory."""
        async with self._following:
            if not self.is_loaded:
                return
            await self._apply_all(await self.database.write(self._follow))

    async def _apply_all(self, operations: list[Operation] | None) -> None:
        """Do *operations* in memory; where that does not work, load the map again."""
        was_behind, self._is_behind = self._is_behind, True
        if operations is None or was_behind or not all(map(self._try_to_apply, operations)):
            await self._reload()
        self._is_behind = False

    async def wait_until_saved(self) -> None:
        """Wait until every edit is on disk or refused."""
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
        except Exception as error:  # noqa: BLE001  (whatever it was, the edit is lost and told)
            self._on_refusal(operation, str(error) or type(error).__name__)
        finally:
            self._on_saved()

    def _follow(self, store: Store) -> list[Operation] | None:
        """Return what is to be done to the map; None where it is to be loaded again.

        Runs in the writing thread, which alone moves the place, so that the edits
        written before it are known.
        """
        assert self._place is not None  # noqa: S101  (`follow` has looked)
        followed = load_update(store, self._place, self.map)
        if followed is None:
            return None
        self._place = followed.place
        return followed.operations

    async def _reload(self) -> None:
        """Take the place of the map with what the database has, after every edit in the queue."""
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
            if edits == self._edits:  # else one was begun meanwhile, which it does not have
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
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _touched(operation: Operation) -> Iterable[str]:
    """Return the ids of the statements whose passages, role or cues *operation* may change."""
    found: set[str] = set()
    for change in operation.changes:
        for entity in (change.before, change.after):
            if isinstance(entity, Statement):
                found.add(entity.id)
            elif isinstance(entity, Inference):
                found.update(entity.premises)
            elif isinstance(entity, Attribution):
                found.add(entity.statement)
    return found

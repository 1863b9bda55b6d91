"""A map in memory that follows a database changed by another process."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import define, evolve

import store
from argmap import edit
from argmap.errors import StoreError
from argmap.imports.jsonl import FORMAT
from argmap.model.document import Document
from argmap.model.map import ArgumentMap, Change, Operation
from store import log
from store.log import LogPlace, load_map_and_place
from store.queries import list_sources
from support.strategies.maps import AT, TEXT, everything_of, small_map, with_cited_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.strategies.maps import Step

BUS = ArgumentMap(Document("bus", "The bus", TEXT), rubrics=small_map().rubrics)


@define
class Follower:
    """A map in memory with its place in the log, on a separate connection."""

    opened: store.Store
    map: ArgumentMap
    place: LogPlace

    @classmethod
    def of(cls, opened: store.Store, document: str = "toll") -> Follower:
        return cls(opened, *load_map_and_place(opened, document))

    def edit(self, operation: Operation) -> int:
        """Make a local edit, first in memory."""
        self.map = self.map.apply(operation)
        seq = store.apply(self.opened, operation, AT)
        self.place = self.place.with_own(seq)
        return seq

    def follow(self) -> list[str]:
        """Apply new operations and return their labels, without the old and new values."""
        followed = log.load_update(self.opened, self.place, self.map)
        assert followed is not None
        for operation in followed.operations:
            self.map = self.map.apply(operation)
        self.place = followed.place
        return [operation.label.partition(":")[0] for operation in followed.operations]

    def is_current(self) -> bool:
        """Return whether the map equals a fresh load, ignoring uncited sources."""
        return cited(self.map) == store.load_map(self.opened, self.map.document.id)

    def needs_load(self) -> bool:
        return log.load_update(self.opened, self.place, self.map) is None


def cited(argument_map: ArgumentMap) -> ArgumentMap:
    """Return *argument_map* without the sources that a load omits, and without their ratings."""
    sources = with_cited_sources(argument_map).sources
    ratings = argument_map.ratings.values()
    return evolve(
        argument_map,
        sources=sources,
        reliabilities={k: r for k, r in argument_map.reliabilities.items() if r.source in sources},
        ratings={r.id: r for r in ratings if r.source is None or r.source in sources},
    )


@contextmanager
def two_handles(path: Path) -> Iterator[tuple[store.Store, store.Store]]:
    with store.open_store(path) as here, store.open_store(path) as there:
        for handle in (here, there):
            handle.db.execute("PRAGMA synchronous = off")
        store.apply(there, edit.add_document(BUS.document), AT)
        store.apply(there, everything_of(small_map()), AT)
        yield here, there


def done(there: store.Store, *operations: Operation) -> None:
    for operation in operations:
        store.apply(there, operation, AT)


def changed(there: store.Store, id_: str, document: str = "toll", **values: object) -> str:
    """Change a statement of the database, and return the label of the operation."""
    operation = edit.change_statement(store.load_map(there, document), id_, **values)
    done(there, operation)
    return operation.label


def only(*changes: Change) -> Operation:
    return Operation("did it", changes)


def land(path: Path, *records: dict[str, Any]) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    file = store.ImportFile("some.jsonl", FORMAT, io.BytesIO(lines))
    account = store.import_records(path, [file], store.ImportOptions("tess", AT))
    assert account.rejected == []


def edited(there: store.Store, document: str, step: Step, fresh: str) -> None:
    """Edit a document of the database, which may cite every existing source."""
    sources = {source.id: source for source in list_sources(there)}
    operation = step.operation(evolve(store.load_map(there, document), sources=sources), fresh)
    if operation is not None:
        store.apply(there, operation, AT)


def turned(there: store.Store, document: str | None, turn: str) -> None:
    """Undo or redo any operation that can be, except the two that the test began with."""
    standing = [o.seq for o in store.history(there, document) if o.state == "done"]
    try:
        if turn == "redo":
            store.redo(there, document)
        elif max(standing) > 2:
            store.undo(there, document)
    except StoreError:
        return

"""Processes that use one database at the same time and report every acknowledged operation.

A line on standard output is written once an operation was reported as done, and before the
next one begins: `done SEQ ID…` with the ids it added, `undone SEQ` or `redone SEQ`.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import store
from argmap.errors import BusyError, ConflictError, MissingError
from argmap.model.map import Change, Operation
from argmap.model.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT: Final = "toll"
LONG: Final = 5200
"""Number of records that are committed in several transactions."""


FIRST: Final = 1
"""The operation that adds the document, which all others need: it is never undone."""


def begin(path: Path) -> None:
    """Make the database that all of them use."""
    record = {"type": "document", "id": DOCUMENT, "title": "The toll", "text": "The toll pays."}
    with store.open_store(path) as opened:
        store.import_from(opened, [record], assessor="amy")


def edit(path: Path, name: str, rounds: int) -> None:
    """Add statements one by one, and change each, over one connection as a workbench does."""
    with store.open_store(path) as opened:
        for n in range(rounds):
            id_ = f"{name}-{n}"
            added = Statement(id_, DOCUMENT, "evidence", f"Words {n}.", id_)
            seq = store.apply(opened, Operation(f"added {id_}", (Change(None, added),)))
            acknowledge("done", seq, id_)
            change = Operation(f"changed {id_}", (Change(added, noted(added)),))
            try:
                acknowledge("done", store.apply(opened, change))
            except ConflictError:  # undone in between
                continue


def noted(statement: Statement) -> Statement:
    """Return *statement* with a note."""
    return Statement(
        statement.id, DOCUMENT, "evidence", statement.text, statement.label, note="new"
    )


def import_(path: Path, name: str, rounds: int) -> None:
    """Import a few records at a time, and occasionally many."""
    for n in range(rounds):
        ids = [f"{name}-{n}-{k}" for k in range(LONG if n % 10 == 0 else 3)]
        with store.open_store(path) as opened:
            account = store.import_from(
                opened, map(record, ids), assessor="amy", name=f"{name}-{n}"
            )
        if account.operation is not None and not account.stopped:
            acknowledge("done", account.operation, *ids)


def record(id_: str) -> dict[str, Any]:
    """Return a record of a statement with the id *id_*."""
    return {"type": "statement", "id": id_, "document": DOCUMENT, "kind": "claim", "text": id_}


def undo(path: Path, name: str, rounds: int) -> None:
    """Undo the newest operation of any process, and redo some of them."""
    chance = random.Random(name)  # noqa: S311  (no secret)
    with store.open_store(path) as opened:
        for _ in range(rounds):
            back = chance.random() < 0.6
            try:
                with opened.writing():  # nobody adds an operation between the look and the undo
                    if back and newest_done(opened) == FIRST:
                        continue
                    logged = (store.undo if back else store.redo)(opened)
            except (MissingError, ConflictError, BusyError):
                continue
            acknowledge("undone" if back else "redone", logged.seq)


def newest_done(opened: store.Store) -> int:
    """Return the number of the operation that the next undo would revert."""
    return next(logged.seq for logged in store.history(opened) if logged.state != "undone")


def visit(path: Path, _name: str, rounds: int) -> None:
    """Open the file with another SQLite library, read, and close it again."""
    for _ in range(rounds):
        connection = sqlite3.connect(path, timeout=10)
        connection.execute("SELECT count(*) FROM statement").fetchall()
        connection.close()


def acknowledge(word: str, seq: int, *ids: str) -> None:
    """Report an acknowledged operation."""
    print(word, seq, *ids, flush=True)  # noqa: T201  (the parent reads it)


ROLES: Final[dict[str, Callable[[Path, str, int], None]]] = {
    "edit": edit, "import": import_, "undo": undo, "visit": visit,
}  # fmt: skip

if __name__ == "__main__":
    ROLES[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))

"""Other processes with the database open can write while an import only reads."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from support.drivers.desk import CLAIM, DOCUMENT, Desk
from support.drivers.import_lengths import in_spans

from store.database import store
from store.ingest import transactions
from store.ingest.backlog import deferred_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.ingest.inputs import NumberedRecord

NOTED = {f"toll{n}": CLAIM | {"id": f"toll{n}", "note": "n"} for n in range(40)}
"""Statements that need full validation."""


@contextmanager
def watched(*, is_shared: bool) -> Iterator[list[str]]:
    """List the actions of an import during which other processes cannot write."""
    found: list[str] = []
    current: list[transactions.ImportTransactions] = []

    def note(what: str) -> None:
        if current and current[-1].store is not None:
            found.extend([what] * current[-1].store.db.conn.in_transaction)

    def begin(self: transactions.ImportTransactions) -> store.Store:
        current.append(self)
        return usual_begin(self)

    def reading(self: store.Store) -> AbstractContextManager[None]:
        note("judges")
        return usual_reading(self)

    def add(self: deferred_records.DeferredRecords, numbered: NumberedRecord) -> None:
        note("holds")
        usual_add(self, numbered)

    usual_begin, usual_reading = transactions.ImportTransactions.begin, store.Store.reading
    usual_add = deferred_records.DeferredRecords.add
    with (
        patch.object(transactions.ImportTransactions, "_is_shared", lambda _: is_shared),
        patch.object(transactions, "GAP", 0.0),
        patch.object(transactions, "LONGEST", 1000.0),
        patch.object(transactions, "LONGEST_ALONE", 1000.0),
        patch.object(transactions.ImportTransactions, "begin", begin),
        patch.object(store.Store, "reading", reading),
        patch.object(deferred_records.DeferredRecords, "add", add),
    ):
        yield found


def test_other_processes_can_write_while_records_are_validated(desk: Desk) -> None:
    with in_spans(5), watched(is_shared=True) as found:
        desk.landed(DOCUMENT, *NOTED.values())
    assert found == []


def test_other_processes_can_write_while_deferred_records_are_read(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    waiting = [each | {"supports": "last"} for each in NOTED.values()]
    with in_spans(5), watched(is_shared=True) as found:
        desk.landed(CLAIM | {"note": "n"}, *waiting, CLAIM | {"id": "last"})
    assert found == []


def test_an_import_alone_is_written_in_one_transaction(desk: Desk) -> None:
    with in_spans(5), watched(is_shared=False) as found:
        desk.landed(DOCUMENT, *NOTED.values())
    assert "judges" in found


def test_an_import_ends_even_if_others_write_all_the_time(desk: Desk) -> None:
    ends = iter(range(50))
    versions = iter(range(10**6))
    usual = transactions.ImportTransactions.commit

    def commit(self: transactions.ImportTransactions) -> bool:
        next(ends)  # it does not begin again and again
        return usual(self)

    with (
        in_spans(5),
        watched(is_shared=True),
        patch.object(transactions.ImportTransactions, "commit", commit),
        patch.object(transactions.ImportTransactions, "_data_version", lambda _: next(versions)),
    ):
        account = desk.landed(DOCUMENT, *NOTED.values())
    assert account.added == 1 + len(NOTED)

"""Any sound file is exported as the same bytes again, and no file breaks an import."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import DOCUMENT, EVERYTHING, Content, Desk
from support.examples import FEW
from support.strategies.records import record_files, spoilt_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    import store

LENGTH = 4000
"""Steps of a chain: more than Python calls within each other, and many spans of an import."""


def desks(count: int) -> Iterator[list[Desk]]:
    """Yield once, inside a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield [Desk(Path(folder) / f"{n}.db") for n in range(count)]


def is_balanced(account: store.ImportReport) -> bool:
    landed = account.added + account.updated + account.unchanged
    return account.read == landed + account.rejected_total


@FEW
@given(record_files())
def test_an_export_imported_into_an_empty_database_exports_to_the_same_bytes(
    records: list[Content],
) -> None:
    for first, second in desks(2):
        first.landed(*records)
        exported = first.export()
        account = second.land_bytes(exported)
        assert (account.rejected, account.added) == ([], account.read)
        assert second.export() == exported
        assert first.complaints() == second.complaints() == []


@FEW
@given(record_files())
def test_a_sound_file_in_any_order_is_imported_whole_and_changes_nothing_again(
    records: list[Content],
) -> None:
    for (desk,) in desks(1):
        assert desk.landed(*records).added == len(records)
        exported = desk.export()
        again = desk.landed(*records)
        assert (again.unchanged, again.operation) == (len(records), None)
        own = desk.land_bytes(exported)
        assert (own.unchanged, own.operation) == (own.read, None)
        assert desk.export() == exported


@FEW
@given(record_files(), record_files())
def test_imports_and_updates_are_undone_and_redone_to_the_same_bytes(
    first: list[Content], second: list[Content]
) -> None:
    for (desk,) in desks(1):
        states = [desk.export()]
        for records in (first, second):
            account = desk.land(*records)
            assert is_balanced(account)
            if account.operation is not None:
                states.append(desk.export())
        desk.turn_through(states)
        assert desk.complaints() == []


@given(spoilt_files([*EVERYTHING]), spoilt_files([*EVERYTHING]))
def test_damaged_files_are_reported_and_leave_the_database_sound(
    first: bytes, second: bytes
) -> None:
    for (desk,) in desks(1):
        desk.landed(*EVERYTHING)
        for content in (first, second):
            account = desk.land_bytes(content)
            assert is_balanced(account)
            assert sum(account.reasons.values()) == account.rejected_total
            for rejected in account.rejected:
                assert f"{rejected.path}: {rejected.reason}".encode()
        assert desk.complaints() == []


@FEW
@given(st.data())
def test_damaged_files_are_imported_into_an_empty_database_or_refused(data: st.DataObject) -> None:
    content = data.draw(spoilt_files(data.draw(record_files())))
    for first, second in desks(2):
        assert is_balanced(first.land_bytes(content))
        assert first.complaints() == []
        exported = first.export()
        assert second.land_bytes(exported).rejected == []
        assert second.export() == exported


@given(st.lists(st.binary(max_size=60), max_size=5).map(b"\n".join))
def test_any_bytes_are_reported(content: bytes) -> None:
    for (desk,) in desks(1):
        account = desk.land_bytes(content)
        assert is_balanced(account)
        assert account.rejected_total == account.read


def chain() -> Iterator[Content]:
    """Yield a document and statements, each of which supports the one before."""
    yield DOCUMENT
    for n in range(LENGTH):
        record: Content = {"type": "statement", "id": f"s{n}", "document": "toll",
                           "kind": "claim", "text": f"Step {n}."}  # fmt: skip
        yield record | {"supports": f"s{n - 1}"} if n else record


@pytest.mark.large
def test_a_chain_of_thousands_of_statements_is_imported_and_exported(desk: Desk) -> None:
    content = "".join(json.dumps(record) + "\n" for record in chain()).encode()
    account = desk.land_bytes(content)
    assert (account.added, account.rejected_total) == (LENGTH + 1, 0)
    exported = desk.export()
    assert exported.count(b'"type":"inference"') == LENGTH - 1
    copy = Desk(desk.path.with_name("copy.db"))
    assert copy.land_bytes(exported).added == 2 * LENGTH
    assert copy.export() == exported


def test_a_long_chain_with_a_rejected_end_is_rejected_in_turn(desk: Desk) -> None:
    records = list(chain())[: LENGTH // 2]
    records[1] |= {"main_item": "nobody"}
    account = desk.land(*records)
    assert (account.added, account.rejected_total) == (1, len(records) - 1)

"""Records from a script are imported like a file: the same report, the same rows."""

from __future__ import annotations

import tracemalloc
from collections import UserDict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.desk import BASICS, CLAIM, DOCUMENT, EVERYTHING, RATING, Content, Desk

import store
from argmap.errors import InputError, StoreError
from argmap.records.schema import StatementRecord
from store.ingest import script_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def imported(desk: Desk, records: Iterable[Any], **options: Any) -> store.ImportReport:  # noqa: ANN401  (those of import_from)
    with store.open_store(desk.path) as opened:
        return store.import_from(opened, records, **({"assessor": "tess"} | options))


def test_the_rows_are_those_of_the_same_records_in_a_file(desk: Desk) -> None:
    from_file = Desk(desk.path.with_name("file.db"))
    from_file.landed(*EVERYTHING)
    account = imported(desk, (record for record in EVERYTHING))
    assert (account.added, account.rejected_total, account.operation) == (12, 0, 1)
    assert desk.export() == from_file.export()
    assert [logged.label for logged in desk.history()] == ["imported records"]
    desk.undo()
    assert desk.export() == b""


def test_the_same_records_again_change_nothing(desk: Desk) -> None:
    imported(desk, EVERYTHING)
    again = imported(desk, reversed(EVERYTHING))
    assert (again.unchanged, again.operation) == (12, None)


def test_structs_mappings_and_dates_are_records_too(desk: Desk) -> None:
    imported(desk, [UserDict(DOCUMENT | {"published": date(2024, 3, 2)}),
                    StatementRecord(id="c1", document="toll", kind="claim", text="It pays."),
                    RATING | {"at": datetime(2024, 3, 2, 10, 15, tzinfo=UTC)}])  # fmt: skip
    assert desk.record("toll")["published"] == "2024-03-02"
    assert desk.record("c1")["text"] == "It pays."
    assert desk.record("r1")["at"] == "2024-03-02T10:15:00Z"


@pytest.mark.parametrize(
    ("record", "path", "reason"),
    [
        (CLAIM | {"text": "half \ud800"}, "text", "has a lone surrogate"),
        (CLAIM | {"start": 2**53 + 1}, "start", "is an integer beyond 2^53"),
        (CLAIM | {"start": 10**4000}, "start", "is an integer beyond 2^53"),
        (CLAIM | {"note": float("nan")}, "", "NaN is not a JSON number"),
        (CLAIM | {"colour": "red"}, "colour", "is not a key of statement records"),
        ("c1", "", "is not a JSON object but a string"),
        ({1: "one"}, "type", "is missing"),
    ],
)
def test_a_fault_names_the_number_of_its_record(
    desk: Desk, record: object, path: str, reason: str
) -> None:
    account = imported(desk, [DOCUMENT, record])
    [only] = account.rejected
    assert (only.file, only.line, only.path) == ("records", 2, path)
    assert reason in only.reason
    assert desk.ids() == {"toll"}


def _nested(depth: int) -> Content:
    inner: Content = {}
    for _ in range(depth):
        inner = {"note": inner}
    return CLAIM | inner


@pytest.mark.parametrize(
    "value",
    [object(), {(1, 2): 3}, 10**5000, _nested(100_000)],
    ids=["no value", "no key", "no number that Python writes", "no depth"],
)
def test_a_record_that_is_not_json_is_refused_by_number_and_nothing_is_imported(
    desk: Desk, value: object
) -> None:
    with pytest.raises(InputError, match="record 2 cannot be written as JSON: "):
        imported(desk, [DOCUMENT, CLAIM | {"note": value}])
    assert desk.export() == b""


def test_an_error_of_the_script_is_raised_and_nothing_is_imported(desk: Desk) -> None:
    def records() -> Iterator[Content]:
        yield from BASICS
        raise LookupError

    with pytest.raises(LookupError):
        imported(desk, records())
    assert desk.export() == b""


def test_the_options_are_those_of_the_command(desk: Desk) -> None:
    spoilt = [DOCUMENT, CLAIM, CLAIM | {"id": "c2", "kind": "guess"}]
    assert imported(desk, spoilt, is_strict=True).operation is None
    assert imported(desk, spoilt, is_dry=True).operation is None
    assert desk.export() == b""
    near = CLAIM | {"quote": "Reports said traffic fell by a fifth."}
    assert imported(desk, [DOCUMENT, near], loose_quotes=True, name="amy's list").changed
    assert [logged.label for logged in desk.history()] == ["imported amy's list"]


def test_a_database_in_memory_is_refused() -> None:
    with store.open_memory() as opened, pytest.raises(StoreError, match="open one with open_store"):
        store.import_from(opened, BASICS, assessor="tess")


def test_spooling_keeps_one_record_in_memory_at_a_time() -> None:
    class Nowhere:
        def flush(self) -> None:
            pass

        def write(self, line: bytes) -> None:
            pass

    tracemalloc.start()
    try:
        records = ({"note": "x" * 10_000, "n": n} for n in range(2_000))
        script_records._spool(records, Nowhere())  # type: ignore[arg-type]  # noqa: SLF001  (what is measured)
        assert tracemalloc.get_traced_memory()[1] < 500_000
    finally:
        tracemalloc.stop()

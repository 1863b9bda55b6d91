"""The order of the map is a key of records, and every format of records preserves it."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.drivers.desk import ASSUMPTION, CLAIM, DOCUMENT, EVIDENCE, INFERENCE, Content, Desk
from support.strategies.maps import AT, statement

import store
from argmap.errors import InputError, ModelError
from argmap.formats.registry import export_formats, import_formats
from argmap.model.statement import Inference
from argmap.records.decode import record_from_line
from store.database import open_to_examine
from store.ingest import run

WRONG: list[Any] = [0, -1, 1.0, 1.5, True, False, "1", [1], 2**53 + 1]
SECOND: Content = CLAIM | {"id": "c2", "text": "The toll stays."}
MAP = (DOCUMENT, CLAIM | {"order": 2}, SECOND | {"order": 1}, EVIDENCE, ASSUMPTION,
       INFERENCE | {"order": 7},
       INFERENCE | {"id": "i2", "premises": ["a1"], "order": 2**53},
       INFERENCE | {"id": "i3", "premises": ["c2"], "conclusion": "i1", "stance": "opposes",
                    "order": 3})  # fmt: skip
"""A map in which roots, inferences and an undercut have an order."""


@pytest.fixture
def desk(path: Path) -> Desk:
    """A database with that map."""
    found = Desk(path)
    found.landed(*MAP)
    return found


def order_of(desk: Desk, id_: str) -> int | None:
    found: int | None = desk.record(id_).get("order")
    return found


def written(desk: Desk, name: str) -> str:
    with store.open_to_read(desk.path) or store.open_memory() as opened:
        return "".join(export_formats()[name].write(store.load_bundle(opened, ["toll"])))


def land_text(desk: Desk, name: str, content: str) -> store.ImportReport:
    file = store.ImportFile("a", import_formats()[name], io.BytesIO(content.encode()))
    return store.import_records(desk.path, [file], store.ImportOptions("zoe", AT))


@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize("type_", ["statement", "inference"])
def test_what_is_no_whole_number_from_1_is_a_fault_of_the_record(type_: str, value: object) -> None:
    faults = record_from_line(json.dumps({"type": type_, "id": "x", "order": value}).encode())
    assert isinstance(faults, list)
    assert [fault.path for fault in faults] == ["order"]
    assert "`" not in faults[0].reason


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_what_is_no_whole_number_from_1_is_no_order_of_an_entity(value: Any) -> None:  # noqa: ANN401  (anything)
    for make in (
        lambda: statement("s", "C1", order=value),
        lambda: Inference("i", "toll", ("e",), "c", "supports", "I1", order=value),
    ):
        with pytest.raises(ModelError) as caught:
            make()
        assert [fault.path for fault in caught.value.faults] == ["order"]


def test_a_record_with_a_wrong_order_is_rejected_and_the_others_are_imported(path: Path) -> None:
    account = Desk(path).land(DOCUMENT, CLAIM | {"order": 0}, SECOND)
    assert [(r.line, r.path, r.reason) for r in account.rejected] == [
        (2, "order", "must be a whole number from 1")
    ]
    assert Desk(path).ids() == {"toll", "c2"}


def test_the_schema_and_the_doctor_know_what_an_order_is(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        for table in ("statement", "inference"):
            for value in ("0", "-1", "'first'", "1.5"):
                with pytest.raises(sqlite3.IntegrityError):
                    opened.db.execute(f'UPDATE {table} SET "order" = {value}')
        opened.db.execute("PRAGMA ignore_check_constraints = 1")
        opened.db.execute("UPDATE statement SET \"order\" = 0 WHERE id = 'c1'")
        opened.db.execute(f"UPDATE inference SET \"order\" = {2**53 + 1} WHERE id = 'i1'")
        opened.db.execute("PRAGMA ignore_check_constraints = 0")
    with open_to_examine(desk.path) as opened:
        assert {c.check for c in store.examine(opened) if not c.is_warning} == {"integrity"}
    with store.open_store(desk.path) as opened:
        opened.db.execute("UPDATE statement SET \"order\" = 1 WHERE id = 'c1'")
    [complaint] = [c for c in desk.complaints() if c.check == "map"]
    assert "order: must be from 1 to 2^53" in complaint.message


def test_an_order_that_several_have_is_legal(path: Path) -> None:
    desk = Desk(path)
    desk.landed(DOCUMENT, CLAIM | {"order": 1}, SECOND | {"order": 1})
    assert desk.complaints() == []


def test_a_record_changes_an_order_clears_it_by_null_and_else_leaves_it(desk: Desk) -> None:
    states = [desk.export()]
    desk.landed(CLAIM | {"note": "As before."}, INFERENCE | {"note": "As before."})
    assert (order_of(desk, "c1"), order_of(desk, "i1")) == (2, 7)
    states.append(desk.export())
    desk.landed(CLAIM | {"order": 5}, {"type": "inference", "id": "i1", "order": 6})
    assert (order_of(desk, "c1"), order_of(desk, "i1")) == (5, 6)
    states.append(desk.export())
    desk.landed(CLAIM | {"order": None}, INFERENCE | {"order": None})
    assert (order_of(desk, "c1"), order_of(desk, "i1")) == (None, None)
    states.append(desk.export())
    desk.turn_through(states)
    assert desk.complaints() == []


def test_the_same_records_again_change_nothing(desk: Desk) -> None:
    account = desk.land(*MAP)
    assert (account.unchanged, account.operation) == (len(MAP), None)


def test_an_id_is_not_made_of_the_order(path: Path) -> None:
    desk = Desk(path)
    nameless = {key: value for key, value in CLAIM.items() if key != "id"}
    desk.landed(DOCUMENT, nameless)
    assert desk.land(nameless | {"order": 4}).updated == 1
    [only] = desk.exported("statement")
    assert only["order"] == 4


def test_a_shorthand_leaves_the_order_of_its_inference(path: Path) -> None:
    desk = Desk(path)
    desk.landed(DOCUMENT, CLAIM, EVIDENCE | {"supports": "c1"})
    [made] = desk.exported("inference")
    desk.landed({"type": "inference", "id": made["id"], "order": 2})
    desk.landed(EVIDENCE | {"supports": "c1", "note": "More."})
    assert order_of(desk, made["id"]) == 2


@pytest.mark.parametrize("name", ["jsonl", "markdown"])
def test_an_export_carries_the_order_to_the_same_bytes(desk: Desk, name: str) -> None:
    first = written(desk, name)
    with tempfile.TemporaryDirectory() as folder:
        other = Desk(Path(folder) / "other.db")
        assert land_text(other, name, first).rejected == []
        assert written(other, name) == first
        assert other.export() == desk.export()


def test_in_markdown_an_order_has_one_home_and_can_be_edited_by_hand(desk: Desk) -> None:
    before = written(desk, "markdown")
    assert before.count("- order: 7\n") == before.count("- order: 2\n") == 1
    after = before.replace("- order: 7\n", "- order: 70\n").replace("- order: 2\n", "- order: 9\n")
    account = land_text(desk, "markdown", after)
    assert (account.rejected, account.updated) == ([], 2)
    assert (order_of(desk, "c1"), order_of(desk, "i1")) == (9, 70)
    assert written(desk, "markdown") != before
    assert land_text(desk, "markdown", written(desk, "markdown")).operation is None


def test_in_markdown_the_reasons_for_a_claim_follow_the_order(desk: Desk) -> None:
    desk.landed(EVIDENCE | {"id": "e2", "text": "Buses are full."},
                INFERENCE | {"id": "i4", "premises": ["e2"], "order": 1})  # fmt: skip
    reasons = written(desk, "markdown").split("**For**")[1]
    assert reasons.index("**I4: E2**") < reasons.index("**I1: E1**")


@pytest.mark.parametrize("value", ["0", "first", "1.5", str(2**53 + 1), ""])
def test_in_markdown_what_is_no_order_is_refused_or_rejected(desk: Desk, value: str) -> None:
    before, export = written(desk, "markdown"), desk.export()
    for line in ("- order: 7\n", "- order: 2\n"):
        try:
            account = land_text(desk, "markdown", before.replace(line, f"- order: {value}\n"))
        except InputError:
            pass
        else:
            assert "order" in {r.path for r in account.rejected}
        assert desk.export() == export


def test_tables_leave_the_order_out_and_count_it(desk: Desk) -> None:
    for name in ("csv", "tsv"):
        assert "order" not in written(desk, name).splitlines()[0].replace("\t", ",").split(",")
        leaves_out = export_formats()[name].leaves_out
        assert leaves_out is not None
        with store.open_store(desk.path) as opened:
            assert "5 orders" in list(leaves_out(store.load_bundle(opened, ["toll"])))


def test_a_merge_carries_the_order_and_lists_where_it_differs(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    mine = Desk(folder / "argmap.db")
    assert mine.merge(desk).conflicts.total == 0
    assert mine.export() == desk.export()
    mine.landed(CLAIM | {"order": None}, INFERENCE | {"order": 1})
    kept = mine.merge(desk)
    assert {(c.id, c.keys) for c in kept.conflicts.first} == {("i1", ("order",))}
    assert order_of(mine, "c1") == order_of(desk, "c1"), "what only one side says is taken"
    assert order_of(mine, "i1") == 1
    assert mine.merge(desk, theirs=True).updated == 1
    assert mine.export() == desk.export()
    desk.landed(CLAIM | {"order": None})
    assert mine.merge(desk, theirs=True).updated == 0


def test_a_long_import_carries_the_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SPAN", 10)
    desk = Desk(path)
    many = [CLAIM | {"id": f"s{n}", "text": f"Claim {n}."} | ({"order": n} if n % 3 == 1 else {})
            for n in range(60)]  # fmt: skip
    links = [INFERENCE | {"id": f"l{n}", "premises": [f"s{n}"], "conclusion": "s0", "order": n}
             for n in range(1, 60, 7)]  # fmt: skip
    desk.landed(DOCUMENT, *many, *links)
    found = {r["id"]: r.get("order") for r in desk.exported() if r["type"] != "document"}
    assert found == {r["id"]: r.get("order") for r in (*many, *links)}
    assert desk.land(DOCUMENT, *many, *links).operation is None
    again = [{**record, "order": 100} for record in many]
    assert desk.land(*again).updated == 60
    assert {r["order"] for r in desk.exported("statement")} == {100}
    assert desk.complaints() == []

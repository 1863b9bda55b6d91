"""An import as a whole: its report, its outcome for each record, its operation."""

from __future__ import annotations

import pytest
from support.drivers.desk import (
    ASSUMPTION,
    ATTRIBUTION,
    BASICS,
    CLAIM,
    DOCUMENT,
    EVERYTHING,
    EVIDENCE,
    OTHER,
    RATING,
    SOURCE,
    Content,
    Desk,
    lines,
    without,
)

NOWHERE: Content = EVIDENCE | {"supports": "nobody"}


def counts(desk: Desk, *records: Content) -> tuple[int, int, int, int, int]:
    account = desk.land(*records)
    kept = (account.added, account.updated, account.unchanged, account.rejected_total)
    return (account.read, *kept)


def test_a_record_of_every_type_is_imported_and_counted_once(desk: Desk) -> None:
    assert counts(desk, *EVERYTHING) == (12, 12, 0, 0, 0)
    assert {record["type"] for record in desk.exported()} == {r["type"] for r in EVERYTHING}
    assert desk.complaints() == []


def test_the_order_of_records_in_a_file_does_not_matter(desk: Desk) -> None:
    backwards = Desk(desk.path.with_name("backwards.db"))
    desk.landed(*EVERYTHING)
    backwards.landed(*reversed(EVERYTHING))
    assert backwards.export() == desk.export()


def test_importing_a_file_again_changes_nothing_and_makes_no_operation(desk: Desk) -> None:
    first = desk.land(*EVERYTHING)
    before = desk.export()
    again = desk.land(*EVERYTHING)
    assert (again.unchanged, again.operation) == (len(EVERYTHING), None)
    assert [logged.seq for logged in desk.history()] == [first.operation]
    assert desk.export() == before


def test_an_import_is_one_operation_with_the_time_it_was_given(desk: Desk) -> None:
    account = desk.land(*EVERYTHING, at="2001-02-03T04:05:06Z")
    (logged,) = desk.history()
    assert (logged.seq, logged.at) == (account.operation, "2001-02-03T04:05:06Z")
    assert logged.state == "done"


def test_an_import_is_undone_and_redone_as_one(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    full = desk.export()
    desk.undo()
    assert desk.export() == b""
    desk.redo()
    assert desk.export() == full
    assert desk.complaints() == []


def test_undoing_an_update_restores_the_row_before(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    before = desk.export()
    desk.landed(CLAIM | {"text": "Otherwise.", "tags": ["x"]}, EVIDENCE | {"supports": "c1"},
                SOURCE | {"interest": "sales"}, RATING | {"answer": 4}, ASSUMPTION | {"id": "a2"})  # fmt: skip
    after = desk.export()
    desk.undo()
    assert desk.export() == before
    desk.redo()
    assert desk.export() == after
    desk.undo()
    desk.undo()
    assert desk.export() == b""


def test_removals_by_a_shorthand_are_undone_too(desk: Desk) -> None:
    desk.landed(*BASICS, EVIDENCE | {"id": "e2", "supports": "c1", "ratings": None})
    before = desk.export()
    desk.landed({"type": "statement", "id": "e2", "supports": None})
    assert desk.exported("inference") == []
    desk.undo()
    assert desk.export() == before


def test_one_changed_record_is_an_update_and_the_others_are_unchanged(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    changed = [r | {"title": "A bus"} if r == OTHER else r for r in EVERYTHING]
    assert counts(desk, *changed) == (12, 0, 1, 11, 0)


def test_a_changed_shorthand_makes_its_statement_an_update(desk: Desk) -> None:
    desk.landed(*BASICS)
    assert counts(desk, EVIDENCE | {"supports": "c1"}) == (1, 0, 1, 0, 0)
    assert counts(desk, EVIDENCE | {"supports": "c1"}) == (1, 0, 0, 1, 0)
    assert counts(desk, EVIDENCE | {"supports": None}) == (1, 0, 1, 0, 0)


def test_other_records_are_imported_when_one_is_rejected(desk: Desk) -> None:
    account = desk.land(*BASICS, ASSUMPTION | {"supports": "nobody"})
    assert (account.added, account.rejected_total) == (4, 1)
    assert desk.ids() == {"toll", "c1", "e1", "reports"}
    assert account.rejected_records == [4]


def test_rejected_records_are_sorted_by_line_with_one_entry_each(desk: Desk) -> None:
    content = lines([NOWHERE, DOCUMENT]) + b"\n\nnonsense\n" + lines([RATING | {"answer": 9}])
    account = desk.land_bytes(content)
    assert [(r.line, r.kind) for r in account.rejected] == [
        (1, "reference"), (5, "form"), (6, "value")
    ]  # fmt: skip


def test_further_faults_of_a_record_are_part_of_its_reason(desk: Desk) -> None:
    path, reason, _ = desk.fault(DOCUMENT, CLAIM | {"colour": "red", "note": 3, "stated": "no"})
    others = {"colour", "note", "stated"} - {path}
    assert len(others) == 2
    assert all(f"{other}: " in reason for other in others)


def test_reasons_count_every_rejected_record_by_kind_of_fault(desk: Desk) -> None:
    wrong = [EVIDENCE | {"id": f"e{n}", "colour": "red"} for n in range(1100)]
    account = desk.land(DOCUMENT, *wrong, NOWHERE)
    assert account.reasons == {"key": 1100, "reference": 1}
    assert account.rejected_total == 1101


def test_the_first_thousand_rejected_records_are_listed(desk: Desk) -> None:
    account = desk.land_bytes(b"nonsense\n" * 1001)
    assert [rejected.line for rejected in account.rejected] == list(range(1, 1001))
    assert (account.rejected_total, len(account.rejected_records)) == (1001, 1001)


def test_with_several_files_a_fault_names_its_file(desk: Desk) -> None:
    account = desk.land_bytes(b"nonsense\n" + lines([DOCUMENT]), b"\nnonsense\n")
    assert [(r.file, r.line) for r in account.rejected] == [
        ("file1.jsonl", 1), ("file2.jsonl", 2)
    ]  # fmt: skip
    assert account.added == 1


def test_several_files_are_one_import(desk: Desk) -> None:
    account = desk.land_bytes(lines([EVIDENCE, CLAIM]), lines([DOCUMENT]))
    assert (account.added, account.rejected_total) == (3, 0)
    assert len(desk.history()) == 1


def test_a_strict_import_writes_nothing_if_there_is_one_fault(desk: Desk) -> None:
    account = desk.land(*BASICS, NOWHERE | {"id": "e9"}, is_strict=True)
    assert (account.read, account.added, account.rejected_total) == (5, 0, 1)
    assert account.operation is None
    assert not desk.path.exists()


def test_a_strict_import_writes_everything_if_there_is_no_fault(desk: Desk) -> None:
    assert desk.land(*BASICS, is_strict=True).added == 4


def test_a_dry_run_checks_everything_and_makes_no_file(desk: Desk) -> None:
    account = desk.land(*BASICS, NOWHERE | {"id": "e9"}, is_dry=True)
    assert (account.read, account.rejected_total, account.operation) == (5, 1, None)
    assert list(desk.path.parent.iterdir()) == []


def test_a_dry_run_leaves_a_database_as_it_is(desk: Desk) -> None:
    desk.landed(*BASICS)
    before = desk.path.read_bytes()
    account = desk.land(CLAIM | {"text": "Otherwise."}, ATTRIBUTION, is_dry=True)
    assert account.rejected == []
    assert desk.path.read_bytes() == before


def test_no_file_is_made_if_every_record_is_rejected(desk: Desk) -> None:
    account = desk.land(NOWHERE)
    assert (account.rejected_total, account.operation) == (1, None)
    assert not desk.path.exists()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_import_of_nothing(desk: Desk, content: bytes) -> None:
    account = desk.land_bytes(content)
    assert (account.read, account.operation) == (0, None)


def test_the_doctor_finds_nothing_after_faults_and_updates(desk: Desk) -> None:
    desk.land(*EVERYTHING, NOWHERE)
    desk.land(NOWHERE, CLAIM | {"kind": "evidence"}, EVIDENCE | {"supports": ["c1", "c1"]})
    assert desk.complaints() == []


def test_a_records_own_assessor_comes_before_the_imports(desk: Desk) -> None:
    other = without(RATING, "id") | {"criterion": "fit", "assessor": "amy"}
    desk.landed(*BASICS, RATING, other, assessor="bob")
    found = {r["criterion"]: r["assessor"] for r in desk.exported("rating")}
    assert found == {"directness": "bob", "fit": "amy"}


def test_the_assessor_is_filled_in_before_the_id_is_made(desk: Desk) -> None:
    unnamed = without(RATING, "id")
    desk.landed(*BASICS, unnamed, assessor="amy")
    assert counts(desk, unnamed | {"assessor": "amy"}) == (1, 0, 0, 1, 0)
    desk.landed(unnamed, assessor="bob")
    assert {r["assessor"] for r in desk.exported("rating")} == {"amy", "bob"}


@pytest.mark.parametrize(
    "at", ["2024-03-02T10:15:00Z", "2024-03-02T10:15:00.123456+01:00", "2024-03-02T10:15-05:30"]
)
def test_a_time_is_kept_with_its_zone_and_fraction(desk: Desk, at: str) -> None:
    desk.landed(*BASICS, RATING | {"at": at})
    assert desk.record("r1")["at"] == at


def test_an_import_invents_no_time(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    assert [record for record in desk.exported() if "at" in record] == []


@pytest.mark.parametrize("at", ["2024-03-02T10:15:00", "2024-03-02", "yesterday", ""])
def test_a_time_without_its_zone_is_a_fault(desk: Desk, at: str) -> None:
    assert desk.fault(*BASICS, RATING | {"at": at})[0] == "at"


def test_the_history_names_the_first_files_of_an_import_and_counts_the_others(desk: Desk) -> None:
    desk.land_bytes(*[lines([DOCUMENT | {"id": f"d{n}"}]) for n in range(4)])
    desk.land_bytes(*[lines([DOCUMENT | {"id": f"e{n}"}]) for n in range(2000)])
    newest, oldest = desk.history()
    names = ", ".join(f"file{n}.jsonl" for n in range(1, 5))
    assert (oldest.label, newest.label) == (
        f"imported {names}", f"imported {names} and 1,996 more files",
    )  # fmt: skip

"""The report of an import in full: its lines, its JSON, and its limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from argmap.cli._import_report import FileCounts, ImportSummary, complete_counts
from argmap.errors import Fault
from store import ImportReport
from store.ingest.report import (
    MOST_REJECTED,
    ImportCounts,
    Rejection,
    Rejections,
    rejection_from_faults,
)


def rejection(number: int, kind: str = "missing", path: str = "text") -> Rejection:
    return Rejection(number, "a.jsonl", number + 1, path, f"reason {number}", kind)


REPORT = ImportReport(
    format="jsonl",
    read=1234,
    added=1200,
    updated=20,
    unchanged=10,
    rejected=[rejection(3), rejection(5, "type", "")],
    rejected_total=4,
    reasons={"missing": 3, "type": 1},
    operation=7,
    changed=[("a.jsonl", 9, "'fel' is 'fell'")],
    rejected_records=[3, 5, 6, 7],
    updated_records=[],
    unchanged_records=[],
)
CLEAN = evolve(REPORT, read=1230, rejected=[], rejected_total=0, reasons={}, changed=[])


def shown(
    capsys: pytest.CaptureFixture[str],
    report: ImportReport,
    *,
    is_dry: bool = False,
    **values: Any,  # noqa: ANN401  (fields of a summary)
) -> list[str]:
    """Return the lines of a report."""
    defaults: dict[str, Any] = {"tables": [], "is_of_several": False, "by_file": [], "skipped": 0}
    ImportSummary(report, **(defaults | values)).show(as_json=False, is_dry=is_dry)
    return capsys.readouterr().err.splitlines()


def test_the_totals_are_one_line_and_near_matches_and_rejected_records_follow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(capsys, REPORT) == [
        "1,234 records read: 1,200 added, 20 updated, 10 unchanged, 4 rejected; operation 7",
        "a.jsonl:9: accepted as a near match: 'fel' is 'fell'",
        "line 4: text: reason 3",
        "line 6: reason 5",
    ]


def test_what_is_nought_is_not_mentioned(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, evolve(CLEAN, read=1, operation=None)) == [
        "1 record read: 1,200 added, 20 updated, 10 unchanged"
    ]


def test_a_dry_run_says_how_many_records_would_be_imported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, *_ = shown(capsys, evolve(REPORT, operation=None), is_dry=True)
    assert first == "1,234 records read: 1,230 would be imported, 4 rejected"


def test_of_several_files_each_is_named_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    by_file = [FileCounts("a.jsonl", 1230, 1200, 20, 10), FileCounts("b.jsonl", 4, rejected=4)]
    told = shown(capsys, REPORT, is_of_several=True, by_file=by_file, skipped=1)
    assert told[2:] == [
        "a.jsonl:4: text: reason 3",
        "a.jsonl:6: reason 5",
        "a.jsonl: 1,230 records: 1,200 added, 20 updated, 10 unchanged",
        "b.jsonl: 4 records: 4 rejected",
        "1 file skipped: unknown format",
    ]


def test_an_import_that_was_stopped_says_what_is_kept_and_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(capsys, evolve(CLEAN, stopped="the disk is full"))[1:] == [
        "stopped: the disk is full; committed records are kept; import again to resume"
    ]
    undone = evolve(CLEAN, stopped="somebody undid it", operation=None)
    assert shown(capsys, undone) == ["stopped: somebody undid it; import again to start over"]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (20, "line 20: text: reason 19"),
        (21, "and 1 more rejected record"),
        (1500, "and 1,480 more rejected records"),
    ],
)
def test_twenty_rejected_records_and_near_matches_are_printed(
    capsys: pytest.CaptureFixture[str], count: int, last: str
) -> None:
    report = evolve(
        REPORT,
        rejected=[rejection(n) for n in range(min(count, MOST_REJECTED))],
        rejected_total=count,
        changed=[("a.jsonl", n, "near") for n in range(count)],
    )
    told = shown(capsys, report)
    assert told[-1] == last
    assert sum("accepted as a near match" in line for line in told) == 20
    assert sum(": text: reason" in line for line in told) == 20


def test_the_json_has_everything_and_names_files_where_there_are_several(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [FileCounts("a.jsonl", 1234, 1200, 20, 10, 4)]
    tables = [{"file": "t.csv", "format": "csv"}]
    ImportSummary(REPORT, tables, is_of_several=True, by_file=files, skipped=2).show(
        as_json=True, is_dry=False
    )
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "format": "jsonl", "read": 1234, "added": 1200, "updated": 20, "unchanged": 10,
        "rejected": [
            {"file": "a.jsonl", "line": 4, "path": "text", "reason": "reason 3"},
            {"file": "a.jsonl", "line": 6, "path": "", "reason": "reason 5"},
        ],
        "rejected_total": 4, "reasons": {"missing": 3, "type": 1},
        "changed": [{"file": "a.jsonl", "line": 9, "what": "'fel' is 'fell'"}],
        "operation": 7, "stopped": None,
        "tables": tables, "skipped": 2,
        "files": [{"file": "a.jsonl", "read": 1234, "added": 1200, "updated": 20,
                   "unchanged": 10, "rejected": 4}],
    }  # fmt: skip
    ImportSummary(
        evolve(REPORT, stopped="full"), [], is_of_several=False, by_file=[], skipped=2
    ).show(as_json=True, is_dry=False)
    alone = json.loads(capsys.readouterr().out)
    assert alone["rejected"][0] == {"line": 4, "path": "text", "reason": "reason 3"}
    assert alone["stopped"] == "full"
    assert not {"files", "tables", "skipped"} & alone.keys()


def test_outcomes_are_counted_for_the_file_of_each_record() -> None:
    report = evolve(
        CLEAN, read=7, rejected_records=[0, 3], updated_records=[2, 6], unchanged_records=[4]
    )

    def counts() -> list[FileCounts]:
        return [FileCounts("a", 3), FileCounts("none"), FileCounts("b", 4)]

    assert complete_counts(counts(), report) == [
        FileCounts("a", 3, added=1, updated=1, rejected=1),
        FileCounts("none"),
        FileCounts("b", 4, added=1, updated=1, unchanged=1, rejected=1),
    ]
    nothing = evolve(report, added=0, updated=0, unchanged=0)
    assert [each.added for each in complete_counts(counts(), nothing)] == [0, 0, 0]
    assert complete_counts(counts(), evolve(report, stopped="full")) == []
    assert complete_counts(counts(), evolve(report, read=8)) == []
    assert complete_counts([], evolve(report, read=0)) == []


@pytest.mark.parametrize("count", [999, 1000, 1001, 1999, 2000, 2001, 4500])
def test_every_rejected_record_is_counted_and_the_first_thousand_are_listed(count: int) -> None:
    rejections = Rejections()
    for number in reversed(range(count)):
        rejections.add(rejection(number, "even" if number % 2 == 0 else "odd"))
    assert len(rejections) == count
    assert rejections.reasons == {"even": (count + 1) // 2, "odd": count // 2}
    assert [r.record for r in rejections.first_listed()] == [*range(min(count, 1000))]


def test_a_record_with_several_faults_counts_once_under_the_kind_of_the_first() -> None:
    faults = [Fault("quote", "is not there", "words"), Fault("nature", "is no nature", "value")]
    found = rejection_from_faults(8, "t.csv", 10, {}, faults)
    assert (found.record, found.file, found.line) == (8, "t.csv", 10)
    assert (found.path, found.kind) == ("quote", "words")
    assert found.reason == "is not there; nature: is no nature"
    named = rejection_from_faults(8, "t.csv", 10, {"quote": "Zitat", "nature": "Art"}, faults)
    assert (named.path, named.reason) == ("Zitat", "is not there; Art: is no nature")


def test_records_that_changed_a_row_or_nothing_are_counted_and_noted() -> None:
    counts = ImportCounts(added=1)
    for number in (4, 2):
        counts.note_updated(number)
    counts.note_unchanged(7)
    assert (counts.updated, [*counts.updated_records]) == (2, [4, 2])
    assert (counts.unchanged, [*counts.unchanged_records]) == (1, [7])
    report = evolve(CLEAN, added=1, updated=2, unchanged=4)
    assert report.imported == 7

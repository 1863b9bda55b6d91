"""An import in many spans ends with the same database as one in a single span."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import (
    CLAIM,
    DOCUMENT,
    EVIDENCE,
    INFERENCE,
    OTHER,
    RATING,
    SOURCE,
    Content,
    Desk,
    without,
)
from support.drivers.import_lengths import committing_often, in_spans
from support.drivers.kills import record_lines
from support.examples import FEW
from support.strategies.records import record_files

from argmap.records.ids import inference_id
from store.ingest import transactions
from store.ingest.backlog import deferred_records
from store.ingest.check import existing_rows, validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.ingest.check.verdict import Verdict
    from store.ingest.inputs import NumberedRecord

EXAMPLES = 40

SPANS = st.integers(1, 6)
"""Span sizes so small that a small file has many spans."""


def test_a_plain_statement_without_an_id_needs_no_validation(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    unnamed = [
        {"type": "statement", "document": "toll", "kind": "evidence", "text": f"{n} cars."}
        for n in range(20)
    ]
    with in_spans(5), patch.object(validation, "build_record", side_effect=AssertionError):
        assert desk.landed(*unnamed).added == len(unnamed)
        assert desk.landed(*unnamed).unchanged == len(unnamed)


def test_an_id_stays_taken_when_a_contradicting_line_is_rejected(desk: Desk) -> None:
    claim = CLAIM | {"label": "Toll"}
    records = (DOCUMENT, OTHER, claim, claim | {"note": "n"}, without(claim, "text"))
    for _ in range(2):
        with in_spans(2):
            account = desk.land(*records)
        assert [(r.line, r.kind) for r in account.rejected] == [(4, "id"), (5, "id")]


def test_a_repeated_line_among_accepted_ones_is_not_taken_for_the_first(
    desk: Desk,
) -> None:
    inner = CLAIM | {"id": "toll1", "supports": "toll0"}
    outer = [CLAIM | {"id": f"toll{n}"} for n in range(3)]
    desk.landed(DOCUMENT, outer[0], inner, outer[2])
    with in_spans(3):
        account = desk.land(DOCUMENT, SOURCE, inner, *outer)
    assert [(r.line, r.kind) for r in account.rejected] == [(5, "id")]


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 11), max_size=2)))
def test_items_that_depend_on_a_late_one_are_late_in_turn(references: dict[int, list[int]]) -> None:
    own, expected = set(references), set(references)
    while lost := {n for n in expected if not expected.issuperset(references[n])}:
        expected -= lost

    def is_late(number: int) -> bool:
        is_lost = not own.issuperset(references[number])
        own.difference_update({number} if is_lost else ())
        return is_lost

    left, late = deferred_records.separate_late(references, is_late)
    assert left == [number for number in references if number in expected]
    assert sorted(late) == sorted(set(references) - expected)


@contextmanager
def validated_together() -> Iterator[list[int]]:
    """Yield a list that gets the number of records of each validation."""
    sizes: list[int] = []

    def validate(self: validation.Validator, records: list[NumberedRecord]) -> Verdict:
        sizes.append(len(records))
        return usual(self, records)

    usual = validation.Validator.validate
    with patch.object(validation.Validator, "validate", validate):
        yield sizes


def claims_of(document: str, number: int) -> list[Content]:
    return [CLAIM | {"id": f"{document}{n}", "document": document} for n in range(number)]


def test_statements_whose_document_comes_last_are_imported_in_spans(desk: Desk) -> None:
    with in_spans(5), validated_together() as sizes:
        assert desk.landed(*claims_of("toll", 40), DOCUMENT).added == 41
    assert max(sizes) <= 5


def test_records_that_have_to_wait_are_looked_up_together(desk: Desk) -> None:
    counts = []
    for document, number in (("toll", 5), ("bus", 50)):
        with (
            in_spans(number),
            patch.object(
                existing_rows, "select_by_ids", side_effect=existing_rows.select_by_ids
            ) as asking,
        ):
            desk.landed(*claims_of(document, number), DOCUMENT if document == "toll" else OTHER)
        counts.append(asking.call_count)
    assert counts[0] == counts[1]


def test_many_records_with_missing_references_are_rejected_in_spans(desk: Desk) -> None:
    named, leaning = CLAIM | {"id": "named"}, RATING | {"statement": "named"}
    with in_spans(5), validated_together() as sizes:
        account = desk.land(*claims_of("toll", 40), named, leaning)
    assert account.rejected_total == 42
    assert account.rejected[0].reason == "there is no document 'toll'"
    assert account.rejected[-1].reason == "'named' in line 41 was rejected"
    assert max(sizes) <= 5


def test_a_chain_that_ends_nowhere_is_rejected_in_a_few_passes(desk: Desk) -> None:
    chain = [CLAIM | {"id": f"k{n}", "supports": f"k{n + 1}"} for n in range(60)]
    read, passes = deferred_records.DeferredRecords.read, 0

    def counted(self: deferred_records.DeferredRecords) -> Iterator[NumberedRecord]:
        nonlocal passes
        passes += 1
        return read(self)

    with in_spans(5), patch.object(deferred_records.DeferredRecords, "read", counted):
        account = desk.land(DOCUMENT, *chain)
    assert account.rejected_total == 60
    assert account.rejected[0].reason == "'k1' in line 3 was rejected"
    assert account.rejected[-1].reason == "there is no statement or inference 'k60'"
    assert passes < 10


class StoppedError(BaseException):
    """A stand-in for ctrl+c at a moment chosen by the test."""


@contextmanager
def committing_piece_by_piece(pieces: int | None = None) -> Iterator[None]:
    """Commit wherever that is possible; interrupt after *pieces* commits."""
    usual_commit, commits = transactions.ImportTransactions.commit, 0

    def interrupted(self: transactions.ImportTransactions) -> bool:
        nonlocal commits
        is_committed = usual_commit(self)
        commits += is_committed
        if commits == pieces:
            raise StoppedError
        return is_committed

    with committing_often(), patch.object(transactions.ImportTransactions, "commit", interrupted):
        yield


@FEW
@given(SPANS, st.integers(1, 12), record_files())
def test_a_sound_import_that_was_interrupted_gives_the_same_labels(
    span: int, pieces: int, records: list[Content]
) -> None:
    with tempfile.TemporaryDirectory() as folder, in_spans(span):
        straight, broken = (Desk(Path(folder) / f"{name}.db") for name in ("straight", "broken"))
        straight.land(*records)
        with suppress(StoppedError), committing_piece_by_piece(pieces):
            broken.land(*records)
        broken.land(*records)
        assert broken.export() == straight.export()


@pytest.mark.parametrize("pieces", [1, 2, 5, 17, 30])
def test_labels_are_the_same_wherever_the_import_was_interrupted(
    tmp_path: Path, pieces: int
) -> None:
    content = "".join(line for n in range(2) for line in record_lines(n, 60)).encode()
    straight, broken = Desk(tmp_path / "straight.db"), Desk(tmp_path / "broken.db")
    with in_spans(20):
        straight.land_bytes(content)
        with suppress(StoppedError), committing_piece_by_piece(pieces):
            broken.land_bytes(content)
        assert broken.export() != straight.export()
        broken.land_bytes(content)
    assert broken.export() == straight.export()


@FEW
@given(SPANS, st.integers(1, 12), record_files(), record_files())
def test_the_committed_part_of_an_interrupted_import_is_undone_and_redone(
    span: int, pieces: int, before: list[Content], records: list[Content]
) -> None:
    with tempfile.TemporaryDirectory() as folder, in_spans(span):
        desk = Desk(Path(folder) / "argmap.db")
        desk.land(*before)
        first = desk.export()
        with suppress(StoppedError), committing_piece_by_piece(pieces):
            desk.land(*records)
        second = desk.export()
        if second == first:
            return
        desk.undo()
        assert desk.export() == first
        desk.redo()
        assert desk.export() == second
        assert desk.complaints() == []


def test_undo_does_not_restore_rows_that_the_import_added_and_removed(
    desk: Desk,
) -> None:
    desk.landed(DOCUMENT, CLAIM, EVIDENCE | {"supports": "c1"}, EVIDENCE | {"id": "e2"})
    before = desk.export()
    undercut = INFERENCE | {
        "id": "u", "premises": ["e2"], "stance": "opposes",
        "conclusion": inference_id(["e1"], "c1", "supports"),
    }  # fmt: skip
    with in_spans(1):
        desk.landed(undercut, EVIDENCE | {"supports": None, "note": "It is no reason."})
    after = desk.export()
    assert "u" not in desk.ids()
    desk.turn_through([before, after])
    assert desk.complaints() == []

"""A merge adds the entities of another database, lists conflicts and loses nothing."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import (
    ATTRIBUTION,
    BASICS,
    CLAIM,
    DOCUMENT,
    EVERYTHING,
    EVIDENCE,
    INFERENCE,
    OTHER,
    RATING,
    RUBRIC,
    SOURCE,
    Content,
    Desk,
    lines,
)
from support.examples import FEW
from support.strategies.records import record_files, renamed, spoilt_files

from argmap.errors import ConflictError
from store.ingest import run, transactions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


MOVED = [CLAIM | {"main": True, "label": "C2"}, CLAIM | {"id": "c2", "main": True},
         EVIDENCE | {"label": "C1"}, RATING | {"id": "r2", "assessor": "tess", "answer": 3},
         INFERENCE | {"id": "i2", "stance": "opposes", "label": "I1"},
         SOURCE | {"id": "un", "derives_from": ["reports"]}]  # fmt: skip
"""Records that contradict others, or replace them."""

GROWING = {"tags", "derives_from", "same_origin", "quote", "start", "end"}
"""Keys whose longer list is taken if it contains the other one."""

versions = st.one_of(
    st.tuples(
        st.sampled_from([lines([DOCUMENT]), lines(BASICS), lines(EVERYTHING)]),
        spoilt_files([*EVERYTHING, *MOVED]),
        spoilt_files(MOVED),
    ),
    record_files().map(lambda records: (lines(records),)),
)
"""The files of a database; two of these share many records and differ in some."""


def desks(count: int) -> Iterator[list[Desk]]:
    """Yield once, inside a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield [Desk(Path(folder) / f"{n}.db") for n in range(count)]


def land_all(desk: Desk, files: Iterable[bytes]) -> None:
    for file in files:
        with suppress(ConflictError):  # an import that is refused whole is another test's matter
            desk.land_bytes(file)


def lost_keys(before: Iterable[Content], after: Iterable[Content]) -> list[tuple[str, str]]:
    """Return the ids and keys of *before* whose values are not all in *after*."""
    there = {(record["id"], record.get("version")): record for record in after}

    def is_kept(record: Content, key: str) -> bool:
        value = record[key]
        now = there.get((record["id"], record.get("version")), {}).get(key)
        is_blank = isinstance(value, str) and not value.strip()
        return now == value or is_blank or (key in GROWING and {*parts(value)} <= {*parts(now)})

    return [(each["id"], key) for each in before for key in each if not is_kept(each, key)]


def parts(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def rating_from_shorthand(records: list[Content]) -> list[Content]:
    """Return *records* without ratings under argmap's own rubric, which has no other name."""
    return [r for r in records if r["type"] != "rating" or "rubric" in r]


def digest(desk: Desk) -> str:
    return hashlib.sha256(desk.path.read_bytes()).hexdigest()


@pytest.fixture
def theirs(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "theirs.db")


@FEW
@given(record_files())
def test_merged_into_an_empty_database_it_exports_to_the_same_bytes(records: list[Content]) -> None:
    for mine, other in desks(2):
        other.landed(*records)
        merged = mine.merge(other)
        assert mine.export() == other.export()
        assert (merged.conflicts.total, merged.kept_out.total) == (0, 0)
        assert merged.read == merged.added == len(mine.exported())
        assert mine.complaints() == []


@FEW
@given(record_files())
def test_what_is_the_same_merges_into_nothing(records: list[Content]) -> None:
    for mine, other in desks(2):
        mine.landed(*records)
        other.landed(*records)
        merged = mine.merge(other)
        assert (merged.unchanged, merged.operation) == (merged.read, None)
        assert len(mine.history()) == 1


@FEW
@given(versions, versions)
def test_all_that_was_here_stays_and_a_second_merge_changes_nothing(
    records: list[bytes], others: list[bytes]
) -> None:
    for mine, other in desks(2):
        land_all(mine, records)
        land_all(other, others)
        before, seal = mine.exported(), digest(other)
        merged = mine.merge(other)
        after = mine.export()
        assert lost_keys(before, mine.exported()) == []
        again = mine.merge(other)
        assert (again.operation, again.added, again.updated) == (None, 0, 0)
        assert again.conflicts.total == merged.conflicts.total
        assert again.kept_out == merged.kept_out
        assert again.read == again.unchanged + again.conflicts.total + again.kept_out.total
        assert mine.export() == after
        assert mine.complaints() == []
        assert digest(other) == seal


@FEW
@given(versions, versions)
def test_their_side_is_taken_as_far_as_it_can_be_and_all_is_undone_to_the_same_bytes(
    records: list[bytes], others: list[bytes]
) -> None:
    for mine, other in desks(2):
        land_all(mine, records)
        land_all(other, others)
        before = mine.export()
        merged = mine.merge(other, theirs=True)
        after = mine.export()
        again = mine.merge(other, theirs=True)
        assert (again.operation, again.conflicts.total) == (None, merged.conflicts.total)
        left = {c.id for c in merged.conflicts.first} | {k.id for k in merged.kept_out.first}
        there = {r["id"]: r for r in mine.exported() if r["type"] != "rubric"}
        for record in other.exported():
            is_answered = record["type"] == "rating" and record["id"] not in there
            if record["id"] not in left and record["type"] != "rubric" and not is_answered:
                same = record | {"label": there[record["id"]].get("label")}
                assert lost_keys([same], there.values()) == []
        assert mine.complaints() == []
        if merged.operation is not None:
            mine.undo()
            assert mine.export() == before
            mine.redo()
            assert mine.export() == after


@FEW
@given(record_files(), record_files(), record_files())
def test_databases_that_share_nothing_come_in_any_order(
    records: list[Content], first: list[Content], second: list[Content]
) -> None:
    for here, there, one, other in desks(4):
        here.landed(*records)
        there.landed(*records)
        one.landed(*renamed(rating_from_shorthand(first), "a"))
        other.landed(*renamed(rating_from_shorthand(second), "b"))
        for desk, order in ((here, (one, other)), (there, (other, one))):
            for each in order:
                assert desk.merge(each).conflicts.total == 0
        assert here.export() == there.export()


@FEW
@given(versions, versions)
def test_a_dry_run_writes_nothing_and_counts_what_a_merge_would_do(
    records: list[bytes], others: list[bytes]
) -> None:
    for mine, other in desks(2):
        land_all(mine, records)
        land_all(other, others)
        before = mine.export()
        for theirs in (False, True):
            dry = mine.merge(other, theirs=theirs, is_dry=True)
            assert (mine.export(), dry.operation) == (before, None)
            wet = mine.merge(other, theirs=theirs)
            assert (dry.added, dry.updated) == (wet.added, wet.updated)
            assert (dry.conflicts, dry.taken) == (wet.conflicts, wet.taken)
            if wet.operation is not None:
                mine.undo()


def test_what_is_only_there_is_one_operation_that_is_named_and_taken_back(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(*BASICS)
    before = desk.export()
    theirs.landed(*EVERYTHING)
    merged = desk.merge(theirs)
    assert (merged.added, merged.unchanged) == (len(EVERYTHING) - len(BASICS), len(BASICS))
    assert desk.export() == theirs.export()
    newest = desk.history()[0]
    assert (newest.seq, newest.label) == (merged.operation, f"merged {theirs.path}")
    desk.undo()
    assert desk.export() == before


def test_other_content_under_one_id_stays_and_is_listed_with_both_sides(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(*BASICS)
    theirs.landed(DOCUMENT, SOURCE, CLAIM | {"text": "It pays."})
    merged = desk.merge(theirs)
    [conflict] = merged.conflicts.first
    assert (conflict.id, conflict.type, conflict.label) == ("c1", "statement", "C1")
    assert (conflict.keys, conflict.reason) == (("text",), None)
    assert conflict.mine == {"text": "The toll pays for itself."}
    assert conflict.theirs == {"text": "It pays."}
    assert merged.operation is None
    assert desk.record("c1")["text"] == CLAIM["text"]


def test_long_values_are_cut_to_where_they_differ(desk: Desk, theirs: Desk) -> None:
    desk.landed(SOURCE | {"description": "x" * 500 + "mine" + "y" * 500})
    theirs.landed(SOURCE | {"description": "x" * 500 + "theirs" + "y" * 500})
    [conflict] = desk.merge(theirs).conflicts.first
    for side, word in ((conflict.mine, "xmine"), (conflict.theirs, "xtheirs")):
        assert word in side["description"]
        assert len(side["description"]) < 100


def test_a_document_with_another_text_never_changes_and_keeps_out_its_statements(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(DOCUMENT, CLAIM)
    theirs.landed(DOCUMENT | {"text": "Another text."}, CLAIM, EVIDENCE, INFERENCE, SOURCE,
                  ATTRIBUTION)  # fmt: skip
    before = desk.record("toll")
    for prefers in (False, True):
        merged = desk.merge(theirs, theirs=prefers)
        assert [(c.id, c.keys) for c in merged.conflicts.first] == [("toll", ("text",))]
        reasons = {k.id: k.reason for k in merged.kept_out.first}
        assert reasons.keys() == {"e1", "i1", "at1"}
        assert "another text" in reasons["e1"]
        assert "line" not in reasons["at1"]
    assert desk.record("toll") == before
    assert "reports" in desk.ids()


def test_one_id_of_two_types_is_a_conflict_that_nobody_can_settle(desk: Desk, theirs: Desk) -> None:
    desk.landed(SOURCE | {"id": "c1"})
    undercut = INFERENCE | {"id": "i2", "conclusion": "i1", "stance": "opposes"}
    theirs.landed(DOCUMENT, CLAIM, EVIDENCE, INFERENCE, undercut)
    merged = desk.merge(theirs, theirs=True)
    [conflict] = merged.conflicts.first
    assert (conflict.keys, conflict.mine, conflict.theirs) == (
        ("type",), {"type": "source"}, {"type": "statement"},
    )  # fmt: skip
    reasons = {k.id: k.reason for k in merged.kept_out.first}
    assert "c1" in reasons["i1"]
    assert reasons["i2"] == "conclusion: 'i1' could not be merged"
    assert desk.merge(theirs).operation is None


def test_a_label_that_is_taken_becomes_the_next_free_one(desk: Desk, theirs: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM, CLAIM | {"id": "c2", "text": "Second."})
    theirs.landed(DOCUMENT, CLAIM | {"id": "x1", "label": "C1"},
                  CLAIM | {"id": "x3", "label": "C3"})  # fmt: skip
    merged = desk.merge(theirs)
    assert merged.conflicts.total == 0
    assert [(r.id, r.theirs, r.mine) for r in merged.relabelled.first] == [("x1", "C1", "C4")]
    assert [desk.record(id_)["label"] for id_ in ("c1", "c2", "x1", "x3")] == [
        "C1", "C2", "C4", "C3",
    ]  # fmt: skip
    again = desk.merge(theirs, theirs=True)
    assert (again.operation, again.relabelled.total, again.conflicts.total) == (None, 1, 0)


def test_a_second_main_claim_comes_as_an_ordinary_one(desk: Desk, theirs: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"main": True})
    theirs.landed(DOCUMENT, CLAIM | {"id": "x1", "main": True, "label": "C9"})
    for _ in range(2):
        merged = desk.merge(theirs)
        assert [(c.id, c.keys) for c in merged.conflicts.first] == [("x1", ("main",))]
    assert "main" not in desk.record("x1")
    assert desk.record("c1")["main"] is True
    assert desk.merge(theirs, theirs=True).conflicts.total == 0
    assert desk.record("x1")["main"] is True
    assert "main" not in desk.record("c1")


def test_the_main_claim_that_they_moved_moves_with_their_side(desk: Desk, theirs: Desk) -> None:
    second = CLAIM | {"id": "c2", "text": "Second."}
    desk.landed(DOCUMENT, CLAIM | {"main": True}, second)
    theirs.landed(DOCUMENT, CLAIM, second | {"main": True})
    [conflict] = desk.merge(theirs).conflicts.first
    assert (conflict.id, conflict.keys) == ("c2", ("main",))
    assert desk.merge(theirs, theirs=True).conflicts.total == 0
    assert desk.export() == theirs.export()


def test_two_answers_of_one_assessor_to_one_question_are_a_conflict(
    desk: Desk, theirs: Desk
) -> None:
    rated = RATING | {"assessor": "amy"}
    desk.landed(DOCUMENT, CLAIM, rated)
    theirs.landed(DOCUMENT, CLAIM, rated | {"id": "r9"})
    assert desk.merge(theirs).unchanged == 3
    theirs.landed(rated | {"id": "r9", "answer": 4})
    [conflict] = desk.merge(theirs).conflicts.first
    assert (conflict.id, conflict.keys) == ("r9", ("answer",))
    assert (conflict.mine, conflict.theirs) == ({"answer": 1}, {"answer": 4})
    assert desk.merge(theirs, theirs=True).conflicts.total == 0
    assert desk.record("r1")["answer"] == 4


def test_a_rubric_of_one_version_with_other_content_keeps_out_its_ratings(
    desk: Desk, theirs: Desk
) -> None:
    rated = RATING | {"rubric": "plain", "criterion": "good"}
    desk.landed(RUBRIC)
    theirs.landed(RUBRIC | {"title": "Otherwise"}, DOCUMENT, CLAIM, rated)
    for prefers in (False, True):
        merged = desk.merge(theirs, theirs=prefers)
        [conflict] = merged.conflicts.first
        assert (conflict.id, conflict.type, conflict.keys) == ("plain 1", "rubric", ("title",))
        [out] = merged.kept_out.first
        assert (out.id, "plain 1" in out.reason) == ("r1", True)
    assert desk.exported("rubric") == [desk.record("plain")]


def test_support_there_and_opposition_here_is_kept_out_with_the_reason(
    desk: Desk, theirs: Desk
) -> None:
    desk.landed(*BASICS, INFERENCE)
    theirs.landed(*BASICS, INFERENCE | {"id": "i9", "stance": "opposes"})
    [out] = desk.merge(theirs).kept_out.first
    assert (out.id, "support" in out.reason) == ("i9", True)


def test_one_name_or_one_text_under_two_ids_is_reported_and_not_merged(
    desk: Desk, theirs: Desk
) -> None:
    team = SOURCE | {"id": "un", "name": "UN Team", "kind": "organisation"}
    desk.landed(DOCUMENT, OTHER, team, SOURCE)
    pair = [team | {"id": id_, "name": "Two of theirs"} for id_ in ("one", "two")]
    twin = team | {"id": "twin", "name": "the U.N. team"}
    theirs.landed(DOCUMENT | {"id": "copy"}, twin, SOURCE, *pair)
    merged = desk.merge(theirs)
    assert [{s.id for s in group} for group in merged.same_names] == [{"un", "twin"}]
    assert merged.same_texts == [("copy", "toll")]
    assert {"un", "twin", "copy", "toll"} <= desk.ids()
    assert desk.merge(theirs).same_names == []


def test_a_thousand_conflicts_are_listed_and_the_rest_counted(desk: Desk, theirs: Desk) -> None:
    names = [SOURCE | {"id": f"s{n}"} for n in range(1001)]
    desk.landed(*names)
    theirs.landed(*(name | {"name": "Others"} for name in names))
    merged = desk.merge(theirs)
    assert (len(merged.conflicts.first), merged.conflicts.total) == (1000, 1001)


def test_a_long_merge_is_one_transaction_and_one_operation(
    desk: Desk, theirs: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs.landed(*EVERYTHING)
    commits: list[bool] = []
    usual_commit = transactions.ImportTransactions.commit

    def counted(self: transactions.ImportTransactions) -> bool:
        commits.append(True)
        return usual_commit(self)

    monkeypatch.setattr(run, "SPAN", 1)
    monkeypatch.setattr(transactions, "LONGEST_ALONE", -1.0)
    monkeypatch.setattr(transactions.ImportTransactions, "commit", counted)
    assert desk.merge(theirs).operation == 1
    assert len(commits) == 1
    assert desk.export() == theirs.export()

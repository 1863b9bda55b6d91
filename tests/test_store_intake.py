"""A long import, which lands span by span, comes to what one that is judged whole comes to."""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kills import record_lines
from record_landing import (
    CLAIM,
    DOCUMENT,
    EVERYTHING,
    OTHER,
    RATING,
    SOURCE,
    Content,
    Desk,
    lines,
    without,
)
from record_strategies import record_files, spoilt_files

from argmap.records.identity import statement_id
from store import chunks, held, ingest, judging, plain_landing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import store

EXAMPLES = 40

SOME = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
SPANS = st.integers(1, 6)
"""Records that are looked at together, so few that a small file has many spans."""


def in_spans(size: int) -> Any:  # noqa: ANN401  (a patch)
    """Make every import of more than *size* records a long one."""
    return patch.object(ingest, "SPAN", size)


def told(account: store.Account) -> dict[str, Any]:
    """Return what *account* says, but for the words of its reasons, which name lines."""
    rejected = [(r.record, r.file, r.line, r.kind) for r in account.rejected]
    return {
        "read": account.read, "rejected": rejected, "reasons": account.reasons,
        "added": account.added, "updated": account.updated, "unchanged": account.unchanged,
        "numbers": list(account.rejected_records), "changed": sorted(account.changed),
        "is done": account.operation is not None,
    }  # fmt: skip


def unlabelled(desk: Desk) -> list[Content]:
    """Return the export without labels, which are given in the order of landing."""
    found = [{k: v for k, v in record.items() if k != "label"} for record in desk.exported()]
    return sorted(found, key=json.dumps)


def same_both_ways(span: int, before: bytes, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, long = (Desk(Path(folder) / f"{name}.db") for name in ("whole", "long"))
        for desk in (whole, long):
            desk.land_bytes(before)
        expected = whole.land_bytes(content)
        with in_spans(span):
            account = long.land_bytes(content)
        assert told(account) == told(expected)
        assert unlabelled(long) == unlabelled(whole)
        assert long.complaints() == []
        with in_spans(span):
            again = told(long.land_bytes(content))
        assert again == told(whole.land_bytes(content))


@SOME
@given(SPANS, record_files())
def test_a_sound_file_lands_the_same_in_spans(span: int, records: list[Content]) -> None:
    same_both_ways(span, b"", lines(records))


@SOME
@given(SPANS, st.data())
def test_a_spoilt_file_lands_the_same_in_spans(span: int, data: st.DataObject) -> None:
    content = data.draw(spoilt_files(data.draw(record_files())))
    same_both_ways(span, b"", content)


@SOME
@given(SPANS, record_files(), record_files())
def test_what_is_there_already_is_changed_the_same_in_spans(
    span: int, before: list[Content], records: list[Content]
) -> None:
    kinds = {r["id"]: r["kind"] for r in before if r["type"] == "statement"}
    kept = [
        r for r in records if r["type"] != "statement" or r["kind"] == kinds.get(r["id"], r["kind"])
    ]
    same_both_ways(span, lines(before), lines(kept))


@SOME
@given(SPANS, spoilt_files([*EVERYTHING]), st.data())
def test_spoilt_changes_land_the_same_in_spans(
    span: int, content: bytes, data: st.DataObject
) -> None:
    before = data.draw(st.sampled_from([[DOCUMENT], [*EVERYTHING], []]))
    same_both_ways(span, lines(before), content)


UNNAMED = st.fixed_dictionaries(
    {"type": st.just("statement"), "document": st.sampled_from(["toll", "toll", "bus"]),
     "kind": st.sampled_from(["claim", "evidence"])},
    optional={
        "text": st.sampled_from(["It pays.", "It is late."]),
        "quote": st.sampled_from(["The toll", "Traffic fell", "nowhere"]),
        "note": st.just("once"),
        "supports": st.just("first"),
        "id": st.builds(
            statement_id, st.just("toll"), st.just("evidence"),
            st.sampled_from(["It pays.", "The toll"]), st.sampled_from([[], [(0, 8)]]),
        ),
    },
)  # fmt: skip
"""Statements without ids, or with such as argmap makes; a few of them are often the same."""


@SOME
@given(SPANS, st.lists(UNNAMED, max_size=12), st.integers(0, 12), st.sampled_from([[], [DOCUMENT]]))
def test_statements_without_ids_land_the_same_in_spans(
    span: int, statements: list[Content], place: int, before: list[Content]
) -> None:
    first = {"type": "statement", "id": "first", "document": "toll", "kind": "claim", "text": "So."}
    records = [*statements[:place], DOCUMENT, first, *statements[place:]]
    same_both_ways(span, lines(before), lines(records))


def test_a_statement_without_an_id_needs_no_closer_look(desk: Desk) -> None:
    desk.landed(DOCUMENT)
    unnamed = [
        {"type": "statement", "document": "toll", "kind": "evidence", "text": f"{n} cars."}
        for n in range(20)
    ]
    with in_spans(5), patch.object(judging, "build", side_effect=AssertionError):
        assert desk.landed(*unnamed).added == len(unnamed)
        assert desk.landed(*unnamed).unchanged == len(unnamed)
        named = [r for r in desk.exported("statement") if r["id"].startswith("~")]
        assert desk.landed(*named).unchanged == len(unnamed)


def test_an_id_stays_taken_when_a_line_that_says_otherwise_is_rejected(desk: Desk) -> None:
    claim = CLAIM | {"label": "Toll"}
    records = (DOCUMENT, OTHER, claim, claim | {"note": "n"}, without(claim, "text"))
    for _ in range(2):
        with in_spans(2):
            account = desk.land(*records)
        assert [(r.line, r.kind) for r in account.rejected] == [(4, "id"), (5, "id")]


def test_a_line_that_is_said_again_within_more_that_stand_is_not_taken_for_the_first(
    desk: Desk,
) -> None:
    inner = CLAIM | {"id": "toll1", "supports": "toll0"}
    outer = [CLAIM | {"id": f"toll{n}"} for n in range(3)]
    desk.landed(DOCUMENT, outer[0], inner, outer[2])
    with in_spans(3):
        account = desk.land(DOCUMENT, SOURCE, inner, *outer)
    assert [(r.line, r.kind) for r in account.rejected] == [(5, "id")]


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 11), max_size=2)))
def test_what_leans_on_something_late_is_late_in_turn(leans_on: dict[int, list[int]]) -> None:
    own, expected = set(leans_on), set(leans_on)
    while lost := {n for n in expected if not expected.issuperset(leans_on[n])}:
        expected -= lost

    def is_late(number: int) -> bool:
        is_lost = not own.issuperset(leans_on[number])
        own.difference_update({number} if is_lost else ())
        return is_lost

    left, late = held.settled(leans_on, is_late)
    assert left == [number for number in leans_on if number in expected]
    assert sorted(late) == sorted(set(leans_on) - expected)


@contextmanager
def judged_at_once() -> Iterator[list[int]]:
    """Give how many records each look at what they say of each other takes in."""
    sizes: list[int] = []

    def judge(self: judging.Judge, read: Any) -> judging.Verdict:  # noqa: ANN401  (as it is called)
        verdict = usual(self, read)
        sizes.append(verdict.read)
        return verdict

    usual = judging.Judge.judge
    with patch.object(judging.Judge, "judge", judge):
        yield sizes


def claims_of(document: str, number: int) -> list[Content]:
    return [CLAIM | {"id": f"{document}{n}", "document": document} for n in range(number)]


def test_statements_whose_document_comes_last_land_bit_by_bit(desk: Desk) -> None:
    with in_spans(5), judged_at_once() as sizes:
        assert desk.landed(*claims_of("toll", 40), DOCUMENT).added == 41
    assert max(sizes) <= 5


def test_many_that_lean_on_nothing_are_rejected_bit_by_bit(desk: Desk) -> None:
    named, leaning = CLAIM | {"id": "named"}, RATING | {"statement": "named"}
    with in_spans(5), judged_at_once() as sizes:
        account = desk.land(*claims_of("toll", 40), named, leaning)
    assert account.rejected_total == 42
    assert account.rejected[0].reason == "there is no document 'toll'"
    assert account.rejected[-1].reason == "'named' in line 41 was rejected"
    assert max(sizes) <= 5


class StoppedError(BaseException):
    """Stands for ctrl+c at a moment of the test's choosing."""


@contextmanager
def landing_bit_by_bit(pieces: int | None = None) -> Iterator[None]:
    """End the transaction wherever that is possible; interrupt after so many of them."""
    rest, landed = chunks.Chunks.rest, 0

    def interrupted(self: chunks.Chunks) -> bool:
        nonlocal landed
        ended = rest(self)
        landed += ended
        if landed == pieces:
            raise StoppedError
        return ended

    with (
        patch.object(chunks, "LONGEST", -1.0),
        patch.object(chunks, "LONGEST_ALONE", -1.0),
        patch.object(chunks, "GAP", 0.0),
        patch.object(plain_landing, "SLICE", 1),
        patch.object(chunks.Chunks, "rest", interrupted),
    ):
        yield


@SOME
@given(SPANS, st.integers(1, 12), record_files(), st.data())
def test_an_interrupted_import_that_is_run_again_comes_to_what_an_uninterrupted_one_comes_to(
    span: int, pieces: int, records: list[Content], data: st.DataObject
) -> None:
    before = data.draw(st.one_of(st.just(b""), record_files().map(lines)))
    sound = lines(records)
    content = data.draw(st.one_of(st.just(sound), spoilt_files(records)))
    with tempfile.TemporaryDirectory() as folder, in_spans(span):
        straight, broken = (Desk(Path(folder) / f"{name}.db") for name in ("straight", "broken"))
        for desk in (straight, broken):
            desk.land_bytes(before)
        expected = told(straight.land_bytes(content))
        with suppress(StoppedError), landing_bit_by_bit(pieces):
            broken.land_bytes(content)
        assert broken.complaints() == []
        account = told(broken.land_bytes(content))
        for key in ("read", "rejected", "reasons", "numbers"):
            assert account[key] == expected[key]
        assert unlabelled(broken) == unlabelled(straight)
        if content == sound and not before:  # what was faulty at first gets its label last
            assert broken.export() == straight.export()
        assert broken.complaints() == []
        assert [o.state for o in broken.history()] == [o.state for o in straight.history()]


@pytest.mark.parametrize("pieces", [1, 2, 5, 17, 30])
def test_labels_are_the_same_wherever_the_import_was_interrupted(
    tmp_path: Path, pieces: int
) -> None:
    content = "".join(line for n in range(2) for line in record_lines(n, 60)).encode()
    straight, broken = Desk(tmp_path / "straight.db"), Desk(tmp_path / "broken.db")
    with in_spans(20):
        straight.land_bytes(content)
        with suppress(StoppedError), landing_bit_by_bit(pieces):
            broken.land_bytes(content)
        assert broken.export() != straight.export()
        broken.land_bytes(content)
    assert broken.export() == straight.export()


@SOME
@given(SPANS, st.integers(1, 12), record_files(), record_files())
def test_what_landed_of_an_interrupted_import_is_undone_and_redone(
    span: int, pieces: int, before: list[Content], records: list[Content]
) -> None:
    with tempfile.TemporaryDirectory() as folder, in_spans(span):
        desk = Desk(Path(folder) / "argmap.db")
        desk.land(*before)
        first = desk.export()
        with suppress(StoppedError), landing_bit_by_bit(pieces):
            desk.land(*records)
        second = desk.export()
        if second == first:
            return
        desk.undo()
        assert desk.export() == first
        desk.redo()
        assert desk.export() == second
        assert desk.complaints() == []

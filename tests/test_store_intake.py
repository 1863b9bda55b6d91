"""A long import, which lands span by span, comes to what one that is judged whole comes to."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_landing import DOCUMENT, EVERYTHING, Content, Desk, lines
from record_strategies import record_files, spoilt_files

from store import ingest

if TYPE_CHECKING:
    import store

SOME = settings(
    max_examples=int(__import__("os").environ.get("EX","100")), deadline=None,
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
    same_both_ways(span, lines(before), lines(records))


@SOME
@given(SPANS, spoilt_files([*EVERYTHING]), st.data())
def test_spoilt_changes_land_the_same_in_spans(
    span: int, content: bytes, data: st.DataObject
) -> None:
    before = data.draw(st.sampled_from([[DOCUMENT], [*EVERYTHING], []]))
    (__import__("os").environ.get("SHOW") and print(span, lines(before).decode(), "----", content.decode(errors="replace"), sep="\n"))
    same_both_ways(span, lines(before), content)

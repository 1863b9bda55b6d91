"""Deferred records of a long import have the same outcome as in a short one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from attrs import evolve
from support.drivers.desk import AT, CLAIM, DOCUMENT, EVIDENCE, Desk, lines, without

import store
from argmap.imports.jsonl import FORMAT as JSONL
from store.ingest import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    import pytest

    from argmap.formats.registry import Located

FILLERS = [CLAIM | {"id": f"x{n}"} for n in range(8)]
NAMELESS = without(CLAIM, "id") | {"label": "C1", "main": True, "main_item": "e1"}


def read_by_label(stream: BinaryIO) -> Iterator[Located]:
    """Yield records as the Markdown reader does: one without an id is found by its label."""
    for located in JSONL.read(stream):
        has_no_id = not getattr(located.record, "id", None)
        yield evolve(located, by_label=has_no_id)


def test_a_deferred_statement_is_still_found_by_its_label(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SPAN", 7)
    desk.landed(DOCUMENT, NAMELESS, EVIDENCE)
    changed = lines([NAMELESS | {"text": "The toll pays well."}, EVIDENCE | {"note": "n"}])
    files = [
        store.ImportFile("a.jsonl", JSONL, io.BytesIO(lines(FILLERS))),
        store.ImportFile("b.md", evolve(JSONL, read=read_by_label), io.BytesIO(changed)),
    ]
    options = store.ImportOptions(assessor="tess", at=AT)
    account = store.import_records(desk.path, files, options)
    assert (account.rejected, account.updated) == ([], 2)
    assert [s["text"] for s in desk.exported("statement") if s["label"] == "C1"] == [
        "The toll pays well."
    ]

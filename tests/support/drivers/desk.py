"""A separate database for one test: records go in, an import report and an export come out."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from attrs import frozen

import store
from argmap.exports.jsonl import FORMAT as EXPORT
from argmap.imports.jsonl import FORMAT as IMPORT
from store.database import open_to_examine
from store.merge import MergeOptions, MergeReport, merge_database
from store.queries import load_everything
from store.rows import rubrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from store.doctor import Problem
    from store.log import LoggedOperation

Content = dict[str, Any]

AT = "2024-03-02T10:15:00Z"
TEXT = "The toll pays for itself. Reports say traffic fell by a fifth. The toll stays."
DOCUMENT: Content = {"type": "document", "id": "toll", "title": "The toll", "text": TEXT}
OTHER: Content = {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."}
CLAIM: Content = {"type": "statement", "id": "c1", "document": "toll", "kind": "claim",
                  "text": "The toll pays for itself."}  # fmt: skip
EVIDENCE: Content = {"type": "statement", "id": "e1", "document": "toll", "kind": "evidence",
                     "text": "Traffic fell by a fifth."}  # fmt: skip
ASSUMPTION: Content = {"type": "statement", "id": "a1", "document": "toll", "kind": "assumption",
                       "text": "Traffic matters."}  # fmt: skip
SOURCE: Content = {"type": "source", "id": "reports", "name": "Reports", "kind": "vague"}
INFERENCE: Content = {"type": "inference", "id": "i1", "document": "toll", "premises": ["e1"],
                      "conclusion": "c1", "stance": "supports"}  # fmt: skip
ATTRIBUTION: Content = {"type": "attribution", "id": "at1", "statement": "e1",
                        "class": "vague_report", "chain": ["reports"]}  # fmt: skip
RATING: Content = {"type": "rating", "id": "r1", "statement": "c1", "criterion": "directness",
                   "answer": 1}  # fmt: skip
RELIABILITY: Content = {"type": "reliability", "id": "l1", "source": "reports", "letter": "C"}
CREDIBILITY: Content = {"type": "credibility", "id": "n1", "statement": "e1", "number": 3}
RUBRIC: Content = {
    "type": "rubric", "id": "plain", "version": "1", "title": "Plain",
    "applies_to": ["claim", "evidence", "source", "document"],
    "bands": ["Low", "High"], "cuts": [0],
    "blocks": [{"id": "all", "title": "All", "criteria": [
        {"id": "good", "title": "Good", "weight": 1, "levels": ["no", "half", "yes"]}]}],
    "combination": {"base": "all"},
}  # fmt: skip
BASICS = (DOCUMENT, CLAIM, EVIDENCE, SOURCE)
EVERYTHING = (RUBRIC, OTHER, *BASICS, ASSUMPTION, INFERENCE, ATTRIBUTION, RATING, RELIABILITY,
              CREDIBILITY)  # fmt: skip
"""A small sound file with a record of every type."""


def lines(records: Iterable[Content]) -> bytes:
    """Return *records* as JSON Lines."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def without(record: Content, *keys: str) -> Content:
    """Return *record* with *keys* left out."""
    return {key: value for key, value in record.items() if key not in keys}


def shipped_criteria() -> list[str]:
    """Return the ids of the default rubric's criteria."""
    rubric = rubrics(None)["evidence-attribution", "1.1"]
    return list(rubric.criteria)


@frozen
class Desk:
    """A database file, which need not exist yet, with import and export."""

    path: Path

    def land(self, *records: Content, **options: Any) -> store.ImportReport:  # noqa: ANN401  (those of ImportOptions)
        return self.land_bytes(lines(records), **options)

    def land_bytes(self, *files: bytes, **options: Any) -> store.ImportReport:  # noqa: ANN401  (as above)
        inputs = [
            store.ImportFile(f"file{n}.jsonl", IMPORT, io.BytesIO(content))
            for n, content in enumerate(files, 1)
        ]
        given = store.ImportOptions(**({"assessor": "tess", "at": AT} | options))
        return store.import_records(self.path, inputs, given)

    def landed(self, *records: Content, **options: Any) -> store.ImportReport:  # noqa: ANN401  (as above)
        """Import *records*, of which none may be rejected."""
        account = self.land(*records, **options)
        assert account.rejected == []
        return account

    def fault(self, *records: Content, **options: Any) -> tuple[str, str, str]:  # noqa: ANN401  (as above)
        """Import *records*, of which exactly one is rejected; return path, reason and kind."""
        account = self.land(*records, **options)
        assert account.rejected_total == 1, account.rejected
        only = account.rejected[0]
        return only.path, only.reason, only.kind

    def export(self) -> bytes:
        with store.open_to_read(self.path) or store.open_memory() as opened:
            return "".join(EXPORT.write(load_everything(opened))).encode()

    def exported(self, type_: str | None = None) -> list[Content]:
        found = [json.loads(line) for line in self.export().decode().split("\n")[:-1]]
        return [record for record in found if type_ in (None, record["type"])]

    def ids(self) -> set[str]:
        return {record["id"] for record in self.exported()}

    def record(self, id_: str) -> Content:
        found = [record for record in self.exported() if record["id"] == id_]
        assert len(found) == 1, found
        return found[0]

    def merge(self, other: Desk, *, theirs: bool = False, is_dry: bool = False) -> MergeReport:
        options = MergeOptions(AT, prefers_theirs=theirs, is_dry=is_dry)
        return merge_database(self.path, other.path, options)

    def history(self) -> list[LoggedOperation]:
        with store.open_to_read(self.path) or store.open_memory() as opened:
            return store.history(opened)

    def undo(self) -> None:
        with store.open_store(self.path) as opened:
            store.undo(opened)

    def redo(self) -> None:
        with store.open_store(self.path) as opened:
            store.redo(opened)

    def turn_through(self, states: Sequence[bytes]) -> None:
        """Undo back to the first of *states* and redo to the last, comparing the bytes of each."""
        for state in states[-2::-1]:
            self.undo()
            assert self.export() == state
        for state in states[1:]:
            self.redo()
            assert self.export() == state

    def complaints(self) -> list[Problem]:
        """The problems that the doctor finds, without warnings.

        The database is opened to write, because only that shows the full text.
        """
        is_there = self.path.exists()
        with open_to_examine(self.path) if is_there else store.open_memory() as opened:
            return [c for c in store.examine(opened) if not c.is_warning]

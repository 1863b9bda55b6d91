"""Long imports that are killed at random moments, as the tests and the benchmark of kills do it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from attrs import define, field

import store
from argmap.exports.jsonl import FORMAT

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

IMPORTING = """
import sys
from contextlib import ExitStack
from pathlib import Path
import store
from argmap.imports.jsonl import FORMAT
from store import chunks, ingest

ingest.SPAN, chunks.LONGEST_ALONE = int(sys.argv[2]), float(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with ExitStack() as stack:
    streams = [stack.enter_context(open(name, "rb")) for name in sys.argv[4:]]
    files = [store.ImportFile(stream.name, FORMAT, stream) for stream in streams]
    options = store.ImportOptions("tess", "2024-03-02T10:15:00Z")
    account = store.import_records(Path(sys.argv[1]), files, options)
print(account.added, account.updated, account.rejected_total, flush=True)
"""
"""Imports files into a database in spans of so many records and so many seconds, once it is told to begin."""


def record_lines(document: int, statements: int) -> Iterator[str]:
    """Yield the lines of one document: sources, statements of all kinds, reasons, ratings."""
    name = f"d{document}"
    found: list[dict[str, Any]] = [
        {"type": "document", "id": name, "title": f"Title {document}", "text": f"Text {document}."},
        {"type": "source", "id": f"{name}-o", "name": "Reports", "kind": "vague"},
    ]
    for n in range(statements):
        record: dict[str, Any] = {
            "type": "statement", "document": name, "kind": "claim" if n % 3 else "evidence",
            "id": f"{name}-s{n}", "text": f"Statement {n}.",
        }  # fmt: skip
        if n % 4:
            record["supports"] = f"{name}-s{(n * 7) % n}"
        if n % 5 == 1:
            record["attribution"] = {"class": "vague_report", "source": f"{name}-o"}
        if n % 3 and n % 7 == 1:
            record["ratings"] = {"directness": n % 5}
        found.append(record)
    yield from (json.dumps(record) + "\n" for record in found)


@define
class Kills:
    """Rounds of one import: killed at a random moment, examined, run again, compared."""

    folder: Path
    span: int
    """Records that are judged together."""
    longest: float
    """Seconds of writing in one transaction."""
    files: list[Path]
    took: float = field(init=False)
    """Seconds of the import when nothing interrupts it."""
    whole: str = field(init=False)
    """What the database then exports to."""
    states: list[str] = field(factory=list)
    """How each round found what it killed: `nothing`, `unfinished` or `done`."""

    def __attrs_post_init__(self) -> None:
        """Import once without interruption."""
        database = self.folder / "whole.db"
        begun = time.perf_counter()
        assert self._import(database, None) is not None
        self.took = time.perf_counter() - begun
        self.whole = _exported(database)

    def run(self, rounds: int, moments: random.Random) -> None:
        """Run so many *rounds*.

        Raises:
            AssertionError: something was lost, doubled or left unsound.
        """
        for _ in range(rounds):
            self._round(self.folder / f"{len(self.states)}.db", moments.uniform(0, self.took))

    def _round(self, database: Path, moment: float) -> None:
        self._import(database, moment)
        self.states.append(_state(database))
        assert self._import(database, None) is not None
        assert _state(database) == "done"
        assert _exported(database) == self.whole
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()

    def _import(self, database: Path, moment: float | None) -> str | None:
        """Import; return what was said at the end, or nothing if it was killed before that."""
        words = [database, self.span, self.longest, *self.files]
        with subprocess.Popen(
            [sys.executable, "-c", IMPORTING, *map(str, words)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            try:
                said, complaint = process.communicate("go\n", timeout=moment)
            except subprocess.TimeoutExpired:
                process.kill()
                said, complaint = process.communicate()
        assert complaint == ""
        return said or None


def _state(database: Path) -> str:
    """Return how the one operation of a database stands in which nothing is wrong."""
    if not database.exists():
        return "nothing"
    with store.open_store(database) as opened:
        assert [c for c in store.examine(opened) if not c.is_warning] == []
        operations = store.history(opened)
    assert len(operations) <= 1
    return operations[0].state if operations else "nothing"


def _exported(database: Path) -> str:
    with store.open_store(database) as opened:
        return "".join(FORMAT.write(store.load_everything(opened)))

"""Import one input in spans of several lengths, whole or interrupted, and compare."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections import Counter
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from attrs import evolve, frozen

import store
from argmap.exports.jsonl import FORMAT as EXPORT
from argmap.imports.csv import FORMAT as CSV
from argmap.imports.jsonl import FORMAT as JSONL
from argmap.imports.markdown.format import FORMAT as MARKDOWN
from store.database import open_to_examine
from store.ingest import run as ingest
from store.ingest import transactions
from store.ingest.write import plain_rows, record_rows
from store.queries import load_everything
from support.drivers.desk import AT, Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from argmap.formats.registry import ImportFormat, Located

WHOLE: Final = 10**6
"""A span that no input of the tests fills, so that all of it is validated together."""

FORMATS: Final = {form.name: form for form in (CSV, JSONL, MARKDOWN)}

COUNTS: Final = ("added", "updated", "unchanged", "updated records", "unchanged records",
                 "an operation")  # fmt: skip
"""The counts in a report that describe one run alone, not an interrupted one before it."""

MEMORY: Final = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (in folders of their own)
"""A folder in memory for databases, because writing to disk takes most of the time."""

GIVEN: Final = ("C40", "I40", "Toll", "Z9", "main", "E\u00e9")
"""Labels that files give; argmap makes none of these from small files."""


@frozen
class Interruption:
    """The moment at which a run of an import is interrupted, whichever comes first."""

    records: int | None = None
    """After so many records were read, counting repeated reads."""
    commits: int | None = None
    """After so many commits."""


@frozen
class Input:
    """The files of an import, and the records in the database before it."""

    files: tuple[bytes, ...]
    before: bytes = b""
    """Imported first, in one span."""
    form: str = "jsonl"
    """The name of the import format of *files*; *before* is JSON Lines."""
    is_loose: bool = False
    """True to accept near matches of quotes."""


@frozen
class Outcome:
    """The report and the database after one way of importing an input."""

    account: dict[str, Any]
    records: list[str]
    """The whole database in JSON Lines, without the labels that argmap made."""
    states: list[str]
    """The states of the operations."""
    complaints: list[str]


def in_spans(size: int) -> Any:  # noqa: ANN401  (a patch)
    """Run every import in spans of *size* records."""
    return patch.object(ingest, "SPAN", size)


@contextmanager
def interrupted(when: Interruption) -> Iterator[Callable[[ImportFormat], ImportFormat]]:
    """Commit wherever that is possible, and raise KeyboardInterrupt at *when*.

    Yields:
        A function that returns the same format, which counts the records that it reads.
    """
    read = commits = 0
    usual_commit = transactions.ImportTransactions.commit

    def counting(form: ImportFormat) -> ImportFormat:
        def records(stream: BinaryIO) -> Iterator[Located]:
            nonlocal read
            for located in form.read(stream):
                read += 1
                if read == when.records:
                    raise KeyboardInterrupt
                yield located

        return evolve(form, read=records)

    def commit_and_count(self: transactions.ImportTransactions) -> bool:
        nonlocal commits
        is_committed = usual_commit(self)
        commits += is_committed
        if commits == when.commits:
            raise KeyboardInterrupt
        return is_committed

    with (
        committing_often(),
        patch.object(transactions.ImportTransactions, "commit", commit_and_count),
    ):
        yield counting


@contextmanager
def committing_often() -> Iterator[None]:
    """Commit after each record wherever that is possible."""
    with (
        patch.object(transactions, "LONGEST", -1.0),
        patch.object(transactions, "LONGEST_ALONE", -1.0),
        patch.object(transactions, "GAP", 0.0),
        patch.object(record_rows, "SLICE", 1),
        patch.object(plain_rows, "SLICE", 1),
    ):
        yield


@frozen
class Importing:
    """One input with its database."""

    desk: Desk
    input: Input

    def __attrs_post_init__(self) -> None:
        """Import the records that come before."""
        if self.input.before:
            self.desk.path.write_bytes(database_of(self.input.before))

    def run(self, **options: object) -> store.ImportReport:
        return self._imported(FORMATS[self.input.form], options)

    def interrupt(self, when: Interruption) -> None:
        """Run the import and interrupt it, if it lasts until then."""
        with interrupted(when) as counting, suppress(KeyboardInterrupt):
            self._imported(counting(FORMATS[self.input.form]), {})

    def _imported(self, form: ImportFormat, options: dict[str, Any]) -> store.ImportReport:
        files = [
            store.ImportFile(f"file{n}", form, io.BytesIO(content))
            for n, content in enumerate(self.input.files, 1)
        ]
        given = store.ImportOptions("tess", AT, loose_quotes=self.input.is_loose, **options)
        return store.import_records(self.desk.path, files, given)

    def state(self) -> str | None:
        """Return the state of the import's operation, if there is one."""
        states = [o.state for o in self.desk.history()]
        was_there = bool(self.input.before and database_of(self.input.before))
        return states[0] if len(states) > was_there else None

    def outcome(self) -> Outcome:
        """Run the import and return its outcome, read with one connection."""
        account, path = told(self.run()), self.desk.path
        with open_to_examine(path) if path.exists() else store.open_memory() as opened:
            exported = "".join(EXPORT.write(load_everything(opened)))
            states = [operation.state for operation in store.history(opened)]
            complaints = [str(c) for c in store.examine(opened) if not c.is_warning]
        records = [json.loads(line) for line in exported.split("\n")[:-1]]
        return Outcome(account, _without_made_labels(records), states, complaints)


def _without_made_labels(records: list[dict[str, Any]]) -> list[str]:
    return sorted(
        json.dumps({k: v for k, v in record.items() if k != "label" or v in GIVEN})
        for record in records
    )


def told(account: store.ImportReport) -> dict[str, Any]:
    """Return *account* without the number of its operation."""
    return judged(account) | {
        "imported": account.imported, "added": account.added, "updated": account.updated,
        "unchanged": account.unchanged,
        "updated records": sorted(account.updated_records),
        "unchanged records": sorted(account.unchanged_records),
        "an operation": account.operation is not None,
    }  # fmt: skip


def judged(account: store.ImportReport) -> dict[str, Any]:
    """Return the parts of *account* that do not depend on the records already written."""
    return {
        "read": account.read,
        "rejected": [(r.record, r.file, r.line, r.path, r.kind, r.reason) for r in account.rejected],
        "rejected total": account.rejected_total,
        "rejected records": list(account.rejected_records),
        "reasons": account.reasons,
        "changed": sorted(account.changed),
        "stopped": account.stopped,
    }  # fmt: skip


@contextmanager
def importing(input_: Input) -> Iterator[Importing]:
    """Give *input_* a temporary database."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Importing(Desk(Path(folder) / "argmap.db"), input_)


@frozen
class Way:
    """An input, with one way of importing it other than whole and uninterrupted."""

    input: Input
    span: int
    moments: tuple[Interruption, ...] = ()
    """The interruptions before a run is left to finish."""
    times: int = 1
    """The number of runs that are left to finish."""

    def __str__(self) -> str:
        """Return the input line by line, for a reader."""
        files = [f"  file{n}: {line.decode(errors='replace')}"
                 for n, content in enumerate(self.input.files, 1) for line in content.split(b"\n")]  # fmt: skip
        before = [f"  before: {line}" for line in self.input.before.decode().split("\n") if line]
        how = f"  span {self.span}{', loose quotes' if self.input.is_loose else ''}"
        how += f", {self.times} times" if self.times > 1 else ""
        return "\n".join([*before, *files, how, *(f"  {when}" for when in self.moments)])

    def with_less(self) -> Iterator[Way]:
        """Yield ways with one line less, or with one interruption less."""
        if self.input.form != JSONL.name:  # a table without its header is none
            return
        for n, content in enumerate(self.input.files):
            for less in _without_a_line(content):
                files = (*self.input.files[:n], less, *self.input.files[n + 1 :])
                yield evolve(self, input=evolve(self.input, files=files))
        for less in _without_a_line(self.input.before):
            yield evolve(self, input=evolve(self.input, before=less))
        for n in range(len(self.moments)):
            yield evolve(self, moments=self.moments[:n] + self.moments[n + 1 :])


def _without_a_line(content: bytes) -> Iterator[bytes]:
    lines = content.split(b"\n")
    if content:
        yield from (b"\n".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines)))


@lru_cache(maxsize=4)
def database_of(records: bytes) -> bytes:
    """Return the bytes of a database into which *records* were imported whole."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, in_spans(WHOLE):
        desk = Desk(Path(folder) / "argmap.db")
        desk.land_bytes(records)
        return desk.path.read_bytes() if desk.path.exists() else b""


@lru_cache(maxsize=256)
def whole(input_: Input, times: int = 1) -> Outcome:
    """Return the outcome of importing *input_* whole, the last of so many *times*."""
    with importing(input_) as one, in_spans(WHOLE):
        for _ in range(times - 1):
            one.run()
        return one.outcome()


def differences(way: Way) -> list[str]:
    """Describe how the outcome of *way* differs from that of importing the input whole."""
    with importing(way.input) as one, in_spans(way.span):
        for when in way.moments:
            one.interrupt(when)
            assert [str(c) for c in one.desk.complaints()] == []
            if one.state() == "done":
                break
        times = way.times + (one.state() == "done")  # it may have ended before the interruption
        for _ in range(way.times - 1):
            one.run()
        found = one.outcome()
    expected = whole(way.input, times)
    return list(_compared(expected, found, is_resumed=bool(way.moments)))


def _compared(expected: Outcome, found: Outcome, *, is_resumed: bool) -> Iterator[str]:
    """Yield a description of each difference.

    Args:
        expected: The outcome of importing the input whole.
        found: The outcome of importing it in spans.
        is_resumed: Records committed before an interruption count as unchanged.
    """
    yield from _compared_rejections(expected.account["rejected"], found.account["rejected"])
    for key, value in expected.account.items():
        if value != found.account[key] and not (
            key == "rejected" or (is_resumed and key in COUNTS)
        ):
            yield f"account, {key}: {value} whole, {found.account[key]} in spans"
    lost, new = Counter(expected.records), Counter(found.records)
    yield from (f"database, only whole: {record}" for record in sorted((lost - new).elements()))
    yield from (f"database, only in spans: {record}" for record in sorted((new - lost).elements()))
    if expected.states != found.states:
        yield f"history: {expected.states} whole, {found.states} in spans"
    yield from (f"doctor: {complaint}" for complaint in found.complaints)


def _compared_rejections(expected: list[Any], found: list[Any]) -> Iterator[str]:
    first, second = ({r[0]: r[1:] for r in some} for some in (expected, found))
    for number in sorted(first.keys() | second.keys()):
        one, other = (some.get(number, "not rejected") for some in (first, second))
        if one != other:
            yield f"record {number}: {one} whole, {other} in spans"


def kind_of_difference(found: list[str]) -> str:
    """Return the subject of the first difference, without ids and numbers, or ""."""
    first = found[0] if found else ""
    return re.sub(r"'~?[\w-]*\d[\w-]*'|'none'|\d+", "…", first)[:300]


def smallest(way: Way) -> Way:
    """Return *way* with as few lines as still show a difference of the same kind."""
    kind = kind_of_difference(differences(way))
    less: Way | None = way
    while less is not None:
        way = less
        some = (w for w in way.with_less() if kind_of_difference(differences(w)) == kind)
        less = next(some, None)
    return way

"""A stopped import reports the committed records, and is resumed when run again."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from click.testing import CliRunner
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one
from support.drivers.desk import AT, CLAIM, DOCUMENT, Desk, lines

from argmap.cli import cli
from argmap.errors import InputError, StoreError
from argmap.imports.jsonl import FORMAT as IMPORT
from store import ImportFile, ImportOptions, ImportReport, import_records
from store.ingest import run
from store.ingest.transactions import ImportTransactions
from store.ingest.write import plain_rows, record_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from argmap.formats.registry import Located

CLAIMS = [CLAIM | {"id": f"k{n}", "main": None} for n in range(20)]
WHOLE = lines([DOCUMENT, *[{k: v for k, v in c.items() if k != "main"} for c in CLAIMS]])


def sqlite_error(message: str, code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


FULL = sqlite_error("database or disk is full", sqlite3.SQLITE_FULL)


@pytest.fixture(autouse=True)
def committing_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit after each of the first slices, and the remaining ones together."""
    asked = 0

    def is_overdue(_: ImportTransactions) -> bool:
        nonlocal asked
        asked += 1
        return asked <= 8

    monkeypatch.setattr(run, "SPAN", 4)
    monkeypatch.setattr(plain_rows, "SLICE", 1)
    monkeypatch.setattr(record_rows, "SLICE", 1)
    monkeypatch.setattr(ImportTransactions, "is_overdue", is_overdue)


def stopped(desk: Desk, error: BaseException, pass_: int = 1) -> ImportReport:
    """Import a file that raises *error* in the middle of the given pass over it."""
    passes = 0

    def read(stream: BinaryIO) -> Iterator[Located]:
        nonlocal passes
        passes += 1
        for number, located in enumerate(IMPORT.read(stream)):
            if number == 14 and passes == pass_:
                raise error
            yield located

    file = ImportFile("file1.jsonl", evolve(IMPORT, read=read), io.BytesIO(WHOLE))
    return import_records(desk.path, [file], ImportOptions("tess", AT))


@pytest.mark.parametrize(
    ("error", "words"),
    [(KeyboardInterrupt(), "interrupted"), (InputError("a: is cut off"), "a: is cut off"),
     (OSError(28, "No space left on device"), "cannot be used: no space left on device"),
     (FULL, "the disk is full; free some space")],
    ids=["ctrl+c", "input", "temporary folder", "disk"],
)  # fmt: skip
def test_the_committed_part_of_a_stopped_import_is_counted_and_the_remainder_follows(
    desk: Desk, error: BaseException, words: str
) -> None:
    account = stopped(desk, error)
    assert words in account.stopped
    assert 0 < account.added == len(desk.ids()) < 15
    [logged] = desk.history()
    assert (logged.seq, logged.state) == (account.operation, "unfinished")
    again = desk.land_bytes(WHOLE)
    assert (again.stopped, again.added, again.unchanged) == ("", 21 - account.added, account.added)
    assert [o.state for o in desk.history()] == ["done"]
    assert desk.complaints() == []


@pytest.mark.parametrize(
    ("error", "kind"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (InputError("cut"), InputError),
     (sqlite_error("disk I/O error", sqlite3.SQLITE_IOERR), StoreError)],
    ids=["ctrl+c", "input", "disk"],
)  # fmt: skip
def test_an_error_before_the_first_commit_is_raised_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: BaseException, kind: type[BaseException]
) -> None:
    monkeypatch.setattr(ImportTransactions, "is_overdue", lambda _: False)
    with pytest.raises(kind):
        stopped(desk, error)
    assert (desk.ids(), desk.history()) == (set(), [])


def test_a_full_disk_that_ends_the_transaction_is_reported_as_such(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.landed(DOCUMENT)

    def fail(self: ImportTransactions) -> None:
        assert self.store is not None
        self.store.db.conn.execute("ROLLBACK")  # as SQLite does itself
        raise FULL

    monkeypatch.setattr(ImportTransactions, "operation_number", fail)
    with pytest.raises(StoreError, match="the disk is full"):
        desk.land_bytes(WHOLE.replace(b'"kind": "claim"', b'"kind": "claim", "main": false'))


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_stopped_import_reports_the_committed_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(WHOLE)
    (tmp_path / "b.jsonl").write_bytes(WHOLE)

    def taken(path: Path, files: list[ImportFile], given: ImportOptions) -> ImportReport:
        return evolve(import_records(path, files, given), stopped="interrupted")

    monkeypatch.setattr("store.import_records", taken)
    words = ["-d", str(tmp_path / "a.db"), "import", str(tmp_path / "*.jsonl"), *options]
    ran = CliRunner().invoke(cli, words, standalone_mode=False)
    assert ran.return_value == 1
    if options:
        assert '"stopped": "interrupted"' in ran.output
        assert '"files"' not in ran.output, "of no file is it known how much of it landed"
    else:
        line = "stopped: interrupted; committed records are kept; import again to resume"
        assert line in ran.output.splitlines()


def test_temporary_files_are_named_by_their_folder(desk: Desk) -> None:
    account = stopped(desk, OSError(28, "No space left on device"))
    assert account.stopped.startswith(tempfile.gettempdir())

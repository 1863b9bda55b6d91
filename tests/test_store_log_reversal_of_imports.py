"""Undoing an import while it runs reverts all of it or nothing, and says so."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from attrs import define
from support.drivers.command_line import Shell, Terminal
from support.drivers.desk import DOCUMENT, EVIDENCE, SOURCE, Desk, lines
from support.drivers.kills import IMPORTING, record_lines

import store
from store.ingest import run
from store.ingest.pipeline import Pipeline
from store.ingest.transactions import ImportTransactions
from store.ingest.write import plain_rows, record_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEFORE = lines([DOCUMENT, SOURCE, EVIDENCE])
CHANGED = lines([SOURCE | {"description": "Nobody knows whose."}, EVIDENCE | {"note": "Which?"}])
WHOLE = CHANGED + "".join(record_lines(1, 14)).encode()
"""Changes existing entities, and adds records of every kind by both lanes."""

BOUNDARIES = 10
"""Transactions when `WHOLE` is imported in parts; `test_there_are_so_many` counts them."""


@define
class Moment:
    """One commit of the first import in a test, after which an action is done once."""

    wanted: int
    act: Callable[[], object]
    commits: int = 0

    def note(self) -> None:
        self.commits += 1
        if self.commits == self.wanted:
            self.act()


@pytest.fixture
def whole(tmp_path: Path) -> Desk:
    """The result of the import if no one undoes it."""
    desk = Desk(tmp_path / "whole.db")
    desk.land_bytes(BEFORE)
    desk.land_bytes(WHOLE)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A database with some records."""
    desk = Desk(tmp_path / "argmap.db")
    desk.land_bytes(BEFORE)
    return desk


@pytest.fixture(autouse=True)
def _lands_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit the import in the shortest possible transactions."""
    monkeypatch.setattr(run, "SPAN", 6)
    monkeypatch.setattr(plain_rows, "SLICE", 2)
    monkeypatch.setattr(record_rows, "SLICE", 2)
    monkeypatch.setattr(ImportTransactions, "is_overdue", lambda _: True)


def landed_with(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, boundary: int, act: Callable[[], object]
) -> tuple[store.ImportReport, int]:
    """Import `WHOLE`, do *act* after so many commits; return the import report and all commits."""
    moment, noted = Moment(boundary, act), Pipeline._note_commit  # noqa: SLF001  (as the import does)
    outer: list[Pipeline] = []

    def note(self: Pipeline) -> None:
        noted(self)
        outer[:] = outer or [self]
        if outer[0] is self:
            moment.note()

    with monkeypatch.context() as patch:
        patch.setattr(Pipeline, "_note_commit", note)
        account = desk.land_bytes(WHOLE)
    return account, moment.commits


def states(desk: Desk) -> list[str]:
    return [logged.state for logged in desk.history()]


def test_there_are_so_many(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    assert landed_with(monkeypatch, desk, 0, list)[1] == BOUNDARIES


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES + 1))
def test_one_that_is_undone_stops_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, whole: Desk, boundary: int
) -> None:
    before = desk.export()
    account, _ = landed_with(monkeypatch, desk, boundary, desk.undo)
    assert "operation 2 was undone while it ran" in account.stopped
    assert (account.added, account.updated, account.unchanged) == (0, 0, 0)
    assert account.operation is None
    assert (desk.export(), desk.complaints()) == (before, [])
    assert states(desk) == ["undone", "done"]
    again = desk.land_bytes(WHOLE)
    assert (again.stopped, again.operation) == ("", 3)
    assert (desk.export(), desk.complaints()) == (whole.export(), [])
    desk.turn_through([before, whole.export()])


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES + 1))
def test_one_that_is_undone_and_redone_is_as_if_nothing_had_happened(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, whole: Desk, boundary: int
) -> None:
    before = desk.export()

    def act() -> None:
        desk.undo()
        desk.redo()

    account, _ = landed_with(monkeypatch, desk, boundary, act)
    assert (account.stopped, account.operation) == ("", 2)
    assert (account.added, account.updated) == (len(WHOLE.splitlines()) - 2, 2)
    assert (desk.export(), desk.complaints()) == (whole.export(), [])
    assert states(desk) == ["done", "done"]
    desk.turn_through([before, whole.export()])


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES + 1, 5))
def test_part_of_one_that_is_redone_is_unfinished_and_the_same_import_completes_it(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, whole: Desk, boundary: int
) -> None:
    before = desk.export()
    landed_with(monkeypatch, desk, boundary, desk.undo)
    desk.redo()
    assert states(desk) == ["done" if boundary == BOUNDARIES else "unfinished", "done"]
    desk.land_bytes(WHOLE)
    assert states(desk) == ["done", "done"]
    assert (desk.export(), desk.complaints()) == (whole.export(), [])
    desk.turn_through([before, whole.export()])


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES + 1, 3))
def test_the_same_import_begun_after_the_undo_is_an_operation_of_its_own(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, whole: Desk, boundary: int
) -> None:
    before, inner = desk.export(), list[store.ImportReport]()

    def act() -> None:
        desk.undo()
        inner.append(desk.land_bytes(WHOLE))

    account, _ = landed_with(monkeypatch, desk, boundary, act)
    assert (account.operation, account.added, inner[0].operation) == (None, 0, 3)
    assert states(desk) == ["done", "undone", "done"]
    assert (desk.export(), desk.complaints()) == (whole.export(), [])
    desk.turn_through([before, whole.export()])


@pytest.mark.parametrize("first", [1, 5, 8])
@pytest.mark.parametrize("second", [1, 2])
def test_one_that_resumes_an_operation_stops_when_that_is_undone(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, first: int, second: int
) -> None:
    before = desk.export()

    def interrupt() -> None:
        raise KeyboardInterrupt

    part, _ = landed_with(monkeypatch, desk, first, interrupt)
    assert (part.stopped, part.operation) == ("interrupted", 2)
    account, _ = landed_with(monkeypatch, desk, second, desk.undo)
    assert "operation 2 was undone while it ran" in account.stopped
    assert (account.unchanged, account.operation) == (0, None)
    assert (desk.export(), desk.complaints()) == (before, [])


def test_one_that_joins_the_same_import_stops_with_it(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    before, stopped = desk.export(), []

    def act() -> None:  # an inner run joins the operation of the outer one, which is then undone
        account, _ = landed_with(monkeypatch, desk, 4, desk.undo)
        stopped.append(account.stopped)

    account, _ = landed_with(monkeypatch, desk, 6, act)
    assert [account.stopped] == stopped
    assert "was undone" in account.stopped
    assert (desk.export(), desk.complaints(), states(desk)) == (before, [], ["undone", "done"])


def test_an_interruption_after_a_commit_counts_the_committed_records(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    noted = ImportTransactions.note_commit
    commits = 0

    def note(self: ImportTransactions) -> None:
        nonlocal commits
        commits += 1
        if commits == 7:
            raise KeyboardInterrupt
        noted(self)

    before = len(desk.ids())
    monkeypatch.setattr(ImportTransactions, "note_commit", note)
    account = desk.land_bytes(WHOLE)
    assert account.stopped == "interrupted"
    named = {json.loads(line).get("id") for line in WHOLE.splitlines()}
    assert account.added == len(desk.ids() & named) - 2
    assert before < len(desk.ids())


def test_doctor_finds_records_of_what_was_undone_or_is_not_in_the_log(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        opened.db.execute("UPDATE operation SET state = 'undone', undone_after = 1")
        found = {c.message for c in store.examine(opened) if c.check == "log"}
        assert any("operation 1 added 1 of the rows in statement" in each for each in found)
        assert all("but was undone" in each for each in found)
        opened.db.execute("PRAGMA foreign_keys = 0")
        opened.db.execute("UPDATE source SET batch = 77")
        found = {c.message for c in store.examine(opened) if not c.is_warning}
    assert "operation 77 added 1 of the rows in source, but is not in the log" in found


def test_a_command_that_is_undone_says_so_in_one_line(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    path = shell.write("big.jsonl", "".join(record_lines(1, 20_000)))
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTING.replace("print(account.added, account.updated, "
         "account.rejected_total, flush=True)", "print(account.stopped)"),
         str(shell.database), "50", "0.0", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        while shell.run("undo").code:
            assert process.poll() is None, "it was over before it could be undone"
        out, err = process.communicate()
    assert err == ""
    assert out.splitlines()[-1].startswith("operation 1 was undone while it ran; nothing of")
    assert shell.run("list", "--json").json == []
    assert shell.run("doctor").code == 0


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_command_line_says_that_it_was_undone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str]
) -> None:
    terminal = Terminal(tmp_path)
    path = terminal.write("whole.jsonl", WHOLE)
    noted = Pipeline._note_commit  # noqa: SLF001  (as the import does)
    moment = Moment(1, Desk(terminal.database).undo)

    def note(self: Pipeline) -> None:
        noted(self)
        moment.note()

    monkeypatch.setattr(Pipeline, "_note_commit", note)
    ran = terminal.run("import", path, *options)
    assert ran.code == 1
    if options:
        assert (ran.json["added"], ran.json["operation"]) == (0, None)
        assert "was undone" in ran.json["stopped"]
    else:
        assert ran.line.startswith("stopped: operation 1 was undone while it ran; nothing of")

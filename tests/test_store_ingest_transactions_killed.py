"""A long import killed at any commit is sound, and running it again completes it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.desk import DOCUMENT, EVIDENCE, SOURCE, Desk, lines
from support.drivers.kills import record_lines

from store.ingest import run

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = lines([DOCUMENT, SOURCE, EVIDENCE])
CHANGED = lines([SOURCE | {"description": "Nobody knows whose."}, EVIDENCE | {"note": "Which?"}])
WHOLE = CHANGED + "".join(record_lines(1, 14)).encode()

KILLED = """
import os, shutil, signal, sys
from itertools import count, cycle
from pathlib import Path

import store
from argmap.imports.jsonl import FORMAT
from store.ingest import run, transactions
from store.ingest.write import plain_rows
from store.database import opening

folder, answers = Path(sys.argv[1]), [word == "long" for word in sys.argv[2:]]
run.SPAN, plain_rows.SLICE = 6, 1
asked = cycle(answers)
transactions.ImportTransactions.is_overdue = lambda self: next(asked)


def killed_at(wanted, database):
    left = count()

    def note(sql):
        if sql.startswith(("BEGIN", "COMMIT")) and next(left) == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    connected = opening.connect_store

    def watched(*words):
        found = connected(*words)
        found.db.conn.set_trace_callback(note)
        return found

    opening.connect_store = watched
    with open(folder / "whole.jsonl", "rb") as stream:
        file = store.ImportFile("whole.jsonl", FORMAT, stream)
        store.import_records(database, [file], store.ImportOptions("tess", "2024-03-02T10:15:00Z"))


for number in count():
    database = folder / f"{number}.db"
    if (folder / "before.db").exists():
        shutil.copy(folder / "before.db", database)
    child = os.fork()
    if not child:
        killed_at(number, database)
        os._exit(0)
    if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        break
print(number)
"""
"""Imports into one database after the other, each killed one transaction later."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.parametrize(("answers", "is_new"), [(("long",), True), (("short", "long"), False)])
def test_an_import_killed_anywhere_is_sound_and_completed_by_running_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...], *, is_new: bool
) -> None:
    monkeypatch.setattr(run, "SPAN", 6)  # else it is no long import
    whole = Desk(tmp_path / "without.db")
    if not is_new:
        Desk(tmp_path / "before.db").land_bytes(BEFORE)
        whole.land_bytes(BEFORE)
    content = (BEFORE if is_new else b"") + WHOLE
    (tmp_path / "whole.jsonl").write_bytes(content)
    whole.land_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), *answers],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    times, states = int(ran.stdout), set[str]()
    for number in range(times):
        desk = Desk(tmp_path / f"{number}.db")
        assert desk.complaints() == []
        states.update(logged.state for logged in desk.history())
        desk.land_bytes(content)
        assert (desk.export(), desk.complaints()) == (whole.export(), [])
        assert {logged.state for logged in desk.history()} == {"done"}
    assert "unfinished" in states
    assert times > 10

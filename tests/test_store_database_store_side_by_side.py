"""Edits, imports and undos by several processes: every acknowledged one is stored."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

import pytest
from support.drivers import side_by_side

import store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ROUNDS: Final = int(os.environ.get("ARGMAP_ROUNDS", "12"))


def start(role: str, path: Path, name: str, rounds: int) -> subprocess.Popen[str]:
    words = [sys.executable, side_by_side.__file__, role, str(path), name, str(rounds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def compare(path: Path, lines: Iterable[str]) -> None:
    """Compare the acknowledged operations with the log, the rows and the doctor."""
    added: dict[int, list[str]] = {}
    turned: dict[int, str] = {}
    for line in lines:
        word, number, *ids = line.split()
        if word == "done":
            added[int(number)] = ids
        else:
            turned[int(number)] = "undone" if word == "undone" else "done"
    with store.open_store(path) as opened:
        states = {logged.seq: logged.state for logged in store.history(opened)}
        for seq in added:
            assert states[seq] == turned.get(seq, "done"), seq
        there = {row[0] for row in opened.db.execute("SELECT id FROM statement")}
        for seq, ids in added.items():
            missing = set(ids) - there
            assert missing == (set(ids) if states[seq] == "undone" else set()), seq
        assert [c.message for c in store.examine(opened) if not c.is_warning] == []


def test_what_was_acknowledged_is_there_after_edits_imports_and_undo_at_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "argmap.db"
    side_by_side.begin(path)
    roles = ("edit", "edit", "import", "undo", "visit")
    workers = [start(role, path, f"{role}{n}", ROUNDS) for n, role in enumerate(roles)]
    lines = []
    for worker in workers:
        out, _ = worker.communicate()
        assert worker.returncode == 0
        lines += out.splitlines()
    compare(path, lines)


@pytest.mark.parametrize("role", ["edit", "import"])
def test_a_kill_loses_nothing_that_was_acknowledged(role: str, tmp_path: Path) -> None:
    path = tmp_path / "argmap.db"
    side_by_side.begin(path)
    lines = []
    beside = start("edit", path, "beside", 10 * ROUNDS)
    for n in range(max(2, ROUNDS // 4)):
        with start(role, path, f"{role}{n}", 10_000) as worker, start("visit", path, "v", 5):
            assert worker.stdout is not None
            lines.append(worker.stdout.readline())
            time.sleep(0.05 * (n % 4))
            worker.kill()
            lines += worker.stdout.readlines()
    out, _ = beside.communicate()
    assert beside.returncode == 0
    compare(path, [*lines, *out.splitlines()])

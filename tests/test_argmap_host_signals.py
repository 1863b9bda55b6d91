"""SIGTERM and SIGHUP end a command like ctrl+c: saved work is reported, no file is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Shell
from support.drivers.desk import CLAIM, DOCUMENT
from support.drivers.pseudo_terminal import PseudoTerminal

import store
from argmap.host.signals import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
START = """
import signal
from argmap.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)
if __name__ == "__main__":
    main()
"""
"""Starts argmap with SIGINT enabled; tests in the background ignore it, and so would argmap."""

PATIENCE = 60.0
"""Seconds after which an expected event counts as missing."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def started(shell: Shell, *words: object, ignored: bool = False) -> subprocess.Popen[str]:
    """Start argmap with a separate temporary folder; SIGHUP is *ignored* as under nohup."""
    (shell.folder / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, "-c", START, *map(str, words)]
    return subprocess.Popen(
        ["nohup", *command] if ignored else command,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=shell.folder, env=shell.environment(TMPDIR=str(shell.folder / "tmp")),
    )  # fmt: skip


def wait_until(is_so: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, f"{what} did not come"
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def landed(shell: Shell) -> int:
    """Return the number of records in the database, even during a write."""
    opened = store.open_to_read(shell.database)
    if opened is None:
        return 0
    with opened:
        (count,) = opened.db.execute(
            "SELECT (SELECT count(*) FROM document) + (SELECT count(*) FROM source)"
            " + (SELECT count(*) FROM statement)"
        ).fetchone()
    return int(count)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.mark.parametrize("sent", SIGNALS)
def test_an_import_reports_what_landed_and_goes_on_with_it_later(
    shell: Shell, sent: signal.Signals
) -> None:
    shell.records("big.jsonl", DOCUMENT, *(CLAIM | {"id": f"k{n}"} for n in range(30_000)))
    words = ("import", "big.jsonl", "--json")
    # It commits often because another process, this one, has the file open.
    with store.open_store(shell.database), started(shell, *words) as process:
        wait_until(lambda: landed(shell), "a commit")
        process.send_signal(sent)
        process.send_signal(sent)  # which breaks no cleaning up
        out, err = process.communicate()
    account = json.loads(out)
    assert (process.returncode, err, account["stopped"]) == (1, "", "interrupted")
    assert account["added"] == landed(shell) < 30_001
    assert list((shell.folder / "tmp").iterdir()) == []
    again = shell.run("import", "big.jsonl", "--json").json
    assert (again["added"], landed(shell)) == (30_001 - account["added"], 30_001)
    assert shell.run("doctor").code == 0


def tables(shell: Shell, count: int = 60_000) -> None:
    rows = "".join(f"claim,Claim {n} of many.\n" for n in range(count))
    for name in ("a", "b"):
        shell.write(f"{name}.csv", f"kind,text\n{rows}")


@pytest.mark.parametrize("sent", [*SIGNALS, signal.SIGKILL])
def test_the_processes_of_jobs_end_with_the_one_that_writes(
    shell: Shell, sent: signal.Signals
) -> None:
    tables(shell)
    with started(shell, "import", "a.csv", "b.csv", "--jobs", "2") as process:
        wait_until(lambda: len(list((shell.folder / "tmp").glob("argmap-*/*"))) == 2, "decoding")
        workers = children(process.pid)
        process.send_signal(sent)
        process.send_signal(sent)
        err = process.communicate()[1]
    assert len(workers) >= 2
    wait_until(lambda: not any(map(is_running, workers)), "the end of the workers")
    assert "Traceback" not in err
    if sent != signal.SIGKILL:
        assert process.returncode == 1
        assert err.split("\n")[-2].startswith("argmap: interrupted")
        assert list((shell.folder / "tmp").iterdir()) == []


def test_a_signal_that_was_ignored_at_the_start_stays_ignored(shell: Shell) -> None:
    tables(shell, 6_000)
    with started(shell, "import", "a.csv", ignored=True) as process:
        wait_until(lambda: list((shell.folder / "tmp").glob("argmap-*/*")), "decoding")
        process.send_signal(signal.SIGHUP)
        err = process.communicate()[1]
    assert "6,000 records read" in err


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_adding_says_how_many_were_added_and_ends_its_processes(
    shell: Shell, sent: signal.Signals
) -> None:
    words = " ".join(f"Sentence {n} is here." for n in range(20_000))
    for n in range(30):
        shell.write(f"{n}.txt", f"Title {n}\n\n{words} {n}")
    with started(shell, "add", "--jobs", "2", ".") as process:
        wait_until(lambda: landed(shell), "a document")
        workers = children(process.pid)
        process.send_signal(sent)
        out, err = process.communicate()
    assert process.returncode == 1
    assert "interrupted with" in err.splitlines()[-1]
    assert len(out.splitlines()) == landed(shell) < 30
    wait_until(lambda: not any(map(is_running, workers)), "the end of the workers")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_demo_takes_its_folder_away_and_restores_the_terminal(
    tmp_path: Path, sent: signal.Signals
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    words = [sys.executable, "-m", "argmap", "demo"]
    with PseudoTerminal(words, tmp_path, TMPDIR=str(temporary)) as terminal:
        terminal.wait_for(lambda screen: "C1" in screen)
        assert list(temporary.iterdir())
        os.kill(terminal.pid, sent)
        assert terminal.leave("") == 1
        assert terminal.echoes
    assert list(temporary.iterdir()) == []


@pytest.fixture
def handlers() -> Iterator[list[object]]:
    before = [signal.getsignal(sent) for sent in SIGNALS]
    yield [*before]
    for sent, handler in zip(SIGNALS, before, strict=True):
        signal.signal(sent, handler)


def test_handlers_are_those_of_before_where_nothing_was_interrupted(handlers: list[object]) -> None:
    with interruptible():
        assert [signal.getsignal(sent) for sent in SIGNALS] != handlers
    assert [signal.getsignal(sent) for sent in SIGNALS] == handlers


@pytest.mark.usefixtures("handlers")
def test_a_second_signal_is_ignored_while_and_after_the_first_is_dealt_with() -> None:
    is_cleaned = False
    with pytest.raises(KeyboardInterrupt), interruptible():  # noqa: PT012  (what it does at the end)
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGHUP)
            is_cleaned = True
    assert is_cleaned
    signal.raise_signal(signal.SIGTERM)

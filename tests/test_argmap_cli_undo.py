"""Long undo, redo and remove show a bar, warn other users, and change nothing on ctrl+c."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import CLAIM, DOCUMENT, EVERYTHING, Desk
from support.drivers.pseudo_terminal import PseudoTerminal

import store
from argmap.cli import _progress as progress
from store import database

if TYPE_CHECKING:
    from pathlib import Path

    from store.log import LoggedOperation

WAIT = "other programs can read it but not change it until this is done"
SLOWLY = """
import sys, time
from argmap.cli import _progress as progress, main
from store.rows import full_text; from store.log import image_replay as turning
progress.LONG = 2
full_text.STEP = turning.STEP = 1
write = turning.Replay._write
def slow(self, run):
    write(self, run)
    time.sleep(0.5)
turning.Replay._write = slow
main()
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A database with one import, and a second one that adds a claim."""
    terminal = Terminal(tmp_path)
    Desk(terminal.database).landed(*EVERYTHING)
    Desk(terminal.database).landed(CLAIM | {"id": "c2", "text": "It is fair."})
    return terminal


def shared(monkeypatch: pytest.MonkeyPatch, *, by_others: bool | None) -> None:
    monkeypatch.setattr(database, "is_open_elsewhere", lambda _: by_others)


@pytest.fixture
def _all_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LONG", 1)


@pytest.mark.usefixtures("_all_is_long")
@pytest.mark.parametrize("by_others", [True, None], ids=["in use", "nobody knows"])
def test_long_operations_warn_that_others_wait(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal, *, by_others: bool | None
) -> None:
    shared(monkeypatch, by_others=by_others)
    for words in (("undo",), ("redo",), ("remove", DOCUMENT["id"])):
        ran = terminal.run(*words)
        assert ran.code == 0
        assert ran.err.splitlines()[0] == f"{terminal.database}: {WAIT}"
        assert len(ran.err.splitlines()) == 2, "and no bar"


def test_nothing_is_said_of_others_where_it_takes_no_time(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    shared(monkeypatch, by_others=True)
    for words in (("undo",), ("redo",), ("remove", DOCUMENT["id"])):
        assert WAIT not in terminal.run(*words).line


@pytest.mark.usefixtures("_all_is_long")
def test_nothing_is_said_of_others_where_there_are_none(terminal: Terminal) -> None:
    for words in (("undo",), ("redo",), ("remove", DOCUMENT["id"])):
        assert WAIT not in terminal.run(*words).line


@pytest.mark.usefixtures("_all_is_long")
@pytest.mark.skipif(sys.platform != "linux", reason="only there a program can ask")
def test_another_process_that_has_the_file_open_is_noticed(terminal: Terminal) -> None:
    hold = (
        "import sys, store; from pathlib import Path\n"
        "with store.open_to_read(Path(sys.argv[1])) as opened, opened.reading():\n"
        "    store.history(opened); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(terminal.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert WAIT in terminal.run("undo").err
        process.communicate("\n")


@pytest.mark.usefixtures("_all_is_long")
def test_a_merge_says_that_others_wait_unless_it_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    Desk(other).landed(DOCUMENT | {"id": "third", "text": "Third."})
    shared(monkeypatch, by_others=True)
    assert WAIT not in terminal.run("merge", other, "--dry-run").err
    assert WAIT in terminal.run("merge", other).err
    assert WAIT not in terminal.run("merge", other).err, "nothing is left to be written"


@pytest.mark.usefixtures("_all_is_long")
def test_a_merge_into_a_new_database_makes_no_user_wait(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    Desk(other).landed(DOCUMENT)
    assert "1 added" in Terminal(tmp_path).run("merge", other).line


@pytest.mark.parametrize("word", ["undo", "redo", "remove"])
def test_a_bar_shows_how_far_it_is_and_ctrl_c_changes_nothing(
    terminal: Terminal, tmp_path: Path, word: str
) -> None:
    if word == "redo":
        terminal.run("undo")
        terminal.run("undo")
    words = [word, DOCUMENT["id"]] if word == "remove" else [word]
    if word == "undo":
        terminal.run("undo")
    desk = Desk(terminal.database)
    before = (desk.export(), desk.history())
    with PseudoTerminal([sys.executable, "-c", SLOWLY, *words], tmp_path) as screen:
        doing = {"undo": "undoing", "redo": "redoing", "remove": "removing"}[word]
        screen.wait_for(lambda shown: doing in shown and "rows/s" in shown)
        assert screen.leave("\x03") == 1
        assert "argmap: interrupted; nothing was changed" in screen.text
        assert doing not in screen.text, "the bar goes"
    assert (desk.export(), desk.history()) == before
    assert desk.complaints() == []


def test_ctrl_c_that_comes_too_late_says_so(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    really = store.undo

    def undo(opened: store.Store, **_how: object) -> LoggedOperation:
        really(opened)
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "undo", undo)
    ran = terminal.run("undo")
    assert ran.code == 1
    assert ran.line == "argmap: interrupted after the change was saved; argmap history shows it"
    assert Desk(terminal.database).history()[0].state == "undone"

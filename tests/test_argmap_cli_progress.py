"""Progress is shown on a terminal only, and ctrl+c keeps finished work."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.pseudo_terminal import PseudoTerminal

from argmap.cli._progress import progress

if TYPE_CHECKING:
    from pathlib import Path


class Screen(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("unit", "words"), [("files", "3/4"), (None, "3/4 bytes")])
def test_a_bar_says_what_is_done_how_much_and_how_fast(
    monkeypatch: pytest.MonkeyPatch, unit: str | None, words: str
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    with progress("adding", 4, unit) as bar:
        for _ in range(3):
            bar.advance(1)
    assert "adding" in screen.getvalue()
    assert words in screen.getvalue()
    assert "-:--:--" in screen.getvalue(), "the time left"
    assert f"{unit or 'B'}/s" in screen.getvalue()


def test_nothing_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("adding", 4, "files") as bar:
        bar.advance(1)
        bar.restart()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_was_added_and_says_what_was_not(tmp_path: Path, jobs: str) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    # Another process reads the page, for longer than it takes to press ctrl+c.
    (tmp_path / "long.html").write_text("<html><body>" + "<p><i>Word</i></p>" * 100_000)
    last = "-" if jobs == "1" else "long.html"
    words = [sys.executable, "-m", "argmap", "add", "--jobs", jobs, "a.txt", "b.txt", last]
    with PseudoTerminal(words, tmp_path) as terminal:
        terminal.wait_for(lambda screen: "2/3" in screen and "files/s" in screen)
        assert not any(
            "a.txt: added" in row and "adding" in row for row in terminal.text.split("\n")
        )
        assert terminal.leave("\x03") == 1
        assert "2 files: 2 added; interrupted with 1 file left" in terminal.text
        assert "Traceback" not in terminal.text
        assert "2/3" not in terminal.text, "the bar goes"
    assert len(Terminal(tmp_path).run("list", "--json").json) == 2

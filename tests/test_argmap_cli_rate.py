"""The command `rate`, as a shell runs it, and rubric files that no command can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from test_argmap_cli_grade import RECORDS
from test_argmap_rubrics_catalogue import SOUND

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    assert terminal.run("import", terminal.records("toll.jsonl", *RECORDS)).code == 0
    return terminal


@pytest.mark.parametrize("answers", [("fit=1", "fit=2"), ("fit=1", "directness=0", "fit=1")])
def test_two_answers_to_one_criterion_in_one_command_are_refused(
    toll: Terminal, answers: tuple[str, ...]
) -> None:
    before = toll.run("export", "toll", "--to", "jsonl").out
    ran = toll.run("rate", "toll", "C1", *answers)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line == "argmap: fit is answered twice; give one answer"
    assert toll.run("export", "toll", "--to", "jsonl").out == before


@pytest.mark.parametrize("words", [("rubrics",), ("grade", "toll", "--rubric"),
                                   ("rate", "toll", "C1", "clear=1", "--rubric")])  # fmt: skip
def test_a_rubric_that_is_not_utf_8_is_one_line(toll: Terminal, words: tuple[str, ...]) -> None:
    file = toll.write("house.toml", "")
    file.write_bytes(SOUND.replace("House", "Haus für").encode("cp1252"))
    ran = toll.run(*words, file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(f"argmap: {file}: is not UTF-8: byte ")


def test_the_history_says_what_was_rated_and_where(toll: Terminal) -> None:
    for level in (1, 2):
        toll.run("rate", "toll", "C1", f"fit={level}", "--assessor", "amy")
    label = "rated C1: fit 1 → 2 (amy)"
    assert toll.run("history").out.splitlines()[0].endswith(f"  toll: {label}")
    assert toll.run("history", "toll").out.splitlines()[0].endswith(f"Z  {label}")

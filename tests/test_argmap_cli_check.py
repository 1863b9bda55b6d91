"""The command `check`, as a shell runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import ATTRIBUTION, BASICS, INFERENCE, lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    records = lines([*BASICS, INFERENCE, ATTRIBUTION])
    assert terminal.run("import", "-", stdin=records).code == 0
    return terminal


def test_findings_are_one_json_value(toll: Terminal) -> None:
    ran = toll.run("check", "toll", "--json")
    assert ran.code == 0
    assert {"rule", "severity", "statements", "message"} == set(ran.json[0])
    assert {"rule": "vague-attribution", "severity": "warning", "statements": ["E1"],
            "message": "E1 names no particular source (vague report): find out who said it,"
                       " or describe them"} in ran.json  # fmt: skip


def test_findings_are_lines_with_their_rules(toll: Terminal) -> None:
    ran = toll.run("check", "toll")
    (line,) = [line for line in ran.out.splitlines() if line.endswith("(main-claim-missing)")]
    assert line.startswith("warning  the map has no main claim")
    assert ran.err.splitlines()[-1].endswith("findings")


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("warning", 1), ("error", 0)])
def test_it_fails_on_findings_at_the_level_asked_for(toll: Terminal, level: str, code: int) -> None:
    assert toll.run("check", "toll", "--fail-on", level).code == code


def test_a_document_that_is_not_there_is_one_line(toll: Terminal) -> None:
    ran = toll.run("check", "none")
    assert ran.code == 2
    assert "none" in ran.line


def test_a_level_that_there_is_not_is_refused(toll: Terminal) -> None:
    assert toll.run("check", "toll", "--fail-on", "worst").code == 2

"""The path of the settings file is printed by a separate process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support.drivers.command_line import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_path_of_the_settings_is_printed_without_a_terminal(shell: Shell) -> None:
    ran = shell.run("open", "--config-path")
    assert (ran.code, ran.err) == (0, "")
    [line] = ran.out.splitlines()
    assert Path(line).name == "config.toml"
    assert Path(line).is_absolute()
    assert not shell.database.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is what Linux has")
def test_settings_are_looked_for_where_the_platform_has_them(shell: Shell) -> None:
    ran = shell.run("open", "--config-path", XDG_CONFIG_HOME=str(shell.folder / "set"))
    assert ran.out == f"{shell.folder / 'set' / 'argmap' / 'config.toml'}\n"


def test_a_file_that_is_given_is_where_the_settings_are(shell: Shell) -> None:
    ran = shell.run("open", "--config-path", "--config", "own.toml")
    assert (ran.code, ran.out, ran.err) == (0, "own.toml\n", "")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"assessor = 3", "assessor must be text in quotation marks, not 3"),
        (b"a = " + b"9" * 5000, "has a number with thousands of digits"),
        (None, "is a folder, not a file; rename it or move it away"),
    ],
)
def test_a_name_that_cannot_be_read_from_the_settings_is_no_other_name(
    shell: Shell, content: bytes | None, fault: str
) -> None:
    path = shell.folder / "set" / "argmap" / "config.toml"
    path.parent.mkdir(parents=True)
    path.mkdir() if content is None else path.write_bytes(content)
    document = {"type": "document", "id": "toll", "title": "The toll", "text": "It pays."}
    claim = {"type": "statement", "document": "toll", "kind": "claim", "quote": "It pays."}
    records = shell.write("toll.jsonl", "".join(f"{json.dumps(r)}\n" for r in (document, claim)))
    assert shell.run("import", records).code == 0
    folder = str(shell.folder / "set")
    ran = shell.run(
        "rate", "toll", "C1", "directness=1", XDG_CONFIG_HOME=folder, ARGMAP_ASSESSOR=""
    )
    assert (ran.code, ran.line) == (2, f"argmap: {path}: {fault}")

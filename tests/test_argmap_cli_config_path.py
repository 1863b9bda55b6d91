"""Where the settings are looked for is printed, by a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import Shell


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

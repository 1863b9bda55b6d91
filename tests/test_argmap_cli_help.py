"""`argmap help` and `argmap --spec`, as a shell and a terminal see them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import pytest
from support.drivers.command_line import Terminal
from support.drivers.pseudo_terminal import PseudoTerminal

from argmap.cli import cli
from argmap.help.topics import topics

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = cli.commands
ONLY_COMMANDS = sorted(COMMANDS.keys() - topics().keys())


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_help_without_a_name_lists_all_topics_and_commands(terminal: Terminal) -> None:
    ran = terminal.run("help")
    first = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert (ran.code, ran.err) == (0, "")
    assert first == [*topics(), *sorted(COMMANDS)]


@pytest.mark.parametrize("name", topics())
def test_a_topic_is_printed_as_it_is_in_a_pipe(terminal: Terminal, name: str) -> None:
    ran = terminal.run("help", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(topics()[name].text)


@pytest.mark.parametrize("name", ONLY_COMMANDS)
def test_the_name_of_a_command_prints_its_options(terminal: Terminal, name: str) -> None:
    assert terminal.run("help", name).out == terminal.run(name, "--help").out


def test_a_name_of_both_prints_the_page_and_then_the_options(terminal: Terminal) -> None:
    ran = terminal.run("help", "rubrics")
    assert ran.out.startswith("# Rubrics")
    assert terminal.run("rubrics", "--help").out in ran.out


def test_an_unknown_name_lists_the_topics_and_guesses(terminal: Terminal) -> None:
    ran = terminal.run("help", "recrods")
    assert (ran.code, ran.out) == (2, "")
    assert "Topics: " + ", ".join(topics()) in ran.line
    assert "Did you mean records" in ran.line


def test_hostile_names_are_shown_and_not_obeyed(terminal: Terminal) -> None:
    ran = terminal.run("help", "\x1b[31m\u202e[bold]")
    assert ran.code == 2
    assert "\x1b" not in ran.line
    assert "\u202e" not in ran.line


def test_help_is_one_json_value_on_request(terminal: Terminal) -> None:
    assert terminal.run("help", "--json").json["topics"].keys() == topics().keys()
    page = terminal.run("help", "sql", "--json").json
    assert page == {"name": "sql", "text": topics()["sql"].text}


def test_help_makes_no_database(terminal: Terminal) -> None:
    terminal.run("help", "keys")
    assert not terminal.database.exists()


def test_a_page_on_a_terminal_is_formatted_and_paged(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "argmap", "help", "keys"]
    with PseudoTerminal(words, tmp_path, rows=20) as screen:
        screen.wait_for(lambda text: "Every key of the workbench" in text)
        assert "# Keys" not in screen.text  # a heading, and no sign of Markdown
        assert "Quit argmap" not in screen.text.capitalize()  # far below the first page
        assert screen.leave("q") == 0


def test_a_page_that_fits_is_printed_without_a_pager(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "argmap", "help", "list"]
    with PseudoTerminal(words, tmp_path) as screen:
        screen.wait_for(lambda text: "--json" in text)
        assert screen.leave("") == 0


def test_no_colour_means_no_colour_in_help(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "argmap", "help", "tables"]
    with PseudoTerminal(words, tmp_path, NO_COLOR="1", PAGER="cat -v") as screen:
        screen.wait_for(lambda text: "apostrophe again" in text)
        assert "[3" not in screen.text.replace("[1m", "")


def test_the_specification_has_every_command_with_its_options(terminal: Terminal) -> None:
    ran = terminal.run("--spec")
    named = {command["name"]: command for command in ran.json["commands"]}
    assert (ran.code, ran.err) == (0, "")
    assert named.keys() == COMMANDS.keys()
    for name, command in COMMANDS.items():
        flags = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
        listed = [o for option in named[name]["options"] for o in option["names"]]
        assert sorted(listed) == sorted(flags)
    assert ran.json["exit_codes"].keys() == {"0", "1", "2"}


def test_the_specification_says_what_an_option_takes(terminal: Terminal) -> None:
    [check] = [c for c in terminal.run("--spec").json["commands"] if c["name"] == "check"]
    [fail_on] = [o for o in check["options"] if "--fail-on" in o["names"]]
    assert fail_on["choices"] == ["info", "warning", "error"]
    assert check["arguments"] == [
        {"name": "document", "metavar": "DOCUMENT", "required": True, "multiple": False}
    ]

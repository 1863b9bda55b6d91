"""The command `merge`, as a shell runs it: output, exit codes and hostile text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import BASICS, CLAIM, EVERYTHING, SOURCE

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "Red \x1b[31m alert \u202e backwards \x9b31m\nline"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A database, and another one called `their.db` that agrees with it and has more."""
    found = Terminal(tmp_path)
    found.run("import", found.records("mine.jsonl", *BASICS))
    found.run("-d", "their.db", "import", found.records("their.jsonl", *EVERYTHING))
    return found


def exported(terminal: Terminal, database: str = "argmap.db") -> str:
    return terminal.run("-d", database, "export", "--all", "--to", "jsonl").out


def change_theirs(terminal: Terminal, *records: dict[str, object]) -> None:
    assert terminal.run("-d", "their.db", "import", terminal.records("x.jsonl", *records)).code == 0


def test_what_is_there_comes_with_one_line_and_can_be_undone(terminal: Terminal) -> None:
    before = exported(terminal)
    ran = terminal.run("merge", "their.db")
    assert (ran.code, ran.out) == (0, "")
    assert ran.line == (
        "12 records in their.db: 8 added, 0 updated, 4 unchanged; operation 2"
    )  # fmt: skip
    assert exported(terminal) == exported(terminal, "their.db")
    assert terminal.run("merge", "their.db").line.endswith("0 added, 0 updated, 12 unchanged")
    assert terminal.run("undo").code == 0
    assert exported(terminal) == before


def test_into_nothing_makes_a_database_unless_it_is_a_dry_run(terminal: Terminal) -> None:
    assert terminal.run("-d", "new.db", "merge", "their.db", "--dry-run").code == 0
    assert not (terminal.folder / "new.db").exists()
    assert terminal.run("-d", "new.db", "merge", "their.db").code == 0
    assert exported(terminal, "new.db") == exported(terminal, "their.db")


def test_a_dry_run_makes_no_folder_for_the_default_database(terminal: Terminal) -> None:
    data = terminal.folder / "data"

    def merge(*words: str) -> int:
        run = terminal.run
        return run("merge", "their.db", *words, ARGMAP_DATABASE="", XDG_DATA_HOME=str(data)).code

    assert merge("--dry-run") == 0
    assert not data.exists()
    assert merge() == 0
    assert data.exists()


def test_conflicts_are_reported_with_exit_code_1_until_theirs_is_preferred(
    terminal: Terminal,
) -> None:
    change_theirs(terminal, CLAIM | {"text": "It pays."})
    for _ in range(2):
        ran = terminal.run("merge", "their.db")
        assert (ran.code, ran.out) == (1, "")
        told = "conflict: statement C1 (c1): text is 'The toll pays for itself.' here, 'It pays.'"
        assert told in ran.err
        assert "--theirs" in ran.err
    ran = terminal.run("merge", "their.db", "--theirs")
    assert ran.code == 0
    assert exported(terminal) == exported(terminal, "their.db")


def test_the_account_as_json_has_every_key(terminal: Terminal) -> None:
    change_theirs(terminal, SOURCE | {"name": "The Reports"})
    ran = terminal.run("merge", "their.db", "--json")
    assert (ran.code, ran.err) == (1, "")
    found = ran.json
    assert found["conflicts"] == [
        {"id": "reports", "type": "source", "label": None, "keys": ["name"],
         "mine": {"name": "Reports"}, "theirs": {"name": "The Reports"}, "reason": None}
    ]  # fmt: skip
    assert (found["read"], found["added"], found["updated"], found["unchanged"]) == (12, 8, 0, 3)
    assert (found["conflicts_total"], found["kept_out_total"], found["operation"]) == (1, 0, 2)
    assert (found["kept_out"], found["relabelled"]) == ([], [])
    assert (found["taken"], found["taken_total"]) == ([], 0)
    assert (found["same_names"], found["same_texts"]) == ([], [])


def test_hostile_text_is_shown_and_not_obeyed(terminal: Terminal) -> None:
    change_theirs(terminal, SOURCE | {"name": HOSTILE, "description": HOSTILE * 9})
    for words in ((), ("--json",)):
        ran = terminal.run("merge", "their.db", *words)
        assert not {"\x1b", "\u202e", "\x9b"} & set(ran.err + ran.out)


@pytest.mark.parametrize("other", ["none.db", "argmap.db", "mine.jsonl", "."])
def test_an_impossible_merge_is_one_line_and_exit_code_2(terminal: Terminal, other: str) -> None:
    before = exported(terminal)
    ran = terminal.run("merge", other)
    assert (ran.code, ran.out, exported(terminal)) == (2, "", before)
    assert ran.line

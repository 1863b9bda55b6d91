"""Commands write files whole or not at all, and never over a database or an input."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Ran, Shell, Terminal
from support.strategies.maps import AT, everything_of, small_map

import store
from store.database import copy_to

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT: dict[str, Any] = {"type": "document", "id": "new", "title": "New", "text": "It pays."}
CLAIM: dict[str, Any] = {
    "type": "statement", "id": "c", "document": "new", "kind": "claim", "text": "It pays.",
}  # fmt: skip

NAMES = (
    "argmap.db", "./argmap.db", "argmap.db-wal", "argmap.db-shm", "argmap.db-journal", "hard.db",
    "soft.db", "other.db", "other.db-wal", "other.db-journal", "soft-wal",
)  # fmt: skip
"""Names that no output may have: of the database in use, and of another one."""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    found = Terminal(tmp_path)
    with store.open_store(found.database) as opened:
        store.apply(opened, everything_of(small_map()), AT)
        copy_to(opened, tmp_path / "other.db")
    os.link(found.database, tmp_path / "hard.db")
    (tmp_path / "soft.db").symlink_to("argmap.db")
    (tmp_path / "soft-wal").symlink_to("argmap.db-wal")
    return found


@pytest.fixture
def shell(terminal: Terminal) -> Shell:
    return Shell(terminal.folder)


@pytest.fixture
def in_use(terminal: Terminal) -> Iterator[store.Store]:
    """The database, open in another process, so that it has a log next to it."""
    with store.open_store(terminal.database) as opened:
        store.add_text(opened, "Words that are in the log alone.", title="Logged")
        yield opened


def records_in(terminal: Terminal, database: str = "argmap.db") -> str:
    ran = terminal.run("-d", database, "export", "--all", "--to", "jsonl")
    assert ran.code == 0
    return ran.out


def through_a_shell(terminal: Terminal, script: str) -> Ran:
    """Run *script* with bash, where `argmap` is the program."""
    done = subprocess.run(
        ["bash", "-c", f'argmap() {{ "{sys.executable}" -m argmap "$@"; }}; {script}'],
        stdin=subprocess.DEVNULL, capture_output=True, cwd=terminal.folder,
        env=terminal.environment(), check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("command", ["export toll -o", "import new.jsonl --rejects", "backup"])
def test_no_output_is_a_database_or_one_of_its_files(terminal: Terminal, command: str) -> None:
    terminal.records("new.jsonl", DOCUMENT, CLAIM | {"kind": "view"})
    before = {name: records_in(terminal, name) for name in ("argmap.db", "other.db")}
    assert "in the log alone" in before["argmap.db"]
    for name in NAMES:
        ran = terminal.run(*command.split(), name)
        assert (ran.code, ran.out) == (2, ""), name
        assert ran.line.startswith(f"argmap: {name.removeprefix('./')}: "), name
        assert ran.line.endswith(("; give another file", "; give a new name")), name
    assert {name: records_in(terminal, name) for name in before} == before
    assert terminal.run("doctor").code == 0


@pytest.mark.usefixtures("in_use")
def test_a_process_that_refuses_leaves_the_log_of_another(shell: Shell) -> None:
    before = records_in(shell)
    for command in ("export toll -o argmap.db", "backup argmap.db-wal"):
        assert shell.run(*command.split()).code == 2
    assert records_in(shell) == before


def test_the_names_of_a_database_to_come_are_refused(terminal: Terminal) -> None:
    file = terminal.records("new.jsonl", DOCUMENT, CLAIM | {"kind": "view"})
    for name in ("none.db", "none.db-wal", "none.db-journal"):
        ran = terminal.run("-d", "none.db", "import", file, "--rejects", name)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert not list(terminal.folder.glob("none.db*"))


def test_no_file_in_a_folder_is_written_where_one_is_a_database(terminal: Terminal) -> None:
    terminal.run("import", terminal.records("new.jsonl", DOCUMENT))
    (terminal.folder / "out").mkdir()
    (terminal.folder / "out" / "toll.md").symlink_to("../other.db")
    before = records_in(terminal, "other.db")
    ran = terminal.run("export", "--all", "-o", "out")
    assert (ran.code, ran.line) == (
        2, "argmap: out/toll.md: is a SQLite database; give another file",
    )  # fmt: skip
    assert [each.name for each in (terminal.folder / "out").iterdir()] == ["toll.md"]
    assert records_in(terminal, "other.db") == before


@pytest.mark.parametrize(
    ("given", "target"),
    [("in/a.jsonl", "in/a.jsonl"), ("in", "hard"), ("in/*.jsonl", "soft"), ("-", "hard"),
     ("/dev/stdin", "soft")],
)  # fmt: skip
def test_rejects_are_never_an_input(shell: Shell, given: str, target: str) -> None:
    (shell.folder / "in").mkdir()
    file = shell.records("in/a.jsonl", DOCUMENT, CLAIM | {"kind": "view"})
    os.link(file, shell.folder / "hard")
    (shell.folder / "soft").symlink_to("in/a.jsonl")
    before = file.read_bytes()
    ran = through_a_shell(shell, f"argmap import '{given}' --rejects {target} <in/a.jsonl")
    assert (ran.code, ran.line) == (
        2, f"argmap: {target}: is an input of this command; give another file",
    )  # fmt: skip
    assert file.read_bytes() == before
    assert "new" not in {row["id"] for row in Terminal(shell.folder).run("list", "--json").json}


def test_rejects_of_a_refused_import_stay_as_they_were(terminal: Terminal) -> None:
    rejects = terminal.write("rejects", "of the last import\n")
    before = rejects.stat().st_mtime_ns, rejects.stat().st_ino
    for file in ("none.jsonl", terminal.write("odd.bin", "\0\1\2"), "/dev/zero"):
        assert terminal.run("import", file, "--rejects", "rejects").code == 2
    assert (rejects.stat().st_mtime_ns, rejects.stat().st_ino) == before
    assert rejects.read_text() == "of the last import\n"


def test_rejects_are_written_even_if_there_are_none(terminal: Terminal) -> None:
    rejects = terminal.write("rejects", "of the last import\n")
    rejects.chmod(0o600)
    bad = CLAIM | {"kind": "view"}
    ran = terminal.run("import", terminal.records("a.jsonl", DOCUMENT, bad), "--rejects", rejects)
    assert ran.code == 1
    assert '"view"' in rejects.read_text()
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
    ran = terminal.run("import", terminal.records("a.jsonl", DOCUMENT), "--rejects", rejects)
    assert (ran.code, rejects.read_text()) == (0, "")


def test_an_export_goes_to_descriptors_and_devices_as_they_are(terminal: Terminal) -> None:
    whole = terminal.run("export", "toll").out
    ran = through_a_shell(
        terminal,
        "argmap export toll -o /dev/stdout; argmap export toll -o /dev/null;"
        " argmap export toll -o >(cat >piped); wait $!;"
        " { echo before; argmap export toll -o /dev/stdout; echo after; } >plain",
    )
    assert (ran.code, ran.out) == (0, whole)
    assert (terminal.folder / "piped").read_text() == whole
    assert (terminal.folder / "plain").read_text() == f"before\n{whole}after\n"
    assert Path(os.devnull).is_char_device()


def test_records_come_from_commands_and_standard_input(terminal: Terminal) -> None:
    terminal.records("a.jsonl", DOCUMENT, CLAIM)
    ran = through_a_shell(
        terminal,
        "argmap import <(cat a.jsonl); argmap import /dev/stdin <a.jsonl;"
        " cat a.jsonl | argmap import -;"
        " argmap import --jobs 2 <(cat a.jsonl) /dev/fd/7 7<a.jsonl",
    )
    lines = [line for line in ran.err.splitlines() if "records read" in line]
    assert [line.split("records")[0] for line in lines] == ["2 ", "2 ", "2 ", "4 "]
    assert "2 added" in lines[0]
    assert all("unchanged" in line for line in lines[1:])


def test_texts_come_from_commands(terminal: Terminal) -> None:
    ran = through_a_shell(terminal, "argmap add --jobs 2 <(echo First words.) <(echo Second ones.)")
    assert (ran.code, len(ran.out.split())) == (0, 2)
    assert ran.err.endswith("2 files: 2 added\n")


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `open` behave as it does on a terminal."""
    monkeypatch.setattr("argmap.cli.open_.is_terminal", lambda: True)


@pytest.mark.usefixtures("on_a_terminal")
@pytest.mark.parametrize("source", ["/dev/zero", "endless"])
@pytest.mark.parametrize("command", ["import", "add", "rubrics", "grade toll --rubric", "open"])
def test_endless_input_is_refused(terminal: Terminal, command: str, source: str) -> None:
    (terminal.folder / "endless").symlink_to("/dev/urandom")
    ran = terminal.run(*command.split(), source)
    assert (ran.code, ran.line) == (2, f"argmap: {source}: is a device; give a file")


@pytest.mark.parametrize("command", ["import - ", "import /dev/stdin", "add -"])
def test_standard_input_that_never_ends_is_refused(terminal: Terminal, command: str) -> None:
    ran = through_a_shell(terminal, f"argmap {command} </dev/zero")
    assert (ran.code, ran.line) == (2, "argmap: /dev/stdin: is a device; give a file")


def test_a_rubric_is_a_file_or_the_output_of_a_command(terminal: Terminal) -> None:
    os.mkfifo(terminal.folder / "pipe")
    ran = terminal.run("grade", "toll", "--rubric", "pipe")
    assert (ran.code, ran.line) == (2, "argmap: pipe: is a pipe; give a file")
    ran = through_a_shell(terminal, "argmap rubrics <(yes)")
    assert ran.code == 2
    assert ran.err.endswith(": is larger than 4 MiB; give a smaller file\n")
    ran = through_a_shell(terminal, "argmap rubrics <(echo 'id = 7')")
    assert ran.code == 2
    assert "id: " in ran.err


@pytest.mark.usefixtures("on_a_terminal")
@pytest.mark.parametrize("command", ["import", "add", "rubrics", "open"])
@pytest.mark.parametrize("name", ["argmap.db", "argmap.db-wal", "hard.db"])
def test_a_database_in_use_is_no_file_to_read(
    terminal: Terminal, in_use: store.Store, command: str, name: str
) -> None:
    assert in_use.path == terminal.database
    ran = terminal.run(command, name)
    assert ran.code == 2
    assert ran.line.startswith(f"argmap: {name}: ")
    assert ran.line.endswith("; give another file")


@pytest.mark.parametrize("setting", ["config.toml", "rubrics/house.toml"])
def test_settings_that_never_end_are_one_line(terminal: Terminal, setting: str) -> None:
    place = terminal.folder / "settings" / "argmap" / setting
    place.parent.mkdir(parents=True)
    place.symlink_to("/dev/zero")
    words = ("toll", "s-toll", "directness=3")
    ran = terminal.run(
        "rate", *words, ARGMAP_ASSESSOR="", XDG_CONFIG_HOME=f"{terminal.folder}/settings"
    )
    assert f"{place}: is a device; give a file" in ran.err.splitlines()[0]


LONG = "q" * 300


@pytest.mark.parametrize(
    "words",
    [
        ["export", "toll", "-o", f"{LONG}.md"], ["add", f"{LONG}.txt"], ["import", f"{LONG}.jsonl"],
        ["import", "new.jsonl", "--rejects", LONG], ["backup", f"{LONG}.db"],
    ],
)  # fmt: skip
def test_a_name_that_is_too_long_is_one_line(terminal: Terminal, words: list[str]) -> None:
    terminal.records("new.jsonl", DOCUMENT)
    before = records_in(terminal)
    ran = terminal.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.endswith("cannot be used: file name too long")
    assert records_in(terminal) == before


@pytest.mark.parametrize(
    "words", [["open", LONG], ["rubrics", LONG], ["merge", LONG], ["show", LONG]]
)
def test_a_long_word_that_may_be_a_file_is_one_line(terminal: Terminal, words: list[str]) -> None:
    ran = terminal.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "unexpected" not in ran.line


def test_long_ids_make_names_that_the_folder_takes(terminal: Terminal) -> None:
    ids = [f"{'橋' * 90}{number}" for number in range(3)]
    documents = (DOCUMENT | {"id": id_, "text": f"Words {n}."} for n, id_ in enumerate(ids))
    terminal.run("import", terminal.records("a.jsonl", *documents))
    assert terminal.run("export", *ids, "-o", "out").code == 0
    names = sorted(each.name for each in (terminal.folder / "out").iterdir())
    assert names == [f"{'橋' * 83}-{n}.md" for n in (2, 3)] + [f"{'橋' * 84}.md"]
    contents = {(terminal.folder / "out" / name).read_text() for name in names}
    assert {n for n in range(3) for content in contents if f"Words {n}." in content} == {0, 1, 2}


def test_file_names_that_are_not_utf8_are_used_and_shown_safely(shell: Shell) -> None:
    name = os.fsdecode(b"\xff")
    shell.records(f"{name}.jsonl", DOCUMENT, CLAIM | {"kind": "view"})
    shell.write(f"{name}.txt", "Words of its own.")
    ran = shell.run("import", f"{name}.jsonl", "--rejects", f"{name}.rejects", "--json")
    assert (ran.code, ran.json["rejected_total"]) == (1, 1)
    assert b'"view"' in (shell.folder / f"{name}.rejects").read_bytes()
    assert shell.run("add", f"{name}.txt").code == 0
    ran = shell.run("export", "toll", "-o", f"{name}.md")
    assert (ran.code, ran.line) == (0, "wrote \\udcff.md")
    assert (shell.folder / f"{name}.md").read_bytes()
    assert "\\xff.jsonl" in shell.run("history").out


@pytest.mark.parametrize("words", ["export toll", "import new.jsonl --json", "list", "doctor"])
def test_nothing_is_printed_onto_the_database(terminal: Terminal, words: str) -> None:
    terminal.folder.joinpath("new.jsonl").write_text("{}\n", "utf-8")
    before = records_in(terminal)
    for redirected in (">> argmap.db", "1<> argmap.db", "1<> hard.db"):
        ran = through_a_shell(terminal, f"argmap {words} {redirected}")
        assert ran.code == 2
        assert "is the database in use" in ran.line
    assert records_in(terminal) == before


@pytest.mark.parametrize("words", ["export toll -o", "import new.jsonl --rejects", "backup"])
def test_an_empty_name_is_not_the_current_folder(terminal: Terminal, words: str) -> None:
    there = sorted(terminal.folder.iterdir())
    ran = terminal.run(*words.split(), "")
    assert ran.code == 2
    assert "the name is empty" in ran.line
    assert sorted(terminal.folder.iterdir()) == there

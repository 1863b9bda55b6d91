"""The command line as a shell sees it: outputs, exit codes, one-line errors."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Shell, Terminal

from argmap.cli import cli
from argmap.cli._commands import SUMMARIES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The toll pays for itself. Reports say traffic fell by a fifth."
DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": TEXT}
CLAIM = {
    "type": "statement", "id": "c1", "document": "toll", "kind": "claim",
    "quote": "The toll pays for itself.", "main": True,
}  # fmt: skip
EVIDENCE = {
    "type": "statement", "id": "e1", "document": "toll", "kind": "evidence",
    "quote": "traffic fell by a fifth", "supports": "c1",
}  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def toll(terminal: Terminal) -> Terminal:
    file = terminal.records("toll.jsonl", DOCUMENT, CLAIM, EVIDENCE)
    assert terminal.run("import", file).code == 0
    return terminal


@pytest.mark.parametrize("name", cli.commands)
def test_help_says_what_a_command_says_about_itself(name: str) -> None:
    command = cli.commands[name]
    assert command.name == name
    assert (command.help or "").split("\n\n")[0] == SUMMARIES[name]


@pytest.mark.parametrize(
    "words",
    [
        ("--help",), ("--version",), ("list",), ("show", "toll"), ("show", "toll", "--json"),
        ("export", "toll"), ("export", "--all", "--to", "jsonl"), ("grade", "toll"),
        ("check", "toll", "--fail-on", "info"), ("what-if", "toll", "--without", "E1"),
        ("search", "traffic"), ("history",), ("sources",), ("rubrics",), ("show", "nobody"),
        ("list", "--frobnicate"), ("frobnicate",), ("import", "a\x1b[2Jb"), ("import", "-"),
        ("rate", "toll", "C1", "directness=9"), ("rate", "toll", "C1", "directness=1"), ("undo",),
        (),
    ],
)  # fmt: skip
def test_a_process_of_its_own_does_what_the_commands_do_within_this_one(
    toll: Terminal, words: tuple[str, ...]
) -> None:
    beside = toll.folder / "beside"
    beside.mkdir()
    copy = Shell(beside)
    copy.database.write_bytes(toll.database.read_bytes())
    given = b'{"type": "document", "text": "\xc3\x85se"}\nnot json'
    here, there = (each.run(*words, stdin=given) for each in (toll, copy))
    assert here == there
    exports = (toll.run("export", "--all"), toll.run("-d", copy.database, "export", "--all"))
    one, other = (re.sub(r"T\d\d:\d\d:\d\dZ", "", export.out) for export in exports)
    assert one == other


def test_a_store_py_in_the_folder_does_not_stand_in_for_ours(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.write("store.py", "raise SystemExit('the wrong store')")
    shell.write("attrs.py", "raise SystemExit('the wrong attrs')")
    assert shell.run("list", "--json").json == []


@pytest.mark.parametrize("command", ["list", "history", "search", "sources"])
def test_reading_where_there_is_no_database_is_empty_and_makes_none(
    terminal: Terminal, command: str
) -> None:
    words = (command, "word", "--json") if command == "search" else (command, "--json")
    ran = terminal.run(*words)
    assert (ran.code, ran.json) == (0, [])
    assert not terminal.database.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nobody"),
        ("export", "nobody"),
        ("history", "nobody"),
        ("remove", "nobody"),
        ("rate", "nobody", "C1", "directness=1"),
        ("what-if", "nobody", "--without", "C1"),
        ("undo",),
        ("redo",),
        ("doctor",),
        ("backup", "copy.db"),
        ("rubrics", "nothing"),
        ("import", "missing.jsonl"),
        ("add", "missing.txt"),
        ("export",),
        ("frobnicate",),
        ("list", "--frobnicate"),
    ],
)
def test_impossible_requests_give_one_line_exit_code_2_and_no_database(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    ran = terminal.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line
    assert not terminal.database.exists()


def test_a_new_database_is_sound(terminal: Terminal) -> None:
    file = terminal.write("a.txt", TEXT)
    assert terminal.run("add", file).code == 0
    ran = terminal.run("doctor", "--json")
    assert ran.code == 0
    assert all(complaint["is_warning"] for complaint in ran.json)


def test_a_text_is_added_once(terminal: Terminal) -> None:
    file = terminal.write("a.txt", TEXT)
    first = terminal.run("add", file, "--title", "Tolls", "--author", "R. Ames")
    again = terminal.run("add", file)
    assert (first.code, again.code) == (0, 0)
    assert first.out == again.out
    assert "already" in again.line
    [row] = terminal.run("list", "--json").json
    assert (row["title"], row["author"]) == ("Tolls", "R. Ames")
    assert len(terminal.run("history", "--json").json) == 1


def test_a_text_can_come_from_standard_input(terminal: Terminal) -> None:
    assert terminal.run("add", "-", stdin=b"# A heading\n\nWords.").code == 0
    assert terminal.run("list", "--json").json[0]["title"] == "A heading"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"PK\x03\x04\x00\x00words", "cut off or damaged"),
        (b"words\x00", "byte 6"),
        (b"caf\xe9 \x81", "byte 4 is not UTF-8 and byte 6 is not Windows-1252"),
        (b"\xef\xbb\xbfcaf\xe9", "byte 7"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_place(
    terminal: Terminal, content: bytes, reason: str
) -> None:
    file = terminal.write("a.txt", content)
    ran = terminal.run("add", file)
    assert ran.code == 2
    assert reason in ran.line
    assert str(file) in ran.line
    assert not terminal.database.exists()


def test_a_folder_is_refused(terminal: Terminal) -> None:
    for command in ("add", "import"):
        assert "folder" in terminal.run(command, terminal.folder).line


def test_the_account_of_an_import_is_one_json_value(terminal: Terminal) -> None:
    bad = {"type": "statement", "document": "toll", "kind": "claim", "quote": "The bridge"}
    file = terminal.records("a.jsonl", DOCUMENT, CLAIM, bad)
    ran = terminal.run("import", file, "--json")
    assert ran.code == 1
    account = ran.json
    assert [account[key] for key in ("format", "read", "added", "rejected_total")] == [
        "jsonl", 3, 2, 1,
    ]  # fmt: skip
    assert (account["updated"], account["unchanged"], account["operation"]) == (0, 0, 1)
    assert account["rejected"][0]["line"] == 3
    assert set(account["rejected"][0]) == {"line", "path", "reason"}
    assert sum(account["reasons"].values()) == 1


def test_without_json_the_account_goes_to_standard_error(terminal: Terminal) -> None:
    bad = [{"type": "claim", "n": n} for n in range(25)]
    ran = terminal.run("import", terminal.records("a.jsonl", DOCUMENT, *bad))
    lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (1, "")
    assert len(lines) == 1 + 20 + 1
    assert "5 more" in lines[-1]


def test_strict_imports_nothing_at_all(terminal: Terminal) -> None:
    ran = terminal.run("import", "--strict", terminal.records("a.jsonl", DOCUMENT, {"type": "x"}))
    assert ran.code == 2
    assert not terminal.database.exists()


def test_a_dry_run_writes_nothing(terminal: Terminal) -> None:
    good = terminal.records("good.jsonl", DOCUMENT)
    bad = terminal.records("bad.jsonl", DOCUMENT, {"type": "x"})
    assert terminal.run("import", "--dry-run", good).code == 0
    assert terminal.run("import", "--dry-run", bad).code == 1
    assert not terminal.database.exists()


def test_rejects_get_every_raw_line_in_order(terminal: Terminal) -> None:
    lines = [b'{"type": "x"}', b"not json", b'{"type":   "y"}']
    file = terminal.write("a.jsonl", b"\n".join([lines[0], *lines[1:]]) + b"\n")
    terminal.run("import", file, "--from", "jsonl", "--rejects", "no.jsonl")
    assert (terminal.folder / "no.jsonl").read_bytes() == b"\n".join(lines) + b"\n"


def test_the_report_distinguishes_several_files(terminal: Terminal) -> None:
    one = terminal.records("one.jsonl", CLAIM)
    two = terminal.records("two.jsonl", DOCUMENT, {"type": "x"})
    account = terminal.run("import", one, two, "--json").json
    assert account["added"] == 2
    assert account["rejected"][0]["file"] == str(two)


def test_undo_and_redo_walk_through_everything(toll: Terminal) -> None:
    before = toll.run("export", "toll", "--to", "jsonl").out
    assert toll.run("rate", "toll", "C1", "directness=1", "--because", "thin").code == 0
    rated = toll.run("export", "toll", "--to", "jsonl").out
    assert toll.run("remove", "toll").code == 0
    assert toll.run("list", "--json").json == []
    assert toll.run("undo").code == 0
    assert toll.run("export", "toll", "--to", "jsonl").out == rated
    assert toll.run("undo").code == 0
    assert toll.run("export", "toll", "--to", "jsonl").out == before
    assert toll.run("redo").code == 0
    assert toll.run("export", "toll", "--to", "jsonl").out == rated
    states = [row["state"] for row in toll.run("history", "--json").json]
    assert states == ["undone", "done", "done"]


def test_history_says_what_was_done_to_which_document(toll: Terminal) -> None:
    [row] = toll.run("history", "toll", "--json").json
    assert set(row) == {"operation", "at", "label", "document", "state"}
    assert (row["operation"], row["document"], row["state"]) == (1, "toll", "done")


def test_show_gives_records_with_labels(toll: Terminal) -> None:
    shown = toll.run("show", "toll", "--json").json
    assert shown["document"]["id"] == "toll"
    assert [s["label"] for s in shown["statements"]] == ["C1", "E1"]
    assert [i["label"] for i in shown["inferences"]] == ["I1"]
    assert {"sources", "attributions", "ratings"} <= set(shown)


def test_a_document_is_named_by_a_beginning_that_no_other_has(toll: Terminal) -> None:
    other = DOCUMENT | {"id": "tollway", "title": "Another", "text": "Other words."}
    toll.run("import", toll.records("b.jsonl", other))
    assert toll.run("show", "toll").code == 0, "an id itself comes first"
    assert toll.run("show", "Anoth").code == 0
    ran = toll.run("show", "tol")
    assert ran.code == 2
    assert "toll (The toll), tollway (Another)" in ran.line


def test_list_counts_claims_that_have_a_grade(toll: Terminal) -> None:
    [before] = toll.run("list", "--json").json
    assert (before["claims"], before["evidence"], before["assumptions"]) == (1, 1, 0)
    assert before["graded"] == 0
    toll.run("rate", "toll", "C1", "directness=0", "identification=0")
    assert toll.run("list", "--json").json[0]["graded"] == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("directness=5", "not a level of directness"),
        ("directnes=1", "not a criterion"),
        ("directness", "CRITERION=LEVEL"),
        ("directness=high", "CRITERION=LEVEL"),
    ],
)
def test_an_answer_that_the_rubric_lacks_is_refused(
    toll: Terminal, answer: str, reason: str
) -> None:
    ran = toll.run("rate", "toll", "C1", answer)
    assert ran.code == 2
    assert reason in ran.line


def test_search_finds_statements_and_documents(toll: Terminal) -> None:
    hits = toll.run("search", "traffic fel", "--json").json
    assert [(h["document"], h["label"]) for h in hits] == [("toll", "E1"), ("toll", None)]
    assert set(hits[0]) == {"document", "statement", "label", "text", "snippet"}


def test_hostile_text_is_shown_and_not_obeyed(terminal: Terminal) -> None:
    hostile = "Red \x1b[31m alert \u202e backwards \x9b31m [bold]loud[/bold]"
    document = DOCUMENT | {"title": hostile, "text": hostile}
    claim = CLAIM | {"quote": hostile}
    terminal.run("import", terminal.records("a.jsonl", document, claim))
    for words in (("list",), ("show", "toll"), ("search", "alert"), ("history",)):
        out = terminal.run(*words).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "\x9b" not in out
    assert "⟦U+202E⟧" in terminal.run("show", "toll").out
    assert "[bold]loud[/bold]" in terminal.run("show", "toll").out
    assert "\\u202e" in terminal.run("show", "toll", "--json").out
    assert terminal.run("show", "toll", "--json").json["document"]["title"] == hostile


def test_an_error_message_does_not_obey_the_name_it_repeats(terminal: Terminal) -> None:
    assert "⟦U+001B⟧" in terminal.run("add", "a\x1b[2Jb").line


def test_a_closed_pipe_ends_quietly(toll: Terminal) -> None:
    command = f"{sys.executable} -m argmap export --all --to jsonl | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=toll.environment(), cwd=toll.folder, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


def test_output_is_utf_8_whatever_the_locale_says(toll: Terminal) -> None:
    toll.run("import", toll.records("b.jsonl", {"type": "document", "id": "toll", "author": "Åse"}))
    for locale in ("C", "en_US.ISO-8859-1"):
        ran = Shell(toll.folder).run(
            "list", LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="latin-1"
        )
        assert "Åse" in ran.out


def test_a_backup_is_a_database_that_others_can_open(toll: Terminal) -> None:
    assert toll.run("backup", "copy.db").code == 0
    with sqlite3.connect(toll.folder / "copy.db") as copy:
        assert copy.execute("SELECT label FROM claims").fetchall() == [("C1",)]
    copy.close()
    assert toll.run("backup", "copy.db").code == 2
    assert toll.run("-d", "copy.db", "export", "toll", "--to", "jsonl").out


def test_the_folder_export_has_one_file_for_each_document(toll: Terminal) -> None:
    other = DOCUMENT | {"id": "../../b", "title": "Another", "text": "Other words."}
    toll.run("import", toll.records("b.jsonl", other))
    target = toll.folder / "out"
    target.mkdir()
    assert toll.run("export", "--all", "--to", "jsonl", "-o", target).code == 0
    assert sorted(file.name for file in target.iterdir()) == ["b.jsonl", "toll.jsonl"]


@pytest.mark.parametrize("name", ["directness", "specificity"])
def test_a_rubric_is_shown_in_words(terminal: Terminal, name: str) -> None:
    assert f"({name})" in terminal.run("rubrics", "evidence-attribution").out
    listed = terminal.run("rubrics", "--json").json
    assert [rubric["id"] for rubric in listed] == ["evidence-attribution"] * 2 + ["quick-look"]


def test_a_rubric_file_with_a_fault_is_one_line_with_its_place(terminal: Terminal) -> None:
    file = terminal.write("r.toml", 'id = "r"\nversion = "1"\n')
    ran = terminal.run("rubrics", file)
    assert ran.code == 2
    assert str(file) in ran.line


def test_the_assessor_is_the_option_then_the_environment_then_the_config(
    toll: Terminal,
) -> None:
    config = toll.folder / ".config" / "argmap" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(b'\xef\xbb\xbfassessor = "conny"\r\n')
    toll.run("rate", "toll", "C1", "directness=1", "--assessor", "opal")
    toll.run("rate", "toll", "C1", "directness=1", ARGMAP_ASSESSOR="envy")
    toll.run("rate", "toll", "C1", "directness=1", ARGMAP_ASSESSOR="")
    ratings = toll.run("show", "toll", "--json").json["ratings"]
    assert {rating["assessor"] for rating in ratings} == {"opal", "envy", "conny"}

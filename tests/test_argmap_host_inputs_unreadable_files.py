"""An unreadable file among several is named with its line, and the others are imported."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": "It pays.  Does it?"}
CLAIM = {"type": "statement", "id": "c1", "document": "toll", "kind": "claim", "quote": "It pays."}
PACKED = gzip.compress(json.dumps(CLAIM).encode())
BAD = {
    "cut.jsonl.gz": (PACKED[:-9], 1, "its compressed data is cut off"),
    "half.md": (b"---\nargmap: 1\nid: d\ntitle: \xff\n---\n", 4, "is not UTF-8"),
    "list.md": (b"---\nargmap: 1\nid: d\ntitle:\n- T\n- U\n---\n", 4, "title: expected one value"),
    "bytes.csv": (b"document,kind,text\ntoll,claim,A\x81\xff\n", 1, "byte 32 is not UTF-8"),
    "columns.csv": (b"document,kind,colour\n", 1, "unknown column: 'colour'"),
    "notes.txt": (b"No records.\n", 1, "is not in a format that argmap knows"),
}  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.mark.parametrize("name", BAD)
def test_an_unreadable_file_is_rejected_and_the_others_are_imported(
    terminal: Terminal, name: str
) -> None:
    content, line, reason = BAD[name]
    terminal.write(name, content)
    terminal.records("a.jsonl", DOCUMENT)
    terminal.records("z.jsonl", CLAIM)
    words = ["import", "a.jsonl", name, "z.jsonl", "--jobs", "1"]
    ran = terminal.run(*words, "--strict")
    assert (ran.code, terminal.database.exists()) == (2, False)
    ran = terminal.run(*words, "--rejects", "no", "--json")
    assert ran.code == 1
    assert (ran.json["read"], ran.json["added"], ran.json["rejected_total"]) == (3, 2, 1)
    [rejected] = ran.json["rejected"]
    assert (rejected["file"], rejected["line"]) == (name, line)
    assert reason in rejected["reason"]
    assert name not in rejected["reason"]
    assert (terminal.folder / "no").read_bytes() == b""
    assert [each["rejected"] for each in ran.json["files"]] == [0, 1, 0]
    assert f"\n{name}:{line}: {rejected['reason']}\n" in terminal.run(*words).err


def test_processes_reject_the_unreadable_files_and_import_the_others(terminal: Terminal) -> None:
    for name, (content, _, _) in BAD.items():
        terminal.write(name, content)
    terminal.records("a.jsonl", DOCUMENT)
    terminal.records("z.jsonl", CLAIM)
    words = ["import", "a.jsonl", *BAD, "z.jsonl", "--jobs", "2"]
    ran = terminal.run(*words, "--strict")
    assert (ran.code, terminal.database.exists()) == (2, False)
    ran = terminal.run(*words, "--rejects", "no", "--json")
    assert ran.code == 1
    assert (ran.json["read"], ran.json["added"]) == (2 + len(BAD), 2)
    places = [(each["file"], each["line"]) for each in ran.json["rejected"]]
    assert places == [(name, line) for name, (_, line, _) in BAD.items()]
    assert (terminal.folder / "no").read_bytes() == b""
    assert [each["rejected"] for each in ran.json["files"]] == [0, *[1] * len(BAD), 0]
    told = terminal.run(*words).err
    for rejected, (name, (_, line, reason)) in zip(ran.json["rejected"], BAD.items(), strict=True):
        assert reason in rejected["reason"]
        assert name not in rejected["reason"]
        assert f"\n{name}:{line}: {rejected['reason']}\n" in told


@pytest.mark.parametrize("name", BAD)
def test_one_alone_ends_the_import_with_its_name_and_line(terminal: Terminal, name: str) -> None:
    content, line, reason = BAD[name]
    terminal.write(name, content)
    ran = terminal.run("import", name)
    assert (ran.code, terminal.database.exists()) == (2, False)
    assert ran.line.startswith(f"argmap: {name}: line {line}: " if line > 1 else f"argmap: {name}:")
    assert reason in ran.line
    assert ran.line.count(name) == 1


def test_standard_input_is_named_with_the_line(terminal: Terminal) -> None:
    content, line, reason = BAD["list.md"]
    ran = terminal.run("import", "--from", "markdown", "-", stdin=content)
    assert ran.code == 2
    assert ran.line.startswith(f"argmap: standard input: line {line}: {reason}")


def test_if_no_file_is_readable_nothing_is_imported_and_each_is_named(terminal: Terminal) -> None:
    for name, (content, _, _) in BAD.items():
        terminal.write(name, content)
    ran = terminal.run("import", "missing.jsonl", *BAD)
    assert (ran.code, terminal.database.exists()) == (2, False)
    for name in ("missing.jsonl", *BAD):
        assert f"\n{name}:" in ran.err


def test_a_folder_names_its_unreadable_files(terminal: Terminal) -> None:
    (terminal.folder / "in").mkdir()
    for name, (content, _, _) in BAD.items():
        terminal.write(f"in/{name}", content)
    terminal.records("in/a.jsonl", DOCUMENT)
    ran = terminal.run("import", "in", "--json")
    assert ran.code == 1
    files = [each["file"] for each in ran.json["rejected"]]
    assert files == [f"in/{name}" for name in sorted(BAD) if name != "notes.txt"]
    assert ran.json["added"] == 1


def test_a_map_is_refused_whole_and_its_faults_are_in_the_order_of_its_lines(
    terminal: Terminal,
) -> None:
    said = {"type": "attribution", "statement": "c1", "class": "author_assertion"}
    rating = {"type": "rating", "statement": "c1", "criterion": "fit", "answer": 3}
    claims = [CLAIM | {"id": f"c{n}"} for n in (1, 2)]
    terminal.records("a.jsonl", DOCUMENT, *claims, said, rating, rating | {"statement": "c2"})
    assert terminal.run("import", "a.jsonl").code == 0
    written = terminal.run("export", "toll").out
    wrong = written.replace("| 3 |", "| 9 |").replace("author assertion", "hearsay")
    wrong = wrong.replace("> It pays.", "> It plays.")
    terminal.write("wrong.md", wrong)
    terminal.write("whole.md", written.replace("**Attributed to**", "**Attributed of**"))
    ran = terminal.run("import", "wrong.md", "whole.md", "--json", "--rejects", "no.jsonl")
    places = [(each["file"], each["line"]) for each in ran.json["rejected"]]
    assert [file for file, _ in places] == ["wrong.md"] * 5 + ["whole.md"]
    lines = [line for file, line in places if file == "wrong.md"]
    assert lines == sorted(lines)
    rejects = (terminal.folder / "no.jsonl").read_text("utf-8")
    kinds = [json.loads(line)["type"] for line in rejects.splitlines()]
    assert kinds == ["statement", "attribution", "rating", "statement", "rating"]

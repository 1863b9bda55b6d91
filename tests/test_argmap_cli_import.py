"""An import reads folders, compressed files and pipes, and reads each file twice alike."""

from __future__ import annotations

import gzip
import io
import os
import resource
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from attrs import asdict
from support.drivers.command_line import Terminal

from argmap.cli._import_report import complete_counts, count_by_file
from argmap.errors import InputError
from argmap.formats.registry import import_formats
from argmap.host.inputs.record_files import ReopeningFile, open_inputs, select_record_files
from store import ImportOptions, import_records

DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": "It pays."}
CLAIM = {
    "type": "statement", "id": "c1", "document": "toll", "kind": "claim", "quote": "It pays.",
}  # fmt: skip
SOURCE = {"type": "source", "id": "ames", "name": "R. Ames", "kind": "person"}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def folder(terminal: Terminal) -> Path:
    (terminal.folder / "in" / "sub").mkdir(parents=True)
    claim = terminal.records("in/a.jsonl", CLAIM)
    claim.with_name("z.jsonl.gz").write_bytes(gzip.compress(claim.read_bytes()))
    terminal.records("in/sub/d.jsonl", DOCUMENT)
    terminal.write("in/notes.txt", "No records.")
    terminal.write("in/empty", "")
    terminal.write("in/cut.jsonl.gz", gzip.compress(claim.read_bytes())[:20])
    return terminal.folder / "in"


def test_a_folder_is_one_import_of_what_is_in_it(terminal: Terminal, folder: Path) -> None:
    assert folder.is_dir()
    ran = terminal.run("import", "in")
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "4 records read: 2 added, 0 updated, 1 unchanged, 1 rejected; operation 1",
        "in/cut.jsonl.gz:1: its compressed data is cut off; get the whole file again",
        "in/a.jsonl: 1 record: 1 added",
        "in/cut.jsonl.gz: 1 record: 1 rejected",
        "in/z.jsonl.gz: 1 record: 1 unchanged",
        "in/sub/d.jsonl: 1 record: 1 added",
        "2 files skipped: unknown format",
    ]
    assert len(terminal.run("history", "--json").json) == 1


def test_a_file_with_a_spoilt_first_line_is_known_by_its_name(terminal: Terminal) -> None:
    (terminal.folder / "in").mkdir()
    content = b"nonsense\n" + terminal.records("a", DOCUMENT).read_bytes()
    terminal.write("in/a.JSONL.gz", gzip.compress(content))
    terminal.write("in/other.csv", "colour,size\nred,4\n")
    terminal.write("in/b.txt", content)
    for given in ("in", "in/a.JSONL.gz"):
        account = terminal.run("import", given, "--json").json
        assert (account["read"], account["rejected_total"]) == (2, 1)
    assert terminal.run("import", "in/b.txt").code == 2


def test_each_of_several_files_reports_imported_and_rejected_records(
    terminal: Terminal,
) -> None:
    bad = {"type": "x"}
    one = terminal.records("one.jsonl", bad, DOCUMENT, bad)
    two = terminal.records("two.jsonl", CLAIM)
    three = terminal.records("three.jsonl", bad)
    terminal.write("none.jsonl", b"\n")
    none = {"added": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    dry = terminal.run("import", one, two, "--json", "--dry-run").json
    assert dry["files"] == [
        none | {"file": str(one), "read": 3, "rejected": 2},
        none | {"file": str(two), "read": 1},
    ]
    account = terminal.run("import", one, two, three, "--json").json
    assert account["files"] == [
        none | {"file": str(one), "read": 3, "added": 1, "rejected": 2},
        none | {"file": str(two), "read": 1, "added": 1},
        none | {"file": str(three), "read": 1, "rejected": 1},
    ]
    assert "files" not in terminal.run("import", one, "--json").json
    again = terminal.records("two.jsonl", CLAIM | {"note": "new"}, SOURCE)
    ran = terminal.run("import", one, again, "none.jsonl", "--from", "jsonl")
    assert ran.err.splitlines()[-3:] == [
        f"{one}: 3 records: 1 unchanged, 2 rejected",
        f"{two}: 2 records: 1 added, 1 updated",
        "none.jsonl: 0 records",
    ]


def test_each_file_of_a_long_import_reports_its_records(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.run.SPAN", 4)
    claims = [CLAIM | {"id": f"c{n}"} for n in range(12)]
    terminal.records("0.jsonl", DOCUMENT, *claims[:3])
    terminal.records("1.jsonl", *claims[1:7], claims[4] | {"text": "Other."})
    terminal.records("2.jsonl", *claims[7:], {"type": "x"}, claims[0] | {"note": "n"})

    def take(*names: str) -> list[dict[str, object]]:
        with ExitStack() as stack:
            paths = tuple(terminal.folder / f"{name}.jsonl" for name in names)
            inputs, shares = count_by_file(
                open_inputs(stack, paths, None, import_formats()).decoded
            )
            options = ImportOptions("amy", "2024-03-02T10:15:00Z")
            account = import_records(terminal.database, inputs, options)
            found = [asdict(share) for share in complete_counts(shares, account)]
        return [{k: n for k, n in each.items() if n and k != "file"} for each in found]

    take("0")
    assert take("1", "2") == [
        {"read": 7, "added": 4, "unchanged": 2, "rejected": 1},
        {"read": 7, "added": 5, "updated": 1, "rejected": 1},
    ]
    assert take("1", "2") == [
        {"read": 7, "unchanged": 6, "rejected": 1},
        {"read": 7, "unchanged": 6, "rejected": 1},
    ]


def test_a_folder_is_searched_for_the_format_that_is_named(
    terminal: Terminal, folder: Path
) -> None:
    assert terminal.run("import", folder, "--from", "jsonl", "--json").json["added"] == 2
    ran = terminal.run("import", folder, "--from", "markdown")
    assert ran.code == 2
    assert ran.line.endswith("the folder has no file that can be imported; give another")


@pytest.mark.parametrize("given", ["in/*.zip", "empty"])
def test_where_there_is_nothing_to_import_nothing_is_made(
    terminal: Terminal, folder: Path, given: str
) -> None:
    (folder.parent / "empty").mkdir()
    ran = terminal.run("import", given)
    assert ran.code == 2
    assert ran.line
    assert not terminal.database.exists()


@pytest.mark.parametrize("way", ["file", "standard input", "pipe"])
def test_compressed_records_come_from_anywhere(terminal: Terminal, way: str) -> None:
    lines = terminal.records("a.jsonl", DOCUMENT, CLAIM).read_bytes()
    packed = gzip.compress(lines[:50]) + gzip.compress(lines[50:])
    if way == "standard input":
        ran = terminal.run("import", "-", stdin=packed)
    elif way == "file":
        ran = terminal.run("import", terminal.write("a.gz", packed))
    else:
        pipe = terminal.folder / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(packed,))
        writer.start()
        ran = terminal.run("import", pipe)
        writer.join()
    assert (ran.code, ran.err) == (
        0,
        "2 records read: 2 added, 0 updated, 0 unchanged; operation 1\n",
    )


def test_truncated_compressed_records_are_not_imported_at_all(terminal: Terminal) -> None:
    lines = terminal.records("a.jsonl", DOCUMENT, CLAIM).read_bytes()
    cut = terminal.write("a.gz", gzip.compress(lines)[:-9])
    ran = terminal.run("import", cut)
    assert ran.code == 2
    assert "its compressed data is cut off" in ran.line
    assert not terminal.database.exists()


def test_rejects_of_compressed_files_are_their_lines(terminal: Terminal) -> None:
    packed = terminal.write("a.gz", gzip.compress(b'{"type": "x"}\n'))
    assert terminal.run("import", packed, "--rejects", "no.jsonl").code == 1
    assert (terminal.folder / "no.jsonl").read_bytes() == b'{"type": "x"}\n'


def test_more_files_than_may_be_open_are_read(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.jsonl").write_text(f'{{"n": {number}}}\n')
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path(os.devnull).open() as lowest:  # what is open now has lower numbers
        used = lowest.fileno()
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 20, hard))
    try:
        with ExitStack() as stack:
            files = select_record_files([tmp_path], None, import_formats()).files
            inputs = open_inputs(stack, files, None, import_formats()).files
            for _ in range(2):
                lines = [
                    line for file in inputs for line in (file.stream.seek(0), *file.stream)[1:]
                ]
                assert len(lines) == 60
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_file_is_read_again_from_its_beginning_and_each_byte_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one\ntwo\n" * 1000)
    noted: list[int] = []
    with ReopeningFile(path, "a", noted.append) as raw, io.BufferedReader(raw, 100) as stream:
        for _ in range(2):
            stream.seek(0)
            assert list(stream) == [b"one\n", b"two\n"] * 1000
        assert sum(noted) == 16_000
        stream.seek(4)
        assert (stream.readline(), stream.tell()) == (b"two\n", 8)


def test_a_file_that_changes_between_two_readings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one\n")
    with ReopeningFile(path, "a.jsonl", lambda _: None) as raw, io.BufferedReader(raw) as stream:
        assert stream.read() == b"one\n"
        path.write_bytes(b"another\n")
        with pytest.raises(InputError, match=r"^a\.jsonl: changed while it was being read; "):
            stream.seek(0)

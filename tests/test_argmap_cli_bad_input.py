"""Bad input gets one clear line and the right exit code, and the database stays unchanged."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Ran, Terminal
from support.drivers.desk import ATTRIBUTION, CLAIM, EVERYTHING, SOURCE

from argmap.errors import EditError, Fault, ModelError
from argmap.records.decode import record_from_line

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 2**20
NEW = CLAIM | {"id": "new"}
START = json.dumps(NEW).encode()[:-1]

LINES = {
    "a megabyte that is no JSON": (b"{" + b"x" * MEGABYTE, "is not JSON"),
    "an id of a megabyte": (json.dumps(NEW | {"id": "x" * MEGABYTE}).encode(),
                            "id: has more than 200 characters"),
    "a key of a megabyte": (START + b', "' + b"k" * MEGABYTE + b'": 1}', "is not a key of statement"),
    "a word of a megabyte": (json.dumps(NEW | {"kind": "k" * MEGABYTE}).encode(),
                             "kkk' is not one of claim, evidence, assumption"),
    "a reference of a megabyte": (json.dumps(NEW | {"supports": "k" * MEGABYTE}).encode(),
                                  "supports: there is no statement or inference 'kkk"),
    "a quote of a megabyte": (json.dumps(NEW | {"quote": "toll " * 200_000}).encode(),
                              "quote: is not in the document's text"),
    "ten thousand keys": (START + b"".join(b', "k%d": 1' % n for n in range(10_000)) + b"}",
                          "k0: is not a key of statement records; k1: is not a key"),
    "ten thousand references": (json.dumps(NEW | {"supports": [f"s{n}" for n in range(10_000)]})
                                .encode(), "; and 9,980 more"),
    "a NUL": (b"\0", "is not JSON: expecting value at character 1"),
    "a NUL in a string": (START + b', "note": "\0"}', "is not JSON: invalid control character at"),
    "an escaped NUL": (START + b', "note": "\\u0000"}', "note: has the character U+0000"),
    "half a character": (START + b', "note": "\\udc00"}', "note: has a lone surrogate"),
    "half a character in bytes": (START + b', "note": "\xed\xb0\x80"}', "is not UTF-8: byte"),
    "a number that overflows": (START + b', "start": 1e999}', "start: must be an integer"),
    "a number of 100,000 digits": (START + b', "start": ' + b"9" * 100_000 + b"}",
                                   "start: is an integer beyond 2^53"),
    "nested 10,000 deep": (START + b', "note": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
                           "is nested too deeply"),
    "opened 100,000 times": (b'{"a":' * 100_000, "is nested too deeply"),
    "a key twice": (START + b', "text": "Other."}', "text: the key is given twice"),
    "an id in another form": (json.dumps(NEW | {"id": "cafe\u0301"}).encode(),
                              "id: is not in Unicode normalization form C"),
    "a reference in another form": (json.dumps(NEW | {"supports": "cafe\u0301"}).encode(),
                                    "; ids are in Unicode form NFC, and this one is not"),
}  # fmt: skip
"""For each fault: a line with it, and words of the message that reports it."""


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and prctl")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A folder with a database that has a record of every type."""
    terminal = Terminal(tmp_path)
    assert terminal.run("import", terminal.records("sound.jsonl", *EVERYTHING)).code == 0
    return terminal


def limited(terminal: Terminal, shell: str, *words: str, stdin: bytes = b"") -> Ran:
    """Run argmap in a shell that has run *shell* first."""
    command = f'{shell}; exec "$0" -m argmap "$@"'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, *words],
        input=stdin, capture_output=True, check=False, cwd=terminal.folder,
        env=terminal.environment(),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def mortal(terminal: Terminal, *words: str) -> Ran:
    """Run argmap as a user who is bound by permissions, even if the tests run as root."""
    launch = (
        "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0);"  # no CAP_DAC_OVERRIDE
        " os.execv(sys.executable, [sys.executable, '-m', 'argmap', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", launch, *words],
        capture_output=True, text=True, check=False, cwd=terminal.folder,
        env=terminal.environment(),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", LINES)
def test_a_bad_line_is_reported_in_one_line_and_changes_nothing(
    terminal: Terminal, name: str
) -> None:
    line, words = LINES[name]
    before = terminal.database.read_bytes()
    file = terminal.write("bad.jsonl", json.dumps(CLAIM).encode() + b"\n" + line + b"\n")
    ran = terminal.run("import", file)
    told = ran.err.splitlines()
    assert (ran.code, ran.out, len(told)) == (1, "", 2)
    assert told[0] == "2 records read: 0 added, 0 updated, 1 unchanged, 1 rejected"
    assert told[1].startswith("line 2: ")
    assert words in told[1]
    assert len(told[1]) < 3000
    assert terminal.database.read_bytes() == before


def test_of_two_ids_that_differ_only_in_form_one_is_imported(terminal: Terminal) -> None:
    file = terminal.records("two.jsonl", NEW | {"id": "cafe\u0301"}, NEW | {"id": "caf\u00e9"})
    ran = terminal.run("import", file, "--json")
    assert (ran.code, ran.json["added"]) == (1, 1)
    assert [r["line"] for r in ran.json["rejected"]] == [1]


def test_a_megabyte_in_one_sound_line_is_imported(terminal: Terminal) -> None:
    file = terminal.records("long.jsonl", NEW | {"note": "word " * 200_000})
    assert terminal.run("import", file).code == 0


@pytest.mark.parametrize(
    "content",
    [b"\0" * 5000, b"x" * MEGABYTE, bytes(range(256)) * 9],
    ids=["NUL", "a megabyte", "every byte"],
)
def test_other_kinds_of_files_are_refused_in_one_line(terminal: Terminal, content: bytes) -> None:
    before = terminal.database.read_bytes()
    ran = terminal.run("import", terminal.write("bad", content))
    assert (ran.code, ran.out) == (2, "")
    assert "is not in a format that argmap knows; name the format with --from" in ran.line
    assert terminal.database.read_bytes() == before


def test_very_many_faulty_lines_are_counted_and_the_first_are_listed(terminal: Terminal) -> None:
    before = terminal.database.read_bytes()
    file = terminal.write("bad.jsonl", b'{"type": "claim"}\nnonsense\n' * 10_000)
    ran = terminal.run("import", file)
    told = ran.err.splitlines()
    assert (ran.code, len(told)) == (1, 22)
    assert told[-1] == "and 19,980 more rejected records"
    assert terminal.database.read_bytes() == before


@pytest.mark.parametrize("count", [5000, 6000])
@pytest.mark.parametrize("blocks", [10, 600, 1500])
def test_a_full_disk_is_one_line_and_the_database_as_it_was(
    terminal: Terminal, blocks: int, count: int
) -> None:
    before = terminal.database.read_bytes()
    many = (NEW | {"id": f"many{n}", "note": "word " * 100} for n in range(count))
    terminal.records("many.jsonl", *many)
    ran = limited(terminal, f"ulimit -f {blocks}", "import", "many.jsonl")
    assert ran.code == 2
    assert ran.line.endswith(
        ("; check its free space and its health", "; free some space and try again")
    )
    assert terminal.database.read_bytes() == before
    assert terminal.run("doctor").code == 0
    assert terminal.run("import", "many.jsonl").code == 0  # with room again


def test_a_full_temporary_folder_is_one_line(terminal: Terminal) -> None:
    ran = limited(terminal, "ulimit -f 10", "import", "-", stdin=b"\n" * MEGABYTE)
    assert (ran.code, ran.line) == (2, "argmap: standard input: cannot be used: file too large")


def test_a_closed_standard_input_is_one_line(terminal: Terminal) -> None:
    for command in ("import", "add"):
        ran = limited(terminal, "exec <&-", command, "-")
        assert (ran.code, ran.line) == (2, "argmap: standard input is closed; give a file")


def test_help_needs_no_standard_input(terminal: Terminal) -> None:
    ran = limited(terminal, "exec <&-", "help", "keys")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == terminal.run("help", "keys").out


def test_a_closed_standard_output_is_one_line_where_there_is_data(terminal: Terminal) -> None:
    file = str(terminal.records("new.jsonl", NEW))
    ran = limited(terminal, "exec >&-", "list", "--json")
    assert (ran.code, ran.line) == (
        1,
        "argmap: standard output is closed; redirect it to a file or a pipe",
    )
    ran = limited(terminal, "exec >&-", "import", file)
    assert (ran.code, ran.line[:14]) == (0, "1 record read:")
    assert limited(terminal, "exec >&- <&-").code == 2


def test_words_that_nobody_can_read_never_go_to_standard_output(terminal: Terminal) -> None:
    file = str(terminal.records("new.jsonl", NEW, {"type": "x"}))
    ran = limited(terminal, "exec 2>&-", "import", file)
    assert (ran.code, ran.out) == (1, "")
    ran = limited(terminal, "exec 2>&-", "import", file, "--json")
    assert (ran.code, ran.json["rejected_total"]) == (1, 1)
    assert limited(terminal, "exec 2>&- >&-", "list").code == 1


@linux_only
def test_a_full_standard_output_is_one_line(terminal: Terminal) -> None:
    for words in (["list", "--json"], ["import", "sound.jsonl", "--json"], ["export", "toll"]):
        ran = limited(terminal, "exec >/dev/full", *words)
        assert ran.code == 1
        assert ran.line == "argmap: standard output: cannot be written: no space left on device"


@linux_only
@pytest.mark.parametrize("what", ["the file", "its folder"])
def test_a_database_that_may_not_be_written_is_one_line(terminal: Terminal, what: str) -> None:
    file = terminal.records("new.jsonl", NEW)
    place = terminal.database if what == "the file" else terminal.folder
    before, mode = terminal.database.read_bytes(), place.stat().st_mode
    place.chmod(mode & 0o555)
    try:
        ran = mortal(terminal, "import", str(file))
    finally:
        place.chmod(mode)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.endswith("cannot be written; check the permissions of the file and its folder")
    assert terminal.database.read_bytes() == before


@pytest.mark.parametrize("target", ["nowhere/rejects", "bad.jsonl", "."])
def test_unwritable_rejects_are_refused_before_anything_is_imported(
    terminal: Terminal, target: str
) -> None:
    before = terminal.database.read_bytes()
    file = terminal.records("bad.jsonl", NEW, NEW | {"kind": "view"})
    ran = terminal.run("import", file, "--rejects", target)
    assert (ran.code, ran.line.split(":")[:2]) == (2, ["argmap", f" {target}"])
    assert terminal.database.read_bytes() == before
    assert file.read_bytes().count(b"\n") == 2


@linux_only
def test_rejects_that_fail_while_they_are_written_leave_an_import_done_in_part(
    terminal: Terminal,
) -> None:
    file = terminal.records("bad.jsonl", NEW, NEW | {"id": "n2", "kind": "view"})
    ran = terminal.run("import", file, "--rejects", "/dev/full")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("argmap: /dev/full: cannot be written: ")
    landed = terminal.run("show", "toll", "--json").json["statements"]
    assert "new" in {statement["id"] for statement in landed}


def test_each_fault_of_a_list_of_shorthands_is_told_with_the_words_that_may_be() -> None:
    given = [{"class": "gossip"}, {"class": "hearsay", "colour": 1}, {"class": "common_knowledge"}]
    faults = record_from_line(json.dumps(CLAIM | {"attribution": given}).encode())
    assert isinstance(faults, list)
    assert [fault.path for fault in faults] == [
        "attribution[0].class", "attribution[1].class", "attribution[1].colour"
    ]  # fmt: skip
    assert faults[0].reason.startswith("'gossip' is not one of firsthand_author, named_person")


def test_a_word_that_looks_like_a_place_is_quoted_unchanged() -> None:
    hostile = "k - at `$.x` - at `$" * 1000
    for record in (SOURCE | {"kind": hostile}, ATTRIBUTION | {"access": hostile}):
        [fault] = record_from_line(json.dumps(record).encode())  # type: ignore[misc]  # it has one
        assert fault.path in {"kind", "access"}
        assert "k - at `$.x` - at `$k" in fault.reason


def test_long_values_lose_their_middle() -> None:
    fault = Fault("p" * 500, "a" * 500 + "b" * 500)
    assert (len(fault.path), len(fault.reason)) == (120, 600)
    assert fault.reason.startswith("aaa")
    assert fault.reason.endswith("bbb")
    assert Fault(fault.path, fault.reason) == fault
    assert len(str(EditError("x" * 9000))) == 2000


def test_very_many_faults_of_one_value_are_counted() -> None:
    faults = [Fault(f"k{n}", "is no key") for n in range(25)]
    assert str(ModelError(faults[:2])) == "k0: is no key; k1: is no key"
    assert str(ModelError(faults)).endswith("; k19: is no key; and 5 more")
    assert str(ModelError(faults[:20])).endswith("; k19: is no key")

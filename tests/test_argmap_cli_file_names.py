"""File names on the command line: reserved, too long, taken by other files, and pipes."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import socket
import subprocess
import sys
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Ran, Terminal
from support.strategies.op_ed_files import refusal

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = {"type": "document", "title": "T", "text": "It pays."}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A folder with a database that has two documents."""
    terminal = Terminal(tmp_path)
    texts = ({"id": id_, "text": f"It pays {id_}."} for id_ in ("one", "two"))
    records = "".join(json.dumps(DOCUMENT | each) + "\n" for each in texts)
    assert terminal.run("import", terminal.write("records.jsonl", records)).code == 0
    return terminal


def in_bash(terminal: Terminal, command: str) -> Ran:
    """Run *command* with bash, which knows `<(command)`; `argmap` in it is this program."""
    argmap = f'argmap() {{ "{sys.executable}" -m argmap "$@"; }};'
    done = subprocess.run(
        ["bash", "-c", f"{argmap} {command}"],
        capture_output=True, text=True, check=False, cwd=terminal.folder,
        env=terminal.environment(),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_text_from_a_pipe_is_not_called_after_its_descriptor(terminal: Terminal) -> None:
    ran = in_bash(terminal, "argmap add <(for n in {1..60}; do printf 'word '; done)")
    assert ran.code == 0
    assert ran.line.startswith("added 'word word word")
    assert "…' as word-word" in ran.line


def test_several_pipes_are_read_in_their_order(terminal: Terminal) -> None:
    ran = in_bash(terminal, "argmap add <(echo First words.) <(echo Second words. | gzip)")
    assert ran.code == 0
    assert [line.rpartition(" as ")[2].split("-")[0] for line in ran.err.splitlines()[:2]] == [
        "first", "second",
    ]  # fmt: skip


def test_a_compressed_pipe_without_an_end_is_refused(terminal: Terminal) -> None:
    ran = in_bash(terminal, "yes | gzip -1 | argmap add -")
    assert (ran.code, ran.line[:39]) == (2, "argmap: standard input: is larger than ")


@pytest.mark.parametrize("command", ["add", "import"])
@pytest.mark.parametrize("way", ["a file", "another name", "standard input"])
def test_what_is_packed_is_named_wherever_it_comes_from(
    terminal: Terminal, command: str, way: str
) -> None:
    packed = bz2.compress(b"It pays.")
    name = {"a file": "a.txt.bz2", "another name": "a.jsonl"}.get(way, "-")
    if name != "-":
        terminal.write(name, packed)
    ran = terminal.run(command, name, stdin=packed if name == "-" else b"")
    where = "standard input" if name == "-" else name
    assert (ran.code, ran.line) == (
        2, f"argmap: {where}: is compressed by bzip2; unpack it first",
    )  # fmt: skip


def test_what_is_packed_twice_is_refused(terminal: Terminal) -> None:
    twice = terminal.write("a.gz", gzip.compress(gzip.compress(b"It pays.")))
    for command in ("add", "import"):
        assert terminal.run(command, twice).line.endswith("is compressed by gzip; unpack it first")


def test_a_locked_document_is_distinguished_from_an_old_one() -> None:
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    assert refusal("a.docx", old).endswith("is in an old Office format; save it as .docx")
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert "is locked with a password" in refusal("a.docx", locked)


def test_pipes_and_sockets_among_others_are_one_line_each_and_no_failure(
    terminal: Terminal,
) -> None:
    os.mkfifo(terminal.folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening, chdir(terminal.folder):
        listening.bind("s.txt")
    terminal.write("a.txt", "Words.")
    ran = terminal.run("add", "a.txt", "pipe.txt", "s.txt")
    assert ran.code == 0
    assert "pipe.txt: skipped, because it is a pipe\n" in ran.err
    assert terminal.run("import", "records.jsonl", "pipe.txt").code == 0
    for command in ("add", "import"):
        ran = terminal.run(command, "s.txt")
        assert (ran.code, ran.line) == (2, "argmap: s.txt: is a socket; give a file")


def test_a_dash_is_standard_input_and_a_file_of_that_name_is_given_with_its_folder(
    terminal: Terminal,
) -> None:
    terminal.write("-", "A file's words.")
    assert "'A file's words.'" in terminal.run("add", "./-").err.replace('"', "'")
    assert "A pipe's words." in terminal.run("add", "-", stdin=b"A pipe's words.").err


def test_a_dash_is_no_database(terminal: Terminal) -> None:
    ran = terminal.run("-d", "-", "list")
    assert (ran.code, ran.line) == (
        2, "argmap: -: standard input cannot be a database; give a file",
    )  # fmt: skip
    assert not (terminal.folder / "-").exists()


def test_an_export_to_a_dash_is_printed(terminal: Terminal) -> None:
    ran = in_bash(terminal, "argmap export one -o - | head -1")
    assert (ran.code, ran.out) == (0, "---\n")
    assert not (terminal.folder / "-").exists()


@pytest.mark.parametrize("length", [248, 251, 252, 255, 256])
def test_a_database_whose_log_could_have_no_name_is_refused_and_not_made(
    terminal: Terminal, length: int
) -> None:
    name = "é" * (length // 2) + "q" * (length % 2)
    for words in (["list"], ["import", "records.jsonl"], ["doctor"]):
        ran = terminal.run("-d", name, *words)
        assert (ran.code, "file name too long" in ran.line) == (2, True)
    assert not list(terminal.folder.glob("é*"))


def test_the_longest_name_that_a_database_can_have_is_used(terminal: Terminal) -> None:
    name = "é" * 123 + "q"
    assert terminal.run("-d", name, "import", "records.jsonl").code == 0
    assert terminal.run("-d", name, "doctor").code == 0
    assert terminal.run("-d", name, "backup", "é" * 123 + "r").code == 0


def test_a_folder_that_is_too_deep_for_sqlite_is_said_to_be(terminal: Terminal) -> None:
    deep = terminal.folder.joinpath(*["d" * 100] * 6)
    deep.mkdir(parents=True)
    ran = terminal.run("-d", deep / "argmap.db", "import", "records.jsonl")
    assert (ran.code, ran.line[-35:]) == (2, "; give a folder with a shorter path")


def test_the_longest_path_that_sqlite_takes_is_used(terminal: Terminal) -> None:
    folder = os.path.realpath(terminal.folder)
    left = 504 - len(os.fsencode(folder)) - 2
    deep = terminal.folder.joinpath("d" * (left // 2), "d" * (left - left // 2 - 20))
    deep.mkdir(parents=True)
    name = "q" * (504 - len(os.fsencode(os.path.realpath(deep))) - 1)
    assert terminal.run("-d", deep / name, "import", "records.jsonl").code == 0
    assert terminal.run("-d", deep / f"{name}q", "import", "records.jsonl").code == 2


@pytest.mark.parametrize("name", ["loop", "loop/x.db", "records.jsonl/x.db"])
def test_doctor_says_why_there_can_be_no_database(terminal: Terminal, name: str) -> None:
    (terminal.folder / "loop").symlink_to("loop")
    ran = terminal.run("-d", name, "doctor")
    assert (ran.code, f"argmap: {name}: cannot be used: " in ran.line) == (2, True)


@pytest.mark.parametrize("name", [".", "..", "/", "folder"])
def test_a_copy_is_no_folder(terminal: Terminal, name: str) -> None:
    (terminal.folder / "folder").mkdir()
    ran = terminal.run("backup", name)
    assert (ran.code, ran.line) == (
        2, f"argmap: {name}: is a folder; give a file name",
    )  # fmt: skip


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_an_export_is_refused_whole_where_a_name_is_taken_by_no_file(
    terminal: Terminal, make: object
) -> None:
    (terminal.folder / "out").mkdir()
    make(terminal.folder / "out" / "two.md")  # type: ignore[operator]  # each takes a path
    ran = terminal.run("export", "--all", "-o", "out")
    assert (ran.code, ran.line[:20]) == (2, "argmap: out/two.md: ")
    assert [each.name for each in (terminal.folder / "out").iterdir()] == ["two.md"]


def test_an_export_that_stops_between_files_is_done_in_part(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = type(terminal.folder).replace

    def failing(part: Path, target: str) -> Path:
        if target.endswith("two.md"):
            raise OSError(28, "No space left on device")
        return replace(part, target)

    monkeypatch.setattr(type(terminal.folder), "replace", failing)
    ran = terminal.run("export", "--all", "-o", "out")
    assert (ran.code, ran.err.splitlines()) == (1, [
        "argmap: out/two.md: cannot be written: no space left on device",
        "wrote 1 of 2 files to out",
    ])  # fmt: skip


def refusing_to_read(terminal: Terminal, *words: str) -> Ran:
    """Run argmap as a user who is bound by permissions, even if the tests run as root."""
    launch = (
        "import ctypes, os, sys; libc = ctypes.CDLL(None);"
        " libc.prctl(24, 1, 0, 0, 0); libc.prctl(24, 2, 0, 0, 0);"  # no CAP_DAC_*
        " os.execv(sys.executable, [sys.executable, '-m', 'argmap', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", launch, *words],
        capture_output=True, text=True, check=False, cwd=terminal.folder,
        env=terminal.environment(),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl")
def test_a_file_that_may_not_be_read_leaves_the_others_to_be_added(terminal: Terminal) -> None:
    terminal.write("a.txt", "Some words.")
    terminal.write("secret.txt", "Secret words.").chmod(0)
    terminal.write("secret.db", "").chmod(0)
    ran = refusing_to_read(terminal, "add", "secret.txt", "a.txt")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "argmap: secret.txt: cannot be used: permission denied"
    assert ran.err.splitlines()[-1] == "2 files: 1 added, 1 failed"
    for words in (["-d", "secret.db", "list"], ["merge", "secret.db"]):
        ran = refusing_to_read(terminal, *words)
        assert (ran.code, ran.line) == (
            2, "argmap: secret.db: cannot be read: permission denied; check its permissions",
        )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="needs prctl")
def test_a_file_that_may_be_written_and_not_read_is_written(terminal: Terminal) -> None:
    terminal.write("out.md", "").chmod(0o200)
    assert refusing_to_read(terminal, "export", "one", "-o", "out.md").code == 0


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("new\nline.txt", "new line"), ("esc\x1b[31mred.txt", "esc [31mred"), ("\t.txt", "It pays"),
        ("rlo\u202etxt.txt", "rlo txt"), (" .md", "It pays"), ("\u2028\x07.txt", "It pays"),
    ],
)  # fmt: skip
def test_a_file_name_makes_a_title_on_one_line_with_words(
    terminal: Terminal, name: str, title: str
) -> None:
    (terminal.folder / name).write_text(f"It pays, {'and pays ' * 20}again.\n")
    ran = terminal.run("add", name)
    assert ran.code == 0
    added = terminal.run("show", ran.out.strip(), "--json").json["document"]
    assert added["title"].startswith(title)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf_8_is_shown_by_its_bytes(terminal: Terminal) -> None:
    (terminal.folder / os.fsdecode(b"caf\xe9.txt")).write_text("")
    ran = terminal.run("add", "caf*.txt")
    assert (ran.code, ran.line) == (2, r"argmap: caf\xe9.txt: contains no text")


def test_an_empty_name_of_a_database_is_no_other_database(terminal: Terminal) -> None:
    ran = terminal.run("-d", "", "list")
    assert (ran.code, ran.line) == (2, "argmap: --database: the name is empty; name a file")
    assert terminal.run("list", ARGMAP_DATABASE="").code == 0, "as if it were not set"
